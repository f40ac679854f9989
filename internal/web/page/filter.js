// The form of a list: "with" and "without" exclude each other, and the button
// says how many works would be shown, a second after the last change at most.
const asked = (form) => new URLSearchParams([...new FormData(form)].filter(([, value]) => value));
let waiting = 0, turn = 0;

async function count(form) {
  const mine = ++turn, button = form.querySelector(".foot .button");
  const answer = await fetch(`${form.dataset.count}?${asked(form)}`, { credentials: "same-origin" }).catch(() => null);
  if (!answer?.ok || mine !== turn) return;
  const page = new DOMParser().parseFromString(await answer.text(), "text/html");
  const says = page.querySelector(".foot .button")?.textContent;
  if (!says || says === button.textContent) return;
  button.textContent = says;
  form.querySelector(".foot [role=status]").textContent = says;
}

document.addEventListener("change", (e) => {
  const form = e.target.closest(".filter-form");
  if (!form) return;
  if (e.target.type === "checkbox" && e.target.checked) {
    for (const other of e.target.closest("li")?.querySelectorAll("input") ?? []) other.checked = other === e.target;
  }
  clearTimeout(waiting);
  waiting = setTimeout(count, 1000, form);
});

// What was left empty does not stand in the address.
document.addEventListener("submit", (e) => {
  if (!e.target.matches(".filter-form")) return;
  for (const field of e.target.elements) if (field.name && !field.value) field.disabled = true;
});
addEventListener("pageshow", () => {
  for (const field of document.querySelectorAll(".filter-form :disabled")) field.disabled = false;
});

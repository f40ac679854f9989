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
    for (const other of e.target.closest("li").querySelectorAll("input")) other.checked = other === e.target;
  }
  clearTimeout(waiting);
  waiting = setTimeout(count, 1000, form);
});

// All values of a kind stand on a page of their own; what is ticked goes along.
document.addEventListener("click", (e) => {
  const more = e.target.closest(".filter-form a.more");
  if (!more || e.button || e.ctrlKey || e.metaKey || e.shiftKey || e.altKey) return;
  e.preventDefault();
  const there = new URL(more.href), kind = there.searchParams.get("kind");
  there.search = asked(more.closest("form"));
  there.searchParams.set("kind", kind);
  location.href = there;
});

// What was left empty does not stand in the address.
document.addEventListener("submit", (e) => {
  if (!e.target.matches(".filter-form")) return;
  for (const field of e.target.elements) if (field.name && !field.value) field.disabled = true;
});
addEventListener("pageshow", () => {
  for (const field of document.querySelectorAll(".filter-form :disabled")) field.disabled = false;
});

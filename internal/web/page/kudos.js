// Leaves kudos without leaving the page: the form is sent as it is, and the
// part that comes back takes its place. Whatever fails, it is sent plainly.
document.addEventListener("submit", async (e) => {
  const form = e.target.closest("form[data-kudos]");
  if (!form) return;
  e.preventDefault();
  const typed = new FormData(form, e.submitter);
  const place = form.closest(".kudos");
  try {
    const answer = await fetch(`${form.action}?part=yes`, { method: "POST", body: new URLSearchParams(typed), credentials: "same-origin" });
    const part = new DOMParser().parseFromString(await answer.text(), "text/html").querySelector(".kudos");
    if (!answer.ok || !part) throw new Error(answer.status);
    place.replaceChildren(...part.childNodes);
    const said = place.querySelector(".said");
    if (said) { said.tabIndex = -1; said.focus(); }
  } catch {
    if (e.submitter) {
      const chosen = document.createElement("input");
      Object.assign(chosen, { type: "hidden", name: e.submitter.name, value: e.submitter.value });
      form.append(chosen);
    }
    form.submit();
  }
});

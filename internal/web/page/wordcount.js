// Says how long the text in the box is, as the server counts it, a little
// while after the last key.
for (const field of document.querySelectorAll("[data-words]")) {
  const box = field.querySelector("textarea");
  const said = field.querySelector("[data-said]");
  let waiting = 0;

  const count = async () => {
    const form = new FormData();
    form.set("text", box.value);
    form.set("format", box.form.elements.format?.value || "");
    form.set("language", box.form.elements.language?.value || box.lang);
    try {
      const answer = await fetch(field.dataset.words, { method: "POST", body: form, headers: { Accept: "application/json" } });
      if (answer.ok) said.textContent = (await answer.json()).said;
    } catch {
      said.textContent = "";
    }
  };
  box.addEventListener("input", () => {
    clearTimeout(waiting);
    waiting = setTimeout(count, 1500);
  });
  if (box.value) count();
}

// Files may be dropped on the field, a whole folder chosen, and when each was
// last changed is sent along, so that of two versions the newer one stands.
const zone = document.querySelector("[data-drop]");
const field = zone.querySelector("input[type=file]");
const times = document.querySelector("input[name=times]");
const said = zone.querySelector("[data-chosen]");
const folder = zone.querySelector("[data-folder]");

const tell = () => {
  const files = [...field.files];
  times.value = files.map((f) => f.lastModified).join(" ");
  const count = new Intl.NumberFormat(document.documentElement.lang).format(files.length);
  said.textContent = files.length > 1 ? said.dataset.chosen.replace("{n}", count) : "";
};
field.addEventListener("change", tell);
tell();

if ("webkitdirectory" in field) {
  folder.hidden = false;
  folder.addEventListener("click", () => {
    field.webkitdirectory = true;
    field.click();
    field.webkitdirectory = false;
  });
}

const carries = (event) => event.dataTransfer?.types.includes("Files");
zone.addEventListener("dragover", (event) => {
  if (!carries(event)) return;
  event.preventDefault();
  zone.classList.add("over");
});
zone.addEventListener("dragleave", () => zone.classList.remove("over"));
zone.addEventListener("drop", (event) => {
  zone.classList.remove("over");
  if (!carries(event)) return;
  event.preventDefault();
  // A folder that is dropped is no file; only a chosen one gives its files.
  const all = new DataTransfer();
  for (const item of event.dataTransfer.items) {
    const file = item.webkitGetAsEntry?.()?.isDirectory ? null : item.getAsFile();
    if (file) all.items.add(file);
  }
  if (all.files.length === 0) return;
  field.files = all.files;
  tell();
});

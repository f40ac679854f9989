// Shows a reading setting on the page at once, while its form still waits to
// be saved. Closing the drawer without saving puts everything back.
const names = ["theme", "face", "size", "width", "spacing", "paragraphs"];
const root = document.documentElement;
const before = Object.fromEntries(names.map((n) => [n, root.dataset[n]]));

function set(name, value) {
  if (value) root.dataset[name] = value; else delete root.dataset[name];
}

document.addEventListener("change", (e) => {
  if (e.target.form?.matches("[data-settings]") && names.includes(e.target.name)) set(e.target.name, e.target.value);
});

document.addEventListener("close", (e) => {
  if (e.target.querySelector?.("[data-settings]")) names.forEach((n) => set(n, before[n]));
}, true);

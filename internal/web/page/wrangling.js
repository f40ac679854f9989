// Sorts the tags of a bin from the keyboard, while one of them has the focus.
const list = document.querySelector(".bin"), bulk = document.getElementById("bulk"), panel = document.querySelector(".bin-acts");
const boxes = list ? [...list.querySelectorAll(":scope > li > .pick input")] : [];
const kept = "wrangling-row";

// at is the row that has the focus.
const at = () => boxes.findIndex((box) => box.closest("li").contains(document.activeElement));
const go = (i) => boxes[Math.max(0, Math.min(i, boxes.length - 1))]?.focus();

// ticked ticks the row one is at when no other is.
const ticked = () => {
  if (!boxes.some((box) => box.checked)) boxes[at()].checked = true;
};
const send = (what) => {
  ticked();
  sessionStorage.setItem(kept, at());
  bulk.requestSubmit(bulk.querySelector(what));
};
const type = (name) => {
  const field = bulk.elements[name];
  if (!field) return;
  ticked();
  panel.open = true;
  field.focus();
  field.select();
};
const acts = {
  j: () => go(at() + 1), ArrowDown: () => go(at() + 1),
  k: () => go(at() - 1), ArrowUp: () => go(at() - 1),
  x: () => { const box = boxes[at()]; box.checked = !box.checked; },
  c: () => send("[value=canonical]"), a: () => send("[value=as_is]"), b: () => send("[value=ban]"),
  m: () => type("into"), f: () => type("under"),
  s: () => boxes[at()].closest("li").querySelector("[data-may]")?.click(),
  o: () => boxes[at()].closest("li").querySelector("[data-open]").click(),
  u: () => document.querySelector("[data-undo]")?.requestSubmit(),
};

list?.addEventListener("keydown", (e) => {
  const types = e.target.matches("input:not([type=checkbox])");
  if (types || e.isComposing || e.ctrlKey || e.altKey || e.metaKey || !acts[e.key] || at() < 0) return;
  e.preventDefault();
  acts[e.key]();
});

// Who sorted by a key goes on where they were, and at the undo where nothing is
// left to sort.
const row = sessionStorage.getItem(kept);
sessionStorage.removeItem(kept);
if (row !== null && !document.querySelector(".errors")) {
  if (boxes.length) go(Number(row));
  else document.querySelector("[data-undo] button")?.focus();
}
document.querySelector("[data-undo]")?.addEventListener("submit", () => sessionStorage.setItem(kept, Math.max(0, at())));

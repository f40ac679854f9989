// Shows a footnote over the page at a press of its number, so that one keeps
// one's place; Escape or a press elsewhere closes it. Without script the number
// leads to the note, and the note back.
const over = document.createElement("div");
over.className = "text note-over";
over.popover = "auto";
over.tabIndex = -1;
let from;

document.addEventListener("click", (event) => {
  const place = event.target.closest('a[role="doc-noteref"]');
  if (!place || event.ctrlKey || event.metaKey || event.shiftKey || !over.showPopover) return;
  const note = document.getElementById(place.hash.slice(1));
  if (!note) return;
  event.preventDefault();
  const words = note.cloneNode(true);
  words.querySelector('[role="doc-backlink"]')?.remove();
  over.replaceChildren(...words.childNodes);
  over.lang = place.closest("[lang]").lang;
  over.dir = getComputedStyle(place).direction;
  document.body.append(over);
  from = place;
  over.showPopover();
  over.focus();
});
over.addEventListener("toggle", (event) => {
  if (event.newState === "closed" && over.contains(document.activeElement)) from.focus();
});

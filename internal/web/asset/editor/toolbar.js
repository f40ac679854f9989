// The row of words and shapes over the editor. It is one stop of the Tab key;
// the arrow keys go along it, as in every toolbar.
import { undo, redo } from "prosemirror-history";
import { toggleMark } from "prosemirror-commands";
import { schema } from "./schema.js";
import * as commands from "./commands.js";

const { nodes, marks } = schema;

// What a text can be, in the list at the row's beginning.
const kinds = [
  ["paragraph"], ["place"], ["heading", { level: 2 }], ["heading", { level: 3 }], ["verse"], ["end_mark"], ["preformatted"],
];

export function toolbar(view, words, row) {
  const buttons = [];
  row.setAttribute("role", "toolbar");
  row.setAttribute("aria-label", words.toolbar);
  row.replaceChildren();

  const list = document.createElement("select");
  list.setAttribute("aria-label", words.kind);
  for (const [name, attrs] of kinds) list.add(new Option(words[attrs ? name + attrs.level : name], name + (attrs?.level || "")));
  list.addEventListener("change", () => {
    const [name, attrs] = kinds[list.selectedIndex];
    commands.leaf(name, attrs)(view.state, view.dispatch);
    view.focus();
  });
  row.append(list);
  let group = row;

  function button(name, run, is = () => false, shape = "") {
    const b = document.createElement("button");
    b.type = "button";
    b.textContent = shape || words[name];
    if (shape) { b.setAttribute("aria-label", words[name]); b.title = words[name]; b.className = "shape " + name; }
    b.addEventListener("mousedown", (event) => event.preventDefault());
    b.addEventListener("click", () => { if (run(view.state, view.dispatch, view) !== "asked") view.focus(); });
    buttons.push({ b, run, is });
    group.append(b);
    return b;
  }

  const marked = (name) => (state) => {
    const { from, to, $from, empty } = state.selection;
    return empty ? !!marks[name].isInSet(state.storedMarks || $from.marks()) : state.doc.rangeHasMark(from, to, marks[name]);
  };
  const toggle = (name, shape) => button(name, toggleMark(marks[name]), marked(name), shape);

  toggle("emphasis", "I");
  toggle("strong", "B");
  toggle("underline", "U");
  toggle("strike", "S");
  button("scene_break", commands.sceneBreak, undefined, "⁂");
  button("quote", commands.around("quote"), (s) => commands.within(s, nodes.quote));
  button("letter", commands.around("letter"), (s) => commands.within(s, nodes.letter));
  button("messages", commands.around("messages"), (s) => commands.within(s, nodes.messages));
  button("centre", commands.align("centre"), (s) => s.selection.$from.parent.attrs.align === "centre");
  button("right", commands.align("right"), (s) => s.selection.$from.parent.attrs.align === "right");
  button("link", (state, dispatch) => ask(["address"], [commands.linkAt(state)], ([href]) => commands.setLink(href.trim())), marked("link"));
  button("footnote", () => ask(["note"], [""], ([note]) => note.trim() ? commands.setNote(note.trim()) : null), marked("footnote"));
  button("picture", (state) => {
    const { src, alt } = commands.pictureAt(state);
    return ask(["picture_address", "alt"], [src, alt], ([src, alt]) => src.trim() ? commands.setPicture(src.trim(), alt.trim()) : null);
  });
  const more = document.createElement("button");
  const rare = document.createElement("span");
  more.type = "button";
  more.textContent = words.more;
  more.setAttribute("aria-expanded", "false");
  rare.hidden = true;
  more.addEventListener("click", () => {
    rare.hidden = !rare.hidden;
    more.setAttribute("aria-expanded", String(!rare.hidden));
  });
  button("undo", undo, undefined, "↶");
  button("redo", redo, undefined, "↷");
  row.append(more, rare);
  group = rare;
  button("thought", toggleMark(marks.thought), marked("thought"));
  button("aside", toggleMark(marks.aside), marked("aside"));
  button("small_caps", toggleMark(marks.small_caps), marked("small_caps"));
  button("superscript", toggleMark(marks.superscript), marked("superscript"));
  button("subscript", toggleMark(marks.subscript), marked("subscript"));
  button("bullet_list", commands.list("bullet_list"), (s) => commands.within(s, nodes.bullet_list));
  button("ordered_list", commands.list("ordered_list"), (s) => commands.within(s, nodes.ordered_list));
  button("ruby", (state) => state.selection.empty ? false : ask(["reading"], [""], ([reading]) => reading.trim() ? commands.setRuby(reading.trim()) : null), marked("ruby"));
  button("rtl", commands.direct, (s) => (s.selection.$from.parent.attrs.rest || "").includes('"dir"'));

  // ask opens a small window with fields, and does what their answers say.
  function ask(names, values, then) {
    const dialog = document.createElement("dialog");
    dialog.className = "editor-ask";
    const form = document.createElement("form");
    form.method = "dialog";
    const fields = names.map((name, i) => {
      const label = document.createElement("label");
      const input = document.createElement(name === "note" ? "textarea" : "input");
      label.textContent = words[name];
      input.value = values[i];
      label.append(input);
      form.append(label);
      return input;
    });
    const row = document.createElement("div");
    row.className = "actions";
    for (const [name, value] of [["ok", "yes"], ["cancel", ""]]) {
      const b = document.createElement("button");
      b.value = value;
      b.className = value ? "button filled" : "button";
      b.textContent = words[name];
      if (!value) b.formNoValidate = true;
      row.append(b);
    }
    form.append(row);
    dialog.append(form);
    // The form of the page must not be around it: two cannot stand in each other.
    document.body.append(dialog);
    dialog.addEventListener("close", () => {
      const run = dialog.returnValue === "yes" ? then(fields.map((f) => f.value)) : null;
      run?.(view.state, view.dispatch);
      dialog.remove();
      view.focus();
    });
    dialog.showModal();
    return "asked";
  }

  // One stop of the Tab key.
  const stops = () => [...row.querySelectorAll("select, button")].filter((b) => !b.closest("[hidden]"));
  row.addEventListener("keydown", (event) => {
    const all = stops(), at = all.indexOf(document.activeElement);
    const rtl = getComputedStyle(row).direction === "rtl";
    const step = { ArrowRight: rtl ? -1 : 1, ArrowLeft: rtl ? 1 : -1 }[event.key];
    const to = event.key === "Home" ? 0 : event.key === "End" ? all.length - 1 : step === undefined ? -1 : (at + step + all.length) % all.length;
    if (to < 0 || at < 0) return;
    event.preventDefault();
    all.forEach((b, i) => { b.tabIndex = i === to ? 0 : -1; });
    all[to].focus();
  });
  stops().forEach((b, i) => { b.tabIndex = i ? -1 : 0; });

  function update() {
    const { state } = view;
    const { parent } = state.selection.$from;
    const kind = kinds.findIndex(([name, attrs]) => parent.type.name === name && (!attrs || (parent.attrs.level > 2 ? 3 : 2) === attrs.level));
    list.selectedIndex = kind;
    for (const { b, is } of buttons) b.setAttribute("aria-pressed", String(!!is(state)));
  }
  update();
  return { update };
}

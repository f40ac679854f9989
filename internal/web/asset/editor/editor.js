// The writer's editor: what one sees is what readers get. It stands in the
// place of the text box, which keeps the text, and is what one has without
// script; whatever needs the text finds it there.
import { EditorState } from "prosemirror-state";
import { EditorView } from "prosemirror-view";
import { baseKeymap } from "prosemirror-commands";
import { history, undo, redo } from "prosemirror-history";
import { keymap } from "prosemirror-keymap";
import { dropCursor } from "prosemirror-dropcursor";
import { gapCursor } from "prosemirror-gapcursor";
import { schema } from "./schema.js";
import { read, readSlice } from "./read.js";
import { write } from "./write.js";
import * as commands from "./commands.js";
import { toolbar } from "./toolbar.js";

for (const field of document.querySelectorAll("[data-editor]")) start(field);

function start(field) {
  const box = field.querySelector("textarea");
  const words = JSON.parse(field.dataset.editor);
  const formats = box.form.elements.format;
  const said = field.querySelector("[data-editor-said]");
  const turn = field.querySelector("[data-editor-turn]");
  let view, bar, late = 0, own = false;

  // ask has the server read a text, as saving it would.
  async function ask(text, format) {
    const form = new FormData();
    form.set("text", text);
    form.set("format", format);
    const answer = await fetch(field.dataset.read, { method: "POST", body: form, headers: { Accept: "application/json" } });
    if (!answer.ok) throw new Error(answer.status);
    return answer.json();
  }

  function keep() {
    if (!late) return;
    clearTimeout(late);
    late = 0;
    box.value = write(view.state.doc);
  }

  function changed() {
    clearTimeout(late);
    late = setTimeout(() => { keep(); tell(); }, 400);
    tell();
  }

  // tell lets the counter and the autosave know; the text follows when they ask.
  function tell() {
    own = true;
    box.dispatchEvent(new Event("input", { bubbles: true }));
    own = false;
  }

  async function paste(view, event) {
    const html = event.clipboardData.getData("text/html");
    const plain = event.clipboardData.getData("text/plain");
    view.dom.setAttribute("aria-busy", "true");
    try {
      const got = await ask(html || plain, html ? "paste" : "paste-text");
      view.dispatch(view.state.tr.replaceSelection(readSlice(got.html)).scrollIntoView());
      said.textContent = got.said || "";
    } catch {
      view.pasteText(plain);
      said.textContent = words.paste_failed;
    }
    view.dom.removeAttribute("aria-busy");
  }

  function mount(html) {
    const state = EditorState.create({
      doc: read(html),
      plugins: [
        keymap({ Enter: commands.enter, "Shift-Enter": commands.shiftEnter, "Mod-b": commands.mark("strong"), "Mod-i": commands.mark("emphasis"), "Mod-u": commands.mark("underline"), "Mod-z": undo, "Mod-y": redo, "Shift-Mod-z": redo }),
        keymap(baseKeymap), history(), dropCursor(), gapCursor(),
      ],
    });
    const label = field.querySelector("label");
    label.id ||= box.id + "-label";
    const place = document.createElement("div");
    box.after(place);
    view = new EditorView({ mount: place }, {
      state,
      attributes: {
        class: "text editor-box", role: "textbox", "aria-multiline": "true", "aria-labelledby": label.id,
        "aria-describedby": box.getAttribute("aria-describedby") || "", lang: box.lang, spellcheck: "true",
      },
      dispatchTransaction(tr) {
        view.updateState(view.state.apply(tr));
        bar.update();
        if (tr.docChanged) changed();
      },
      // Before the editor looks at it: the server is the one who reads it.
      handleDOMEvents: {
        paste(view, event) {
          const html = event.clipboardData.getData("text/html");
          if (html.includes("data-pm-slice") || !html && !event.clipboardData.getData("text/plain").includes("\n")) return false;
          event.preventDefault();
          paste(view, event);
          return true;
        },
      },
    });
    bar = toolbar(view, words, field.querySelector("[data-editor-bar]"));
    box.hidden = true;
    turn.textContent = words.to_box;
    field.classList.add("edited");
  }

  function unmount() {
    keep();
    view.destroy();
    field.querySelector(".editor-box")?.remove();
    field.querySelector("[data-editor-bar]").replaceChildren();
    view = null;
    box.hidden = false;
    turn.textContent = words.to_editor;
    field.classList.remove("edited");
  }

  async function open() {
    try {
      const got = await ask(box.value, formats?.value || "text");
      mount(got.html);
      if (formats) formats.value = "text";
    } catch {
      said.textContent = words.not_opened;
    }
  }

  async function close() {
    keep();
    const html = box.value;
    unmount();
    try { box.value = (await ask(html, "text")).typed; } catch { /* the HTML is a way to type it too */ }
  }

  turn.hidden = false;
  turn.addEventListener("click", () => {
    const wanted = view ? "box" : "editor";
    try { localStorage.setItem("ficus:writes-in", wanted); } catch { /* it is asked again the next time */ }
    return view ? close() : open();
  });
  box.form.addEventListener("formdata", (event) => {
    if (!view) return;
    keep();
    event.formData.set(box.name, box.value);
    event.formData.set("editor", "1");
  });
  // What was kept is brought back into the box, by autosave.js.
  box.addEventListener("input", () => {
    if (own || !view) return;
    clearTimeout(late);
    late = 0;
    const text = box.value;
    unmount();
    box.value = text;
    open();
  });
  let writesIn = "editor";
  try { writesIn = localStorage.getItem("ficus:writes-in") || "editor"; } catch { /* as usual */ }
  const plain = !formats || formats.value === "text";
  if (writesIn === "editor" && plain) open();
  else turn.textContent = words.to_editor;
}

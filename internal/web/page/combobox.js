// Makes a plain field of tags suggest: the ARIA combobox. The plain
// field stays in the form, unseen, and is sent. A field of one tag stays itself.
const names = (text) => text.split(/[,，、\n]/).map((n) => n.trim()).filter(Boolean);
const make = (tag, attrs) => Object.assign(document.createElement(tag), attrs);

for (const field of document.querySelectorAll("[data-combobox]")) {
  const plain = field.querySelector("textarea, input"), one = plain.matches("input"), label = field.querySelector("label");
  const id = plain.id, say = (key, what) => field.dataset[key].replace(/\{\w+\}/, what);
  const box = make("div", { className: one ? "picker one" : "picker" });
  const picked = make("ul", { className: "picked", ariaLabel: field.dataset.picked });
  const input = one ? plain : make("input", { type: "text", autocomplete: "off" });
  const list = make("ul", { id: id + "-list", className: "suggestions", hidden: true, role: "listbox", ariaLabel: label.textContent.trim() });
  const voice = make("span", { className: "hidden", role: "status" });
  let chosen = one ? [] : names(plain.value), found = [], at = -1, waiting = 0, turns = 0;

  for (const [name, value] of Object.entries({ role: "combobox", "aria-autocomplete": "list", "aria-expanded": "false", "aria-controls": list.id, dir: "auto" })) input.setAttribute(name, value);
  plain.after(box, voice);
  if (one) {
    box.append(input, list);
  } else {
    for (const name of ["aria-describedby", "aria-invalid", "required"]) if (plain.hasAttribute(name)) input.setAttribute(name, plain.getAttribute(name));
    plain.id = id + "-plain";
    input.id = id; // labels and errors lead here
    plain.hidden = true;
    plain.required = false;
    box.append(picked, input, list);
  }

  const keep = () => {
    plain.value = chosen.join(", ");
    plain.dispatchEvent(new Event("input", { bubbles: true }));
    draw();
  };
  const draw = () => picked.replaceChildren(...chosen.map((name, i) => {
    const item = make("li"), remove = make("button", { type: "button", textContent: "×", ariaLabel: say("remove", name) });
    remove.addEventListener("click", () => {
      chosen.splice(i, 1);
      keep();
      voice.textContent = say("removed", name);
      input.focus();
    });
    item.append(make("bdi", { textContent: name }), remove);
    return item;
  }));
  const add = (text) => {
    if (one) {
      input.value = text;
      return close();
    }
    const fresh = names(text).filter((n) => !chosen.some((c) => c.toLowerCase() === n.toLowerCase()));
    input.value = "";
    close();
    if (!fresh.length) return;
    chosen.push(...fresh);
    keep();
    voice.textContent = say("added", fresh.join(", "));
  };
  const close = () => {
    list.hidden = true;
    found = [];
    mark(-1);
    input.setAttribute("aria-expanded", "false");
  };
  const mark = (i) => {
    at = i;
    [...list.children].forEach((o, n) => o.setAttribute("aria-selected", n === i));
    if (i < 0) return input.removeAttribute("aria-activedescendant");
    input.setAttribute("aria-activedescendant", list.children[i].id);
    list.children[i].scrollIntoView({ block: "nearest" });
  };
  const open = () => {
    list.replaceChildren(...found.map((tag, i) => {
      const option = make("li", { id: `${id}-option-${i}`, role: "option" });
      option.append(make("bdi", { textContent: tag.name }), make("span", { className: "faint", textContent: tag.works || "" }));
      option.addEventListener("pointerdown", (e) => { e.preventDefault(); add(tag.name); });
      return option;
    }));
    list.hidden = !found.length;
    input.setAttribute("aria-expanded", String(!list.hidden));
    mark(-1);
    voice.textContent = say("found", found.length);
  };
  const ask = async () => {
    const q = input.value.trim(), turn = ++turns;
    if (!q) return close();
    const asked = new URLSearchParams({ kind: field.dataset.combobox, q });
    for (const n of names(document.querySelector("[data-combobox=fandom] textarea")?.value || "")) asked.append("fandom", n);
    const answer = await fetch(`${field.dataset.suggest}?${asked}`).catch(() => null);
    if (!answer?.ok || turn !== turns || document.activeElement !== input) return;
    found = ((await answer.json()).tags || []).filter((t) => !chosen.includes(t.name));
    open();
  };

  const on = input.addEventListener.bind(input);
  on("input", () => {
    if (!one && /[,，、\n]/.test(input.value)) return add(input.value);
    clearTimeout(waiting);
    waiting = setTimeout(ask, 150);
  });
  on("keydown", (e) => {
    if (e.isComposing || one && e.key === "Enter" && at < 0) return; // which sends the form
    if (e.key === "ArrowDown" && found.length) mark((at + 1) % found.length);
    else if (e.key === "ArrowUp" && found.length) mark(at <= 0 ? found.length - 1 : at - 1);
    else if (e.key === "Enter") add(at >= 0 ? found[at].name : input.value);
    else if (e.key === "Escape" && !list.hidden) close();
    else if (e.key === "Backspace" && !input.value && chosen.length) { input.value = chosen.pop(); keep(); }
    else return;
    e.preventDefault();
  });
  if (one) {
    on("blur", close);
    continue;
  }
  on("keypress", (e) => { if (e.key === "Enter") e.preventDefault(); }); // Enter never sends the form
  on("blur", () => { if (input.value.trim()) add(input.value); close(); });
  plain.addEventListener("input", () => { const now = names(plain.value); if (now.join() !== chosen.join()) { chosen = now; draw(); } });
  draw();
}

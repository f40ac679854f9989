// The ARIA combobox: a field of tags suggests. The plain one stays in the form,
// unseen, and is sent; that of one tag stays itself.
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

  Object.assign(input, { role: "combobox", ariaAutoComplete: "list", ariaExpanded: "false", dir: "auto" });
  input.setAttribute("aria-controls", list.id);
  plain.after(box, voice);
  if (!one) {
    for (const name of ["aria-describedby", "aria-invalid", "required"]) if (plain.hasAttribute(name)) input.setAttribute(name, plain.getAttribute(name));
    Object.assign(plain, { id: id + "-plain", hidden: true, required: false });
    input.id = id; // labels lead here
    box.append(picked);
  }
  box.append(input, list);

  const keep = () => {
    plain.value = chosen.join(", ");
    plain.dispatchEvent(new Event("input", { bubbles: true }));
  };
  const draw = () => picked.replaceChildren(...chosen.map((name, i) => {
    const item = make("li"), remove = make("button", { type: "button", textContent: "×", ariaLabel: say("remove", name) });
    remove.onclick = () => {
      chosen.splice(i, 1);
      keep();
      voice.textContent = say("removed", name);
      input.focus();
    };
    item.append(make("bdi", { textContent: name }), remove);
    return item;
  }));
  const add = (text) => {
    if (one) return input.value = text, close();
    const low = chosen.map((c) => c.toLowerCase()), fresh = names(text).filter((n) => !low.includes(n.toLowerCase()));
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
    input.ariaExpanded = "false";
  };
  const mark = (i) => {
    at = i;
    [...list.children].forEach((o, n) => o.ariaSelected = n === i);
    if (i < 0) return input.removeAttribute("aria-activedescendant");
    input.setAttribute("aria-activedescendant", list.children[i].id);
    list.children[i].scrollIntoView({ block: "nearest" });
  };
  const open = () => {
    list.replaceChildren(...found.map((tag, i) => {
      const option = make("li", { id: `${id}-option-${i}`, role: "option" });
      option.append(make("bdi", { textContent: tag.name }), make("span", { className: "faint", textContent: tag.works || "" }));
      option.onpointerdown = (e) => { e.preventDefault(); add(tag.name); };
      return option;
    }));
    list.hidden = !found.length;
    input.ariaExpanded = !list.hidden;
    mark(-1);
    voice.textContent = say("found", found.length);
  };
  const ask = async () => {
    const q = input.value.trim(), turn = ++turns, asked = new URLSearchParams({ kind: field.dataset.combobox, q });
    if (!q) return close();
    for (const n of names(document.querySelector("[data-combobox=fandom] textarea")?.value || "")) asked.append("fandom", n);
    const answer = await fetch(`${field.dataset.suggest}?${asked}`).catch(() => null);
    if (!answer?.ok || turn !== turns || document.activeElement !== input) return;
    found = ((await answer.json()).tags || []).filter((t) => !chosen.includes(t.name));
    open();
  };

  input.oninput = () => {
    if (!one && /[,，、\n]/.test(input.value)) return add(input.value);
    clearTimeout(waiting);
    waiting = setTimeout(ask, 150);
  };
  input.onkeydown = (e) => {
    if (e.isComposing || one && e.key === "Enter" && at < 0) return;
    if (e.key === "ArrowDown" && found.length) mark((at + 1) % found.length);
    else if (e.key === "ArrowUp" && found.length) mark(at <= 0 ? found.length - 1 : at - 1);
    else if (e.key === "Enter") add(at >= 0 ? found[at].name : input.value);
    else if (e.key === "Escape" && !list.hidden) close();
    else if (e.key === "Backspace" && !input.value && chosen.length) { input.value = chosen.pop(); keep(); }
    else return;
    e.preventDefault();
  };
  input.onblur = () => { if (!one && input.value.trim()) add(input.value); close(); };
  if (one) continue;
  input.onkeypress = (e) => { if (e.key === "Enter") e.preventDefault(); }; // it never sends
  plain.oninput = () => { chosen = names(plain.value); draw(); };
  draw();
}

// Keeps what is typed: every five seconds on the server, when that fails and
// when the page goes away in this browser too. Only "not saved" and "saved
// again" are spoken; the clock beside the buttons is silent.
const form = document.querySelector("form[data-autosave]");
const key = "ficus:" + form?.elements.form.value;
const state = form?.querySelector("[data-autosave-state]");
const news = form?.querySelector("[data-autosave-news]");
const every = 5000;
const beaconLimit = 60000;
let typed = 0, kept = 0, savedAt = 0, failing = false, leaving = false;

// Files and the buttons are not what one typed.
function fields() {
  const all = new FormData(form);
  for (const [name, value] of [...all]) if (value instanceof File) all.delete(name);
  return all;
}

const store = {
  put(all) { try { localStorage.setItem(key, JSON.stringify([Date.now(), [...all]])); } catch { /* full or forbidden: the server has it */ } },
  get() { try { return JSON.parse(localStorage.getItem(key)); } catch { return null; } },
  drop() { try { localStorage.removeItem(key); } catch { /* nothing was kept */ } },
};

function show() {
  state.classList.toggle("failed", failing);
  if (failing) { state.textContent = news.dataset.failed; return; }
  if (!savedAt) return;
  const s = Math.round((Date.now() - savedAt) / 1000);
  if (s < 2) state.textContent = state.dataset.now;
  else if (s < 60) state.textContent = state.dataset.seconds.replace("{n}", s);
  else state.textContent = state.dataset.minutes.replace("{n}", Math.floor(s / 60));
}

async function save() {
  if (leaving || typed === kept) return;
  const mark = typed, all = fields();
  try {
    const answer = await fetch("/autosave", { method: "POST", body: all, headers: { Accept: "application/json" } });
    if (!answer.ok || answer.redirected) throw new Error(answer.status);
    kept = mark;
    savedAt = Date.now();
    store.drop();
    if (failing) news.textContent = news.dataset.again;
    failing = false;
  } catch {
    store.put(all);
    if (!failing) news.textContent = news.dataset.failed;
    failing = true;
  }
  show();
}

// The page may never come back: the browser keeps a copy, and the server is
// sent one if it is small enough for a farewell.
function goodbye() {
  if (leaving || typed === kept) return;
  const all = fields();
  store.put(all);
  const size = [...all].reduce((n, [, value]) => n + value.length * 3, 0);
  if (size < beaconLimit) navigator.sendBeacon("/autosave", all);
}

function bringBack(pairs) {
  for (const box of form.elements) if (box.type === "checkbox" || box.type === "radio") box.checked = false;
  for (const [name, value] of pairs) {
    if (["form", "form_id", "base", "do"].includes(name)) continue;
    const box = form.elements[name];
    if (!box) continue;
    const boxes = box instanceof RadioNodeList ? [...box] : [box];
    for (const one of boxes) {
      if (one.type === "checkbox" || one.type === "radio") one.checked ||= one.value === value;
      else one.value = value;
      one.dispatchEvent(new Event("input", { bubbles: true }));
    }
  }
}

function offer() {
  const old = store.get(), box = document.querySelector("[data-kept]");
  const onServer = Number(document.querySelector("[data-recovery]")?.dataset.recovery || 0);
  if (!old || !box || old[0] < onServer + 2 * every || JSON.stringify(old[1]) === JSON.stringify([...fields()])) return;
  box.hidden = false;
  box.querySelector("[data-bring-back]").addEventListener("click", () => { bringBack(old[1]); box.remove(); });
  box.querySelector("[data-throw-away]").addEventListener("click", () => { store.drop(); box.remove(); });
}

if (form) {
  offer();
  form.addEventListener("input", () => { typed++; });
  form.addEventListener("change", () => { typed++; });
  form.addEventListener("submit", () => { leaving = true; if (failing) store.put(fields()); else store.drop(); });
  addEventListener("pagehide", goodbye);
  document.addEventListener("visibilitychange", () => { if (document.hidden) goodbye(); });
  setInterval(save, every);
  setInterval(show, 1000);
}

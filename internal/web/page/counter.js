// Says how many characters are left while one types, and speaks of it only
// near the end: at 100, 20 and 0.
const speakAt = [100, 20, 0];
const length = (text) => [...text].length;

for (const note of document.querySelectorAll("[data-counter]")) {
  const box = document.getElementById(note.dataset.counter);
  const limit = Number(note.dataset.limit);
  const number = new Intl.NumberFormat(document.documentElement.lang);
  const voice = document.createElement("span");
  voice.className = "hidden";
  voice.setAttribute("role", "status");
  note.after(voice);
  let before = Infinity;

  const say = () => {
    const left = limit - length(box.value);
    const words = left < 0 ? note.dataset.over : note.dataset.left;
    const said = words.replace("{n}", number.format(Math.abs(left)));
    note.textContent = said;
    note.classList.toggle("over", left < 0);
    if (speakAt.some((n) => left <= n && before > n)) voice.textContent = said;
    before = left;
  };
  box.addEventListener("input", say);
  if (box.value) say();
}

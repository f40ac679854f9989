// What is pasted with its formatting is sent as it came, and the box shows its
// words. Typing in the box afterwards changes the words alone, so that the
// formatting no longer belongs to them; the line below says so.
const box = document.querySelector("textarea.paste");
const kept = box?.form.elements.namedItem("pasted");
const said = document.querySelector("[data-paste-kept]");
const says = (word) => { said.textContent = word ? said.dataset[word] : ""; };
// Programs for code copy colours and line breaks alone, and no meaning.
const meant = /<(?:p|h[1-6]|b|i|em|strong|u|s|hr|blockquote|li|table|img)\b|font-style:\s*italic|font-weight:\s*(?:bold|[6-9]00)|text-align:\s*(?:center|right)/i;

box?.addEventListener("paste", (event) => {
  const html = event.clipboardData.getData("text/html");
  const plain = event.clipboardData.getData("text/plain");
  const whole = box.selectionStart === 0 && box.selectionEnd === box.value.length;
  if (!whole || !plain || !meant.test(html)) return;
  event.preventDefault();
  box.setRangeText(plain, 0, box.value.length, "end");
  kept.value = html;
  says("pasteKept");
});
box?.addEventListener("input", () => {
  if (kept.value === "") return;
  kept.value = "";
  says(box.value === "" ? "" : "pasteLost");
});

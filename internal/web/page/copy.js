// Puts a box on the clipboard: as it looks where the other place takes it so,
// otherwise as the signs that stand in the box. The event of the copy command
// is used because it also works over plain http.
for (const part of document.querySelectorAll(".copy-part")) {
  const button = part.querySelector("button");
  const box = part.querySelector("textarea");
  const said = part.querySelector("[role=status]");

  const words = () => {
    const page = new DOMParser().parseFromString(box.value.replaceAll(/ style="[^"]*"/g, ""), "text/html");
    page.querySelectorAll("br").forEach((br) => br.replaceWith("\n"));
    page.querySelectorAll("hr").forEach((hr) => hr.replaceWith("* * *"));
    return [...page.body.childNodes].map((node) => node.textContent.trim()).filter(Boolean).join("\n\n");
  };
  const fill = (event) => {
    event.preventDefault();
    if ("rich" in button.dataset) {
      event.clipboardData.setData("text/html", box.value);
      event.clipboardData.setData("text/plain", words());
    } else {
      event.clipboardData.setData("text/plain", box.value);
    }
  };
  button.hidden = false;
  button.addEventListener("click", () => {
    box.select();
    document.addEventListener("copy", fill, { once: true });
    const done = document.execCommand("copy");
    document.removeEventListener("copy", fill);
    said.textContent = done ? part.dataset.copied : part.dataset.failed;
    if (done) button.focus();
  });
}

// Opens a page's own part beside the page one is on: a link that says
// data-drawer=".menu" shows that part of the page it leads to in a dialog.
// Whatever fails, the link is followed as it always was.
const plain = (e) => e.button || e.ctrlKey || e.metaKey || e.shiftKey || e.altKey;

async function part(link) {
  const answer = await fetch(link.href, { credentials: "same-origin" });
  if (!answer.ok || answer.redirected) return null;
  const page = new DOMParser().parseFromString(await answer.text(), "text/html");
  return page.querySelector(link.dataset.drawer);
}

function show(content, link) {
  const drawer = document.createElement("dialog");
  drawer.className = "drawer";
  const bar = document.createElement("div");
  bar.className = "drawer-close";
  const close = document.createElement("button");
  close.type = "button";
  close.className = "button bare";
  close.textContent = link.dataset.close;
  close.addEventListener("click", () => drawer.close());
  bar.append(close);
  drawer.append(bar, document.adoptNode(content));
  const heading = content.querySelector("h1");
  if (heading) drawer.setAttribute("aria-label", heading.textContent.trim());
  drawer.addEventListener("close", () => { drawer.remove(); link.focus(); });
  drawer.addEventListener("click", (e) => { if (e.target === drawer) drawer.close(); });
  document.body.append(drawer);
  drawer.showModal();
}

document.addEventListener("click", async (e) => {
  const link = e.target.closest("a[data-drawer]");
  if (!link || plain(e) || !window.HTMLDialogElement) return;
  e.preventDefault();
  try {
    const content = await part(link);
    if (content) show(content, link); else location.href = link.href;
  } catch {
    location.href = link.href;
  }
});

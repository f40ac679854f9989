// Loads the player of a card where it stands when its button is pressed, and
// nothing before. What it may do there is said on the frame.
for (const button of document.querySelectorAll(".player button")) {
  button.hidden = false;
  button.parentElement.querySelector(".player-told").hidden = false;
}
document.addEventListener("click", (e) => {
  const button = e.target.closest(".player button");
  if (!button) return;
  const card = button.closest(".player");
  const frame = document.createElement("iframe");
  frame.title = card.querySelector(".player-name").textContent.trim();
  frame.setAttribute("sandbox", "allow-scripts allow-same-origin allow-popups allow-presentation");
  frame.setAttribute("allow", "encrypted-media; fullscreen; picture-in-picture");
  frame.referrerPolicy = card.dataset.referrer;
  frame.src = card.dataset.frame;
  card.querySelector(".player-told").remove();
  button.remove();
  card.append(frame);
  frame.focus();
});

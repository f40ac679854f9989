// After a press the page comes back at the same part; focus follows it there,
// so that the keyboard goes on from where it was.
const part = document.getElementById(location.hash.slice(1));
if (part?.matches(".guess, .pile-text")) part.focus({ preventScroll: true });

// Asks the device for a passkey when its button is pressed, and sends the
// answer on with the form. Where the browser has none, the form stays hidden.
const text = (buffer) => btoa(String.fromCharCode(...new Uint8Array(buffer))).replace(/\+/g, "-").replace(/\//g, "_").replace(/=+$/, "");
const bytes = (s) => Uint8Array.from(atob(s.replace(/-/g, "+").replace(/_/g, "/")), (c) => c.charCodeAt(0));

// What the site asks in text, as the browser wants it.
function question(asked) {
  asked.challenge = bytes(asked.challenge);
  if (asked.user) asked.user.id = bytes(asked.user.id);
  for (const list of ["excludeCredentials", "allowCredentials"]) for (const key of asked[list] ?? []) key.id = bytes(key.id);
  return asked;
}

// What the device answers, as text.
function answer(made) {
  const response = {};
  for (const part of ["clientDataJSON", "attestationObject", "authenticatorData", "signature", "userHandle"]) {
    if (made.response[part]) response[part] = text(made.response[part]);
  }
  const transports = made.response.getTransports?.();
  if (transports) response.transports = transports;
  return JSON.stringify({ id: made.id, rawId: text(made.rawId), type: made.type, authenticatorAttachment: made.authenticatorAttachment ?? undefined, clientExtensionResults: {}, response });
}

async function ask(form) {
  const trouble = form.querySelector("[data-trouble]");
  trouble.hidden = true;
  const say = (words) => { trouble.textContent = words; trouble.hidden = false; };
  try {
    const got = await fetch(form.dataset.ask, { method: "POST", headers: { Accept: "application/json" } });
    if (!got.ok || got.redirected) { say(trouble.dataset.slow); return; }
    const { question: asked, secret } = await got.json();
    const made = await navigator.credentials[form.dataset.passkey]({ publicKey: question(asked.publicKey) });
    const prefix = form.dataset.prefix ?? "";
    form.elements[prefix + "secret"].value = secret;
    form.elements[prefix + "answer"].value = answer(made);
    form.submit();
  } catch {
    say(trouble.dataset.trouble);
  }
}

if (window.PublicKeyCredential && navigator.credentials) {
  for (const form of document.querySelectorAll("[data-passkey]")) {
    form.hidden = false;
    form.addEventListener("submit", (e) => { e.preventDefault(); ask(form); });
  }
  for (const note of document.querySelectorAll("[data-passkey-none]")) note.hidden = true;
}

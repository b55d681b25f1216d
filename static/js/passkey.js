// Ties the passkey buttons to allauth's own script. What it needs stands in data attributes: the policy allows no inline
// script. <div data-passkey="addForm" data-ids='{"add": "knapp", "credential": "falt", "data": "data"}'>…</div>
// Without scripts the buttons stay hidden and the text beside says why.

for (const place of document.querySelectorAll("[data-passkey]")) {
  const button = place.querySelector("[data-passkey-knapp]");
  const failed = place.querySelector("[data-passkey-fel]");
  // a browser takes no key for an address of figures: then nothing that the user does can make it work
  if (/^[\d.]+$|:/.test(location.hostname)) {
    place.querySelector("[data-passkey-utan]")?.remove();
    const named = new URL(location.href);
    named.hostname = "localhost";
    failed.hidden = false;
    failed.textContent = `En nyckel kan inte användas på en adress med siffror. Öppna portalen på sitt namn, på den här datorn ${named.origin}.`;
    continue;
  }
  if (!window.PublicKeyCredential) {
    failed.hidden = false;
    failed.textContent = "Webbläsaren kan inte använda nycklar här. Portalen måste öppnas över https.";
    continue;
  }
  place.querySelector("[data-passkey-utan]")?.remove();
  button.hidden = false;
  document.addEventListener("allauth.error", (event) => {
    event.preventDefault();
    failed.hidden = false;
    failed.textContent = "Nyckeln kunde inte användas, eller så avbröt du. Inget är ändrat. Försök igen.";
  });
  window.allauth.webauthn.forms[place.dataset.passkey]({ ids: JSON.parse(place.dataset.ids) });
}

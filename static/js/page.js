// Small things on every page: menus that close, focus after a post, "visa/dölj". Everything works without this file.

const openMenus = () => document.querySelectorAll("details[data-meny][open]");

document.addEventListener("click", (event) => {
  for (const menu of openMenus()) {
    if (!menu.contains(event.target)) menu.open = false;
  }
});

document.addEventListener("keydown", (event) => {
  if (event.key !== "Escape") return;
  for (const menu of openMenus()) {
    menu.open = false;
    menu.querySelector("summary").focus();
  }
});

// The error summary and the receipt take focus, so that a screen reader starts there.
document.querySelector("[data-autofokus]")?.focus();

// <button data-visa="id" data-visa-text="Dölj …" hidden>: shows and hides an element. Without scripts the element is shown.
for (const button of document.querySelectorAll("button[data-visa]")) {
  const target = document.getElementById(button.dataset.visa);
  if (!target) continue;
  const labels = [button.textContent, button.dataset.visaText ?? button.textContent];
  const show = (visible) => {
    target.hidden = !visible;
    button.setAttribute("aria-expanded", String(visible));
    button.textContent = labels[visible ? 1 : 0];
  };
  button.hidden = false;
  button.setAttribute("aria-controls", target.id);
  button.addEventListener("click", () => show(target.hidden));
  show(false);
}

// Copies of unsaved text (keep_draft.js). A form that was sent and led on to another page, or to a "klart", has been taken:
// its copy goes. Login and error pages prove nothing. No copy stays on a shared computer after you log out.
const copies = () => Object.keys(localStorage).filter((key) => key.startsWith("utkast:"));
const taken = document.querySelector(".meddelanden [data-color=success]");
const provesNothing = document.querySelector(".felsida, .konto");

if (!provesNothing) {
  for (const key of copies()) {
    const { sent } = JSON.parse(localStorage.getItem(key));
    if (sent && (taken || key !== `utkast:${location.pathname}`)) localStorage.removeItem(key);
  }
}

// What the writing desk has not got to the portal (autosave.js) may be the only one of its kind: it is asked about. What
// somebody else has written at the same computer is theirs, and stays.
const DESK = "utkast:bord:";
const mine = () => copies().filter((key) => !key.startsWith(DESK) || key.startsWith(`${DESK}${document.body.dataset.person}:`));
const mayGo = (keys) => {
  const names = new Set(keys.filter((key) => key.startsWith(DESK)).map((key) => JSON.parse(localStorage.getItem(key)).rubrik));
  if (!names.size) return true;
  return window.confirm(`Text som inte har nått portalen finns bara i den här webbläsaren: ${[...names].join(", ")}. Om du loggar ut tas den bort. Vill du logga ut ändå?`);
};

document.addEventListener("submit", (event) => {
  if (!event.target.matches("[action*='/logout/']")) return;
  if (!mayGo(mine())) {
    event.preventDefault();
    return;
  }
  document.dispatchEvent(new CustomEvent("sfbv:loggar-ut"));
  mine().forEach((key) => localStorage.removeItem(key));
});

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

document.addEventListener("submit", (event) => {
  if (event.target.action.includes("/logout/")) copies().forEach((key) => localStorage.removeItem(key));
});

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

// Kept copies of unsaved text (keep_draft.js) do not stay on a shared computer after you log out.
document.addEventListener("submit", (event) => {
  if (!event.target.action.includes("/logout/")) return;
  for (const key of Object.keys(localStorage)) if (key.startsWith("utkast:")) localStorage.removeItem(key);
});

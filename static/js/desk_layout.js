// The writing desk's three parts: the help can be hidden (remembered in this browser); on a narrow screen one part is shown
// at a time. Without this file everything is shown, and the links go to the parts.

const desk = document.querySelector("[data-skrivbord]");
const help = document.querySelector("[data-stodknapp]");
const links = [...document.querySelectorAll(".skrivbord__flikar a")];
const HIDDEN = "skrivbord:utan-stod";

const showHelp = (visible) => {
  desk.classList.toggle("skrivbord--utan-stod", !visible);
  help.textContent = visible ? "Dölj stödet" : "Visa stödet";
  help.setAttribute("aria-expanded", String(visible));
};

help.hidden = false;
help.addEventListener("click", () => {
  const visible = desk.classList.contains("skrivbord--utan-stod");
  localStorage.setItem(HIDDEN, visible ? "" : "ja");
  showHelp(visible);
});
showHelp(!localStorage.getItem(HIDDEN));

const show = (part) => {
  desk.dataset.visar = part;
  for (const link of links) {
    if (link.hash === `#${part}`) link.setAttribute("aria-current", "true");
    else link.removeAttribute("aria-current");
  }
};

for (const link of links) {
  link.addEventListener("click", (event) => {
    event.preventDefault();
    show(link.hash.slice(1));
    document.querySelector(link.hash).focus({ preventScroll: true });
  });
}
show(links.some((link) => link.hash === location.hash) ? location.hash.slice(1) : "text");

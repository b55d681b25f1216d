// The advice beside the text: made anew by each save. Each piece leads to its place: <a data-plats="stalle=words">, or
// "tabell=2", "figur=1"; from another page the same words stand last in the address. The editor hears "sfbv:visa" and
// shows the place; without it the words are selected in the plain text.

const panel = document.querySelector("[data-textrad]");
const lacking = document.querySelector("[data-saknas]");
const area = document.querySelector("form[data-autospara]").elements.text;
const textTab = document.querySelector(".skrivbord__flikar a[href='#text']");
const PLACE = /^#(?:stalle|tabell|figur)=/;

let shown = null;
let waiting = null; // advice that came while somebody was in the panel

const draw = () => {
  if (waiting === null || panel.contains(document.activeElement)) return;
  const { rad, saknas } = waiting;
  waiting = null;
  lacking.innerHTML = saknas;
  lacking.hidden = !lacking.childElementCount;
  if (rad === shown) return;
  shown = rad;
  const open = panel.querySelector("details")?.open ?? false;
  panel.innerHTML = rad;
  if (open) panel.querySelector("details")?.setAttribute("open", "");
  const count = document.querySelector(".bordslista li:has([aria-current]) [data-ordantal]");
  if (count) count.textContent = panel.querySelector("[data-ord]")?.textContent ?? "";
};

/** Shows what a save's answer says of the text. Whoever stands in the panel keeps what they read until they leave it. */
export const showAdvice = (answer) => {
  if (answer.rad === undefined) return;
  waiting = answer;
  draw();
};

panel.addEventListener("focusout", () => setTimeout(draw));

const selectPlain = ({ stalle, tabell }) => {
  const words = (stalle ?? "").trim().split(/\s+/).map((word) => word.replace(/[.*+?^${}()|[\]\\]/g, "\\$&"));
  const found = stalle ? new RegExp(words.join("\\s+")).exec(area.value) : [...area.value.matchAll(/<table[ >]/g)][tabell - 1];
  if (found) area.setSelectionRange(found.index, found.index + found[0].length);
  area.focus();
};

const go = (place) => {
  textTab.click(); // on a phone the text stands behind another tab
  const detail = Object.fromEntries(new URLSearchParams(place));
  if (area.dispatchEvent(new CustomEvent("sfbv:visa", { cancelable: true, detail }))) selectPlain(detail);
};

panel.addEventListener("click", (event) => {
  const link = event.target.closest("a[data-plats]");
  if (!link) return;
  event.preventDefault();
  go(link.dataset.plats);
});

if (PLACE.test(location.hash)) addEventListener("load", () => go(location.hash.slice(1)), { once: true }); // when the tabs work

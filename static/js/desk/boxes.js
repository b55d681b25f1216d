// What the writing desk says about the text: boxes that stay in sight over it, the line below it, who else is there.
//
// The place of the boxes is a live region that is there from the start, so that what comes into it is read aloud; what
// must be acted on is an alert.

const place = document.querySelector("[data-lagesrutor]");
const line = document.querySelector("[data-sparat]");
const heard = document.querySelector("[data-hort]");
const presence = document.querySelector("[data-narvaro]");
const tab = document.querySelector(".skrivbord__flikar a[href='#text']");

const closing = (made) => {
  const button = document.createElement("button");
  button.type = "button";
  button.className = "ds-button";
  button.dataset.variant = "tertiary";
  button.textContent = "Stäng";
  button.addEventListener("click", () => made.remove());
  return button;
};

export const unbox = (...ids) => ids.forEach((id) => place.querySelector(`#${id}`)?.remove());

export const hasBox = (id) => place.querySelector(`#${id}`) !== null;

/** Shows a box with words and links. The color is info (it can be closed), warning, or danger (an alert). */
export const box = (id, color, ...words) => {
  unbox(id);
  const made = document.createElement("div");
  made.id = id;
  made.className = "ds-alert ruta";
  made.dataset.color = color;
  if (color === "danger") made.setAttribute("role", "alert");
  const text = document.createElement("p");
  text.append(...words);
  if (color === "info") text.append(" ", closing(made));
  made.append(text);
  place.prepend(made);
};

/** Writes in the line below the text; aloud when somebody has asked for it, and not each second while they write. */
export const say = (words, aloud = false) => {
  line.textContent = words;
  if (aloud) heard.textContent = words;
};

/** On a phone the text may stand behind another tab: the tab says that it is not saved. */
export const markTab = (unsaved) => {
  tab.textContent = unsaved ? "Text (inte sparat)" : "Text";
};

/** Shows who else is in the section, and in the other ones of the list. */
export const showPresence = (others, address) => {
  const here = others.filter(({ nyckel }) => address.includes(`/${nyckel}/`));
  const words = here.map(({ mening }) => `${mening}. `).join("");
  if (presence.textContent.trim() !== words.trim()) presence.textContent = words;
  for (const row of document.querySelectorAll("[data-nyckel]")) {
    const names = others.filter(({ nyckel }) => nyckel === row.dataset.nyckel).map(({ namn }) => `${namn} är här`);
    row.querySelector("[data-har]").textContent = names.join(", ");
  }
};

// -- two texts to choose between -------------------------------------------------------------------------------------

const clashPlace = document.querySelector("[data-krockplats]");

export const hasClash = () => clashPlace.querySelector(".textkrock") !== null;

export const removeClash = () => {
  clashPlace.replaceChildren();
  unbox("ruta-krock");
};

/** Tells that there is a choice to make. Who is writing keeps the cursor, and goes there by the link. */
export const tellOfClash = (writing) => {
  const heading = clashPlace.querySelector("h2");
  const link = document.createElement("a");
  link.href = `#${heading.id}`;
  link.textContent = "Till valet";
  link.addEventListener("click", (event) => {
    event.preventDefault();
    heading.focus();
  });
  box("ruta-krock", "danger", "Ni har ändrat samma stycke, och inget mer sparas förrän du har valt. ", link);
  if (!writing) heading.focus();
};

export const showClash = (html, writing) => {
  clashPlace.innerHTML = html;
  tellOfClash(writing);
};

// -- done, and how far the document has come -------------------------------------------------------------------------

const PARTS = ["[data-klarform]", ".skrivbord__lista .bordsframsteg", ".bordslista"];

/** Shows what a freshly fetched page says of the section: whether it is done, and how many are. */
export const showDone = (page, done) => {
  for (const part of PARTS) {
    const fresh = page.querySelector(part);
    const shown = document.querySelector(part);
    if (fresh && shown) shown.replaceChildren(...fresh.childNodes);
  }
  const words = done ? "Avsnittet är nu klarmarkerat." : "Avsnittet är inte klarmarkerat längre. Klarmarkera det igen när texten är klar.";
  box("ruta-klart", "info", words);
};

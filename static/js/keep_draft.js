// Text that somebody is writing is never lost: forms marked data-utkast="<name>" keep a copy in this browser while you write,
// offer it when the page is opened anew (after a lost session, say), and warn before the page is left unsaved.
// The copy is removed when the server has the same text, after a week, and when you log out (page.js).

const PREFIX = "utkast:";
const WEEK = 7 * 24 * 3600 * 1000;
const FIELDS = "textarea, input[type=text]";

const read = (key) => {
  try {
    return JSON.parse(localStorage.getItem(key));
  } catch {
    return null;
  }
};

const valuesOf = (form) => Object.fromEntries([...form.querySelectorAll(FIELDS)].map((field) => [field.name, field.value]));

const differs = (form, copy) => Object.entries(copy).some(([name, value]) => form.elements[name] && form.elements[name].value !== value);

const offer = (form, key, copy) => {
  const box = document.createElement("div");
  box.className = "ds-alert ruta";
  box.dataset.color = "warning";
  box.setAttribute("role", "status");
  const time = new Date(copy.at).toLocaleTimeString("sv-SE", { hour: "2-digit", minute: "2-digit" });
  const words = document.createElement("p");
  words.textContent = `Du har text från kl. ${time} som inte hann sparas.`;
  const row = document.createElement("div");
  row.className = "knapprad";
  const choice = (label, variant, act) => {
    const button = document.createElement("button");
    button.type = "button";
    button.className = "ds-button";
    button.dataset.variant = variant;
    button.textContent = label;
    button.addEventListener("click", () => {
      act();
      box.remove();
    });
    row.append(button);
  };
  choice("Hämta tillbaka texten", "primary", () => {
    for (const [name, value] of Object.entries(copy.values)) if (form.elements[name]) form.elements[name].value = value;
    form.dispatchEvent(new Event("input", { bubbles: true }));
  });
  choice("Släng den", "tertiary", () => localStorage.removeItem(key));
  box.append(words, row);
  form.before(box);
};

const watch = (form) => {
  const key = PREFIX + form.dataset.utkast;
  const copy = read(key);
  let unsaved = false;
  let timer = 0;
  if (copy) {
    const useful = Date.now() - copy.at < WEEK && differs(form, copy.values);
    if (useful) offer(form, key, copy);
    else localStorage.removeItem(key);
  }
  form.addEventListener("input", () => {
    unsaved = true;
    clearTimeout(timer);
    timer = setTimeout(() => localStorage.setItem(key, JSON.stringify({ at: Date.now(), values: valuesOf(form) })), 500);
  });
  form.addEventListener("submit", () => {
    clearTimeout(timer);
    localStorage.setItem(key, JSON.stringify({ at: Date.now(), values: valuesOf(form) }));
    unsaved = false;
  });
  window.addEventListener("beforeunload", (event) => {
    if (unsaved) event.preventDefault();
  });
};

document.querySelectorAll("form[data-utkast]").forEach(watch);

// Text that somebody is writing is never lost: a form marked data-spara keeps a copy in this browser while you write, offers
// it when the page is opened anew (after a lost session, say), and asks before the page is left with unsaved text.
// The copy goes when the server has taken the form (page.js), after a week, and when you log out (page.js).

const WEEK = 7 * 24 * 3600 * 1000;
const PAUSE = 500;
const KEY = `utkast:${location.pathname}`;

const fieldsOf = (form) => [...form.querySelectorAll("textarea[name], input[type=text][name]")];
const valuesOf = (form) => Object.fromEntries(fieldsOf(form).map((field) => [field.name, field.value]));
const differs = (form, values) => fieldsOf(form).some(({ name, value }) => name in values && values[name] !== value);

const read = () => {
  try {
    return JSON.parse(localStorage.getItem(KEY));
  } catch {
    return null;
  }
};

const keep = (form, sent) => localStorage.setItem(KEY, JSON.stringify({ at: Date.now(), sent, values: valuesOf(form) }));

const restore = (form, values) => {
  for (const field of fieldsOf(form)) if (field.name in values) field.value = values[field.name];
  form.dispatchEvent(new Event("input", { bubbles: true }));
};

const button = (label, variant, act) => {
  const made = document.createElement("button");
  made.type = "button";
  made.className = "ds-button";
  made.dataset.variant = variant;
  made.textContent = label;
  made.addEventListener("click", act);
  return made;
};

const offer = (form, copy) => {
  const box = document.createElement("div");
  box.className = "ds-alert ruta erbjudande";
  box.dataset.color = "warning";
  box.setAttribute("role", "status");
  const words = document.createElement("p");
  const time = new Date(copy.at).toLocaleTimeString("sv-SE", { hour: "numeric", minute: "2-digit" }).replace(":", ".");
  words.textContent = `Du har text från kl. ${time} som inte hann sparas.`;
  const row = document.createElement("div");
  row.className = "knapprad";
  row.append(
    button("Hämta tillbaka texten", "primary", () => {
      restore(form, copy.values);
      box.remove();
    }),
    button("Släng den", "tertiary", () => {
      localStorage.removeItem(KEY);
      box.remove();
    }),
  );
  box.append(words, row);
  form.before(box);
};

const watch = (form) => {
  let unsaved = false;
  let timer = 0;
  const copy = read();
  if (copy && Date.now() - copy.at < WEEK && differs(form, copy.values)) offer(form, copy);
  else localStorage.removeItem(KEY);
  form.addEventListener("input", () => {
    unsaved = true;
    clearTimeout(timer);
    timer = setTimeout(() => keep(form, false), PAUSE);
  });
  form.addEventListener("submit", () => {
    clearTimeout(timer);
    unsaved = false;
    keep(form, true);
  });
  window.addEventListener("beforeunload", (event) => {
    if (unsaved) event.preventDefault();
  });
};

const form = document.querySelector("form[data-spara]");
if (form) watch(form);

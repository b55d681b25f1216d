// The editor's dialogs: each asks for a few values and gives them back, or null when it was left.

let dialogs = null;

const all = () => {
  if (!dialogs) {
    dialogs = new Map();
    for (const dialog of document.querySelector("#redigerare-dialoger").content.cloneNode(true).querySelectorAll("dialog")) {
      dialogs.set(dialog.dataset.dialog, dialog);
      document.body.append(dialog);
    }
  }
  return dialogs;
};

/** Writes what is wrong beside a field, and lets the dialog stay open. */
export const complain = (dialog, name, words) => {
  const place = dialog.querySelector(`[data-fel="${name}"]`);
  const field = dialog.querySelector(`[name="${name}"]`);
  place.textContent = words;
  field.toggleAttribute("aria-invalid", Boolean(words));
  if (words) field.focus();
};

/**
 * Opens a dialog with values in its fields. `exists`: whether there is something to take away. `given`: the fields that are
 * not asked for, since the caller has what goes there. `check(values, dialog)` may say
 * no (then it has told why) and may be slow. Resolves to {act, ...values}, or null.
 */
export const ask = (name, values = {}, { exists = false, options = null, given = [], check = () => true } = {}) => {
  const dialog = all().get(name);
  const form = dialog.querySelector("form");
  form.reset();
  dialog.querySelectorAll("[data-fel]").forEach((place) => complain(dialog, place.dataset.fel, ""));
  if (options) form.elements.target.replaceChildren(...options);
  for (const [field, value] of Object.entries(values)) if (form.elements[field]) form.elements[field].value = value;
  for (const field of form.elements) {
    if (!field.name) continue;
    field.disabled = given.includes(field.name);
    field.closest(".ds-field").hidden = field.disabled;
  }
  dialog.querySelectorAll("[data-om-given]").forEach((part) => { part.hidden = !given.length; });
  dialog.querySelectorAll("[data-om-finns]").forEach((button) => { button.hidden = !exists; });
  const taken = () => Object.fromEntries([...form.elements].filter((field) => field.name).map((field) => [field.name, field.files?.[0] ?? field.value]));
  return new Promise((resolve) => {
    const listening = new AbortController();
    const done = (act) => {
      listening.abort();
      dialog.close();
      resolve(act ? { act, ...taken() } : null);
    };
    const submit = async (event) => {
      event.preventDefault();
      const act = event.submitter?.value ?? "save";
      if (act === "save") {
        form.setAttribute("aria-busy", "true");
        const fine = await check(taken(), dialog);
        form.removeAttribute("aria-busy");
        if (!fine) return;
      }
      done(act);
    };
    const leave = (event) => {
      event.preventDefault();
      done("");
    };
    form.addEventListener("submit", submit, listening);
    dialog.addEventListener("cancel", leave, listening);
    dialog.querySelector("[data-avbryt]")?.addEventListener("click", leave, listening);
    dialog.showModal();
  });
};

// The writing desk saves by itself. <form data-autospara="address" data-person data-logga-in> around <textarea name="text">.
//
// Every save says which version it was written from, so the server can put two people's changes together, or ask (409).
// What has not reached the server is kept in this browser, and sent when there is contact, or when you have logged in.
// An editor may take the textarea over: it writes to it and sends "input"; new content is announced as "sfbv:innehall".

const PAUSE = 700;
const AT_LEAST_EVERY = 5000;
const COPY_PAUSE = 200;
const BEAT = 10_000;
const RETRY = 5000;
const TIMEOUT = 20_000;
const MOST_KEPT_ALIVE = 60_000;

const form = document.querySelector("form[data-autospara]");
const area = form.elements.text;
const boxes = document.querySelector("[data-lagesrutor]");
const told = form.querySelector("[data-sparat]");
const presence = document.querySelector("[data-narvaro]");
const doneForm = document.querySelector("[data-klarform]");

const client = [...crypto.getRandomValues(new Uint8Array(12))].map((byte) => byte.toString(16).padStart(2, "0")).join("");
const windows = new BroadcastChannel("sfbv-utkast");
const copies = `utkast:bord:${form.dataset.person}:${location.pathname}:`;

let version = Number(form.elements.version.value);
let saved = area.value; // what the area held when it was last the same as the server's text
let base = null; // what the area was written from, when that is not the text of ``version``
let state = "ok"; // ok, away (no answer), out (logged out), clash (somebody must choose), closed
let sending = null;
let number = 0;
let dirtySince = 0;
let timers = {};

const dirty = () => area.value !== saved;
const edited = () => form.querySelector("[contenteditable=true]") !== null;

// -- boxes ----------------------------------------------------------------------------------------------------------

const box = (id, color, role, words, ...more) => {
  boxes.querySelector(`#${id}`)?.remove();
  const made = document.createElement("div");
  made.id = id;
  made.className = "ds-alert ruta";
  made.dataset.color = color;
  made.setAttribute("role", role);
  const text = document.createElement("p");
  text.append(words, ...more);
  made.append(text);
  boxes.prepend(made);
  return made;
};

const unbox = (...ids) => ids.forEach((id) => boxes.querySelector(`#${id}`)?.remove());

const button = (label, act) => {
  const made = document.createElement("button");
  made.type = "button";
  made.className = "ds-button";
  made.dataset.variant = "secondary";
  made.textContent = label;
  made.addEventListener("click", act);
  return made;
};

const say = (words, aloud = false) => {
  if (aloud) told.setAttribute("role", "status");
  else told.removeAttribute("role");
  told.textContent = words;
};

// -- copies in this browser ------------------------------------------------------------------------------------------

let kept = false;
let taken = null; // the text of our copy, when another window of ours has taken it over and saves it
windows.addEventListener("message", ({ data }) => {
  if (data.key === copies + client) taken = data.text;
});

const keep = () => {
  try {
    localStorage.setItem(copies + client, JSON.stringify({ at: Date.now(), version, base, text: area.value }));
    kept = true;
  } catch {
    kept = false;
  }
};

const forget = () => localStorage.removeItem(copies + client);

/** Puts back what an earlier window did not get saved. It is saved as written from the version it was written from. */
const bringBack = () => {
  const found = Object.keys(localStorage)
    .filter((key) => key.startsWith(copies) && key !== copies + client)
    .map((key) => ({ key, ...JSON.parse(localStorage.getItem(key)) }))
    .sort((one, other) => other.at - one.at);
  for (const { key, text } of found) if (text === area.value) localStorage.removeItem(key);
  const copy = found.find(({ text }) => text !== area.value);
  if (!copy) return;
  put(copy.text);
  [version, base, saved] = [copy.version, copy.base, null];
  keep();
  localStorage.removeItem(copy.key);
  windows.postMessage({ key: copy.key, text: copy.text });
  const time = new Date(copy.at).toLocaleTimeString("sv-SE", { hour: "numeric", minute: "2-digit" }).replace(":", ".");
  box("ruta-tillbaka", "info", "status", `Text från kl. ${time} som inte hann sparas är tillbaka. Den sparas nu.`);
  send();
};

// -- the text --------------------------------------------------------------------------------------------------------

/** Puts new content in. The cursor of a plain textarea stays by the words it stood at. */
const put = (text) => {
  const { value: before, selectionStart: start, selectionEnd: end } = area;
  const focused = document.activeElement === area;
  let same = 0;
  while (same < before.length && before[same] === text[same]) same += 1;
  const move = (place) => (place <= same ? place : Math.max(same, place + text.length - before.length));
  area.value = text;
  area.dispatchEvent(new CustomEvent("sfbv:innehall", { bubbles: true }));
  if (focused && !edited()) area.setSelectionRange(move(start), move(end));
};

const setVersion = (to) => {
  version = to;
  form.elements.version.value = to;
  if (doneForm) doneForm.elements.version.value = to;
};

const showPresence = (others) => {
  const here = others.filter(({ nyckel }) => form.dataset.autospara.includes(`/${nyckel}/`));
  const words = here.map(({ mening }) => `${mening}. `).join("");
  if (presence.textContent.trim() !== words.trim()) presence.textContent = words;
  for (const row of document.querySelectorAll("[data-nyckel]")) {
    const names = others.filter(({ nyckel }) => nyckel === row.dataset.nyckel).map(({ namn }) => `${namn} är här`);
    row.querySelector("[data-har]").textContent = names.join(", ");
  }
};

// -- talking with the server -----------------------------------------------------------------------------------------

const post = (fields) => {
  const body = new FormData();
  const all = { csrfmiddlewaretoken: form.elements.csrfmiddlewaretoken.value, version, klient: client, ...fields };
  for (const [name, value] of Object.entries(all)) body.append(name, value);
  return fetch(form.dataset.autospara, {
    method: "POST",
    body,
    redirect: "manual",
    headers: { Accept: "application/json" },
    keepalive: (fields.text ?? "").length < MOST_KEPT_ALIVE,
    signal: AbortSignal.timeout(TIMEOUT),
  });
};

const away = () => {
  state = "away";
  if (dirty()) keep();
  if (!boxes.querySelector("#ruta-borta"))
    box(
      "ruta-borta",
      "warning",
      "status",
      "Ingen kontakt med portalen. Det du skriver sparas i den här webbläsaren och skickas när kontakten är tillbaka.",
    );
  clearTimeout(timers.retry);
  timers.retry = setTimeout(wake, RETRY);
};

const out = () => {
  state = "out";
  if (dirty()) keep();
  if (boxes.querySelector("#ruta-utloggad")) return;
  const link = document.createElement("a");
  link.href = `${form.dataset.loggaIn}?next=${encodeURIComponent(location.pathname)}`;
  link.target = "_blank";
  link.rel = "opener";
  link.textContent = "Logga in i en ny flik";
  box("ruta-utloggad", "danger", "alert", "Du är utloggad. Det du har skrivit finns kvar här. ", link, " och kom tillbaka hit, så sparas det.");
};

const closed = (words) => {
  state = "closed";
  if (dirty()) keep();
  box("ruta-stangt", "danger", "alert", `${words} Det du har skrivit står kvar här, så att du kan kopiera det.`);
};

/** Takes a new token from the page, after a login. Out: whether it is worth sending again. */
const refresh = async () => {
  const answer = await fetch(location.pathname, { redirect: "manual", signal: AbortSignal.timeout(TIMEOUT) });
  if (answer.type === "opaqueredirect") out();
  else if (answer.ok) {
    const page = new DOMParser().parseFromString(await answer.text(), "text/html");
    const token = page.querySelector("[name=csrfmiddlewaretoken]").value;
    for (const field of document.querySelectorAll("[name=csrfmiddlewaretoken]")) field.value = token;
    return true;
  } else if (answer.status < 500) closed("Du kan inte skriva i avsnittet längre.");
  else away();
  return false;
};

const awake = () => {
  if (state === "away" || state === "out") state = "ok";
  unbox("ruta-borta", "ruta-utloggad", "ruta-fel");
};

const take = (data, sent, aloud) => {
  awake();
  setVersion(data.version);
  if (data.html === undefined) [saved, base] = [sent, null];
  else if (area.value === sent) {
    put(edited() ? data.html : data.text);
    [saved, base] = [area.value, null];
    box("ruta-andrat", "info", "status", "Någon annan ändrade avsnittet samtidigt. Det du ser är det senaste, med bådas ändringar.");
  } else [saved, base] = [sent, sent];
  if (data.sparat) say(`Sparat ${data.sparat}`, aloud);
  showPresence(data.har);
  if (dirty()) plan();
  else {
    dirtySince = 0;
    forget();
    unbox("ruta-tillbaka");
  }
};

const clash = (data) => {
  awake();
  state = "clash";
  keep();
  boxes.querySelector(".textkrock")?.remove();
  boxes.insertAdjacentHTML("afterbegin", data.krock);
  form.elements.sett.value = data.sett;
  say("Inte sparat. Välj text ovanför.");
};

const answered = async (answer, sent, fields, aloud, again) => {
  if (answer.type === "opaqueredirect") return out();
  if (answer.status === 403) return again && (await refresh()) ? exchange(sent, fields, aloud, false) : undefined;
  if (answer.status >= 500 || answer.status === 429) return away();
  const data = await answer.json().catch(() => ({}));
  if (answer.ok) {
    if (fields.val) boxes.querySelector(".textkrock")?.remove();
    return take(data, sent, aloud);
  }
  if (data.krock) return clash(data);
  if (data.stangt) return closed(data.stangt);
  keep();
  box("ruta-fel", "danger", "alert", data.fel ?? "Texten är för stor för att sparas. Dela upp den på flera avsnitt. Det du har skrivit står kvar här.");
};

const exchange = async (sent, fields, aloud, again = true) => {
  try {
    await answered(await post(fields), sent, fields, aloud, again);
  } catch (error) {
    if (!(error instanceof TypeError || error.name === "TimeoutError" || error.name === "AbortError")) throw error;
    away();
  }
};

/** Goes on from what another window of ours has saved of this one's text. Out: whether the server has said where. */
const catchUp = async () => {
  const answer = await post({}).catch(() => null);
  if (!answer?.ok) return false;
  setVersion((await answer.json()).version);
  [saved, base, taken] = [taken, taken, null];
  return true;
};

/** Saves what the area holds now. One save at a time; what is written meanwhile goes with the next one. */
const send = async ({ aloud = false, ...choice } = {}) => {
  while (sending) await sending;
  clearTimeout(timers.save);
  if (state === "closed" || (state === "clash" && !choice.val)) return;
  if (!dirty() && !aloud) return;
  if (taken !== null && !(await catchUp())) return away();
  const sent = area.value;
  number += 1;
  const fields = { text: sent, lopnr: number, ...(base === null ? {} : { bas: base }), ...(aloud ? { spara: "ja" } : {}), ...choice };
  if (choice.val) state = "ok";
  say("Sparar …", aloud);
  sending = exchange(sent, fields, aloud);
  await sending;
  sending = null;
};

const plan = () => {
  dirtySince ||= Date.now();
  clearTimeout(timers.save);
  timers.save = setTimeout(send, Date.now() - dirtySince > AT_LEAST_EVERY ? 0 : PAUSE);
};

/** Tells that you are here, and hears who else is; takes in what they have saved, when nothing of yours is unsaved. */
const beat = async () => {
  if (sending || document.hidden || !["ok", "away"].includes(state)) return;
  const before = area.value;
  try {
    const answer = await post({});
    if (answer.type === "opaqueredirect") return out();
    if (answer.status === 403) return void (await refresh());
    if (answer.status >= 500) return away();
    const data = await answer.json();
    if (data.stangt) return closed(data.stangt);
    if (!answer.ok) return;
    awake();
    showPresence(data.har);
    if (dirty()) return void send();
    if (data.html === undefined || sending || area.value !== before || data.version <= version) return;
    setVersion(data.version);
    put(edited() ? data.html : data.text);
    [saved, base] = [area.value, null];
    say(`Någon annan sparade ${data.sparat}. Det du ser är det senaste.`);
  } catch (error) {
    if (!(error instanceof TypeError || error.name === "TimeoutError" || error.name === "AbortError")) throw error;
    away();
  }
};

/** Tries again: after an answer failed to come, when the network is back, when you come back from a login. */
const wake = async () => {
  if (state === "out" && !(await refresh().catch(() => false))) return;
  if (state === "out") state = "ok";
  if (state === "ok" || state === "away") await (dirty() ? send() : beat());
};

// -- what happens on the page ----------------------------------------------------------------------------------------

form.addEventListener("input", (event) => {
  if (event.target !== area) return;
  clearTimeout(timers.copy);
  if (!dirty()) return;
  timers.copy = setTimeout(() => dirty() && keep(), COPY_PAUSE);
  if (state === "ok") plan();
});

form.addEventListener("focusout", () => state === "ok" && dirty() && send());

form.addEventListener("submit", (event) => {
  event.preventDefault();
  const val = event.submitter?.name === "val" ? event.submitter.value : "";
  if (!val) return void send({ aloud: true });
  send({ aloud: true, val, sett: form.elements.sett.value });
});

doneForm?.addEventListener("submit", async (event) => {
  if (!dirty()) return;
  event.preventDefault();
  await send();
  if (!dirty() && state === "ok") doneForm.requestSubmit(event.submitter);
});

window.addEventListener("online", wake);
window.addEventListener("focus", () => state === "out" && wake());
document.addEventListener("visibilitychange", () => {
  if (!document.hidden) return void wake();
  if (dirty()) {
    keep();
    send();
  }
});
window.addEventListener("beforeunload", (event) => {
  if (!dirty()) return;
  keep();
  if (!kept) event.preventDefault();
});

const begin = () => {
  saved = area.value;
  if (boxes.querySelector(".textkrock")) state = "clash"; // the page itself holds two texts to choose between
  else bringBack();
  setInterval(beat, BEAT);
};
if (document.readyState === "complete") begin();
else window.addEventListener("load", begin);

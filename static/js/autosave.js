// The writing desk saves by itself. <form data-autospara="address" data-person data-omgang data-logga-in> around
// <textarea name="text">; data-osparat: what the page holds is not what the server has.
//
// Every save says which version it was written from, so the server can put two people's changes together, or ask (409).
// What has not reached the server is kept in this browser, and sent when there is contact, or when you have logged in.
// An editor may take the textarea over: it writes to it and sends "input"; new content is announced as "sfbv:innehall".

import { showAdvice } from "desk/advice";
import { box, hasBox, hasClash, markTab, removeClash, say, showClash, showDone, showPresence, tellOfClash, unbox } from "desk/boxes";
import { bytesOf, reach, read } from "desk/contact";
import { copiesOf, madeAt } from "desk/copies";
import { tellOfGone } from "desk/words";

const PAUSE = 700;
const AT_LEAST_EVERY = 5000;
const COPY_PAUSE = 200;
const BEAT = 10_000;
const RETRY = 5000;
const MOST_KEPT_ALIVE = 60_000; // bytes: a browser takes 64 KiB of what is to be sent after the page is gone
const NOT_SAVED = {
  away: "Inte sparat. Ingen kontakt med portalen.",
  out: "Inte sparat. Du är utloggad.",
  clash: "Inte sparat. Välj text först.",
  closed: "Inte sparat. Avsnittet är stängt.",
};

const form = document.querySelector("form[data-autospara]");
const area = form.elements.text;
const doneForm = document.querySelector("[data-klarform]");
const client = [...crypto.getRandomValues(new Uint8Array(12))].map((byte) => byte.toString(16).padStart(2, "0")).join("");

const edited = () => form.querySelector("[contenteditable=true]") !== null;
const served = () => (edited() ? area.dataset.html : area.defaultValue);

let version = Number(form.elements.version.value);
let saved = "osparat" in form.dataset ? null : served(); // what the area held when it was last the same as the server's text
let base = null; // what the area was written from, when that is not the text of ``version``
let state = "ok"; // ok, away (no answer), out (logged out), clash (somebody must choose), closed
let sending = null;
let number = 0;
let dirtySince = 0;
const timers = {};
let rich = form.elements["text-rikt"] !== undefined; // the area holds HTML, whatever stands first in it
let done = form.dataset.klart === "ja";
let asksIfDone = false;
let kept = true;
let other = null; // whether it was told that somebody else is logged in here
let taken = null; // the text of our copy, when another window of ours has taken it over and saves it
let waiting = []; // copies of windows that are closed

const dirty = () => area.value !== saved;
const asking = () => document.querySelector("dialog[open]") !== null;
const writing = () => form.contains(document.activeElement) && document.activeElement.matches("textarea, [contenteditable=true], input");

const copies = copiesOf(`utkast:bord:${form.dataset.person}:${form.dataset.omgang}:${location.pathname}:`, client, {
  taken: (text) => { taken = text; },
  opened: () => state === "out" && wake(), // the other window has logged in
});

const keep = () => {
  kept = copies.keep({ version, base, rich, text: area.value, rubrik: document.querySelector("h1").textContent.trim() });
  return kept;
};

/** Says what holds, where it can be seen: below the text, on the tab, and that the browser could not keep a copy. */
const stand = (refused = false) => {
  const unsaved = dirty() && (state !== "ok" || refused);
  if (unsaved) say(NOT_SAVED[state] ?? "Inte sparat.");
  markTab(unsaved);
  if (!unsaved || kept) unbox("ruta-kopia");
  else if (!hasBox("ruta-kopia")) box("ruta-kopia", "warning", "Webbläsaren har inte plats för en kopia av texten. Stäng inte fliken innan det står Sparat, eller kopiera texten till ett annat program.");
};

const enter = (to) => {
  state = to;
  if (dirty()) keep();
  stand();
};

/** Puts new content in. The cursor of a plain textarea stays by the words it stood at. */
const put = (text) => {
  const { value: before, selectionStart: start, selectionEnd: end } = area;
  const focused = document.activeElement === area;
  let same = 0;
  while (same < before.length && before[same] === text[same]) same += 1;
  const move = (place) => (place <= same ? place : Math.max(same, place + text.length - before.length));
  area.value = text;
  if (!area.dispatchEvent(new CustomEvent("sfbv:innehall", { bubbles: true, cancelable: true }))) {
    area.value = before;
    throw new Error("The editor could not show the text.");
  }
  if (focused && !edited()) area.setSelectionRange(move(start), move(end));
};

const setVersion = (to) => {
  version = to;
  form.elements.version.value = to;
  if (doneForm) doneForm.elements.version.value = to;
};

/** Puts back what an earlier window did not get saved. It is saved as written from the version it was written from. */
const bringBack = () => {
  if (dirty() || asking() || !["ok", "away"].includes(state)) return;
  const copy = waiting.shift();
  if (!copy) return;
  if (copy.text === area.value) return void copies.drop(copy);
  put(copy.text);
  setVersion(copy.version);
  [base, rich, saved] = [copy.base, copy.rich, null];
  if (keep()) copies.drop(copy);
  box("ruta-tillbaka", "info", `Text från ${madeAt(copy.at)} som inte hann sparas är tillbaka. Den sparas nu.`);
  send();
};

// -- talking with the server -----------------------------------------------------------------------------------------

const post = (fields) => {
  const body = new FormData();
  const all = { csrfmiddlewaretoken: form.elements.csrfmiddlewaretoken.value, version, klient: client, ...fields };
  for (const [name, value] of Object.entries(all)) body.append(name, value);
  const keepalive = document.hidden && bytesOf(Object.values(all)) < MOST_KEPT_ALIVE;
  return reach(form.dataset.autospara, { method: "POST", body, headers: { Accept: "application/json" }, keepalive });
};

const away = () => {
  enter("away");
  if (!hasBox("ruta-borta")) box("ruta-borta", "warning", "Ingen kontakt med portalen. Det du skriver sparas i den här webbläsaren och skickas när kontakten är tillbaka.");
  clearTimeout(timers.retry);
  timers.retry = setTimeout(wake, RETRY);
};

const out = (another = false) => {
  enter("out");
  if (hasBox("ruta-utloggad") && other === another) return;
  other = another;
  const link = document.createElement("a");
  link.href = `${form.dataset.loggaIn}?next=${encodeURIComponent(location.pathname)}`;
  link.target = "_blank";
  link.rel = "opener";
  link.textContent = "Logga in i en ny flik";
  const who = another ? "Någon annan är inloggad i webbläsaren nu. Texten sparas inte i den personens namn: den finns kvar här, och sparas när du har loggat in. " : "Du är utloggad. Det du har skrivit finns kvar här. ";
  box("ruta-utloggad", "danger", who, ...(another ? [] : [link, " och kom tillbaka hit, så sparas det."]));
};

const closed = (words) => {
  enter("closed");
  box("ruta-stangt", "danger", `${words} Det du har skrivit står kvar här, så att du kan kopiera det.`);
};

const refused = (words) => {
  keep();
  stand(true);
  box("ruta-fel", "danger", `${words} Det du har skrivit står kvar här.`);
};

/** The page itself is at fault: what was written is kept, and the next change tries again. */
const failed = (error) => {
  refused("Något gick fel på sidan. Ladda om den, så kommer texten tillbaka.");
  reportError(error);
};

/** Fetches this page anew. Out: the page when it is still this person's, and null otherwise (then it is told). */
const fetchPage = async () => {
  const answer = await reach(location.pathname);
  if (answer?.type === "opaqueredirect") return void out();
  if (!answer || answer.status >= 500) return void away();
  if (!answer.ok) return void closed("Du kan inte skriva i avsnittet längre.");
  const page = new DOMParser().parseFromString(await answer.text().catch(() => ""), "text/html");
  const theirs = page.querySelector("form[data-autospara]");
  if (!theirs) return void away();
  if (theirs.dataset.person !== form.dataset.person) return void out(true);
  return page;
};

/** Takes a new token from the page, after a login. Out: whether it is worth sending again. */
const refresh = async () => {
  const page = await fetchPage();
  const token = page?.querySelector("[name=csrfmiddlewaretoken]").value;
  if (token) for (const field of document.querySelectorAll("[name=csrfmiddlewaretoken]")) field.value = token;
  return Boolean(token);
};

const awake = () => {
  if (state === "away" || state === "out") state = "ok";
  unbox("ruta-borta", "ruta-utloggad", "ruta-fel");
};

/** Somebody's change opens a section that was done, or somebody has marked it: the page says so, as the server has it. */
const seeIfDone = async ({ klart }) => {
  if (klart === undefined || klart === done || asksIfDone) return;
  asksIfDone = true;
  const page = await fetchPage().finally(() => { asksIfDone = false; });
  if (!page) return;
  done = klart;
  showDone(page, done);
  setVersion(version);
};

/** Shows what the server has. */
const takeIn = ({ html, text }) => {
  put(edited() ? html : text);
  rich = edited() || text === html;
  [saved, base] = [area.value, null];
};

const take = (data, sent, aloud) => {
  awake();
  if (data.html === undefined) [saved, base] = [sent, null];
  else if (area.value !== sent) [saved, base] = [sent, sent];
  else if (asking()) return say(`Sparat ${data.sparat}`, aloud); // it is sent again, and put in, when the dialog is closed
  else {
    takeIn(data);
    box("ruta-andrat", "info", "Någon annan ändrade avsnittet samtidigt. Det du ser är det senaste, med bådas ändringar.");
  }
  setVersion(data.version);
  if (data.sparat) say(`Sparat ${data.sparat}`, aloud);
  stand();
  showPresence(data.har, form.dataset.autospara);
  showAdvice(data);
  seeIfDone(data).catch(failed);
  if (dirty()) return plan();
  dirtySince = 0;
  copies.forget();
  unbox("ruta-tillbaka");
  return bringBack();
};

const clash = (data) => {
  awake();
  unbox("ruta-andrat");
  showClash(data.krock, writing());
  form.elements.sett.value = data.sett;
  enter("clash");
};

const answered = async (answer, sent, fields, aloud, again) => {
  if (!answer || answer.status >= 500 || answer.status === 429) return away();
  if (answer.type === "opaqueredirect") return out();
  if (answer.status === 403 && again) return (await refresh()) ? exchange(sent, fields, aloud, false) : undefined;
  if (answer.status === 403 || answer.status === 404) return closed("Du kan inte skriva i avsnittet längre.");
  const data = await read(answer);
  if (answer.ok) {
    if (!Number.isInteger(data?.version)) return away(); // somebody else answered
    if (fields.val) removeClash();
    return take(data, sent, aloud);
  }
  if (data?.krock) return clash(data);
  if (data?.stangt) return closed(data.stangt);
  return refused(data?.fel ?? (answer.status === 413 ? "Texten är för stor för att sparas. Dela upp den på flera avsnitt." : "Portalen tog inte emot texten."));
};

const exchange = async (sent, fields, aloud, again = true) => answered(await post(fields), sent, fields, aloud, again);

/** Goes on from what another window of ours has saved of this one's text. Out: whether the server has said where. */
const catchUp = async () => {
  const answer = await post({});
  const data = answer?.ok ? await read(answer) : null;
  if (!Number.isInteger(data?.version)) return false;
  setVersion(data.version);
  [saved, base, taken] = [taken, taken, null];
  return true;
};

const save = async (aloud, choice) => {
  if (taken !== null && !(await catchUp())) return away();
  const sent = area.value;
  number += 1;
  const fields = { text: sent, lopnr: number, ...(base === null ? {} : { bas: base }), ...(rich ? { "text-rikt": "ja" } : {}), ...(aloud ? { spara: "ja" } : {}), ...choice };
  if (choice.val) state = "ok";
  say("Sparar …", aloud);
  await exchange(sent, fields, aloud);
  if (choice.val && hasClash() && state === "ok") state = "clash"; // nothing was decided
  return stand(hasBox("ruta-fel"));
};

/** Saves what the area holds now. One save at a time; what is written meanwhile goes with the next one. */
const send = async ({ aloud = false, ...choice } = {}) => {
  while (sending) await sending;
  clearTimeout(timers.save);
  if (state === "closed" || (state === "clash" && !choice.val)) return;
  if (!dirty() && !aloud) return;
  sending = save(aloud, choice).catch(failed);
  await sending;
  sending = null;
};

const plan = () => {
  dirtySince ||= Date.now();
  clearTimeout(timers.save);
  timers.save = setTimeout(send, Date.now() - dirtySince > AT_LEAST_EVERY ? 0 : PAUSE);
};

const pulse = async () => {
  if (sending || document.hidden || !["ok", "away"].includes(state)) return undefined;
  const before = area.value;
  const answer = await post({});
  if (!answer || answer.status >= 500) return away();
  if (answer.type === "opaqueredirect") return out();
  if (answer.status === 403) return refresh();
  if (answer.status === 404) return closed("Du kan inte skriva i avsnittet längre.");
  const data = await read(answer);
  if (data?.stangt) return closed(data.stangt);
  if (!answer.ok) return undefined;
  if (!Number.isInteger(data?.version)) return away();
  awake();
  showPresence(data.har, form.dataset.autospara);
  if (dirty()) return send();
  seeIfDone(data).catch(failed);
  if (waiting.length) return bringBack();
  if (data.html === undefined || sending || asking() || area.value !== before || data.version <= version) return stand();
  takeIn(data);
  tellOfGone(before, area.value);
  setVersion(data.version);
  showAdvice(data);
  return say(`Någon annan sparade ${data.sparat}. Det du ser är det senaste.`);
};

/** Tells that you are here, and hears who else is; takes in what they have saved, when nothing of yours is unsaved. */
const beat = () => pulse().catch(failed);

/** Tries again: after an answer failed to come, when the network is back, when you come back from a login. */
const wake = async () => {
  if (state === "out" && !(await refresh())) return;
  if (state === "out") state = "ok";
  if (state === "ok" || state === "away") await (dirty() ? send() : beat());
};

// -- what happens on the page ----------------------------------------------------------------------------------------

form.addEventListener("input", (event) => {
  if (event.target !== area) return;
  rich ||= edited();
  clearTimeout(timers.copy);
  if (!dirty()) return;
  timers.copy = setTimeout(() => dirty() && (keep(), state !== "ok" && stand()), COPY_PAUSE);
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

// Logging out: what can be saved is saved first. page.js asks about the rest, and then it is let go.
let saves = false;
document.addEventListener("submit", async (event) => {
  if (!event.target.matches("[action*='/logout/']") || saves || !dirty() || state !== "ok") return;
  event.preventDefault();
  event.stopImmediatePropagation();
  saves = true;
  await send();
  event.target.requestSubmit(event.submitter);
  saves = false;
}, true);
document.addEventListener("sfbv:loggar-ut", () => {
  state = "closed";
  saved = area.value;
  clearTimeout(timers.copy);
});

document.addEventListener("close", () => void wake(), true); // a dialog
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
  if (!keep() || state !== "ok" || hasBox("ruta-fel")) event.preventDefault();
});

const begin = async () => {
  setInterval(beat, BEAT);
  if (hasClash()) {
    tellOfClash(writing());
    enter("clash"); // the page itself holds two texts to choose between
    return;
  }
  stand(dirty());
  if (dirty() && !("osparat" in form.dataset)) plan(); // the browser has put back what stood there
  waiting = await copies.found();
  bringBack();
};
begin().catch(failed);

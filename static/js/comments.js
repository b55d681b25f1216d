// Comments beside a text: at the desk the editor marks the words and the column is drawn anew without the page; on the
// reading page the server has marked them. Everything works without this file.

const panel = document.querySelector("[data-panel]");
const area = document.querySelector("textarea[data-redigerare]");
const reading = document.querySelector("[data-lastext]");
const heard = document.querySelector("[data-kommentarsbesked]");
const BLOCKS = "p, h3, h4, h5, h6, li, td, th";
const NOT_TEXT = "sup a, .fotnot, .fotnoter, .kalla, caption, figcaption, tfoot";

const thread = (id) => panel.querySelector(`#kommentar-${id}`);
const tab = (part) => document.querySelector(`.skrivbord__flikar a[href="#${part}"]`);
const sent = (name, detail) => area?.dispatchEvent(new CustomEvent(name, { detail }));

/** On a phone one part is shown at a time: show it before something in it is pointed out. */
const open = (part) => {
  const link = tab(part);
  if (link?.checkVisibility() && !link.hasAttribute("aria-current")) link.click();
};

const choose = (id, focus = true) => {
  for (const marked of document.querySelectorAll("[data-vald]")) delete marked.dataset.vald;
  for (const mark of reading?.querySelectorAll(".kommentarsmark") ?? []) {
    if (mark.dataset.kommentar.split(" ").includes(String(id))) mark.dataset.vald = "";
  }
  const found = thread(id);
  if (!found) return;
  found.dataset.vald = "";
  if (!focus) return;
  open("kommentarer");
  for (let around = found; around; around = around.parentElement?.closest("details")) if (around.matches("details")) around.open = true;
  found.scrollIntoView({ block: "nearest" });
  found.focus({ preventScroll: true });
};

const goToText = (id) => {
  choose(id, false);
  open("text");
  if (!reading) return sent("sfbv:till-kommentar", id);
  const place = [...reading.querySelectorAll(".kommentarsmark")].find((mark) => mark.dataset.kommentar.split(" ").includes(id));
  place?.scrollIntoView({ block: "center" });
  return place?.focus({ preventScroll: true });
};

const anchors = () => [...panel.querySelectorAll("[data-citat]")].map(({ dataset }) => ({ id: dataset.kommentar, citat: dataset.citat, nr: Number(dataset.nr) }));
const showMarks = () => sent("sfbv:kommentarer", anchors());

/** Opens the form of a new comment about some words; null: nothing is selected. */
const comment = (quote) => {
  const box = panel.querySelector("[data-ny]");
  const { elements } = box.querySelector("form");
  for (const name of ["citat", "fore", "efter", "nr", "plats"]) elements[name].value = quote?.[name] ?? "";
  open("kommentarer");
  document.querySelector("#kommentarer").open = true;
  box.open = true;
  heard.textContent = quote ? "" : "Inga ord är markerade. Kommentaren gäller hela avsnittet.";
  elements.skrivet.focus();
};

// -- the column --------------------------------------------------------------------------------------------------------

panel.addEventListener("click", (event) => {
  const link = event.target.closest("[data-till]");
  if (!link) return;
  event.preventDefault();
  goToText(link.dataset.till);
});

const complain = (form, words) => {
  form.querySelector("[data-sandfel]")?.remove();
  const told = Object.assign(document.createElement("p"), { className: "falt__fel", textContent: words });
  told.setAttribute("role", "alert");
  told.dataset.sandfel = "";
  form.prepend(told);
};

const isField = ({ name, type }) => name && name !== "csrfmiddlewaretoken" && !["submit", "button"].includes(type);
const changed = ({ type, value, defaultValue = "" }) => type !== "hidden" && value !== defaultValue;

/** What is written in the other forms of the column, which is drawn anew with none of it. */
const drafts = (sentForm) =>
  [...panel.querySelectorAll("form")]
    .filter((form) => form !== sentForm && form.elements.skrivet)
    .map((form) => ({ action: form.getAttribute("action"), fields: [...form.elements].filter(isField) }))
    .filter(({ fields }) => fields.some(changed))
    .map(({ action, fields }) => ({ action, said: fields.map(({ name, value }) => [name, value]) }));

const putBack = ({ action, said }) => {
  const form = [...panel.querySelectorAll("form")].find((one) => one.elements.skrivet && one.getAttribute("action") === action);
  if (!form) return;
  for (const [name, value] of said) if (form.elements[name]) form.elements[name].value = value;
  for (const field of [form, ...[...form.elements].filter(changed)]) {
    for (let around = field.closest("details"); around && panel.contains(around); around = around.parentElement.closest("details")) around.open = true;
  }
};

const tell = (antal) => {
  const link = tab("kommentarer");
  if (link) link.textContent = `Kommentarer${antal ? ` (${antal})` : ""}`;
  const heading = document.querySelector("#kommentarer h2");
  heading.querySelector("[data-antal]")?.remove();
  if (antal) heading.insertAdjacentHTML("beforeend", ` <span class="antal" data-antal>${Number(antal)}</span>`);
};

const draw = ({ panel: html, mening, antal }, form) => {
  const id = /(\d+)\/$/.exec(form.action)?.[1];
  const kept = drafts(form);
  panel.innerHTML = html;
  kept.forEach(putBack);
  tell(antal);
  showMarks();
  heard.textContent = mening;
  const row = document.querySelector(".bordslista li:has([aria-current]) [data-kommentarsantal]");
  if (row) row.textContent = antal ? `${antal} kommentar${antal === 1 ? "" : "er"}` : "";
  const wrong = panel.querySelector("[aria-invalid=true], .falt__fel");
  if (wrong) (wrong.matches("textarea, input, select") ? wrong : wrong.closest("form")?.querySelector("textarea"))?.focus();
  else (thread(id) ?? panel.querySelector("[data-ny] summary")).focus();
};

const post = async (form, submitter) => {
  const body = new FormData(form);
  if (submitter?.name) body.append(submitter.name, submitter.value);
  const lost = "Det gick inte att skicka. Det du skrev står kvar här. Försök igen om en stund.";
  try {
    const answer = await fetch(form.action, { method: "POST", body, headers: { Accept: "application/json" }, redirect: "manual" });
    if (answer.type === "opaqueredirect") return complain(form, "Du är utloggad. Det du skrev står kvar här. Logga in i en annan flik och skicka igen.");
    if (!answer.headers.get("content-type")?.includes("json")) return complain(form, lost);
    return draw(await answer.json(), form);
  } catch {
    return complain(form, lost);
  }
};

if (area) {
  panel.addEventListener("submit", (event) => {
    if (!event.target.matches("[data-kommentarform]")) return;
    event.preventDefault();
    event.stopPropagation();
    post(event.target, event.submitter);
  });
  document.addEventListener("sfbv:kommentera", ({ detail }) => comment(detail));
  document.addEventListener("sfbv:kommentar-vald", ({ detail }) => choose(detail));
  showMarks();
}

// -- the reading page --------------------------------------------------------------------------------------------------

/** The words between two places on one line, as the server reads them: a border of a block is a space. */
const wordsOf = (range) => {
  const part = document.createElement("div");
  part.append(range.cloneContents());
  for (const out of part.querySelectorAll(NOT_TEXT)) out.remove();
  for (const block of part.querySelectorAll(`${BLOCKS}, br`)) block.before(" ");
  for (const block of part.querySelectorAll(BLOCKS)) block.after(" ");
  return part.textContent.replace(/\s+/g, " ").trim();
};

const selected = () => {
  const selection = getSelection();
  if (selection.isCollapsed || !selection.rangeCount) return null;
  const range = selection.getRangeAt(0);
  return reading.contains(range.commonAncestorContainer) ? range : null;
};

const quoted = (range) => {
  const citat = wordsOf(range);
  if (!citat) return null;
  const before = range.cloneRange();
  before.setStart(reading, 0);
  before.setEnd(range.startContainer, range.startOffset);
  const text = wordsOf(before);
  let nr = 0;
  for (let at = text.indexOf(citat); at >= 0; at = text.indexOf(citat, at + 1)) nr += 1;
  return { citat, nr };
};

const blockOf = (range) => {
  const blocks = [...reading.querySelectorAll(BLOCKS)].filter((block) => !block.querySelector(BLOCKS) && !block.closest(NOT_TEXT) && block.textContent.trim());
  const { startContainer: at } = range;
  const block = (at.nodeType === Node.TEXT_NODE ? at.parentElement : at).closest(BLOCKS);
  const whole = document.createRange();
  whole.selectNodeContents(block ?? reading);
  return { nr: Math.max(blocks.indexOf(block), 0), begins: wordsOf(whole).slice(0, 30) };
};

if (reading) {
  document.querySelector("[data-verktyg]").hidden = false;
  document.querySelector("[data-kommentera]").addEventListener("click", () => {
    const range = selected();
    comment(range && quoted(range));
  });
  document.addEventListener("keydown", (event) => {
    if (!(event.ctrlKey || event.metaKey) || !event.altKey || event.code !== "KeyM") return;
    event.preventDefault();
    const range = selected();
    comment(range && quoted(range));
  });
  const propose = document.querySelector("[data-foresla]");
  propose.addEventListener("click", () => {
    const range = selected();
    const block = range && blockOf(range);
    location.href = block ? `${propose.dataset.foresla}?stycke=${block.nr}&borjan=${encodeURIComponent(block.begins)}#stycke-${block.nr}` : `${propose.dataset.foresla}#foresla`;
  });
  for (const mark of reading.querySelectorAll(".kommentarsmark")) {
    if (!mark.closest("a")) {
      mark.tabIndex = 0;
      mark.setAttribute("role", "button");
      mark.title = "Visa kommentaren";
    }
    const go = () => choose(mark.dataset.kommentar.split(" ")[0]);
    mark.addEventListener("click", go);
    mark.addEventListener("keydown", (event) => {
      if (!["Enter", " "].includes(event.key)) return;
      event.preventDefault();
      go();
    });
  }
}

const asked = /^#kommentar-(\d+)$/.exec(location.hash);
if (asked) choose(asked[1]);

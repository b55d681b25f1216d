// Pasting from Word, Word on the web, LibreOffice and Google Docs: headings, real lists, tables with header row, footnotes;
// every look is dropped. Reads the shapes that those programs put on the clipboard and returns the portal's own HTML.

import { inert, inlineHtml, newAnchor } from "editor/html";

const NUMBERED = /^\s*\(?(\d+|[a-zåäö]|[ivxlc]+)[.):]/i;
const LEVEL = /mso-list:\s*l\d+\s+level(\d)/i;
const style = (element) => element.dataset.look ?? "";
const words = (element) => element.textContent.replace(/[\s\u00a0]+/g, " ").trim();
const isBold = (element) => /^(?:b|strong|th)$/i.test(element.tagName) || /font-weight:\s*(?:bold|[6-9]00)/i.test(style(element));

const replaceTag = (element, tag) => {
  const made = element.ownerDocument.createElement(tag);
  made.append(...element.childNodes);
  element.replaceWith(made);
  return made;
};

// The security policy lets no style act and complains of each: they are laid aside, to be read.
const aside = (html) =>
  html.replace(/<\/?o:p>|<style[\s>][\s\S]*?<\/style>/gi, "").replace(/<[a-z][^>]*>/gi, (tag) => tag.replace(/\sstyle\s*=/gi, " data-look="));

// What is not text: comments and conditional parts, field codes, struck text, margin comments, hidden parts.
const dropWaste = (body) => {
  const comments = body.ownerDocument.createTreeWalker(body, NodeFilter.SHOW_COMMENT);
  const waste = [];
  while (comments.nextNode()) waste.push(comments.currentNode);
  waste.push(...body.querySelectorAll("script, style, meta, link, title, xml, del, [data-look*='mso-element:comment'], .MsoCommentReference, .EOP"));
  for (const element of body.querySelectorAll("[data-look]")) {
    if (/display:\s*none|mso-hide:\s*all|mso-element:\s*field-(?:begin|separator|end)/i.test(style(element))) waste.push(element);
  }
  waste.forEach((part) => part.remove());
  for (const element of [...body.querySelectorAll("*")]) {
    if (element.tagName.includes(":") && !words(element)) element.remove();
  }
};

// Footnotes: a link to a note that links back. Every program writes them so, each with its own names.
const targetOf = (body, href) => {
  const name = decodeURIComponent(href.slice(1));
  return name ? [...body.querySelectorAll("[id], a[name]")].find((element) => element.id === name || element.getAttribute("name") === name) : null;
};

const noteOf = (body, call) => {
  const target = targetOf(body, call.getAttribute("href"));
  if (!target || target === call) return null;
  const names = [call.id, call.getAttribute("name"), call.parentElement.id].filter(Boolean).map((name) => `#${name}`);
  const box = target.closest("[data-look*='mso-element:footnote'], [data-look*='mso-element:endnote']") ?? target.closest("div[id], li, p") ?? target;
  const links = [...box.querySelectorAll("a[href^='#']"), ...(box.matches("a") ? [box] : [])];
  const back = links.find((link) => names.includes(decodeURIComponent(link.getAttribute("href"))));
  return back && !box.contains(call) ? { box, back } : null;
};

const takeNotes = (body) => {
  const pairs = [...body.querySelectorAll("a[href^='#']")].map((call) => ({ call, ...noteOf(body, call) })).filter(({ box }) => box);
  const calls = pairs.filter(({ call }, index) => !pairs.slice(0, index).some(({ box }) => box.contains(call)));
  for (const { call, box, back } of calls) {
    const note = body.ownerDocument.createElement("small");
    (back.closest("sup") ?? back).remove();
    note.innerHTML = inlineHtml(box.innerHTML);
    box.remove();
    (call.closest("sup") ?? call).replaceWith(note);
  }
  body.querySelectorAll("[data-look*='mso-element:footnote-list'], [data-look*='mso-element:endnote-list']").forEach((list) => list.replaceWith(...list.childNodes));
  for (const line of body.querySelectorAll("hr, br[clear]")) line.remove();
};

// Headings: the highest level in what is pasted becomes the section's own.
const takeHeadings = (body) => {
  for (const element of body.querySelectorAll("p, div[role='heading']")) {
    const level = element.getAttribute("role") === "heading" ? element.getAttribute("aria-level") : /mso-outline-level:\s*(\d)/i.exec(style(element))?.[1];
    if (level) replaceTag(element, `h${Math.min(Number(level), 6)}`);
    else if (/^(?:MsoTitle|MsoSubtitle)$/i.test(element.className)) replaceTag(element, /Subtitle/i.test(element.className) ? "h2" : "h1");
  }
  const headings = [...body.querySelectorAll("h1, h2, h3, h4, h5, h6")];
  const top = Math.min(...headings.map(({ tagName }) => Number(tagName[1])));
  for (const heading of headings) {
    if (words(heading)) replaceTag(heading, `h${Math.min(3 + Number(heading.tagName[1]) - top, 5)}`);
    else heading.remove();
  }
  for (const heading of body.querySelectorAll("h3, h4, h5")) {
    for (const bold of heading.querySelectorAll("b, strong")) bold.replaceWith(...bold.childNodes);
  }
};

// Lists: Word on the desk writes paragraphs with a level and a painted marker; Word on the web one list for each item.
const itemOf = (element) => {
  const level = LEVEL.exec(style(element))?.[1];
  if (!level || /mso-list:\s*none/i.test(style(element))) return null;
  const painted = [...element.querySelectorAll("[data-look*='mso-list']")].find((part) => /mso-list:\s*Ignore/i.test(style(part)));
  const marker = words(painted ?? element).split(" ")[0];
  painted?.remove();
  const number = NUMBERED.exec(marker);
  return { level: Number(level), ordered: Boolean(number), start: Number.parseInt(number?.[1], 10) || 1 };
};

const webItemOf = (element) => {
  const level = element.getAttribute("data-aria-level") ?? element.getAttribute("aria-level");
  const list = element.parentElement;
  return level ? { level: Number(level), ordered: list.tagName === "OL", start: Number(list.getAttribute("start")) || 1 } : null;
};

const outermost = (element) => {
  let list = element.parentElement;
  while (list.parentElement.closest("ul, ol")) list = list.parentElement.closest("ul, ol");
  return element.closest(".ListContainerWrapper") ?? list;
};

/** Puts the run of items that begins with the first element in nested lists, and the lists where the first one stood. */
const nest = (items) => {
  const at = items[0].element.ownerDocument.createTextNode("");
  items[0].place.before(at);
  const open = [];
  for (const { element, level, ordered, start } of items) {
    while (open.length && (open.at(-1).level > level || (open.at(-1).level === level && open.at(-1).ordered !== ordered))) open.pop();
    if (!open.length || open.at(-1).level < level) {
      const list = element.ownerDocument.createElement(ordered ? "ol" : "ul");
      if (ordered && start > 1) list.setAttribute("start", start);
      const above = open.at(-1)?.list.lastElementChild;
      if (above) above.append(list);
      else at.before(list);
      open.push({ level, ordered, list });
    }
    const item = element.ownerDocument.createElement("li");
    item.append(...element.childNodes);
    open.at(-1).list.append(item);
  }
  for (const { place } of items) place.remove();
  at.remove();
};

const takeLists = (body) => {
  const runs = [];
  for (const element of [...body.querySelectorAll("p, h3, h4, h5, li")]) {
    const web = element.tagName === "LI" ? webItemOf(element) : null;
    const item = web ?? (element.tagName === "P" ? itemOf(element) : null);
    if (!item) continue;
    const place = web ? outermost(element) : element;
    const last = runs.at(-1)?.at(-1);
    const joined = last && (last.place === place || last.place.nextElementSibling === place);
    if (joined) runs.at(-1).push({ element, place, ...item });
    else runs.push([{ element, place, ...item }]);
  }
  runs.forEach(nest);
};

// Tables: the first row is the header, the caption above and the source below come along.
const CAPTION = /^(?:Tabell|Table)\s+\d+[.:]?\s*/i;
const FIGURE_CAPTION = /^(?:Figur|Figure|Diagram)\s+\d+[.:]?\s*/i;
const SOURCE = /^Källa\s*:\s*/i;

const nextTo = (table, side) => {
  let place = table;
  while (place.parentElement.tagName === "DIV" && !place[`${side}ElementSibling`]) place = place.parentElement;
  const beside = place[`${side}ElementSibling`];
  return beside?.tagName === "P" ? beside : null;
};

const takeCaption = (table) => {
  const above = nextTo(table, "previous");
  const below = nextTo(table, "next");
  for (const [beside, test, put] of [
    [above, (text) => CAPTION.test(text) || /MsoCaption/i.test(above.className), (text) => { table.createCaption().textContent = text.replace(CAPTION, ""); }],
    [below, (text) => SOURCE.test(text), (text) => { table.createTFoot().insertRow().insertCell().textContent = text.replace(SOURCE, ""); }],
  ]) {
    if (beside && words(beside) && test(words(beside))) {
      put(words(beside));
      beside.remove();
    }
  }
};

const takeTables = (body) => {
  for (const table of body.querySelectorAll("table")) {
    if (table.parentElement.closest("table")) continue;
    table.id = newAnchor("tabell");
    takeCaption(table);
    const rows = [...table.rows].filter((row) => row.parentElement.tagName !== "TFOOT");
    const headed = table.querySelector("th");
    if (rows.length > 1 && !headed) for (const cell of [...rows[0].cells]) {
      const made = replaceTag(cell, "th");
      for (const name of ["colspan", "rowspan"]) if (cell.getAttribute(name)) made.setAttribute(name, cell.getAttribute(name));
    }
    for (const cell of table.querySelectorAll("th")) for (const part of [...cell.querySelectorAll("*")]) if (isBold(part)) {
      part.removeAttribute("data-look");
      if (part.matches("b, strong")) part.replaceWith(...part.childNodes);
    }
  }
};

// Pictures lie in the writer's own computer, or belong to another delprojekt; that they stayed behind is told.
const takePictures = (body, isOurs) => {
  let lost = 0;
  for (const picture of body.querySelectorAll("img")) {
    if (!isOurs(picture.getAttribute("src") ?? "")) {
      lost += 1;
      const below = picture.closest("p")?.nextElementSibling;
      if (below && /MsoCaption/i.test(below.className)) below.textContent = words(below).replace(FIGURE_CAPTION, "Bild saknas: ");
      (picture.closest("figure") ?? picture).remove();
    }
  }
  return lost;
};

const trim = (block) => {
  const texts = block.ownerDocument.createTreeWalker(block, NodeFilter.SHOW_TEXT);
  const first = texts.nextNode();
  if (first) first.data = first.data.replace(/^[\s\u00a0]+/, "");
  let last = block.lastChild;
  while (last && last.nodeType !== Node.TEXT_NODE) last = last.lastChild;
  if (last) last.data = last.data.replace(/[\s\u00a0]+$/, "");
};

const tidy = (body) => {
  for (const list of body.querySelectorAll("ul, ol")) if (!list.querySelector("li")) list.remove();
  for (const link of body.querySelectorAll("a:not([href]), a[href^='#']:not([href^='#tabell-'], [href^='#figur-'], [href^='#kap-'], [href^='#fakta-'])")) {
    link.replaceWith(...link.childNodes);
  }
  for (const block of body.querySelectorAll("p, h3, h4, h5, li, td, th")) trim(block);
  for (const block of body.querySelectorAll("p, li")) if (!words(block) && !block.querySelector("img, br + br, small, table")) block.remove();
};

// Bold, italics, super- and subscript that stand in a style: the page's security policy lets no style act, so they are read here.
const STYLES = [
  ["strong", /(?<![\w-])font-weight:\s*(?:bold|[6-9]00)/i],
  ["em", /(?<![\w-])font-style:\s*italic/i],
  ["sup", /vertical-align:\s*super/i],
  ["sub", /vertical-align:\s*sub(?!s|e|p)/i],
];

const takeMarks = (body) => {
  for (const element of [...body.querySelectorAll("b, strong, i, em")]) {
    if (/(?<![\w-])font-(?:weight|style):\s*(?:normal|400)/i.test(style(element))) element.replaceWith(...element.childNodes);
  }
  for (const element of [...body.querySelectorAll("span[data-look]")]) {
    for (const [tag] of STYLES.filter(([, test]) => test.test(style(element)))) {
      const mark = body.ownerDocument.createElement(tag);
      mark.append(...element.childNodes);
      element.append(mark);
    }
  }
};

/** Returns the portal's own HTML for what was pasted, and how many pictures could not come along. */
export const fromClipboard = (html, isOurs) => {
  const { body } = inert(aside(html));
  const lost = takePictures(body, isOurs);
  if (body.querySelector("[data-pm-slice]")) return { html: body.innerHTML, lost };
  dropWaste(body);
  for (const small of body.querySelectorAll("small")) small.replaceWith(...small.childNodes);
  takeMarks(body);
  takeNotes(body);
  takeHeadings(body);
  takeLists(body);
  takeTables(body);
  tidy(body);
  return { html: body.innerHTML, lost };
};

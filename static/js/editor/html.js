// What the editor stores: plain HTML of the portal's allow-list (delprojekt/documents/text.py).

import { pm } from "django-prose-editor/editor";

const { DOMParser: Reader, DOMSerializer, Fragment, Slice } = pm.model;
const { Selection } = pm.state;
// The same as in the allow-list: tests/web/test_redigerare.py.
const INLINE = { STRONG: "strong", B: "strong", EM: "em", I: "em", SUB: "sub", SUP: "sup", A: "a" };
const IN_LINES = { ...INLINE, SMALL: "small", DFN: "dfn" };
const SAFE_LINK = /^(?:https?:\/\/[^\s/]|mailto:[^\s@]+@)/i;
const REFERENCE = /^(?:#(?:(?:tabell|figur)-[a-z0-9]{1,32}|kap-[a-z][a-z0-9_-]{0,59}|fakta-[1-9][0-9]{0,8}))$/;

/** An inert document: nothing in it loads or runs. */
export const inert = (html) => new DOMParser().parseFromString(html, "text/html");

export const safeLink = (href) => SAFE_LINK.test(href.trim());

/** An attribute that the node's own rule reads from the element (the library would take "12" for a number). */
export const fromElement = (value) => ({ default: value, parseHTML: () => null });

const copyInline = (from, to, tags) => {
  for (const node of from.childNodes) {
    if (node.nodeType === Node.TEXT_NODE) {
      to.append(node.data);
    } else if (node.nodeType === Node.ELEMENT_NODE && !["SCRIPT", "STYLE", "TEMPLATE"].includes(node.tagName)) {
      const tag = tags[node.tagName];
      const href = (node.getAttribute("href") ?? "").trim();
      const link = tag === "a" && (safeLink(href) || REFERENCE.test(href));
      const made = tag && (tag !== "a" || link) ? document.createElement(tag) : null;
      if (link) made.setAttribute("href", href);
      if (tag === "dfn") made.setAttribute("title", node.getAttribute("title") ?? "");
      if (made) to.append(made);
      copyInline(node, made ?? to, tag === "small" ? INLINE : tags);
    }
  }
  return to;
};

/** The text of a footnote as DOM: words, bold, italics, sub- and superscript, links; nothing else gets through. */
export const inlineFragment = (html, tags = INLINE) => copyInline(inert(html).body, document.createDocumentFragment(), tags);

/** A caption or a source as DOM: as a footnote, and there may be footnotes and terms in it. */
export const lineFragment = (html) => inlineFragment(html, IN_LINES);

const boxOf = (...parts) => {
  const box = document.createElement("div");
  box.append(...parts);
  return box;
};

export const inlineHtml = (html, tags = INLINE) => {
  const box = boxOf(inlineFragment(html, tags));
  return box.innerHTML.replace(/\s+/g, " ").replace(/^(?:\s|&nbsp;)+|(?:\s|&nbsp;)+$/g, "");
};

export const lineHtml = (html) => inlineHtml(html, IN_LINES);

/** Words as HTML that says just them. */
export const plainHtml = (words) => boxOf(words).innerHTML;

/** Plain words as DOM; web addresses become links. */
export const withLinks = (words) => {
  const box = document.createDocumentFragment();
  for (const [index, part] of words.split(/(https?:\/\/[^\s<>"]+[^\s<>".,;:!?)])/).entries()) {
    if (index % 2) {
      const link = document.createElement("a");
      link.setAttribute("href", part);
      link.textContent = part;
      box.append(link);
    } else {
      box.append(part);
    }
  }
  return box;
};

export const wordsToHtml = (words) => boxOf(withLinks(words.trim())).innerHTML;

const textsOf = (box) => {
  const outsideNotes = (text) => (text.parentElement.closest("small") ? NodeFilter.FILTER_REJECT : NodeFilter.FILTER_ACCEPT);
  const walker = document.createTreeWalker(box, NodeFilter.SHOW_TEXT, outsideNotes);
  const texts = [];
  for (let at = 0; walker.nextNode(); at += walker.currentNode.data.length) texts.push({ text: walker.currentNode, from: at, to: at + walker.currentNode.data.length });
  return texts;
};

/** The words of a caption, a source or a footnote, without what its own footnotes say. */
export const lineWords = (html) => textsOf(boxOf(lineFragment(html))).map(({ text }) => text.data).join("");

/** Puts new words where others were struck, or where they are added: not in a link that they only stand beside. */
const insert = (box, at, struck, added) => {
  const near = textsOf(box).filter(({ from, to }) => from <= at && at <= to);
  const inside = near.find(({ text, from, to }) => (struck ? text === struck : from < at && at < to));
  const chosen = inside ?? near.find(({ text }) => text.parentElement === box) ?? near.find(({ text }) => !text.parentElement.closest("a"));
  const link = (chosen ?? near[0])?.text.parentElement.closest("a");
  if (chosen) chosen.text.splitText(at - chosen.from).before(link ? added.textContent : added);
  else if (link) link[near[0].to === at ? "after" : "before"](added);
  else box.prepend(added);
};

const partsOf = (words) => words.match(/[\p{L}\p{N}]+|[^\p{L}\p{N}]/gu) ?? [];

/** Returns what was struck and added between two lines, word by word: from where, to where, and what came instead. */
const changesOf = (before, after) => {
  const [old, fresh] = [partsOf(before), partsOf(after)];
  const longest = Array.from({ length: old.length + 1 }, () => new Uint16Array(fresh.length + 1));
  for (let i = old.length - 1; i >= 0; i -= 1) {
    for (let j = fresh.length - 1; j >= 0; j -= 1) longest[i][j] = old[i] === fresh[j] ? longest[i + 1][j + 1] + 1 : Math.max(longest[i + 1][j], longest[i][j + 1]);
  }
  const changes = [];
  let [i, j, at] = [0, 0, 0];
  while (i < old.length || j < fresh.length) {
    if (old[i] === fresh[j]) {
      at += old[i].length;
      [i, j] = [i + 1, j + 1];
    } else {
      if (changes.at(-1)?.end !== at) changes.push({ start: at, end: at, added: "" });
      const struck = j >= fresh.length || (i < old.length && longest[i + 1][j] >= longest[i][j + 1]);
      if (struck) changes.at(-1).end = at += old[i++].length;
      else changes.at(-1).added += fresh[j++];
    }
  }
  return changes;
};

/**
 * Lets a line of HTML say other words. What is not changed keeps its look, its links and its notes.
 * `make`: what becomes of the words that are new.
 */
export const reword = (html, words, make = (added) => document.createTextNode(added)) => {
  const box = boxOf(lineFragment(html));
  const addresses = [...box.querySelectorAll("a")].filter((link) => link.textContent === link.getAttribute("href"));
  for (const { start, end, added } of changesOf(lineWords(html), words).reverse()) {
    let struck = null;
    for (const { text, from, to } of textsOf(box).reverse()) {
      const [cut, until] = [Math.max(start, from), Math.min(end, to)];
      if (cut >= until) continue;
      text.deleteData(cut - from, until - cut);
      struck = text;
    }
    insert(box, start, struck, make(added));
  }
  for (const part of box.querySelectorAll("strong, em, sub, sup, a, dfn")) if (!part.textContent) part.remove();
  for (const link of addresses) if (safeLink(link.textContent)) link.setAttribute("href", link.textContent);
  return box.innerHTML;
};

export const htmlToWords = (html) => inert(html).body.textContent.replace(/\s+/g, " ").trim();

const unwrap = (cell) => {
  const blocks = [...cell.children];
  const rest = blocks.slice(1);
  if (blocks[0]?.tagName === "P" && rest.every((block) => ["UL", "OL"].includes(block.tagName))) {
    blocks[0].replaceWith(...blocks[0].childNodes);
  }
};

const finishTable = (table) => {
  const body = table.tBodies[0];
  if (!body) return; // the mark of a table of data
  const head = document.createElement("thead");
  for (const row of [...body.rows]) {
    if (![...row.cells].every((cell) => cell.tagName === "TH") || body.rows.length === 1) break;
    head.append(row);
  }
  if (head.rows.length) body.before(head);
  for (const cell of table.querySelectorAll("thead th")) cell.scope = cell.colSpan > 1 ? "colgroup" : "col";
  for (const cell of body.querySelectorAll("th")) cell.scope = cell.rowSpan > 1 ? "rowgroup" : "row";
  for (const cell of table.querySelectorAll("th, td")) {
    for (const name of ["colspan", "rowspan"]) if (cell.getAttribute(name) === "1") cell.removeAttribute(name);
    for (const name of ["colwidth", "style"]) cell.removeAttribute(name);
  }
};

/** Returns the document as HTML; nothing for an empty one. Empty paragraphs are only space on the screen. */
export const toHtml = (doc) => {
  const box = document.createElement("div");
  box.append(DOMSerializer.fromSchema(doc.type.schema).serializeFragment(doc.content));
  box.querySelectorAll("li, td, th, blockquote > p:only-child").forEach((part) => part.tagName !== "P" && unwrap(part));
  for (const block of box.querySelectorAll("p, h3, h4, h5")) if (!block.textContent && !block.querySelector(":not(br)")) block.remove();
  box.querySelectorAll("table").forEach(finishTable);
  return box.innerHTML;
};

/**
 * Returns HTML in which nothing stands where the editor has no place for it: what a figure holds beside its first picture
 * and its caption follows it, and a row of many cells at the foot of a table becomes its last row.
 */
export const readable = (html) => {
  const { body } = inert(html);
  for (const figure of body.querySelectorAll("figure")) {
    const kept = [figure.querySelector("img"), figure.querySelector("figcaption")].filter(Boolean);
    kept.forEach((part) => part.remove());
    figure.after(...figure.childNodes);
    figure.append(...kept);
  }
  for (const row of body.querySelectorAll("tfoot > tr")) {
    const table = row.closest("table");
    if (row.cells.length > 1) (table.tBodies[table.tBodies.length - 1] ?? table.createTBody()).append(row);
  }
  return body.innerHTML;
};

export const toDoc = (html, schema) => Reader.fromSchema(schema).parse(inert(readable(html)).body);

const patch = (tr, from, to, slice) => {
  try {
    return tr.replace(from, to, slice);
  } catch {
    return null; // the part does not fit where it should
  }
};

/**
 * Puts other content in the editor: only what differs is replaced, so that the cursor stays where it can. A selection
 * never comes to hold what somebody else has written: the next key would take it away.
 */
export const replaceContent = (view, html) => {
  const { doc, tr, selection } = view.state;
  const fresh = toDoc(html, view.state.schema);
  const from = doc.content.findDiffStart(fresh.content);
  if (from === null) return;
  let { a: to, b: end } = doc.content.findDiffEnd(fresh.content);
  const overlap = from - Math.min(to, end);
  if (overlap > 0) [to, end] = [to + overlap, end + overlap];
  let change = patch(tr, from, to, fresh.slice(from, end));
  if (!change?.doc.eq(fresh)) change = view.state.tr.replaceWith(0, doc.content.size, fresh.content); // all of it, then
  if (selection.from < to && selection.to > from) change.setSelection(Selection.near(change.doc.resolve(change.mapping.map(selection.head))));
  view.dispatch(change.setMeta("outside", true).setMeta("addToHistory", false));
};

/** A name that no other table or figure has: what refers to it finds it by that. */
export const newAnchor = (kind) => `${kind}-${Array.from(crypto.getRandomValues(new Uint8Array(5)), (n) => n.toString(36).padStart(2, "0")).join("")}`;

const anchorsOf = (doc) => {
  const anchors = new Set();
  doc.descendants((node) => anchors.add(node.attrs.id));
  return anchors;
};

/** Returns what is pasted with new names on the tables and figures that the text already has: those are copies. */
export const withOwnAnchors = (slice, { state: { doc } }) => {
  const taken = anchorsOf(doc);
  const own = (node) => {
    if (node.isText) return node;
    const attrs = node.attrs.id && node.type.name !== "dataTable" && taken.has(node.attrs.id) ? { ...node.attrs, id: newAnchor(node.attrs.id.split("-")[0]) } : node.attrs;
    return node.type.create(attrs, Fragment.from(node.children.map(own)), node.marks);
  };
  return new Slice(Fragment.from(slice.content.content.map(own)), slice.openStart, slice.openEnd);
};

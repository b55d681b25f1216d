// What the editor stores: plain HTML of the portal's allow-list (delprojekt/documents/text.py).

import { pm } from "django-prose-editor/editor";

const { DOMParser: Reader, DOMSerializer, Fragment, Slice } = pm.model;
const INLINE = { STRONG: "strong", B: "strong", EM: "em", I: "em", SUB: "sub", SUP: "sup", A: "a" };
const SAFE_LINK = /^(?:https?:\/\/[^\s/]|mailto:[^\s@]+@)/i;

/** An inert document: nothing in it loads or runs. */
export const inert = (html) => new DOMParser().parseFromString(html, "text/html");

export const safeLink = (href) => SAFE_LINK.test(href.trim());

/** An attribute that the node's own rule reads from the element (the library would take "12" for a number). */
export const fromElement = (value) => ({ default: value, parseHTML: () => null });

const copyInline = (from, to) => {
  for (const node of from.childNodes) {
    if (node.nodeType === Node.TEXT_NODE) {
      to.append(node.data);
    } else if (node.nodeType === Node.ELEMENT_NODE && !["SCRIPT", "STYLE", "TEMPLATE"].includes(node.tagName)) {
      const tag = INLINE[node.tagName];
      const link = tag === "a" && safeLink(node.getAttribute("href") ?? "");
      const made = tag && (tag !== "a" || link) ? document.createElement(tag) : null;
      if (link) made.setAttribute("href", node.getAttribute("href").trim());
      if (made) to.append(made);
      copyInline(node, made ?? to);
    }
  }
  return to;
};

/** The text of a footnote as DOM: words, bold, italics, sub- and superscript, links; nothing else gets through. */
export const inlineFragment = (html) => copyInline(inert(html).body, document.createDocumentFragment());

export const inlineHtml = (html) => {
  const box = document.createElement("div");
  box.append(inlineFragment(html));
  return box.innerHTML.replace(/\s+/g, " ").replace(/^(?:\s|&nbsp;)+|(?:\s|&nbsp;)+$/g, "");
};

/** Plain words as HTML; web addresses become links. */
export const wordsToHtml = (words) => {
  const box = document.createElement("div");
  for (const [index, part] of words.trim().split(/(https?:\/\/[^\s<>"]+[^\s<>".,;:!?)])/).entries()) {
    if (index % 2) {
      const link = document.createElement("a");
      link.setAttribute("href", part);
      link.textContent = part;
      box.append(link);
    } else {
      box.append(part);
    }
  }
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

export const toDoc = (html, schema) => Reader.fromSchema(schema).parse(inert(html).body);

const patch = (tr, from, to, slice) => {
  try {
    return tr.replace(from, to, slice);
  } catch {
    return null; // the part does not fit where it should
  }
};

/** Puts other content in the editor: only what differs is replaced, so that the cursor stays where it can. */
export const replaceContent = (view, html) => {
  const { doc, tr } = view.state;
  const fresh = toDoc(html, view.state.schema);
  const from = doc.content.findDiffStart(fresh.content);
  if (from === null) return;
  let { a: to, b: end } = doc.content.findDiffEnd(fresh.content);
  const overlap = from - Math.min(to, end);
  if (overlap > 0) [to, end] = [to + overlap, end + overlap];
  let change = patch(tr, from, to, fresh.slice(from, end));
  if (!change?.doc.eq(fresh)) change = view.state.tr.replaceWith(0, doc.content.size, fresh.content); // all of it, then
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
    const attrs = node.attrs.id && taken.has(node.attrs.id) ? { ...node.attrs, id: newAnchor(node.attrs.id.split("-")[0]) } : node.attrs;
    return node.type.create(attrs, Fragment.from(node.children.map(own)), node.marks);
  };
  return new Slice(Fragment.from(slice.content.content.map(own)), slice.openStart, slice.openEnd);
};

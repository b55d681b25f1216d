// Tables: a header row and column, a caption and a source that are written where they are seen.

import { Table as BaseTable, TableCell, TableHeader } from "django-prose-editor/editor";
import { ownName } from "editor/datatables";
import { fromElement, lineFragment, lineHtml, lineWords, reword } from "editor/html";

const PREFIX = /^\s*Källa\s*:\s*/i;
let fields = 0;

/**
 * A labelled one-line field in the text, tied to an attribute of its node. Returns the field and how to refresh it. Where
 * the attribute is HTML (a caption, a source) the field shows its words, and what is not changed keeps its look and notes.
 */
export const attributeField = (view, getPos, name, label, hint, asHtml = true) => {
  let held = "";
  const row = document.createElement("div");
  const words = document.createElement("label");
  const input = document.createElement("input");
  row.className = "textfalt";
  input.type = "text";
  input.className = "ds-input";
  input.id = `textfalt-${(fields += 1)}`;
  input.maxLength = 500;
  words.htmlFor = input.id;
  words.textContent = label;
  input.title = hint;
  row.append(words, input);
  input.addEventListener("input", () => {
    view.dispatch(view.state.tr.setNodeAttribute(getPos(), name, asHtml ? reword(held, input.value) : input.value));
  });
  input.addEventListener("keydown", (event) => {
    if (["Enter", "Escape"].includes(event.key)) {
      event.preventDefault();
      view.focus();
    }
  });
  const show = (node) => {
    held = node.attrs[name];
    const words = asHtml ? lineWords(held) : held;
    if (input.value !== words) input.value = words;
  };
  return { row, input, show };
};

/** A node view around fields of its own: the editor leaves them and what is typed in them alone. */
export const withFields = (dom, contentDOM, type, fieldsOf, also = () => {}) => ({
  dom,
  ...(contentDOM ? { contentDOM } : {}),
  update: (node) => {
    if (node.type.name !== type) return false;
    fieldsOf.forEach((field) => field.show(node));
    also(node);
    return true;
  },
  stopEvent: (event) => fieldsOf.some(({ row }) => row.contains(event.target)),
  ignoreMutation: (change) => change.type !== "selection" && !(contentDOM && (contentDOM === change.target || contentDOM.contains(change.target))),
});

const read = (table) => ({
  id: ownName(table.id) || null,
  caption: lineHtml(table.caption?.innerHTML ?? ""),
  source: lineHtml([...(table.tFoot?.rows ?? [])].map((row) => row.innerHTML).join(" ")).replace(PREFIX, ""),
});

const write = (node) => {
  const dom = document.createElement("table");
  const contentDOM = document.createElement("tbody");
  if (node.attrs.id) dom.id = node.attrs.id;
  const [caption, source] = [lineHtml(node.attrs.caption), lineHtml(node.attrs.source).replace(PREFIX, "")];
  if (caption) dom.createCaption().append(lineFragment(caption));
  dom.append(contentDOM);
  if (source) {
    const cell = dom.createTFoot().insertRow().insertCell();
    cell.append(lineFragment(source));
    const columns = node.firstChild.content.content.reduce((sum, part) => sum + part.attrs.colspan, 0);
    if (columns > 1) cell.colSpan = columns;
  }
  return { dom, contentDOM };
};

export const Table = BaseTable.extend({
  addAttributes: () => ({ id: fromElement(null), caption: fromElement(""), source: fromElement("") }),
  parseHTML: () => [{ tag: "table", getAttrs: read }, { tag: "caption, tfoot, colgroup", ignore: true }],
  renderHTML: ({ node }) => write(node),
  addNodeView: () => ({ node, view, getPos }) => {
    const dom = document.createElement("div");
    const frame = document.createElement("div");
    const table = document.createElement("table");
    const body = table.createTBody();
    dom.className = "texttabell";
    frame.className = "texttabell__ram";
    frame.append(table);
    const caption = attributeField(view, getPos, "caption", "Tabellrubrik", "Säg vad tabellen visar. Numret sätts av portalen.");
    const source = attributeField(view, getPos, "source", "Källa", "Varifrån siffrorna kommer, och för vilken tid.");
    for (const field of [caption, source]) {
      field.row.contentEditable = "false";
      field.show(node);
    }
    dom.append(caption.row, frame, source.row);
    return withFields(dom, body, "table", [caption, source]);
  },
}).configure({ resizable: false });

const spans = () => ({
  colspan: { default: 1, parseHTML: (cell) => Math.max(1, cell.colSpan || 1) },
  rowspan: { default: 1, parseHTML: (cell) => Math.max(1, cell.rowSpan || 1) },
  colwidth: { default: null, parseHTML: () => null, renderHTML: () => ({}) },
});
export const Cell = TableCell.extend({ addAttributes: spans });
export const HeaderCell = TableHeader.extend({ addAttributes: spans });

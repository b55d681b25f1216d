// Tables of data: the text holds only their mark; the table and its diagram are shown as the page says that they are.

import { Document as BaseDocument, Node } from "django-prose-editor/editor";
import { fromElement, lineFragment, lineHtml, lineWords } from "editor/html";

const MARK = /^tabell-data\d{1,9}$/;

/** A mark has no rows: a table with rows is somebody's text, whatever it is called. */
const isMark = (table) => MARK.test(table.id) && table.rows.length === 0;

/** What a table of its own is called in the text, so that it is never taken for the mark of a table of data. */
export const ownName = (id) => id.replace(/^tabell-data(?=\d{1,9}$)/, "tabell-ur");

/** The report's tables, by the name of their mark. */
export const dataTables = () => {
  const listed = JSON.parse(document.querySelector("[data-tabeller]")?.dataset.tabeller ?? "[]");
  return new Map(listed.map((one) => [`tabell-data${one.id}`, one]));
};

const made = (tag, className, words = "") => Object.assign(document.createElement(tag), { className, textContent: words });

const rowOf = (cells, tag) => {
  const row = document.createElement("tr");
  row.append(...cells.map((words) => made(tag, "", words)));
  return row;
};

const preview = ({ rubriker, rader }) => {
  const frame = made("div", "texttabell__ram");
  const table = document.createElement("table");
  table.createTHead().append(rowOf(rubriker, "th"));
  table.createTBody().append(...rader.map((cells) => rowOf(cells, "td")));
  frame.append(table);
  return frame;
};

const picture = ({ diagram, alt }) => Object.assign(document.createElement("img"), { src: diagram, alt });

const link = (url) => {
  const to = made("a", "", "Ändra tabellen eller diagrammet");
  to.href = url;
  return to;
};

/** Its place in the text is between the paragraphs, never inside a list, a quotation or a cell. */
export const Document = BaseDocument.extend({ content: "(block | dataTable)+" });

export const DataTable = Node.create({
  name: "dataTable",
  atom: true,
  draggable: true,
  addAttributes: () => ({ id: fromElement(""), caption: fromElement("") }),
  parseHTML: () => [
    { tag: "table", priority: 60, getAttrs: (table) => (isMark(table) ? { id: table.id, caption: lineHtml(table.caption?.innerHTML ?? "") } : false) },
  ],
  renderHTML: ({ node }) => {
    const dom = document.createElement("table");
    dom.id = node.attrs.id;
    dom.createCaption().append(lineFragment(node.attrs.caption));
    return { dom };
  },
  addNodeView: () => ({ node }) => {
    const known = dataTables().get(node.attrs.id);
    const dom = made("div", "texttabell");
    dom.contentEditable = "false";
    const title = made("p", "");
    title.append(made("strong", "", known?.rubrik ?? lineWords(node.attrs.caption)), " ", made("span", "dampad", known?.mening ?? "Tabellen hör till en annan rapport."));
    dom.append(title);
    if (known) dom.append(known.diagram ? picture(known) : preview(known));
    if (known?.url) dom.append(link(known.url));
    return { dom, stopEvent: (event) => Boolean(event.target.closest?.("a")), ignoreMutation: () => true };
  },
});

// The parts of a text: which blocks, lists, marks and notes there are, and how each is read and written.

import {
  Blockquote, Bold, BulletList, Extension, Gapcursor, HardBreak, Heading, History, Italic, Link, ListItem, Mark, Node,
  OrderedList, Paragraph, Plugin, SpecialCharacters, Subscript, Superscript, TableRow, Text, TrailingNode, pm, wrappingInputRule,
} from "django-prose-editor/editor";
import { fromElement, inlineFragment, inlineHtml, safeLink } from "editor/html";
import { DataTable, Document } from "editor/datatables";
import { Figure } from "editor/figures";
import { Cell, HeaderCell, Table } from "editor/tables";
import { Comments } from "editor/comments";
import { Find } from "editor/find";

const ReadableList = OrderedList.extend({
  addAttributes: () => ({ start: { default: 1, parseHTML: (list) => Number.parseInt(list.getAttribute("start"), 10) || 1 } }),
  addInputRules() {
    return [wrappingInputRule({ find: /^(\d{1,3})\.\s$/, type: this.type, getAttributes: ([, start]) => ({ start: Number(start) }) })];
  },
  renderHTML: ({ HTMLAttributes: { start } }) => ["ol", start > 1 ? { start } : {}, 0],
  addNodeView: () => null,
});

const SafeLink = Link.extend({
  inclusive: false,
  addAttributes: () => ({ href: fromElement(null) }),
  parseHTML: () => [{ tag: "a[href]", getAttrs: (link) => (safeLink(link.getAttribute("href")) ? { href: link.getAttribute("href").trim() } : false) }],
  renderHTML: ({ HTMLAttributes: { href } }) => ["a", { href }, 0],
  addKeyboardShortcuts: () => ({}),
});

/** A footnote where it is called. It is read before anything that would take its element for small text. */
const Footnote = Node.create({
  name: "footnote",
  group: "inline",
  inline: true,
  atom: true,
  marks: "",
  addAttributes: () => ({ html: fromElement("") }),
  parseHTML: () => [{ tag: "small", priority: 60, getAttrs: (note) => ({ html: inlineHtml(note.innerHTML) }) }],
  renderHTML: ({ node }) => {
    const dom = document.createElement("small");
    dom.append(inlineFragment(node.attrs.html));
    return { dom };
  },
  addNodeView: () => ({ node }) => {
    const dom = document.createElement("sup");
    dom.className = "fotnotstecken";
    dom.title = inlineFragment(node.attrs.html).textContent;
    return { dom };
  },
});

/** The figures of the facts that can be cited, as they are now. */
const figures = () => new Map(JSON.parse(document.querySelector("[data-mal]")?.dataset.mal ?? "[]").map(({ href, ord }) => [href, ord]));

/** A reference to a table, a figure, a chapter or a fact. The number or figure is set by whoever renders the document. */
const Reference = Node.create({
  name: "reference",
  group: "inline",
  inline: true,
  atom: true,
  addAttributes: () => ({ href: fromElement(""), words: fromElement("") }),
  parseHTML: () => [
    { tag: 'a[href^="#tabell-"], a[href^="#figur-"], a[href^="#kap-"], a[href^="#fakta-"]', priority: 60, getAttrs: (link) => ({ href: link.getAttribute("href"), words: link.textContent }) },
  ],
  renderHTML: ({ node }) => ["a", { href: node.attrs.href }, node.attrs.words],
  renderText: ({ node }) => node.attrs.words,
  addNodeView: () => ({ node }) => {
    const dom = document.createElement("span");
    dom.className = "hanvisning";
    dom.textContent = figures().get(node.attrs.href) || node.attrs.words;
    return { dom };
  },
});

const Term = Mark.create({
  name: "term",
  inclusive: false,
  addAttributes: () => ({ title: fromElement("") }),
  parseHTML: () => [{ tag: "dfn", getAttrs: (word) => ({ title: word.getAttribute("title") ?? "" }) }],
  renderHTML: ({ HTMLAttributes: { title } }) => ["dfn", { title }, 0],
});

const command = (run) => ({ editor }) => run(editor.chain().focus());
const KEYS = {
  "Mod-Shift-0": command((chain) => chain.setParagraph().run()),
  "Mod-Shift-1": command((chain) => chain.toggleHeading({ level: 3 }).run()),
  "Mod-Shift-2": command((chain) => chain.toggleHeading({ level: 4 }).run()),
  "Mod-Shift-3": command((chain) => chain.toggleHeading({ level: 5 }).run()),
  "Mod-Shift-Space": command((chain) => chain.insertContent("\u00a0").run()),
};

/** Shortcuts, and the way out: Escape lets the next Tab leave the text, also from a list or a table. */
const Keyboard = Extension.create({
  name: "keyboard",
  priority: 1000,
  addKeyboardShortcuts() {
    return Object.fromEntries(Object.entries(KEYS).map(([key, run]) => [key, () => run({ editor: this.editor })]));
  },
  addProseMirrorPlugins() {
    let leaving = false;
    const keydown = (_view, event) => {
      if (event.key === "Tab" && leaving) {
        leaving = false;
        return true; // the browser moves on
      }
      if (event.key !== "Shift") leaving = event.key === "Escape";
      return false;
    };
    return [new Plugin({ props: { handleDOMEvents: { keydown } } })];
  },
});

export const LEVELS = [3, 4, 5];

export const extensions = () => [
  Document, Paragraph, Text, HardBreak, Bold, Italic, Blockquote, BulletList, ReadableList, ListItem, History, Gapcursor,
  Subscript.extend({ excludes: "superscript" }), Superscript.extend({ excludes: "subscript" }), SpecialCharacters,
  Heading.configure({ levels: LEVELS }), SafeLink.configure({ openOnClick: false, autolink: true, linkOnPaste: true }),
  Table, TableRow, HeaderCell, Cell, DataTable, Figure, Footnote, Reference, Term, Find, Keyboard, TrailingNode, Comments,
];

export const { NodeSelection, TextSelection } = pm.state;

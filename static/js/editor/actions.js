// What each button of the editor does, and how it shows what holds where the cursor stands.

import { commentOn } from "editor/comments";
import { ask as open, complain } from "editor/dialogs";
import { inlineHtml, lineWords, newAnchor, plainHtml, reword, safeLink, withLinks, wordsToHtml } from "editor/html";
import { dataTables } from "editor/datatables";
import { LEVELS, NodeSelection } from "editor/nodes";

/** Opens a dialog; afterwards the cursor stands where it stood, whatever the browser made of it. */
const ask = async ({ editor }, ...question) => {
  const place = editor.state.selection.getBookmark();
  const answer = await open(...question);
  const { state, view } = editor;
  view.focus();
  view.dispatch(state.tr.setSelection(place.resolve(state.doc)));
  return answer;
};

const toggle = (name, command = `toggle${name[0].toUpperCase()}${name.slice(1)}`) => ({
  run: ({ editor }) => editor.chain().focus()[command]().run(),
  active: (editor) => editor.isActive(name),
  can: (editor) => editor.can()[command](),
});
const inTable = (command) => ({
  run: ({ editor }) => editor.chain().focus()[command]().run(),
  can: (editor) => editor.can()[command](),
});

const block = {
  run: ({ editor }, select, stay = false) => {
    const level = Number(select.value);
    const chain = stay ? editor.chain() : editor.chain().focus();
    (level ? chain.setHeading({ level }) : chain.setParagraph()).run();
  },
  value: (editor) => String(LEVELS.find((level) => editor.isActive("heading", { level })) ?? "p"),
};

const selectedNode = ({ state: { selection } }, name) => (selection instanceof NodeSelection && selection.node.type.name === name ? selection.node : null);
const selectedWords = ({ state: { doc, selection } }) => doc.textBetween(selection.from, selection.to, " ");

const asAddress = (typed) => {
  const trimmed = typed.trim();
  if (/^[^\s@/:]+@[^\s@/]+\.[^\s@/]+$/.test(trimmed)) return `mailto:${trimmed}`;
  return /^[\w.-]+\.[a-z]{2,}(?:[/?#]|$)/i.test(trimmed) ? `https://${trimmed}` : trimmed;
};

const link = {
  active: (editor) => editor.isActive("link"),
  run: async (context) => {
    const { editor } = context;
    const exists = editor.isActive("link");
    if (exists) editor.commands.extendMarkRange("link");
    const values = { href: editor.getAttributes("link").href ?? "", words: selectedWords(editor) };
    const check = ({ href }, dialog) => {
      const fine = safeLink(asAddress(href));
      complain(dialog, "href", fine ? "" : "Skriv en webbadress, till exempel https://www.exempel.se, eller en e-postadress.");
      return fine;
    };
    const answer = await ask(context, "link", values, { exists, check });
    if (!answer) return;
    const chain = editor.chain().focus();
    if (answer.act === "remove") {
      chain.unsetLink().run();
      return;
    }
    const marks = [{ type: "link", attrs: { href: asAddress(answer.href) } }];
    if (values.words && answer.words === values.words) chain.setMark("link", marks[0].attrs).run();
    else chain.insertContent({ type: "text", text: answer.words || answer.href.trim(), marks }).run();
  },
};

const footnote = {
  active: (editor) => Boolean(selectedNode(editor, "footnote")),
  run: async (context) => {
    const { editor } = context;
    const node = selectedNode(editor, "footnote");
    const before = node ? lineWords(node.attrs.html) : "";
    const answer = await ask(context, "footnote", { words: before }, { exists: Boolean(node) });
    if (!answer) return;
    const chain = editor.chain().focus();
    if (answer.act === "remove") {
      chain.deleteSelection().run();
      return;
    }
    const words = answer.words.replace(/[ \t\r\n]+/g, " ").trim();
    if (words === before) return;
    const { from, to } = editor.state.selection;
    const attrs = { html: node ? inlineHtml(reword(node.attrs.html, words, withLinks)) : wordsToHtml(words) };
    if (node) chain.command(({ tr }) => Boolean(tr.setNodeMarkup(from, null, attrs))).run();
    else chain.insertContentAt(to, { type: "footnote", attrs }).run();
  },
};

const table = {
  active: (editor) => editor.isActive("table"),
  can: (editor) => !editor.isActive("table"),
  run: async (context) => {
    const { editor } = context;
    const answer = await ask(context, "table", { rows: "4", cols: "3" });
    if (!answer) return;
    const chain = editor.chain().focus().insertTable({ rows: Number(answer.rows), cols: Number(answer.cols), withHeaderRow: true });
    chain.updateAttributes("table", { id: newAnchor("tabell") }).run();
  },
};

const dataTable = {
  run: async (context) => {
    const { editor } = context;
    const tables = [...dataTables()];
    if (!tables.length) return context.say("Det finns ingen tabell med siffror än. Gör en under texten: Ny tabell från Excel.");
    const options = tables.map(([mark, { rubrik }]) => new Option(rubrik, mark));
    const answer = await ask(context, "dataTable", {}, { options });
    if (!answer) return undefined;
    const { $from, to } = editor.state.selection;
    const attrs = { id: answer.target, caption: plainHtml(dataTables().get(answer.target).rubrik) };
    editor.chain().focus().insertContentAt($from.depth ? $from.after(1) : to, { type: "dataTable", attrs }).run();
    return undefined;
  },
};

const caption = {
  run: ({ editor }) => editor.view.domAtPos(editor.state.selection.from).node.parentElement?.closest(".texttabell")?.querySelector("input").focus(),
};

const figure = {
  run: async (context, _button, file = null) => {
    const { editor, upload } = context;
    if (!upload) return context.say("Bilder kan inte läggas in här.");
    let picture = null;
    const check = async (values, dialog) => {
      const sent = await upload(file ?? values.file);
      picture = sent.src ? sent : null;
      complain(dialog, "file", sent.fel ?? "");
      return Boolean(picture);
    };
    const answer = await ask(context, "figure", {}, { check, given: file ? ["file"] : [] });
    if (answer && picture) editor.chain().focus().insertContent([{ type: "figure", attrs: { id: newAnchor("figur"), src: picture.src, alt: answer.alt, caption: plainHtml(answer.caption) } }, { type: "paragraph" }]).run(); // with the cursor after it: the next key must not replace it
    return undefined;
  },
};

const term = {
  active: (editor) => editor.isActive("term"),
  run: async (context) => {
    const { editor } = context;
    const exists = editor.isActive("term");
    if (exists) editor.commands.extendMarkRange("term");
    const word = selectedWords(editor);
    const answer = await ask(context, "term", { word, title: editor.getAttributes("term").title ?? "" }, { exists });
    if (!answer) return;
    const chain = editor.chain().focus();
    const attrs = { title: answer.title.replace(/\s+/g, " ").trim() };
    if (answer.act === "remove") chain.unsetMark("term").run();
    else if (answer.word === word) chain.setMark("term", attrs).run();
    else chain.insertContent({ type: "text", text: answer.word, marks: [{ type: "term", attrs }] }).run();
  },
};

const KINDS = { table: ["tabell", "Tabell"], dataTable: ["tabell", "Tabell"], figure: ["figur", "Figur"] };

/** What can be referred to: tables and figures of this section, and what the page says that there is elsewhere. */
const targetsOf = ({ editor, textarea }) => {
  const here = [];
  editor.state.doc.descendants((node, pos) => {
    if (KINDS[node.type.name]) {
      const [kind, word] = KINDS[node.type.name];
      here.push({ pos, kind, href: node.attrs.id ? `#${node.attrs.id}` : "", text: `${word}: ${lineWords(node.attrs.caption) || "utan rubrik"}` });
    }
    return node.type.name !== "table";
  });
  const elsewhere = JSON.parse(textarea.dataset.mal ?? "[]").filter(({ href }) => !here.some((target) => target.href === href));
  return [...here, ...elsewhere];
};

const startsSentence = ({ doc, selection: { $from } }) => /(?:^|[.!?:]\s)$/.test(doc.textBetween($from.start(), $from.pos, " ", "\ufffc"));

const reference = {
  run: async (context) => {
    const { editor } = context;
    const targets = targetsOf(context);
    if (!targets.length) {
      context.say("Det finns ingen tabell, figur, faktauppgift eller annat avsnitt att hänvisa till än.");
      return;
    }
    const options = targets.map(({ text }, index) => new Option(text, String(index)));
    const answer = await ask(context, "reference", {}, { options });
    if (!answer) return;
    const target = targets[Number(answer.target)];
    const kind = target.kind ?? /^#(tabell|figur|kap|fakta)/.exec(target.href)[1];
    const word = kind === "kap" ? "avsnittet" : kind === "tabell" ? "tabellen" : "figuren";
    const words = target.ord ?? (startsSentence(editor.state) ? word[0].toUpperCase() + word.slice(1) : word);
    const href = target.href || `#${newAnchor(kind)}`;
    const chain = editor.chain().focus();
    if (!target.href) chain.command(({ tr }) => Boolean(tr.setNodeAttribute(target.pos, "id", href.slice(1))));
    chain.insertContent({ type: "reference", attrs: { href, words } }).run();
  },
};

export const ACTIONS = {
  block, link, footnote, table, dataTable, caption, figure, term, reference,
  bold: toggle("bold"),
  italic: toggle("italic"),
  superscript: toggle("superscript"),
  subscript: toggle("subscript"),
  bulletList: toggle("bulletList"),
  orderedList: toggle("orderedList"),
  blockquote: toggle("blockquote"),
  undo: inTable("undo"),
  redo: inTable("redo"),
  comment: { run: ({ editor }) => commentOn(editor.view), can: () => document.querySelector("[data-ny]") !== null },
  find: { run: ({ openFind }) => openFind() },
  help: { run: (context) => ask(context, "help") },
  rowBefore: inTable("addRowBefore"),
  rowAfter: inTable("addRowAfter"),
  deleteRow: inTable("deleteRow"),
  columnBefore: inTable("addColumnBefore"),
  columnAfter: inTable("addColumnAfter"),
  deleteColumn: inTable("deleteColumn"),
  headerRow: inTable("toggleHeaderRow"),
  headerColumn: inTable("toggleHeaderColumn"),
  mergeCells: inTable("mergeCells"),
  splitCell: inTable("splitCell"),
  deleteTable: inTable("deleteTable"),
};

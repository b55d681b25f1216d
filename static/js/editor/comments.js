// Comments in the editor: the words that somebody has said something of are marked, never in the text itself. The page
// (comments.js) says which: "sfbv:kommentarer" with [{ id, citat, nr }]; and where to go: "sfbv:till-kommentar" with an id.
// The editor says on the document what is chosen ("sfbv:kommentar-vald") and what is to be commented ("sfbv:kommentera").

import { Extension, Plugin, pm } from "django-prose-editor/editor";

const { Decoration, DecorationSet } = pm.view;
const { PluginKey, TextSelection } = pm.state;
const key = new PluginKey("comments");
const AROUND = 40;

const tell = (name, detail) => document.dispatchEvent(new CustomEvent(name, { detail }));

/** The words of the text on one line, as the server reads them (documents/ankare.py), and where each letter stands. */
const wordsOf = (doc) => {
  let text = "";
  let gap = false;
  const places = [];
  doc.descendants((block, start) => {
    if (!block.isTextblock) return true;
    gap = true;
    block.forEach((part, offset) => {
      const said = part.isText ? part.text : part.attrs.words ?? (part.type.name === "hardBreak" ? "\n" : "");
      for (let n = 0; n < said.length; n += 1) {
        const at = start + 1 + offset + (part.isText ? n : 0);
        if (/\s/.test(said[n])) {
          gap ||= at;
          if (gap === true) gap = at;
          continue;
        }
        if (gap && text) {
          text += " ";
          places.push(gap === true ? at : gap);
        }
        gap = false;
        text += said[n];
        places.push(at);
      }
    });
    return false;
  });
  return { text, places };
};

const occurrences = (text, words) => {
  const found = [];
  for (let at = words ? text.indexOf(words) : -1; at >= 0; at = text.indexOf(words, at + 1)) found.push(at);
  return found;
};

const marksOf = (doc, comments) => {
  const { text, places } = wordsOf(doc);
  const marks = comments.flatMap(({ id, citat, nr }) => {
    const found = occurrences(text, citat);
    const at = found[Math.min(nr, found.length - 1)];
    return at === undefined ? [] : [Decoration.inline(places[at], places[at + citat.length - 1] + 1, { class: "kommentarsmark", "data-kommentar": id }, { id })];
  });
  return DecorationSet.create(doc, marks);
};

const markOf = (view, id) => key.getState(view.state).find(undefined, undefined, (spec) => spec.id === id)[0];

/** Says what is to be commented: what is selected, or goes to the comment at the cursor. Returns whether it did. */
export const commentOn = (view) => {
  const { doc, selection: { from, to, empty } } = view.state;
  const here = key.getState(view.state).find(from, to)[0];
  if (empty && here) tell("sfbv:kommentar-vald", here.spec.id);
  if (empty) {
    if (!here) tell("sfbv:kommentera", null);
    return true;
  }
  const { text, places } = wordsOf(doc);
  const first = places.findIndex((at) => at >= from);
  const last = places.findLastIndex((at) => at < to);
  const quote = first < 0 ? "" : text.slice(first, last + 1).trim();
  if (!quote) return true;
  const start = text.indexOf(quote, first);
  tell("sfbv:kommentera", {
    citat: quote,
    fore: text.slice(Math.max(start - AROUND, 0), start),
    efter: text.slice(start + quote.length, start + quote.length + AROUND),
    nr: occurrences(text, quote).indexOf(start),
    plats: start,
  });
  return true;
};

export const Comments = Extension.create({
  name: "comments",
  addProseMirrorPlugins: () => [new Plugin({
    key,
    state: {
      init: () => DecorationSet.empty,
      apply: (tr, marks) => (tr.getMeta(key) ? marksOf(tr.doc, tr.getMeta(key)) : marks.map(tr.mapping, tr.doc)),
    },
    props: {
      decorations: (state) => key.getState(state),
      handleKeyDown: (view, event) => (event.ctrlKey || event.metaKey) && event.altKey && event.code === "KeyM" && commentOn(view),
      handleClick: (view, pos) => {
        const found = key.getState(view.state).find(pos, pos)[0];
        if (found) tell("sfbv:kommentar-vald", found.spec.id);
        return false;
      },
    },
  })],
});

/** Ties the editor of a textarea to the page's comments. */
export const listen = (textarea, view) => {
  textarea.addEventListener("sfbv:kommentarer", ({ detail }) => view.dispatch(view.state.tr.setMeta(key, detail)));
  textarea.addEventListener("sfbv:till-kommentar", ({ detail }) => {
    const found = markOf(view, detail);
    if (!found) return;
    view.dispatch(view.state.tr.setSelection(TextSelection.create(view.state.doc, found.from, found.to)).scrollIntoView());
    view.focus();
  });
};

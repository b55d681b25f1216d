// Find and replace in the text of the section: every hit is marked, the current one stronger.

import { Extension, Plugin, pm } from "django-prose-editor/editor";

const { Decoration, DecorationSet } = pm.view;
const { NodeSelection, PluginKey, TextSelection } = pm.state;
const key = new PluginKey("find");

/** Returns where the words stand, whatever case they are written in. A hit never spans two paragraphs. */
const hitsOf = (doc, words) => {
  const hits = [];
  const wanted = words.toLocaleLowerCase("sv");
  if (!wanted) return hits;
  doc.descendants((block, start) => {
    if (!block.isTextblock) return true;
    let text = "";
    block.forEach((part) => {
      text += part.isText ? part.text : "\ufffc".repeat(part.nodeSize);
    });
    const lower = text.toLocaleLowerCase("sv").replaceAll("\u00a0", " ");
    for (let at = lower.indexOf(wanted); at >= 0; at = lower.indexOf(wanted, at + wanted.length)) {
      hits.push({ from: start + 1 + at, to: start + 1 + at + wanted.length });
    }
    return false;
  });
  return hits;
};

const marks = (doc, hits, at) =>
  DecorationSet.create(doc, hits.map(({ from, to }, index) => Decoration.inline(from, to, { class: index === at ? "traff traff--nu" : "traff" })));

const state = {
  init: () => ({ words: "", hits: [], at: -1, marks: DecorationSet.empty }),
  apply: (tr, old) => {
    const change = tr.getMeta(key);
    if (!change && !(tr.docChanged && old.words)) return old;
    const { words, at } = { ...old, ...change };
    const hits = hitsOf(tr.doc, words);
    const now = Math.min(at, hits.length - 1);
    return { words, hits, at: now, marks: marks(tr.doc, hits, now) };
  },
};

export const Find = Extension.create({
  name: "find",
  addProseMirrorPlugins: () => [new Plugin({ key, state, props: { decorations: (now) => key.getState(now).marks } })],
});

export const found = (view) => key.getState(view.state);

const go = (view, at, tr = view.state.tr) => {
  view.dispatch(tr.setMeta(key, { at }));
  const { hits } = found(view);
  const hit = hits[Math.min(at, hits.length - 1)];
  if (hit) view.dispatch(view.state.tr.setSelection(TextSelection.create(view.state.doc, hit.from, hit.to)).scrollIntoView());
};

/** Looks for words; the first hit is the next one after the cursor. */
export const look = (view, words) => {
  const { from } = view.state.selection;
  const hits = hitsOf(view.state.doc, words);
  const next = hits.findIndex((hit) => hit.from >= from);
  const at = hits.length ? Math.max(next, 0) : -1;
  view.dispatch(view.state.tr.setMeta(key, { words, at }));
  if (at >= 0) go(view, at);
};

export const step = (view, by) => {
  const { hits, at } = found(view);
  if (hits.length) go(view, (at + by + hits.length) % hits.length);
};

/** The words of a block as they are read, and where each letter stands: a note has none, a reference has its own. */
const read = (block, start) => {
  let text = "";
  const places = [];
  block.forEach((part, offset) => {
    const said = part.isText ? part.text : part.attrs.words ?? (part.type.name === "hardBreak" ? "\n" : "");
    for (let n = 0; n < said.length; n += 1) {
      const space = /\s/.test(said[n]);
      if (space && text.endsWith(" ")) continue;
      text += space ? " " : said[n];
      places.push(start + 1 + offset + (part.isText ? n : 0));
    }
  });
  return { text, places };
};

const LETTER = /[\p{L}\p{N}]/u;

/** Where words stand in a text, not as a part of others; -1 when they do not. */
const indexOf = (text, words) => {
  for (let at = text.indexOf(words); at >= 0; at = text.indexOf(words, at + 1)) {
    const [before, first] = [text[at - 1] ?? "", words[0]];
    const [last, after] = [words.at(-1), text[at + words.length] ?? ""];
    if (!(LETTER.test(before) && LETTER.test(first)) && !(LETTER.test(last) && LETTER.test(after))) return at;
  }
  return -1;
};

const placeOf = (doc, words) => {
  let found = null;
  const seek = (change) => doc.descendants((block, start) => {
    if (found || !block.isTextblock) return !found;
    const { text, places } = read(block, start);
    const at = indexOf(change(text), change(words));
    if (at >= 0) found = TextSelection.create(doc, places[at], places[at + words.length - 1] + 1);
    return false;
  });
  seek((text) => text);
  if (!found) seek((text) => text.toLocaleLowerCase("sv"));
  return found;
};

const nodeAt = (doc, name, number) => {
  const starts = [];
  doc.descendants((node, start) => { if (node.type.name === name) starts.push(start); });
  const start = starts[number - 1];
  if (start === undefined) return null;
  return name === "table" ? TextSelection.near(doc.resolve(start + 1)) : NodeSelection.create(doc, start);
};

/** Selects a place that somebody points out: the first that has the words, or a table or figure by its number. */
export const point = (view, { stalle, tabell, figur }) => {
  const { doc, tr } = view.state;
  const selection = stalle ? placeOf(doc, stalle) : tabell ? nodeAt(doc, "table", tabell) : nodeAt(doc, "figure", figur);
  if (selection) view.dispatch(tr.setSelection(selection).scrollIntoView());
  view.focus();
};

const put = (tr, { from, to }, words) => (words ? tr.insertText(words, from, to) : tr.delete(from, to));

export const replaceOne = (view, words) => {
  const { hits, at } = found(view);
  if (at >= 0) go(view, at, put(view.state.tr, hits[at], words));
};

/** Replaces all hits in one step, which one undo takes back. Returns how many there were. */
export const replaceAll = (view, words) => {
  const { hits } = found(view);
  view.dispatch([...hits].reverse().reduce((tr, hit) => put(tr, hit, words), view.state.tr));
  return hits.length;
};

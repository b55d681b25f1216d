// Find and replace in the text of the section: every hit is marked, the current one stronger.

import { Extension, Plugin, pm } from "django-prose-editor/editor";

const { Decoration, DecorationSet } = pm.view;
const { PluginKey, TextSelection } = pm.state;
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

// What differs between the text that stood on the page and the one that came.

import { box } from "desk/boxes";

const MUCH_GONE = 3; // words

/** The words of a text, each as many times as it stands there. */
const wordsOf = (text) => {
  const words = new Map();
  for (const word of text.replace(/<[^>]*>/g, " ").match(/[\p{L}\p{N}]+/gu) ?? []) words.set(word, (words.get(word) ?? 0) + 1);
  return words;
};

/** Tells whether so many words are gone that somebody has taken away what stood there, not only mended it. */
const muchGone = (before, after) => {
  const left = wordsOf(after);
  let gone = 0;
  for (const [word, times] of wordsOf(before)) gone += Math.max(times - (left.get(word) ?? 0), 0);
  return gone >= MUCH_GONE;
};

/** Tells of words that somebody else has taken away: they may be yours. */
export const tellOfGone = (before, after) => {
  if (!muchGone(before, after)) return;
  const link = document.createElement("a");
  link.href = `${location.pathname}versioner/`;
  link.textContent = "Tidigare versioner";
  box("ruta-borttaget", "info", "Någon annan har ändrat eller tagit bort text som stod här. Det som stod finns i ", link, ".");
};

// What has not reached the server is kept in this browser: one copy for each window, found again by the next window.

const ANSWER_WITHIN = 300;
const windows = new BroadcastChannel("sfbv-utkast");

const read = (key) => {
  try {
    return JSON.parse(localStorage.getItem(key));
  } catch {
    return null;
  }
};

/**
 * The copies of one text. In: what their names begin with, the name of this window, and what is done when another window
 * takes the copy of this one over (it cannot know of a window that the browser has put to sleep), and when another one opens.
 */
export const copiesOf = (prefix, client, { taken, opened }) => {
  const own = prefix + client;
  const living = new Set();
  const left = () => Object.keys(localStorage).filter((key) => key.startsWith(prefix) && key !== own && !living.has(key));
  windows.addEventListener("message", ({ data }) => {
    if (data.asks === prefix) {
      windows.postMessage({ here: own });
      opened();
    } else if (data.here) living.add(data.here);
    else if (data.key === own) taken(data.text);
  });
  return {
    /** Out: whether the browser had room for it. */
    keep: (copy) => {
      try {
        localStorage.setItem(own, JSON.stringify({ at: Date.now(), ...copy }));
        return true;
      } catch {
        return false;
      }
    },
    forget: () => localStorage.removeItem(own),
    /** Out: what windows that are closed did not get saved, the latest first. A living window saves its own. */
    found: async () => {
      if (!left().length) return [];
      windows.postMessage({ asks: prefix });
      await new Promise((answered) => setTimeout(answered, ANSWER_WITHIN));
      const copies = left().map((key) => ({ key, ...read(key) }));
      return copies.filter(({ text }) => typeof text === "string").sort((one, other) => other.at - one.at);
    },
    drop: ({ key, text }) => {
      localStorage.removeItem(key);
      windows.postMessage({ key, text });
    },
  };
};

/** When a copy was made: the time, and the day when it was another. */
export const madeAt = (at) => {
  const made = new Date(at);
  const time = made.toLocaleTimeString("sv-SE", { hour: "numeric", minute: "2-digit" }).replace(":", ".");
  if (made.toDateString() === new Date().toDateString()) return `kl. ${time}`;
  return `den ${made.toLocaleDateString("sv-SE", { day: "numeric", month: "long", year: "numeric" })} kl. ${time}`;
};

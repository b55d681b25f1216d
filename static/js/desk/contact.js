// Asking the server. Only that no answer came is called no contact: what goes wrong in the page itself is another thing.

const TIMEOUT = 20_000;

/** Out: the answer, or null when none came. */
export const reach = (address, options = {}) =>
  fetch(address, { redirect: "manual", signal: AbortSignal.timeout(TIMEOUT), ...options }).catch(() => null);

/** Out: what an answer says in JSON, or null when it says something else. */
export const read = async (answer) => {
  try {
    return JSON.parse(await answer.text());
  } catch {
    return null;
  }
};

/** Out: how much the values take when they are sent, in bytes: å, ä, ö take two. */
export const bytesOf = (values) => new Blob(values.map(String)).size;

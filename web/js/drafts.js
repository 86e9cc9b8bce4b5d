/**
 * What was typed into forms of new reports on this device, each under the key of its form, until our server has taken
 * it. In the store of the browser, so that a closed tab or a dead battery loses nothing.
 *
 * Once our server has said that a form was taken, what was kept of it is let go: by a cookie that names the form's
 * address and comes with the answer. A page of a proxy sets none, and nothing is let go.
 */

/** @typedef {{ at: number, who: string, fields: [string, string][] }} Draft */

const [STORE, OLD] = ["drafts", "draft"];
/** How many are kept, and for how many milliseconds. */
const [MOST, MONTH] = [5, 30 * 24 * 60 * 60 * 1000];

/** Newest first. @returns {[string, Draft][]} */
export function drafts() {
  /** @type {[string, Draft][]} */
  const all = Object.entries(JSON.parse(localStorage.getItem(STORE) ?? "{}"));
  // An earlier version of this file kept one.
  const old = JSON.parse(localStorage.getItem(OLD) ?? "[]");
  if (old.length > 0) all.push([OLD, { at: Date.now() - 1, who: "nobody", fields: old }]);
  return all.filter(([, { at }]) => Date.now() - at < MONTH).sort(([, a], [, b]) => b.at - a.at);
}

/** @param {[string, Draft][]} all */
function write(all) {
  localStorage.removeItem(OLD);
  localStorage.setItem(STORE, JSON.stringify(Object.fromEntries(all.slice(0, MOST))));
}

/** @param {string} key @param {Draft} draft */
export const keep = (key, draft) => write([[key, draft], ...drafts().filter(([other]) => other !== key)]);

/** Lets go of it; of what was written after `at` nothing is let go. @param {string} key @param {number} [at] */
export const drop = (key, at = Infinity) => write(drafts().filter(([other, draft]) => other !== key || draft.at > at));

/** What the tab keeps of a form of this address. @param {string} path */
export const wordsOf = (path) => `words ${path}`;

const taken = /(?:^|; )taken=([^;]+)/.exec(document.cookie)?.[1];
if (taken) {
  document.cookie = "taken=; Path=/; Max-Age=0";
  const path = decodeURIComponent(taken);
  sessionStorage.removeItem(wordsOf(path));
  const sent = sessionStorage.getItem("sent");
  if (path === "/new" && sent) {
    drop(sent);
    for (const name of ["sent", "contact"]) sessionStorage.removeItem(name);
  }
}

// What waits on this device is kept by the worker, as a whole.
navigator.serviceWorker?.addEventListener("message", ({ data }) => {
  for (const { key, at } of data?.unsent ?? []) drop(key, at);
});

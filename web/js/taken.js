/**
 * Lets go of what was kept of a form, once our server has said that it was taken: by a cookie that names the form's
 * address and comes with the answer. A page of a proxy sets none, and nothing is let go.
 */
import { drop } from "/assets/js/drafts.js";

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

/**
 * What waits on this device as rows of a page: what each says, how it stands, and what one can do. The worker knows it,
 * and is asked.
 */

/** @typedef {{ key: string, at: number, words: string, photos: number, arrived: number, state: string }} Kept */

/** To the worker as soon as there is one, also from a page that came before it. @param {string} ask @param {string} [key] */
export const say = (ask, key) => navigator.serviceWorker?.ready.then(({ active }) => active?.postMessage({ ask, key }));

/**
 * A row made from a pattern, filled with what all that waits has in common.
 * @param {HTMLTemplateElement} pattern @param {Kept} kept
 */
export function row(pattern, kept) {
  const copy = /** @type {DocumentFragment} */ (pattern.content.cloneNode(true));
  const made = /** @type {HTMLElement} */ (copy.firstElementChild);
  made.dataset["state"] = kept.state;
  const [words, when, photos] = ["words", "when", "photos"].map((name) => made.querySelector(`[data-${name}]`));
  if (words instanceof HTMLElement) [words.textContent, words.hidden] = [kept.words, kept.words === ""];
  if (when instanceof HTMLTimeElement) {
    when.dateTime = new Date(kept.at).toISOString();
    when.textContent = new Date(kept.at).toLocaleString(document.documentElement.lang, { dateStyle: "short", timeStyle: "short" });
  }
  if (photos instanceof HTMLElement) {
    photos.hidden = kept.photos === 0;
    photos.querySelector("[data-number]")?.replaceChildren(kept.arrived > 0 ? `${kept.arrived}/${kept.photos}` : String(kept.photos));
  }
  made.querySelectorAll("[data-only]").forEach((shown) => {
    if (shown instanceof HTMLElement) shown.hidden = !shown.dataset["only"]?.split(" ").includes(kept.state);
  });
  return made;
}

/**
 * Has a button of a row ask something of the worker.
 * @param {HTMLElement} made @param {string} name @param {string} ask @param {string} key
 */
export function asks(made, name, ask, key) {
  made.querySelector(`[data-${name}]`)?.addEventListener("click", () => say(ask, key));
}

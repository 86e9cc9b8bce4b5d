/**
 * The page of reports that wait on this device: what each says, how it stands, and what one can do.
 */

/** @typedef {{ key: string, at: number, words: string, photos: number, arrived: number, state: string, href: string }} Kept */

const [page, empty] = [document.querySelector("[data-unsent]"), document.querySelector("[data-unsent-empty]")];
const pattern = document.querySelector("template[data-unsent-item]");

/** @param {string} ask @param {string} [key] */
const say = (ask, key) => navigator.serviceWorker?.controller?.postMessage({ ask, key });

/** @param {Kept} kept */
function item(kept) {
  const copy = /** @type {HTMLTemplateElement} */ (pattern).content.cloneNode(true);
  const row = /** @type {HTMLElement} */ (/** @type {DocumentFragment} */ (copy).firstElementChild);
  /** @param {string} name */
  const part = (name) => row.querySelector(`[data-${name}]`);
  row.dataset.state = kept.state;
  const [words, when, photos, link] = ["words", "when", "photos", "link"].map(part);
  if (words) words.textContent = kept.words;
  if (when instanceof HTMLTimeElement) {
    when.dateTime = new Date(kept.at).toISOString();
    when.textContent = new Date(kept.at).toLocaleString(document.documentElement.lang, { dateStyle: "short", timeStyle: "short" });
  }
  if (photos instanceof HTMLElement) {
    photos.hidden = kept.photos === 0;
    photos.querySelector("[data-number]")?.replaceChildren(kept.arrived > 0 ? `${kept.arrived}/${kept.photos}` : String(kept.photos));
  }
  row.querySelectorAll("[data-only]").forEach((shown) => {
    if (shown instanceof HTMLElement) shown.hidden = !shown.dataset.only?.split(" ").includes(kept.state);
  });
  if (link instanceof HTMLAnchorElement) link.href = kept.href;
  part("complete")?.addEventListener("click", () => say("complete", kept.key));
  part("again")?.addEventListener("click", () => say("again", kept.key));
  part("remove")?.addEventListener("click", () => {
    if (kept.state === "sent" || confirm(row.dataset.sure)) say("remove", kept.key);
  });
  return row;
}

/**
 * Sends a report that was not taken as a form again, so that its page says what is missing. It stays here until it has
 * arrived.
 * @param {{ fields: [string, string][], files: [string, File][] }} whole
 */
function complete({ fields, files }) {
  const form = document.createElement("form");
  Object.assign(form, { method: "post", action: "/new", enctype: "multipart/form-data", hidden: true });
  for (const [name, value] of [...fields.filter(([name]) => name !== "step"), ["step", "send"]]) {
    const field = document.createElement("textarea");
    Object.assign(field, { name, value });
    form.append(field);
  }
  const photos = document.createElement("input");
  Object.assign(photos, { type: "file", multiple: true, name: files[0]?.[0] ?? "photos" });
  const list = new DataTransfer();
  files.forEach(([, file]) => list.items.add(file));
  photos.files = list.files;
  form.append(photos);
  document.body.append(form);
  form.submit();
}

navigator.serviceWorker?.addEventListener("message", ({ data }) => {
  if (data?.whole) complete(data.whole);
  if (!data?.unsent || !(page instanceof HTMLElement) || !(empty instanceof HTMLElement)) return;
  page.replaceChildren(...data.unsent.map(item));
  empty.hidden = data.unsent.length > 0;
});
navigator.serviceWorker?.ready.then(() => say("list"));

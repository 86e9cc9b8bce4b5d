/** The page of reports that wait on this device. */
import { asks, row, say } from "/assets/js/kept-list.js";
import "/assets/js/drafts.js";

/** @typedef {import("/assets/js/kept-list.js").Kept & { href: string }} Report */

const [page, empty] = [document.querySelector("[data-unsent]"), document.querySelector("[data-unsent-empty]")];
const pattern = document.querySelector("template[data-unsent-item]");

/** @param {Report} kept */
function item(kept) {
  const made = row(/** @type {HTMLTemplateElement} */ (pattern), kept);
  const link = made.querySelector("[data-link]");
  if (link instanceof HTMLAnchorElement) link.href = kept.href;
  asks(made, "complete", "complete", kept.key);
  asks(made, "again", "again", kept.key);
  made.querySelector("[data-remove]")?.addEventListener("click", () => {
    if (kept.state === "sent" || confirm(made.dataset["sure"])) say("remove", kept.key);
  });
  return made;
}

/**
 * Sends a report that was not taken as a form again, so that its page says what is missing. One that was written while
 * somebody else was signed in, or nobody, only comes back as a form. It stays here until it has arrived.
 * @param {{ state: string, fields: [string, string][], files: [string, File][] }} whole
 */
function complete({ state, fields, files }) {
  const form = document.createElement("form");
  Object.assign(form, { method: "post", action: "/new", enctype: "multipart/form-data", hidden: true });
  const step = state === "refused" ? "send" : "continue";
  for (const [name, value] of [...fields.filter(([name]) => name !== "step"), ["step", step]]) {
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
say("list");

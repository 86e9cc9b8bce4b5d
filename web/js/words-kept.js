/**
 * Keeps what is typed into the forms of a page until our server has taken it: in the tab, for whoever is signed in, and
 * no longer than the tab is open. So an error page, a lost connection or a session that ended costs nobody their words.
 * The form of a new report has its own way (draft.js).
 */
import { wordsOf } from "/assets/js/drafts.js";

const who = document.body.dataset.who ?? "nobody";

/** @typedef {HTMLInputElement | HTMLTextAreaElement | HTMLSelectElement} Field */

/** What somebody typed or chose; no secrets, no files, nothing of ours. @param {HTMLFormElement} form @returns {Field[]} */
const fieldsOf = (form) =>
  /** @type {Field[]} */ ([...form.querySelectorAll("textarea, select, input")]).filter(
    (field) => field.name !== "" && field.name !== "left-empty" && !/hidden|file|password|submit/.test(field.type),
  );

/** @param {Field} field */
const isBox = (field) => field instanceof HTMLInputElement && /checkbox|radio/.test(field.type);
/** @param {Field} field */
const isWritten = (field) => !isBox(field) && !(field instanceof HTMLSelectElement) && field.value.trim() !== "";

/** @param {HTMLFormElement} form @param {string} name */
function restore(form, name) {
  const kept = JSON.parse(sessionStorage.getItem(name) ?? "{}");
  const fields = fieldsOf(form);
  // What the server gave back is newer, or the same.
  if (kept.who !== who || fields.some((field) => field instanceof HTMLTextAreaElement && field.value !== "")) return;
  for (const [n, value] of kept.values) {
    const field = fields[n];
    if (field && isBox(field)) /** @type {HTMLInputElement} */ (field).checked = value === "on";
    else if (field && (field instanceof HTMLSelectElement || field.value === "")) field.value = value;
  }
  for (const act of [form.closest("details"), ...form.querySelectorAll("details")]) act?.setAttribute("open", "");
}

/** @param {HTMLFormElement} form */
function connect(form) {
  const name = wordsOf(new URL(form.action).pathname);
  restore(form, name);
  form.addEventListener("input", () => {
    const fields = fieldsOf(form);
    const values = fields.map((field, n) => [n, isBox(field) ? (/** @type {HTMLInputElement} */ (field).checked ? "on" : "") : field.value]);
    if (fields.some(isWritten)) sessionStorage.setItem(name, JSON.stringify({ who, values }));
    else sessionStorage.removeItem(name);
  });
}

for (const form of document.querySelectorAll("form[method=post]:not([data-new])")) {
  if (form instanceof HTMLFormElement && form.querySelector("textarea")) connect(form);
}
// Whoever leaves takes their words along.
document.querySelectorAll('form[action="/sign-out"]').forEach((form) => form.addEventListener("submit", () => sessionStorage.clear()));

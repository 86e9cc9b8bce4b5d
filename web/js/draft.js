/**
 * Keeps what was typed into the form of a new report until our server has taken it, so that neither a closed tab nor an
 * error page loses anything; and says when a report will wait on this device because there is no network. Of photos
 * those are kept that the city holds already; for others only the person's own device has room. Who they are is kept in
 * the tab alone, and given back to whoever goes back, not to who comes next.
 */
import { drafts, drop, keep } from "/assets/js/drafts.js";
import { addHeld } from "/assets/js/photo-held.js";

const form = document.querySelector("form[data-new]");
/** What is of one moment. */
const LEFT_OUT = ["key", "seen", "step", "left-empty", "looks"];
const CONTACT = ["name", "email", "phone"];
/** Whoever else improves the form hears of what is filled in. */
const ready = new Promise((done) => (document.readyState === "complete" ? done(undefined) : addEventListener("DOMContentLoaded", done, { once: true })));

/**
 * Takes a draft for this tab, as long as it is open. False: another tab has it.
 * @param {string} key @param {LockOptions} options @returns {Promise<boolean>}
 */
const hold = (key, options) =>
  new Promise((done) => {
    if (!navigator.locks) return done(true);
    navigator.locks.request(`draft ${key}`, options, (lock) => (done(lock !== null), lock && new Promise(() => undefined)));
  });

/** Did this person leave the form a moment ago? */
function cameBack() {
  const [way] = /** @type {PerformanceNavigationTiming[]} */ (performance.getEntriesByType("navigation"));
  const from = document.referrer && new URL(document.referrer).pathname;
  return way?.type === "back_forward" || way?.type === "reload" || from === "/new" || from === "/unsent";
}

/** @param {HTMLFormElement} form @param {HTMLTextAreaElement} description */
async function connect(form, description) {
  const { who = "nobody" } = form.dataset;
  const key = String(new FormData(form).get("key"));
  const around = form.querySelector("[data-ahead]");
  /** What has no field yet: the questions come when the kind is known. @type {[string, string][]} */
  let pending = [];

  const written = () => [.../** @type {Iterable<[string, string]>} */ (new FormData(form)), ...pending].filter(([name, value]) => typeof value === "string" && value !== "" && !LEFT_OUT.includes(name));
  const note = () => {
    clearTimeout(later);
    const all = written();
    const fields = all.filter(([name]) => !CONTACT.includes(name));
    // What is chosen from the start is nothing yet.
    if (fields.some(([name]) => name !== "public")) keep(key, { at: Date.now(), who, fields });
    else drop(key);
    sessionStorage.setItem("contact", JSON.stringify(all.filter(([name]) => CONTACT.includes(name))));
  };
  /** @type {ReturnType<typeof setTimeout> | undefined} */
  let later;
  const soon = () => {
    clearTimeout(later);
    later = setTimeout(note, 300);
  };

  /** @param {[string, string]} field Whether it has its place now. */
  const fill = ([name, value]) => {
    if (name === "photo" && around) return addHeld(around, value), true;
    const fields = /** @type {NodeListOf<HTMLInputElement>} */ (form.querySelectorAll(`[name="${CSS.escape(name)}"]`));
    const boxes = [...fields].filter((one) => /radio|checkbox/.test(one.type));
    const box = boxes.find((one) => one.value === value);
    const field = box ?? (boxes.length === 0 ? fields[0] : undefined);
    if (!field) return false;
    if (box) box.checked = true;
    else field.value = value;
    if (name.startsWith("service")) void ready.then(() => field.dispatchEvent(new Event("change", { bubbles: true })));
    return true;
  };
  const fillPending = () => (pending = pending.filter((field) => !fill(field)));

  const restore = async () => {
    for (const [old, draft] of drafts()) {
      const theirs = draft.who !== who && draft.who !== "nobody";
      if (theirs || !(await hold(old, { ifAvailable: true }))) continue;
      pending = draft.fields;
      fillPending();
      void ready.then(() => {
        description.dispatchEvent(new Event("input", { bubbles: true }));
        form.querySelector("[data-place]")?.dispatchEvent(new Event("place"));
      });
      if (old !== key) drop(old);
      note();
      const says = document.querySelector("[data-restored]");
      if (says instanceof HTMLElement) says.hidden = false;
      return;
    }
  };
  document.querySelector("[data-fresh]")?.addEventListener("click", () => {
    clearTimeout(later);
    drop(key);
    sessionStorage.removeItem("contact");
    sessionStorage.setItem("fresh", "1");
    location.assign("/new");
  });

  const blank = description.value === "";
  const questions = [...form.querySelectorAll("[data-suggestions], [data-questions]")];
  for (const part of questions) new MutationObserver(fillPending).observe(part, { childList: true });
  if (cameBack()) {
    /** @type {[string, string][]} */
    const contact = JSON.parse(sessionStorage.getItem("contact") ?? "[]");
    contact.filter(([name]) => String(new FormData(form).get(name) ?? "") === "").forEach(fill);
  } else if (blank) sessionStorage.removeItem("contact");
  // A page that answered the form is one to come back to by its address; nothing is sent again by going back to it.
  history.replaceState(null, "", location.href);
  void hold(key, {});
  const fresh = sessionStorage.getItem("fresh") !== null;
  sessionStorage.removeItem("fresh");
  if (!blank) note();
  else if (!fresh) await restore();
  form.addEventListener("input", soon);
  form.addEventListener("change", soon);
  form.addEventListener("place", soon, true);
  form.addEventListener("submit", () => {
    note();
    sessionStorage.setItem("sent", key);
  });
}

/** @param {HTMLFormElement} form */
function sayOffline(form) {
  const offline = () => {
    const gone = !navigator.onLine || form.dataset.kept !== undefined;
    const says = document.querySelector("[data-offline]");
    if (says instanceof HTMLElement) says.hidden = !gone;
    // The list of kinds is all there is without a network.
    if (gone) form.querySelector("details")?.setAttribute("open", "");
  };
  addEventListener("online", offline);
  addEventListener("offline", offline);
  offline();
}

if (form instanceof HTMLFormElement) {
  const description = form.elements.namedItem("description");
  if (description instanceof HTMLTextAreaElement) void connect(form, description);
  sayOffline(form);
}

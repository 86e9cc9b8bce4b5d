/**
 * Keeps what was typed into the form of a new report, so that a closed tab loses nothing, and says when a report will
 * wait on this device because there is no network. Of photos those are kept that the city holds already; for others only
 * the person's own device has room.
 */
import { addHeld } from "/assets/js/photo-held.js";

const STORE = "draft";
const form = document.querySelector("form[data-new]");
/** What is of one moment, or of one person and no business of a shared device. */
const LEFT_OUT = ["key", "seen", "step", "website", "name", "email", "phone"];

/** @param {HTMLFormElement} form */
function connect(form) {
  const written = () => [...new FormData(form)].filter(([name, value]) => typeof value === "string" && value !== "" && !LEFT_OUT.includes(name));
  const description = form.elements.namedItem("description");
  if (!(description instanceof HTMLTextAreaElement)) return;

  /** @type {[string, string][]} */
  const draft = JSON.parse(localStorage.getItem(STORE) ?? "[]");
  if (description.value === "" && draft.length > 0) {
    const around = form.querySelector("[data-ahead]");
    for (const [name, value] of draft) {
      if (name === "photo" && around) addHeld(around, value);
      const field = form.elements.namedItem(name);
      if (name === "photo") continue;
      if (field instanceof RadioNodeList) field.value = value;
      else if (field instanceof HTMLInputElement || field instanceof HTMLTextAreaElement || field instanceof HTMLSelectElement) field.value = value;
    }
    description.dispatchEvent(new Event("input", { bubbles: true }));
    form.querySelector("[data-place]")?.dispatchEvent(new Event("place"));
  }
  /** @type {ReturnType<typeof setTimeout> | undefined} */
  let later;
  const note = () => {
    clearTimeout(later);
    later = setTimeout(() => localStorage.setItem(STORE, JSON.stringify(written())), 300);
  };
  form.addEventListener("input", note);
  form.addEventListener("place", note, true);
  form.addEventListener("submit", (event) => {
    if (event.submitter?.getAttribute("value") !== "send") return;
    clearTimeout(later);
    localStorage.removeItem(STORE);
  });

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

if (form instanceof HTMLFormElement) connect(form);

/**
 * The list of whoever goes to the places: which is nearest, what was told and how it stands, and what was not taken
 * done again. Without this file the list stands by its deadlines, and forms are sent as forms always were.
 */
import { asks, row, say } from "/assets/js/kept-list.js";
import { addHeld } from "/assets/js/photo-held.js";
import { wordsOf } from "/assets/js/drafts.js";

/** @typedef {import("/assets/js/kept-list.js").Kept & { code: string, title: string, said: string }} Answer */
/** @typedef {{ key: string, code: string, said: string, fields: [string, string][], files: File[] }} Whole */

const list = document.querySelector(".on-site-stops");
const stops = /** @type {HTMLElement[]} */ ([...document.querySelectorAll("[data-stop]")]);
const answers = document.querySelector("[data-answers]");
const pattern = document.querySelector("template[data-answer-item]");
/** The stops in the order that was asked for, and those that are told of. */
const [order, told] = [{ stops }, /** @type {Set<HTMLElement>} */ (new Set())];
/** The row whose answer is to be done again. @type {HTMLElement | undefined} */
let redone;

// --- where to go first -----------------------------------------------------------------------------

/** Metres along the surface, as far as a town goes; of a place that nobody pointed at, none can be told. @param {GeolocationCoordinates} from @param {string} at */
function metres({ latitude, longitude }, at) {
  if (!at) return Infinity;
  const [lat = 0, long = 0] = at.split(",").map(Number);
  const radians = Math.PI / 180;
  const [north, east] = [(lat - latitude) * radians, (long - longitude) * radians * Math.cos(lat * radians)];
  return Math.hypot(north, east) * 6_371_000;
}

/** As people say it. @param {number} far */
function said(far) {
  const { lang } = document.documentElement;
  const [number, unit] = far < 950 ? [Math.round(far / 50) * 50, "meter"] : [far / 1000, "kilometer"];
  return new Intl.NumberFormat(lang, { style: "unit", unit, maximumFractionDigits: 1 }).format(number);
}

/** Whoever was told of has no need of anybody any more. Nothing is moved away from under somebody's hands. */
function arrange() {
  if (list?.contains(document.activeElement)) return;
  const isTold = (/** @type {HTMLElement} */ stop) => told.has(stop);
  list?.replaceChildren(...order.stops.filter((stop) => !isTold(stop)), ...order.stops.filter(isTold));
}

/** @param {HTMLElement} tools */
function orderable(tools) {
  const buttons = /** @type {HTMLElement[]} */ ([...tools.querySelectorAll("[data-by]")]);
  const says = /** @type {HTMLElement} */ (tools.querySelector("[data-where]"));
  /** @param {string} by @param {HTMLElement[]} sorted */
  const show = (by, sorted) => {
    buttons.forEach((button) => (button.ariaPressed = String(button.dataset["by"] === by)));
    order.stops = sorted;
    arrange();
  };
  const nearest = () => {
    says.textContent = says.dataset["asking"] ?? "";
    navigator.geolocation.getCurrentPosition(
      ({ coords }) => {
        says.textContent = "";
        const far = new Map(stops.map((stop) => [stop, metres(coords, stop.dataset["at"] ?? "")]));
        for (const [stop, metres] of far) {
          const place = stop.querySelector("[data-far]");
          if (place instanceof HTMLElement && metres < Infinity) [place.hidden, place.textContent] = [false, said(metres)];
        }
        show("near", stops.toSorted((a, b) => Math.min(far.get(a) ?? 0, 1e9) - Math.min(far.get(b) ?? 0, 1e9)));
      },
      () => (says.textContent = says.dataset["failed"] ?? ""),
      { enableHighAccuracy: true, maximumAge: 60_000, timeout: 15_000 },
    );
  };
  tools.addEventListener("click", ({ target }) => {
    const by = target instanceof Element && target.closest("[data-by]");
    if (by instanceof HTMLElement) by.dataset["by"] === "near" ? nearest() : show("due", stops);
  });
  tools.hidden = !("geolocation" in navigator);
}

// --- the form --------------------------------------------------------------------------------------

/** A day is asked where one is owed: for what is planned, and for how it stands. @param {HTMLElement} stop */
function askDay(stop) {
  const [tell, day] = [stop.querySelector("select[name=tell]"), stop.querySelector("[data-day]")];
  if (!(tell instanceof HTMLSelectElement) || !(day instanceof HTMLElement)) return;
  const look = () => (day.hidden = !["answer:planned", "progress"].includes(tell.value));
  tell.addEventListener("change", look);
  look();
}

/** Fills the form of a case that is still on the list with what was not taken. @param {Whole} whole */
function redo({ key, code, said, fields, files }) {
  const form = stops.find((stop) => stop.dataset["stop"] === code)?.querySelector("form");
  if (!form) {
    const gone = redone?.querySelector("[data-gone]");
    if (gone instanceof HTMLElement) gone.hidden = false;
    return;
  }
  for (const [name, value] of fields) {
    const field = form.elements.namedItem(name);
    const typed = ["tell", "planned_for", "reason"].includes(name);
    if (typed && (field instanceof HTMLInputElement || field instanceof HTMLTextAreaElement || field instanceof HTMLSelectElement)) field.value = value;
  }
  form.append(Object.assign(document.createElement("input"), { type: "hidden", name: "instead", value: key }));
  const ahead = form.querySelector("[data-ahead]");
  ahead?.querySelector("[data-held]")?.replaceChildren();
  for (const [name, ticket] of fields) if (ahead && name === "photo") addHeld(ahead, ticket);
  const photos = form.elements.namedItem("photos");
  if (photos instanceof HTMLInputElement) {
    const list = new DataTransfer();
    files.forEach((file) => list.items.add(file));
    photos.files = list.files;
    photos.dispatchEvent(new Event("change", { bubbles: true }));
  }
  form.querySelector("select")?.dispatchEvent(new Event("change"));
  const why = form.querySelector("[data-redone]");
  if (why instanceof HTMLElement) {
    why.hidden = false;
    why.querySelector("span")?.replaceChildren(said);
  }
  const act = form.closest("details");
  if (act) act.open = true;
  act?.scrollIntoView();
  form.querySelector("textarea")?.focus({ preventScroll: true });
}

// --- what was told ---------------------------------------------------------------------------------

/** @param {Answer} kept */
function item(kept) {
  const made = row(/** @type {HTMLTemplateElement} */ (pattern), kept);
  for (const name of /** @type {const} */ (["code", "title", "said"])) {
    const place = made.querySelector(`[data-${name}]`);
    if (place) place.textContent = name === "code" ? kept.code.replace(/(....)(?=.)/g, "$1-") : kept[name];
  }
  const open = made.querySelector("[data-case]");
  if (open instanceof HTMLAnchorElement) open.href = `/desk/reports/${kept.code}`;
  asks(made, "again", "answer again", kept.key);
  made.querySelector("[data-redo]")?.addEventListener("click", () => ((redone = made), say("redo", kept.key)));
  made.querySelector("[data-copy-words]")?.addEventListener("click", () => navigator.clipboard?.writeText(kept.words));
  made.querySelector("[data-remove]")?.addEventListener("click", () => {
    if (kept.state === "sent" || confirm(made.dataset["sure"])) say("remove answer", kept.key);
  });
  return made;
}

/** @param {Answer[]} kept @param {number} others */
function show(kept, others) {
  if (!(answers instanceof HTMLElement)) return;
  answers.querySelector("ul")?.replaceChildren(...kept.map(item));
  const closed = answers.querySelector("[data-others]");
  if (closed instanceof HTMLElement) closed.hidden = others === 0;
  answers.hidden = kept.length + others === 0;
  // What the worker has is not kept twice.
  for (const { code } of kept) sessionStorage.removeItem(wordsOf(`/desk/on-site/${code}`));
  const before = told.size;
  for (const stop of stops) {
    const waits = kept.some(({ code, state }) => code === stop.dataset["stop"] && state === "waiting");
    const [form, note] = [stop.querySelector(".on-site-act"), stop.querySelector("[data-waits]")];
    if (form instanceof HTMLElement) form.hidden = waits;
    if (note instanceof HTMLElement) note.hidden = !waits;
    stop.classList.toggle("on-site-told", waits);
    waits ? told.add(stop) : told.delete(stop);
  }
  if (told.size !== before) arrange();
}

stops.forEach(askDay);
const tools = document.querySelector("[data-order]");
if (tools instanceof HTMLElement) orderable(tools);
navigator.serviceWorker?.addEventListener("message", ({ data }) => {
  if (data?.answer) redo(data.answer);
  if (data?.answers) show(data.answers, data.others);
});
// The first page of a person is not the worker's yet: it fetches the list itself, to have it without a network.
if (!navigator.serviceWorker?.controller) say("keep list");
say("list");

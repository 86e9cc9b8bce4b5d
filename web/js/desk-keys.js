/**
 * One key for one decision on the desk: j and k move in the queue, o opens, a accepts, r q m refuse, ask and merge,
 * p b publish and send back, u goes back to the list. Without this file the same buttons and links are there.
 */

const HERE = "desk-row-at";

/** @returns {HTMLElement[]} */
const rows = () => [...document.querySelectorAll(".desk-row")].filter((row) => row instanceof HTMLElement);

/** @returns {HTMLElement | undefined} */
const here = () => rows().find((row) => row.classList.contains(HERE));

/** @param {number} step */
function move(step) {
  const all = rows();
  const at = all.findIndex((row) => row.classList.contains(HERE) || row.ariaCurrent === "true");
  const next = all[Math.min(Math.max(at + step, 0), all.length - 1)];
  if (!next) return;
  const link = next.querySelector("[data-open]");
  // Beside a case the queue moves the case itself.
  if (document.querySelector("[data-case]")) {
    if (link instanceof HTMLAnchorElement && next !== all[at]) location.assign(link.href);
    return;
  }
  all.forEach((row) => row.classList.toggle(HERE, row === next));
  if (link instanceof HTMLElement) link.focus({ preventScroll: true });
  next.scrollIntoView({ block: "nearest" });
}

/** @param {Element | null | undefined} what */
function press(what) {
  if (what instanceof HTMLFormElement) what.requestSubmit();
  else if (what instanceof HTMLElement) what.click();
}

/** Opens the form of a verb on a case and puts the cursor into it. @param {string} verb */
function unfold(verb) {
  const act = document.getElementById(verb);
  if (!(act instanceof HTMLDetailsElement)) return false;
  act.open = true;
  act.scrollIntoView({ block: "nearest" });
  // Ready words are an offer; the cursor goes to what must be filled in.
  const field = act.querySelector(".field:not([data-templates]) :is(select, textarea, input)");
  if (field instanceof HTMLElement) field.focus();
  return true;
}

/** @param {string} verb */
function decide(verb) {
  const row = here();
  if (row) press(row.querySelector(`[data-do="${verb}"]`));
  else if (!unfold(verb)) press(document.querySelector(`.desk-acts [data-do="${verb}"]`));
}

/** @type {Record<string, () => void>} */
const KEYS = {
  j: () => move(1),
  k: () => move(-1),
  o: () => press(here()?.querySelector("[data-open]")),
  a: () => decide("accept"),
  r: () => decide("refuse"),
  q: () => decide("ask"),
  m: () => decide("merge"),
  p: () => press(document.querySelector("#publish form")),
  b: () => decide("send_back"),
  u: () => press(document.querySelector("[data-back]")),
};

document.addEventListener("keydown", (event) => {
  if (event.ctrlKey || event.metaKey || event.altKey || event.isComposing) return;
  if (event.target instanceof Element && event.target.closest("input, textarea, select")) return;
  const action = KEYS[event.key];
  if (!action) return;
  event.preventDefault();
  action();
});

// A link that asks for a form lands in it: after the browser has gone to the fragment, which would take the cursor away.
const wanted = new URLSearchParams(location.search).get("do");
if (wanted) addEventListener("load", () => requestAnimationFrame(() => unfold(wanted)));

// On a phone the tabs are pushed along: the one that is open comes into sight.
document.querySelector(".main-nav [aria-current]")?.scrollIntoView({ block: "nearest", inline: "center" });

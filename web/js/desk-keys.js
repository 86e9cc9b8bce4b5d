/**
 * One key for one decision on the desk: j and k move in the queue, o opens, x ticks, a accepts, r q m refuse, ask and merge,
 * p goes to publishing, b sends back, z takes the last decision back, u goes back to the list. What publishes takes a second
 * key: p only goes to the button. Without this file the same buttons and links are there; whoever switched the keys off in
 * their account has no `data-shortcuts`.
 */

const HERE = "desk-row-at";

/** @returns {HTMLElement[]} */
const rows = () => [...document.querySelectorAll(".desk-row")].filter((row) => row instanceof HTMLElement);

/** @param {HTMLElement} row */
const isAt = (row) => row.classList.contains(HERE) || row.getAttribute("aria-current") === "true";

/** @returns {HTMLElement | undefined} */
const here = () => rows().find(isAt);

/** The case stands beside the list, or alone. */
const caseIsShown = () => {
  const one = document.querySelector(".desk-case");
  return one instanceof HTMLElement && one.offsetParent !== null;
};

/** @param {number} step */
function move(step) {
  const all = rows();
  const at = all.findIndex(isAt);
  const next = all[Math.min(Math.max(at + step, 0), all.length - 1)];
  const link = next?.querySelector("[data-open]");
  if (!next || !(link instanceof HTMLAnchorElement)) return;
  // Beside a case the queue moves the case itself.
  if (caseIsShown()) {
    if (next !== all[at]) location.assign(link.href);
    return;
  }
  all.forEach((row) => row.classList.toggle(HERE, row === next));
  link.focus({ preventScroll: true });
  next.scrollIntoView({ block: "nearest" });
}

/** @param {Element | null | undefined} what */
function press(what) {
  if (what instanceof HTMLFormElement) what.requestSubmit();
  else if (what instanceof HTMLElement) what.click();
}

/** Opens what is folded and puts the cursor into it. @param {Element | null} act */
function unfold(act) {
  if (!(act instanceof HTMLDetailsElement)) return false;
  act.open = true;
  act.scrollIntoView({ block: "nearest" });
  // Ready words are an offer; the cursor goes to what must be filled in.
  const field = act.querySelector(".field:not([data-templates]) :is(select, textarea, input)");
  if (field instanceof HTMLElement) field.focus();
  return true;
}

/** Where many are ticked, a decision is about them: the key goes there, a second one does it. @param {string} verb */
function decide(verb) {
  if (document.querySelector("input[name=pick]:checked")) {
    const many = document.querySelector(`[data-many-do="${verb}"]`);
    if (!unfold(many) && many instanceof HTMLElement) many.focus();
    if (many) return;
  }
  const link = here()?.querySelector("[data-open]");
  // From a list alone the case is opened, at the button.
  if (!caseIsShown() && link instanceof HTMLAnchorElement) location.assign(`${link.href}&do=${verb}#${verb}`);
  else if (!unfold(document.getElementById(verb))) press(document.querySelector(`.desk-acts [data-do="${verb}"]`));
}

/** Where an address asks for a form or a button. @param {string} verb */
function goTo(verb) {
  const button = document.querySelector(`.desk-acts [data-do="${verb}"] button[type=submit]`);
  if (!unfold(document.getElementById(verb)) && button instanceof HTMLElement) button.focus();
}

function publish() {
  const act = document.getElementById("publish");
  if (!(act instanceof HTMLDetailsElement)) return;
  act.open = true;
  const button = act.querySelector("button[type=submit]");
  if (button instanceof HTMLElement) button.focus();
}

/** @type {Record<string, () => void>} */
const KEYS = {
  j: () => move(1),
  k: () => move(-1),
  o: () => press(here()?.querySelector("[data-open]")),
  x: () => press(here()?.querySelector("input[name=pick]")),
  a: () => decide("accept"),
  r: () => decide("refuse"),
  q: () => decide("ask"),
  m: () => decide("merge"),
  p: publish,
  b: () => decide("send_back"),
  z: () => press(document.querySelector('[data-do="undo"] button')),
  u: () => press(document.querySelector("[data-back]")),
};

if (document.body.hasAttribute("data-shortcuts")) {
  document.addEventListener("keydown", (event) => {
    if (event.ctrlKey || event.metaKey || event.altKey || event.isComposing || event.repeat) return;
    const typing = "textarea, select, input:not([type=checkbox])";
    if (event.target instanceof Element && event.target.closest(typing)) return;
    const action = KEYS[event.key];
    if (!action) return;
    event.preventDefault();
    action();
  });
}

const asked = new URLSearchParams(location.search);
const wanted = asked.get("do");
const current = here();
// The list stands where the case is, and so does the cursor: after a decision it is on the next one.
current?.scrollIntoView({ block: "nearest" });
if (!wanted && asked.has("queue") && document.activeElement === document.body) {
  const link = current?.querySelector("[data-open]");
  if (link instanceof HTMLElement) link.focus({ preventScroll: true });
}
// A link that asks for a form lands in it: after the browser has gone to the fragment, which would take the cursor away.
if (wanted) addEventListener("load", () => requestAnimationFrame(() => goTo(wanted)));

// On a phone the tabs are pushed along: the one that is open comes into sight.
document.querySelector(".main-nav [aria-current]")?.scrollIntoView({ block: "nearest", inline: "center" });

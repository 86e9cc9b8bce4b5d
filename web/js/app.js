/**
 * Starts the service worker, has it send what waits as soon as there is a network, and says on every page how many
 * reports wait. Without this file, or in a browser without workers, reports are sent as forms always were.
 */

/** @param {string} place @param {{ state: string }[] | undefined} kept */
function count(place, kept) {
  const hint = document.querySelector(place);
  if (!kept || !(hint instanceof HTMLElement)) return;
  const waiting = kept.filter(({ state }) => state !== "sent").length;
  hint.hidden = waiting === 0;
  const number = hint.querySelector("[data-number]");
  if (number) number.textContent = String(waiting);
}

/** Milliseconds after which somebody who touched nothing is taken to be reading. */
const STAYS = 10_000;

/** @param {string} ask */
const say = (ask) => navigator.serviceWorker.controller?.postMessage({ ask });

function start() {
  // Not "lang", which would be taken for a choice, and remembered.
  const { lang } = document.documentElement;
  navigator.serviceWorker.register(`/worker.js?in=${encodeURIComponent(lang)}`).catch(() => undefined);
}

/**
 * What opens without a network is as heavy as a page: on a first visit it is fetched when somebody stays, not together
 * with the page they came for. Whoever has come to report or to work on site, or has the worker already, gets it at once.
 */
function startInTime() {
  if (navigator.serviceWorker.controller || document.querySelector("[data-new], [data-unsent], [data-on-site]")) return start();
  const once = { once: true, passive: true };
  for (const sign of ["pointerdown", "keydown", "scroll"]) addEventListener(sign, start, once);
  setTimeout(start, STAYS);
}

if ("serviceWorker" in navigator) {
  navigator.serviceWorker.addEventListener("message", ({ data }) => {
    count("[data-unsent-hint]", data?.unsent);
    count("[data-answers-hint]", data?.answers);
  });
  if (document.readyState === "complete") startInTime();
  else addEventListener("load", startInTime, { once: true });
  addEventListener("online", () => say("send"));
  say("list");
  if (navigator.onLine) say("send");
}

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

/** @param {string} ask */
const say = (ask) => navigator.serviceWorker.controller?.postMessage({ ask });

if ("serviceWorker" in navigator) {
  navigator.serviceWorker.addEventListener("message", ({ data }) => {
    count("[data-unsent-hint]", data?.unsent);
    count("[data-answers-hint]", data?.answers);
  });
  // Not "lang", which would be taken for a choice, and remembered.
  const { lang } = document.documentElement;
  navigator.serviceWorker.register(`/worker.js?in=${encodeURIComponent(lang)}`).catch(() => undefined);
  addEventListener("online", () => say("send"));
  say("list");
  if (navigator.onLine) say("send");
}

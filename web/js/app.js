/**
 * Starts the service worker, has it send what waits as soon as there is a network, and says on every page how many
 * reports wait. Without this file, or in a browser without workers, reports are sent as forms always were.
 */

const hint = document.querySelector("[data-unsent-hint]");

/** @param {string} ask */
const say = (ask) => navigator.serviceWorker.controller?.postMessage({ ask });

if ("serviceWorker" in navigator) {
  navigator.serviceWorker.addEventListener("message", ({ data }) => {
    if (!data?.unsent || !(hint instanceof HTMLElement)) return;
    const waiting = data.unsent.filter((/** @type {{ state: string }} */ kept) => kept.state !== "sent").length;
    hint.hidden = waiting === 0;
    const number = hint.querySelector("[data-number]");
    if (number) number.textContent = String(waiting);
  });
  // Not "lang", which would be taken for a choice, and remembered.
  const { lang } = document.documentElement;
  navigator.serviceWorker.register(`/worker.js?in=${encodeURIComponent(lang)}`).catch(() => undefined);
  addEventListener("online", () => say("send"));
  say("list");
  if (navigator.onLine) say("send");
}

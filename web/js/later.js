/**
 * Puts in the photos of a list when they come near the window, so that a first look fetches those that are looked at.
 * Browsers load "lazy" ones from four screens away where the network is slow. The server sends each in a noscript:
 * without scripts they are there from the start.
 */

/** Pixels from the window: about one card. */
const NEAR = 160;

/** @param {Element} kept */
function put(kept) {
  if (kept.isConnected) kept.outerHTML = kept.textContent ?? "";
}

const waiting = [...document.querySelectorAll("noscript[data-later]")];
const seen = new IntersectionObserver(
  (boxes) => {
    for (const { isIntersecting, target } of boxes) {
      if (!isIntersecting) continue;
      seen.unobserve(target);
      target.querySelectorAll("noscript[data-later]").forEach(put);
    }
  },
  { rootMargin: `${NEAR}px` },
);
// A noscript has no place of its own on the page.
for (const kept of waiting) if (kept.parentElement) seen.observe(kept.parentElement);
addEventListener("beforeprint", () => waiting.forEach(put));

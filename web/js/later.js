/**
 * Puts in the photos of a list when they come near the window, so that a first look fetches those in sight.
 * Browsers load "lazy" ones from four screens away where the network is slow. The server sends each in a noscript:
 * without scripts they are there from the start.
 */

/** Pixels from the window: at first what is in sight and no more, then enough for a hand that scrolls. */
const [NEAR, AHEAD] = [0, 1000];

/** Where the network of a small screen is not to be spared, or somebody looks on. */
const wide = matchMedia("(min-width: 48rem)").matches;

/** @param {Element} kept */
function put(kept) {
  if (kept.isConnected) kept.outerHTML = kept.textContent ?? "";
}

/** A noscript has no place of its own on the page; what it stands in has. @param {Element[]} waiting @param {number} margin */
function watch(waiting, margin) {
  const seen = new IntersectionObserver(
    (boxes) => {
      for (const { isIntersecting, target } of boxes) {
        if (!isIntersecting) continue;
        seen.unobserve(target);
        target.querySelectorAll("noscript[data-later]").forEach(put);
      }
    },
    { rootMargin: `${margin}px` },
  );
  for (const kept of waiting) if (kept.isConnected && kept.parentElement) seen.observe(kept.parentElement);
  return seen;
}

const waiting = [...document.querySelectorAll("noscript[data-later]")];
const first = watch(waiting, wide ? AHEAD : NEAR);
addEventListener("scroll", () => (first.disconnect(), watch(waiting, AHEAD)), { once: true, passive: true });
addEventListener("beforeprint", () => waiting.forEach(put));

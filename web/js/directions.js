/** Links to the phone's own map: an iPhone's understands another address than the rest, and a computer has none. */

const apple = /iPhone|iPad|Macintosh/.test(navigator.userAgent);
const phone = navigator.maxTouchPoints > 0;

document.querySelectorAll("a[data-map-app]").forEach((link) => {
  if (!(link instanceof HTMLAnchorElement)) return;
  link.hidden = !phone && !apple;
  if (apple) link.href = `https://maps.apple.com/?daddr=${encodeURIComponent(link.dataset["mapApp"] ?? "")}`;
});

/**
 * The place in a form: its two fields, and the event "place" on the element around them when they change. Whoever finds
 * a place sets it here; whoever wants to know hears of it.
 */

/** @typedef {{ lat: number, long: number }} Place */

/** Metres from which a place is worth another look. */
const COARSE = 50;

/** How exact a place is, in words. @param {HTMLElement} element @param {number} metres */
function said(element, metres) {
  const { exactWords = "", exactCoarse = "" } = element.dataset;
  const digits = 10 ** Math.floor(Math.log10(Math.max(metres, 1)));
  const words = exactWords.replace("#", String(Math.ceil(Math.max(metres, 1) / digits) * digits));
  return metres > COARSE ? `${words} ${exactCoarse}` : words;
}

/** @param {HTMLElement} root The element around the fields, marked with data-place. */
export function placeOf(root) {
  /** @param {string} name */
  const field = (name) => {
    const found = root.querySelector(`input[name=${name}]`);
    return found instanceof HTMLInputElement ? found : document.createElement("input");
  };
  const [lat, long] = [field("lat"), field("long")];
  const exact = root.querySelector("[data-exact]");
  const tell = () => root.dispatchEvent(new CustomEvent("place", { bubbles: true }));
  return {
    tell,
    /** @returns {Place | undefined} */
    get() {
      const [north, east] = [lat, long].map((one) => Number.parseFloat(one.value.replace(",", ".")));
      if (north === undefined || east === undefined) return undefined;
      return Math.abs(north) <= 90 && Math.abs(east) <= 180 ? { lat: north, long: east } : undefined;
    },
    /** @param {Place | undefined} place @param {number} [metres] How far off it may be. */
    set(place, metres) {
      lat.value = place ? place.lat.toFixed(6) : "";
      long.value = place ? place.long.toFixed(6) : "";
      if (exact instanceof HTMLElement) exact.textContent = place && metres ? said(exact, metres) : "";
      tell();
    },
  };
}

/** Each element around a place. @param {(root: HTMLElement) => void} connect */
export function eachPlace(connect) {
  document.querySelectorAll("[data-place]").forEach((root) => {
    if (root instanceof HTMLElement) connect(root);
  });
}

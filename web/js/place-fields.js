/**
 * The place in a form: its two fields, and the event "place" on the element around them when they change. Whoever finds
 * a place sets it here; whoever wants to know hears of it.
 */

/** @typedef {{ lat: number, long: number }} Place */

/** @param {HTMLElement} root The element around the fields, marked with data-place. */
export function placeOf(root) {
  /** @param {string} name */
  const field = (name) => {
    const found = root.querySelector(`input[name=${name}]`);
    return found instanceof HTMLInputElement ? found : document.createElement("input");
  };
  const [lat, long] = [field("lat"), field("long")];
  const tell = () => root.dispatchEvent(new CustomEvent("place", { bubbles: true }));
  return {
    tell,
    /** @returns {Place | undefined} */
    get() {
      const [north, east] = [lat, long].map((one) => Number.parseFloat(one.value.replace(",", ".")));
      if (north === undefined || east === undefined) return undefined;
      return Math.abs(north) <= 90 && Math.abs(east) <= 180 ? { lat: north, long: east } : undefined;
    },
    /** @param {Place | undefined} place */
    set(place) {
      lat.value = place ? place.lat.toFixed(6) : "";
      long.value = place ? place.long.toFixed(6) : "";
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

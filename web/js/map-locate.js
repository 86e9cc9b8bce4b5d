/**
 * Brings the map to where the device is, marks the place, and says how sure that is. Asked for only when the button is
 * pressed; the place leaves the device with nothing but the tiles around it.
 */

/** The zoom at which one recognises where one stands. */
const CLOSE = 16;

/**
 * @param {any} map
 * @param {any} library
 * @param {string} label What the mark means.
 */
export function locatable(map, library, label) {
  const [button, says] = ["[data-map-locate]", "[data-map-says]"].map((name) => document.querySelector(name));
  if (!(button instanceof HTMLButtonElement) || !(says instanceof HTMLElement) || !("geolocation" in navigator)) return;
  const element = Object.assign(document.createElement("div"), { className: "map-you", role: "img", ariaLabel: label });
  const mark = new library.Marker({ element });
  button.addEventListener("click", () => {
    says.textContent = says.dataset.asking ?? "";
    navigator.geolocation.getCurrentPosition(
      ({ coords }) => {
        const at = [coords.longitude, coords.latitude];
        mark.setLngLat(at).addTo(map);
        map.easeTo({ center: at, zoom: Math.max(map.getZoom(), CLOSE) });
        says.textContent = (says.dataset.located ?? "").replace("#", String(Math.max(1, Math.round(coords.accuracy))));
      },
      () => (says.textContent = says.dataset.failed ?? ""),
      { enableHighAccuracy: true, timeout: 15000 },
    );
  });
  button.hidden = false;
}

/**
 * Chooses a place on a map: by a tap, by dragging the pin, or by keyboard, which moves the map under a cross and takes
 * what is there with Enter. The map is loaded when it is opened. Without this file an area is chosen from a list.
 */
import { eachPlace, placeOf } from "/assets/js/place-fields.js";

/** The zoom at which streets can be told apart. */
const CLOSE = 15;
/** Pixels by which a thumb or a glance may miss. */
const FINGER = 12;

/** How much ground a pixel covers in the middle of a map. @param {any} map */
function metresPerPixel(map) {
  return (78271.5 * Math.cos((map.getCenter().lat * Math.PI) / 180)) / 2 ** map.getZoom();
}

/**
 * The corner a map begins with: the place that is chosen or was there before, else the whole city.
 * @param {HTMLElement} panel
 * @param {import("./place-fields.js").Place | undefined} chosen
 */
function start(panel, chosen) {
  const [lat, long] = (panel.dataset.at ?? "").split(",").map(Number);
  const at = chosen ?? (lat && long ? { lat, long } : undefined);
  return { at, bounds: /** @type {any} */ ((panel.dataset.bounds ?? "").split(",").map(Number)) };
}

/**
 * @param {HTMLElement} panel
 * @param {HTMLElement} element
 * @param {ReturnType<typeof placeOf>} place
 * @param {HTMLElement} root
 */
async function show(panel, element, place, root) {
  const { at, bounds } = start(panel, place.get());
  const [{ createMap }, { marker }] = await Promise.all([import("/assets/js/map.js"), import("/assets/js/map-look.js")]);
  const { map, library } = await createMap(element, {
    areas: panel.dataset.areas ?? "",
    ...(at ? { center: [at.long, at.lat], zoom: CLOSE + 1 } : { bounds }),
    // A wheel scrolls the page; a thumb moves the map, which is never as high as the window.
    cooperativeGestures: !matchMedia("(pointer: coarse)").matches,
  });
  const pin = marker(library, panel.dataset.pin ?? "", true);
  let here = false;
  const take = (/** @type {any} */ to) => {
    here = true;
    place.set({ lat: to.lat, long: to.wrap().lng }, FINGER * metresPerPixel(map));
    here = false;
  };
  if (at) pin.setLngLat([at.long, at.lat]).addTo(map);
  pin.on("dragend", () => take(pin.getLngLat()));
  map.on("click", (/** @type {any} */ event) => take(event.lngLat));
  map.getCanvas().addEventListener("keydown", (/** @type {KeyboardEvent} */ event) => {
    if (event.key !== "Enter") return;
    event.preventDefault();
    take(map.getCenter());
  });
  root.addEventListener("place", () => {
    const now = place.get();
    if (!now) return pin.remove();
    pin.setLngLat([now.long, now.lat]).addTo(map);
    // A place that was found elsewhere is brought to the middle; one that was chosen here is in sight.
    if (!here) map.easeTo({ center: [now.long, now.lat], zoom: Math.max(map.getZoom(), CLOSE) });
  });
  panel.dataset.ready = "";
  return map;
}

eachPlace((root) => {
  const [choose, panel] = [root.querySelector("[data-choose]"), root.querySelector("[data-panel]")];
  const element = panel?.querySelector(".map");
  if (!(choose instanceof HTMLElement) || !(panel instanceof HTMLElement) || !(element instanceof HTMLElement)) return;
  /** @type {Promise<any> | undefined} */
  let shown;
  const [place, says] = [placeOf(root), root.querySelector("[data-says]")];
  /** @param {boolean} wanted */
  const open = (wanted) => {
    panel.hidden = !wanted;
    choose.ariaExpanded = String(wanted);
    if (says instanceof HTMLElement) says.dataset.empty = wanted ? says.dataset.tap : "";
    if (!place.get()) place.tell();
  };
  choose.addEventListener("click", async (event) => {
    const wanted = panel.hidden !== false;
    open(wanted);
    if (!wanted) return;
    panel.scrollIntoView({ block: "nearest" });
    shown ??= show(panel, element, place, root);
    const map = await shown.catch(() => undefined);
    if (!map) {
      // No library or no WebGL: the list of areas is below.
      open(false);
      choose.hidden = true;
      if (says instanceof HTMLElement) says.textContent = says.dataset.noMap ?? "";
      return;
    }
    // Pressed by keyboard, so that the arrows move the map at once.
    if (event.detail === 0) map.getCanvas().focus();
  });
  panel.addEventListener("keydown", (event) => {
    if (event.key !== "Escape") return;
    open(false);
    choose.focus();
  });
});

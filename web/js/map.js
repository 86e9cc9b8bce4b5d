/**
 * A map on an element: the areas of the city as ground, in the colours of the page. Loads the map library only when
 * asked, and nothing from any other host but that of a base map the operator set. The map of the city and the pin of the report form are built on it.
 */
import { dressed, style } from "/assets/js/map-look.js";

/**
 * @typedef {object} MapOptions
 * @property {string} areas Address of the areas as GeoJSON.
 * @property {[number, number, number, number]} [bounds] Left, bottom, right, top to begin with.
 * @property {[number, number]} [center] Longitude and latitude to begin with.
 * @property {number} [zoom]
 * @property {boolean} [cooperativeGestures] Leaves the wheel to the page.
 */

const LIBRARY = "/assets/vendor/maplibre-gl/maplibre-gl.mjs";
const WORKER = "/assets/vendor/maplibre-gl/maplibre-gl-worker.mjs";
const SHEET = "/assets/vendor/maplibre-gl/maplibre-gl.css";

/** Loads the library's stylesheet where the page has not named it. */
function sheet() {
  const found = document.querySelector(`link[href="${SHEET}"]`);
  if (found) return undefined;
  const link = Object.assign(document.createElement("link"), { rel: "stylesheet", href: SHEET });
  document.head.append(link);
  return new Promise((done, fail) => {
    link.addEventListener("load", done);
    link.addEventListener("error", fail);
  });
}

/**
 * The library's own words in the page's language, as the element carries them.
 * @param {DOMStringMap} words
 */
function locale({ label = "", zoomIn = "", zoomOut = "", scroll = "", scrollMac = "", fingers = "" }) {
  return {
    "Map.Title": label,
    "NavigationControl.ZoomIn": zoomIn,
    "NavigationControl.ZoomOut": zoomOut,
    "CooperativeGesturesHandler.WindowsHelpText": scroll,
    "CooperativeGesturesHandler.MacHelpText": scrollMac,
    "CooperativeGesturesHandler.MobileHelpText": fingers,
  };
}

/** The base map, if the operator set one. A map without it is a map still. */
async function basis() {
  const answer = await fetch("/map/base.json").catch(() => undefined);
  const base = answer?.ok ? await answer.json() : { kind: "none" };
  return base.kind === "none" ? undefined : base;
}

/**
 * @param {HTMLElement} element Its data-label, data-zoom-in, … are the words of the map.
 * @param {MapOptions} options
 * @returns {Promise<{ map: any, library: any }>} The map and the library, for markers.
 */
export async function createMap(element, options) {
  const [library, base] = await Promise.all([import(LIBRARY), basis(), sheet()]);
  library.setWorkerUrl(WORKER);
  const look = dressed(style(options.areas, base && (await (await import("/assets/js/map-base.js")).under(library, base))));
  element.replaceChildren();
  const map = new library.Map({
    container: element,
    style: look.style,
    attributionControl: base ? { compact: false } : false,
    dragRotate: false,
    pitchWithRotate: false,
    maxZoom: 19,
    locale: locale(element.dataset),
    cooperativeGestures: options.cooperativeGestures ?? false,
    ...(options.center ? { center: options.center, zoom: options.zoom ?? 15 } : { bounds: options.bounds, fitBoundsOptions: { padding: 16 } }),
  });
  look.follow(map);
  map.touchZoomRotate.disableRotation();
  map.addControl(new library.NavigationControl({ showCompass: false }), "top-right");
  const canvas = map.getCanvas();
  canvas.setAttribute("aria-label", element.dataset.label ?? "");
  if (element.dataset.help) canvas.setAttribute("aria-describedby", element.dataset.help);
  await new Promise((done) => map.once("load", done));
  return { map, library };
}

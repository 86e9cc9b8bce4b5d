/**
 * A map on an element: the areas of the city as ground, in the colours of the page. Loads the map library only when
 * asked, and nothing from any other host. The map of the city and the pin of the report form are built on it.
 */

/**
 * @typedef {object} MapOptions
 * @property {string} label What it is, for those who cannot see it.
 * @property {string} areas Address of the areas as GeoJSON.
 * @property {[number, number, number, number]} [bounds] Left, bottom, right, top to begin with.
 * @property {[number, number]} [center] Longitude and latitude to begin with.
 * @property {number} [zoom]
 */

const LIBRARY = "/assets/vendor/maplibre-gl/maplibre-gl.mjs";
const WORKER = "/assets/vendor/maplibre-gl/maplibre-gl-worker.mjs";

/** @param {string} name A custom property of the page's stylesheet. */
export function colour(name) {
  return getComputedStyle(document.documentElement).getPropertyValue(name).trim();
}

/** @param {string} areas */
function style(areas) {
  return {
    version: 8,
    sources: { areas: { type: "geojson", data: areas, attribution: "" } },
    layers: [
      { id: "ground", type: "background", paint: { "background-color": colour("--sunken") } },
      { id: "areas", type: "fill", source: "areas", filter: ["==", ["geometry-type"], "Polygon"], paint: { "fill-color": colour("--surface") } },
      { id: "borders", type: "line", source: "areas", filter: ["==", ["geometry-type"], "Polygon"], paint: { "line-color": colour("--line"), "line-width": 1.5 } },
      {
        id: "names",
        type: "symbol",
        source: "areas",
        filter: ["==", ["geometry-type"], "Point"],
        layout: { "text-field": ["get", "name"], "text-font": ["Be Vietnam Pro"], "text-size": 13, "text-max-width": 7 },
        paint: { "text-color": colour("--quiet"), "text-halo-color": colour("--surface"), "text-halo-width": 1.5 },
      },
    ],
  };
}

/**
 * @param {HTMLElement} element
 * @param {MapOptions} options
 * @returns {Promise<{ map: any, library: any }>} The map and the library, for markers.
 */
export async function createMap(element, options) {
  const library = await import(LIBRARY);
  library.setWorkerUrl(WORKER);
  element.replaceChildren();
  const map = new library.Map({
    container: element,
    style: style(options.areas),
    attributionControl: false,
    dragRotate: false,
    pitchWithRotate: false,
    maxZoom: 19,
    ...(options.center ? { center: options.center, zoom: options.zoom ?? 15 } : { bounds: options.bounds, fitBoundsOptions: { padding: 16 } }),
  });
  map.touchZoomRotate.disableRotation();
  map.addControl(new library.NavigationControl({ showCompass: false }), "top-right");
  map.getCanvas().setAttribute("aria-label", options.label);
  await new Promise((done) => map.once("load", done));
  return { map, library };
}

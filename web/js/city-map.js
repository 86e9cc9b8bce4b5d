/**
 * The map of the city: signs of reports and clusters of what the filter finds, from the vector tiles of this server. Its
 * list stands beside it and says the same without this file.
 */
import { createMap } from "/assets/js/map.js";
import { drawable, show } from "/assets/js/map-draw.js";
import { switchable } from "/assets/js/map-heat.js";
import { follow } from "/assets/js/map-list.js";
import { colour, marker } from "/assets/js/map-look.js";
import { addSigns } from "/assets/js/map-signs.js";

/** The zoom of the deepest tiles; closer by they are drawn larger. */
const DEEPEST = 18;

/** @typedef {{ services: Record<string, string>, states: Record<string, string> }} Words */

/**
 * The layers of reports and clusters.
 * @param {any} map
 * @param {string} tiles Address of the tiles.
 */
function layers(map, tiles) {
  map.addSource("reports", { type: "vector", tiles: [tiles], maxzoom: DEEPEST });
  const from = { source: "reports" };
  map.addLayer({
    id: "clusters", type: "circle", ...from, "source-layer": "clusters",
    paint: {
      "circle-color": colour("--accent"), "circle-opacity": 0.92,
      "circle-radius": ["interpolate", ["linear"], ["ln", ["get", "count"]], 0, 13, 4, 18, 9, 30],
      "circle-stroke-width": 2, "circle-stroke-color": colour("--surface"),
    },
  });
  map.addLayer({
    id: "counts", type: "symbol", ...from, "source-layer": "clusters",
    layout: { "text-field": ["to-string", ["get", "count"]], "text-font": ["Be Vietnam Pro"], "text-size": 13, "text-allow-overlap": true, "text-ignore-placement": true },
    paint: { "text-color": colour("--on-accent") },
  });
  map.addLayer({
    id: "reports", type: "symbol", ...from, "source-layer": "reports",
    layout: { "icon-image": ["concat", "sign-", ["case", ["get", "late"], "late", ["get", "status"]]], "icon-allow-overlap": true, "icon-ignore-placement": true },
  });
}

/**
 * What is said of what was pressed.
 * @param {string} href
 * @param {string} text
 * @param {string} more
 */
function told(href, text, more) {
  const link = Object.assign(document.createElement("a"), { href, textContent: text });
  const box = document.createElement("p");
  box.append(link, more);
  return box;
}

/**
 * @param {any} map
 * @param {any} library
 * @param {Words} words
 * @param {() => boolean} busy Somebody draws: a press is a corner.
 */
function presses(map, library, words, busy) {
  const say = (/** @type {any} */ at, /** @type {HTMLElement} */ box) =>
    new library.Popup({ closeButton: false, maxWidth: "18rem" }).setLngLat(at).setDOMContent(box).addTo(map);
  map.on("click", "clusters", (/** @type {any} */ event) => {
    if (busy()) return;
    const at = event.features[0].geometry.coordinates;
    map.easeTo({ center: at, zoom: Math.min(map.getZoom() + 2, map.getMaxZoom()) });
  });
  map.on("click", "reports", (/** @type {any} */ event) => {
    if (busy()) return;
    const { code, service, status, late } = event.features[0].properties;
    const state = words.states[status] + (late ? ` · ${words.states.late}` : "");
    say(event.features[0].geometry.coordinates, told(`/reports/${encodeURIComponent(code)}`, words.services[service] ?? code, ` · ${state}`));
  });
  for (const layer of ["clusters", "reports"]) {
    map.on("mouseenter", layer, () => (map.getCanvas().style.cursor = "pointer"));
    map.on("mouseleave", layer, () => (map.getCanvas().style.cursor = ""));
  }
}

/** @param {any} map */
function box(map) {
  const bounds = map.getBounds();
  const edges = [bounds.getWest(), bounds.getSouth(), bounds.getEast(), bounds.getNorth()];
  const most = [-180, -85, 180, 85];
  return edges.map((edge, n) => (n < 2 ? Math.max(edge, most[n] ?? 0) : Math.min(edge, most[n] ?? 0)).toFixed(5)).join(",");
}

/** @param {HTMLElement} element */
async function connect(element) {
  const { areas = "", bounds = "", at = "", zoom = "", place = "", query = "", tiles = "", list = "" } = element.dataset;
  /** @type {Words} */
  const words = JSON.parse(element.dataset.words ?? "");
  const [lat, long] = at.split(",").map(Number);
  const begin = at === "" ? { bounds: /** @type {any} */ (bounds.split(",").map(Number)) } : { center: /** @type {[number, number]} */ ([long, lat]), zoom: Number(zoom) || 16 };
  const { map, library } = await createMap(element, { areas, ...begin });
  await addSigns(map, Object.keys(words.states));
  const from = `${location.origin}${tiles}/{z}/{x}/{y}.mvt?${query}`;
  layers(map, from);
  if (element.dataset.shape) show(map, JSON.parse(element.dataset.shape));
  const [tools, button] = ["[data-map-tools]", "[data-heat]"].map((name) => document.querySelector(name));
  const drawing = tools instanceof HTMLElement ? drawable(map, tools) : undefined;
  const heat = button instanceof HTMLElement ? switchable(map, `${from}&show=heat`, button) : undefined;
  presses(map, library, words, () => drawing?.isDrawing() ?? false);
  // The link of a report leads to its place.
  if (at !== "") marker(library, place).setLngLat([long, lat]).addTo(map);
  const beside = follow(`${list}?${query}`, () => box(map), () => {
    map.refreshTiles("reports");
    heat?.refresh();
  });
  map.on("moveend", beside.look);
  await beside.look();
  map.once("idle", () => (element.dataset.ready = ""));
}

document.querySelectorAll("#city-map").forEach((element) => {
  if (element instanceof HTMLElement) connect(element);
});

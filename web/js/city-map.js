/**
 * The map of the city: signs of reports and clusters of what the filter finds, from the vector tiles of this server. Its
 * list stands beside it and says the same without this file.
 */
import { createMap } from "/assets/js/map.js";
import { drawable, show } from "/assets/js/map-draw.js";
import { showHeaps } from "/assets/js/map-heaps.js";
import { switchable } from "/assets/js/map-heat.js";
import { follow } from "/assets/js/map-list.js";
import { locatable } from "/assets/js/map-locate.js";
import { marker } from "/assets/js/map-look.js";
import { searchable } from "/assets/js/map-search.js";
import { addSigns } from "/assets/js/map-signs.js";

/** @typedef {{ services: Record<string, string>, states: Record<string, string>, late: string }} Words */

/**
 * A link and what is said beside it.
 * @param {string} tag
 * @param {string} href
 * @param {string} text
 * @param {string} more
 */
function told(tag, href, text, more) {
  const link = Object.assign(document.createElement("a"), { href, textContent: text });
  const box = document.createElement(tag);
  box.append(link, more);
  return box;
}

/**
 * The reports of a cluster that no zoom takes apart, as links.
 * @param {string} address Of the list beside the map, with its filter.
 */
async function links(address) {
  const answer = await fetch(address).catch(() => undefined);
  const page = new DOMParser().parseFromString(answer?.ok ? await answer.text() : "", "text/html");
  const list = Object.assign(document.createElement("ul"), { className: "map-stack" });
  for (const link of page.querySelectorAll(".card-title a")) {
    const chip = link.closest(".card")?.querySelector(".chip")?.textContent?.trim() ?? "";
    list.append(told("li", link.getAttribute("href") ?? "", link.textContent?.trim() ?? "", chip && ` · ${chip}`));
  }
  return list;
}

/**
 * @param {any} map
 * @param {any} library
 * @param {Words} words
 * @param {string} list Address of the list, with its filter.
 * @param {() => boolean} busy Somebody draws: a press is a corner.
 */
function presses(map, library, words, list, busy) {
  const say = (/** @type {any} */ at, /** @type {HTMLElement} */ box) =>
    new library.Popup({ closeButton: false, maxWidth: "18rem", focusAfterOpen: true }).setLngLat(at).setDOMContent(box).addTo(map);
  map.on("click", "clusters", async (/** @type {any} */ event) => {
    if (busy()) return;
    const [{ geometry, properties }] = event.features;
    if (map.getZoom() < map.getMaxZoom() - 0.01) {
      map.easeTo({ center: geometry.coordinates, zoom: Math.min(map.getZoom() + 2, map.getMaxZoom()) });
      return;
    }
    const box = JSON.parse(properties.around).map((/** @type {number} */ degrees) => degrees.toFixed(6)).join(",");
    const found = await links(`${list}&bbox=${box}`);
    if (found.childElementCount > 0) say(geometry.coordinates, found);
  });
  map.on("click", "reports", (/** @type {any} */ event) => {
    if (busy()) return;
    const { code, service, status, late } = event.features[0].properties;
    const state = words.states[status] + (late ? ` · ${words.late}` : "");
    say(event.features[0].geometry.coordinates, told("p", `/reports/${encodeURIComponent(code)}`, words.services[service] ?? code, ` · ${state}`));
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
  showHeaps(map, from);
  if (element.dataset.shape) show(map, JSON.parse(element.dataset.shape));
  const [tools, button] = ["[data-map-tools]", "[data-heat]"].map((name) => document.querySelector(name));
  const drawing = tools instanceof HTMLElement ? drawable(map, tools) : undefined;
  const heat = button instanceof HTMLElement ? switchable(map, `${from}&show=heat`, button) : undefined;
  presses(map, library, words, `${list}?${query}`, () => drawing?.isDrawing() ?? false);
  locatable(map, library, element.dataset.here ?? "");
  searchable(map, library);
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

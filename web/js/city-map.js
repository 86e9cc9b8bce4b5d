/**
 * The map of the city: points and clusters of what the filter finds, fetched as the map moves. Its list stands beside
 * it and says the same without this file.
 */
import { createMap } from "/assets/js/map.js";
import { colour, marker } from "/assets/js/map-look.js";

/** States in the colours of their chips; anything else is grey. */
const STATES = ["received", "waiting_reporter", "assigned", "in_progress", "in_review", "fixed", "planned"];

function tones() {
  const known = STATES.flatMap((state) => [state, colour(`--${state}`)]);
  return ["case", ["get", "late"], colour("--late"), ["match", ["get", "status"], ...known, colour("--refused")]];
}

/** @param {any} map */
function layers(map) {
  const one = ["has", "code"];
  map.addSource("reports", { type: "geojson", data: { type: "FeatureCollection", features: [] } });
  map.addLayer({
    id: "clusters", type: "circle", source: "reports", filter: ["!", one],
    paint: {
      "circle-color": colour("--accent"), "circle-opacity": 0.9,
      "circle-radius": ["interpolate", ["linear"], ["ln", ["get", "count"]], 0, 12, 3, 16, 7, 28],
      "circle-stroke-width": 2, "circle-stroke-color": colour("--surface"),
    },
  });
  map.addLayer({
    id: "counts", type: "symbol", source: "reports", filter: ["!", one],
    layout: { "text-field": ["to-string", ["get", "count"]], "text-font": ["Be Vietnam Pro"], "text-size": 13, "text-allow-overlap": true },
    paint: { "text-color": colour("--on-accent") },
  });
  map.addLayer({
    id: "reports", type: "circle", source: "reports", filter: one,
    paint: { "circle-color": tones(), "circle-radius": 8, "circle-stroke-width": 2, "circle-stroke-color": colour("--surface") },
  });
}

/**
 * @param {any} map
 * @param {any} library
 */
function clicks(map, library) {
  map.on("click", "clusters", (/** @type {any} */ event) => {
    map.easeTo({ center: event.features[0].geometry.coordinates, zoom: map.getZoom() + 2 });
  });
  map.on("click", "reports", (/** @type {any} */ event) => {
    const { code, service, said } = event.features[0].properties;
    const link = document.createElement("a");
    link.href = `/reports/${encodeURIComponent(code)}`;
    link.textContent = service;
    const box = document.createElement("p");
    box.append(link, ` · ${said}`);
    new library.Popup({ closeButton: false }).setLngLat(event.features[0].geometry.coordinates).setDOMContent(box).addTo(map);
  });
  for (const layer of ["clusters", "reports"]) {
    map.on("mouseenter", layer, () => (map.getCanvas().style.cursor = "pointer"));
    map.on("mouseleave", layer, () => (map.getCanvas().style.cursor = ""));
  }
}

/**
 * @param {HTMLElement} element
 * @param {any} map
 */
async function refresh(element, map) {
  const box = map.getBounds();
  const bbox = [box.getWest(), box.getSouth(), box.getEast(), box.getNorth()].map((degrees) => degrees.toFixed(5)).join(",");
  const zoom = Math.max(0, Math.min(22, Math.round(map.getZoom())));
  const answer = await fetch(`${element.dataset.points}?${element.dataset.query}&bbox=${bbox}&zoom=${zoom}`);
  if (answer.ok) map.getSource("reports").setData(await answer.json());
}

/** @param {HTMLElement} element */
async function connect(element) {
  const { areas = "", bounds = "", at = "", zoom = "", place = "" } = element.dataset;
  const [lat, long] = at.split(",").map(Number);
  const begin = at === "" ? { bounds: /** @type {any} */ (bounds.split(",").map(Number)) } : { center: /** @type {[number, number]} */ ([long, lat]), zoom: Number(zoom) || 16 };
  const { map, library } = await createMap(element, { areas, ...begin });
  layers(map);
  clicks(map, library);
  // The link of a report leads to its place.
  if (at !== "") marker(library, place).setLngLat([long, lat]).addTo(map);
  map.on("moveend", () => refresh(element, map));
  await refresh(element, map);
  element.dataset.ready = "";
}

document.querySelectorAll("#city-map").forEach((element) => {
  if (element instanceof HTMLElement) connect(element);
});

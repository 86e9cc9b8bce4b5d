/**
 * Where many reports lie close together: the map of the city as heat, switched by a button. Numbers stand on it, so that
 * colour is not the only sign; how many there are in all is said in the list beside it. Period and kind are those of
 * the filter.
 */
import { draw } from "/assets/js/map-look.js";

/** Layers that give way to the heat. */
const OTHERS = ["clusters", "late-counts", "reports"];

/**
 * @param {any} map
 * @param {string} tiles Address of the tiles of heat.
 */
function layers(map, tiles) {
  map.addSource("heat", { type: "vector", tiles: [tiles], maxzoom: 18 });
  draw(map, {
    id: "heat", type: "heatmap", source: "heat", "source-layer": "heat",
    paint: {
      "heatmap-weight": ["interpolate", ["linear"], ["ln", ["get", "count"]], 0, 0.3, 5, 1.6],
      "heatmap-intensity": ["interpolate", ["linear"], ["zoom"], 8, 0.7, 12, 1.1, 16, 1.6],
      "heatmap-radius": 34,
      "heatmap-opacity": 0.9,
      "heatmap-color": ["interpolate", ["linear"], ["heatmap-density"], 0, "--accent/0", 0.08, "--accent/0.22", 0.4, "--accent/0.55", 1, "--accent/0.95"],
    },
  });
  draw(map, {
    id: "heat-counts", type: "symbol", source: "heat", "source-layer": "heat", filter: [">=", ["get", "count"], 2],
    layout: { "text-field": ["to-string", ["get", "count"]], "text-font": ["Be Vietnam Pro"], "text-size": 13, "text-padding": 14, "symbol-sort-key": ["-", ["get", "count"]] },
    paint: { "text-color": "--ink", "text-halo-color": "--surface", "text-halo-width": 1.5 },
  });
}

/**
 * @param {any} map
 * @param {string} tiles
 * @param {HTMLElement} button
 */
export function switchable(map, tiles, button) {
  const says = document.querySelector("[data-map-says]");
  const show = (/** @type {boolean} */ hot) => {
    if (hot && !map.getSource("heat")) layers(map, tiles);
    for (const layer of OTHERS) map.setLayoutProperty(layer, "visibility", hot ? "none" : "visible");
    for (const layer of ["heat", "heat-counts"]) if (map.getLayer(layer)) map.setLayoutProperty(layer, "visibility", hot ? "visible" : "none");
    button.ariaPressed = String(hot);
    // The address is the state: it can be sent to somebody, and a filter keeps it.
    const address = new URL(location.href);
    if (hot) address.searchParams.set("show", "heat");
    else address.searchParams.delete("show");
    history.replaceState(null, "", address);
    document.querySelectorAll("[data-map-show]").forEach((field) => {
      if (field instanceof HTMLInputElement) field.value = hot ? "heat" : "";
    });
  };
  const turn = (/** @type {boolean} */ hot) => {
    show(hot);
    if (says) says.textContent = (hot ? button.dataset.on : button.dataset.off) ?? "";
  };
  button.addEventListener("click", () => turn(button.ariaPressed !== "true"));
  button.hidden = false;
  if (new URL(location.href).searchParams.get("show") === "heat") turn(true);
  return { refresh: () => map.getSource("heat") && map.refreshTiles("heat") };
}

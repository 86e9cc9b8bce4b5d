/**
 * How maps look: the ground of the city and the pins on it, in the colours of the page.
 */

/** @param {string} name A custom property of the page's stylesheet. */
export function colour(name) {
  return getComputedStyle(document.documentElement).getPropertyValue(name).trim();
}

/**
 * @param {string} areas Address of the areas as GeoJSON.
 * @param {{ sources: Record<string, any>, layers: any[], glyphs?: string, sprite?: any }} [under] The base map, if there is one.
 */
export function style(areas, under) {
  const { sources, layers, ...more } = under ?? { sources: {}, layers: [] };
  const ground = ["==", ["geometry-type"], "Polygon"];
  const words = { "text-field": ["get", "name"], "text-font": ["Be Vietnam Pro"], "text-size": 13, "text-max-width": 7 };
  const names = {
    type: "symbol",
    source: "areas",
    layout: words,
    paint: { "text-color": colour("--quiet"), "text-halo-color": colour("--surface"), "text-halo-width": 1.5 },
  };
  return {
    version: 8,
    ...more,
    sources: { ...sources, areas: { type: "geojson", data: areas, attribution: "" } },
    layers: [
      { id: "ground", type: "background", paint: { "background-color": colour("--sunken") } },
      // On a base map the areas are borders only.
      ...(under ? layers : [{ id: "areas", type: "fill", source: "areas", filter: ground, paint: { "fill-color": colour("--surface") } }]),
      { id: "borders", type: "line", source: "areas", filter: ground, paint: { "line-color": colour(under ? "--edge" : "--line"), "line-width": 1.5, ...(under ? { "line-dasharray": [4, 2] } : {}) } },
      { id: "names", filter: ["==", ["geometry-type"], "Point"], ...names },
      // Close by, an area says its name wherever it is in sight.
      { id: "names-close", filter: ground, minzoom: 13, ...names, layout: { ...words, "text-padding": 60 } },
    ],
  };
}

/**
 * A pin whose tip is the place.
 * @param {any} library
 * @param {string} label What it marks, for those who cannot see it.
 * @param {boolean} draggable
 */
export function marker(library, label, draggable = false) {
  const element = document.createElement("div");
  element.className = draggable ? "pin pin-moves" : "pin";
  element.role = "img";
  element.ariaLabel = label;
  return new library.Marker({ element, draggable, anchor: "bottom" });
}

/**
 * How maps look: the ground of the city and the pins on it, in the colours of the page. A colour is written as the name
 * of its custom property ("--water", "--accent/0.4" for so much of it), so that a map can turn to night with its page.
 */

/** @param {string} name A custom property of the page's stylesheet. */
export function colour(name) {
  return getComputedStyle(document.documentElement).getPropertyValue(name).trim();
}

/** @param {string} name A custom property, perhaps with how much of it. */
function mixed(name) {
  const [token = "", alpha] = name.split("/");
  const hex = colour(token);
  if (!alpha) return hex;
  const [red, green, blue] = [1, 3, 5].map((at) => Number.parseInt(hex.slice(at, at + 2), 16));
  return `rgba(${red},${green},${blue},${alpha})`;
}

/**
 * The same with the names of colours replaced by what they are now.
 * @param {any} value @returns {any}
 */
function painted(value) {
  if (typeof value === "string") return value.startsWith("--") ? mixed(value) : value;
  if (Array.isArray(value)) return value.map(painted);
  if (value === null || typeof value !== "object") return value;
  return Object.fromEntries(Object.entries(value).map(([key, one]) => [key, painted(one)]));
}

/** What layers were painted with, by name of colour, for each map. @type {WeakMap<object, Map<string, any>>} */
const paints = new WeakMap();

/** @param {any} map @param {any} layer */
function keep(map, { id, paint }) {
  const known = paints.get(map) ?? new Map();
  paints.set(map, known.set(id, paint ?? {}));
}

/** Adds a layer whose colours have names. @param {any} map @param {any} layer @param {string} [before] */
export function draw(map, layer, before) {
  keep(map, layer);
  map.addLayer({ ...layer, paint: painted(layer.paint ?? {}) }, before);
}

/**
 * A style whose colours have names, as the library wants it; and what keeps a map that has it in step with day and night.
 * @param {any} style
 */
export function dressed(style) {
  return {
    style: { ...style, layers: style.layers.map((/** @type {any} */ layer) => ({ ...layer, ...(layer.paint ? { paint: painted(layer.paint) } : {}) })) },
    follow(/** @type {any} */ map) {
      for (const layer of style.layers) keep(map, layer);
      matchMedia("(prefers-color-scheme: dark)").addEventListener("change", () => {
        for (const [id, paint] of paints.get(map) ?? []) {
          if (!map.getLayer(id)) continue;
          for (const [name, value] of Object.entries(paint)) map.setPaintProperty(id, name, painted(value));
        }
        map.fire("night");
      });
    },
  };
}

/** Names that step aside for what stands on the map. */
export const ASIDE = { "text-variable-anchor": ["center", "top", "bottom", "left", "right"], "text-radial-offset": 1.4, "text-justify": "auto" };

/**
 * @param {string} areas Address of the areas as GeoJSON.
 * @param {{ sources: Record<string, any>, layers: any[], names?: any[], glyphs?: string, sprite?: any }} [under] The ground, if there is more than the areas.
 */
export function style(areas, under) {
  const { sources, layers, names: known, ...more } = under ?? { sources: {}, layers: [], names: [] };
  const ground = ["==", ["geometry-type"], "Polygon"];
  const words = { "text-field": ["get", "name"], "text-font": ["Be Vietnam Pro"], "text-size": 13, "text-max-width": 7, "text-letter-spacing": 0.03 };
  const names = {
    type: "symbol",
    source: "areas",
    paint: { "text-color": "--quiet", "text-halo-color": "--sunken", "text-halo-width": 1.5 },
  };
  // Without official boundaries a place lies in the area whose middle is nearest: a light line, under the water and roads
  // of the pack, because it is a guess.
  const guess = { id: "guessed", type: "line", source: "areas", filter: ["has", "guessed"], paint: { "line-color": "--edge", "line-opacity": 0.45, "line-width": 1, "line-dasharray": [3, 3] } };
  return {
    version: 8,
    ...more,
    sources: { ...sources, areas: { type: "geojson", data: areas, attribution: "" } },
    layers: [
      { id: "ground", type: "background", paint: { "background-color": "--sunken" } },
      ...(known ? [guess] : []),
      // On more than the areas these are borders only.
      ...(under ? layers : [{ id: "areas", type: "fill", source: "areas", filter: ground, paint: { "fill-color": "--surface" } }]),
      ...(known ? [] : [guess]),
      { id: "borders", type: "line", source: "areas", filter: ground, paint: { "line-color": under ? "--edge" : "--line", "line-width": 1.5, ...(under ? { "line-dasharray": [4, 2] } : {}) } },
      ...(known ?? []),
      { id: "names", filter: ["==", ["geometry-type"], "Point"], ...names, layout: { ...words, ...ASIDE } },
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

/**
 * The ground that the pack draws, under the maps where no base map is set: water, roads, walls and landmarks, in the
 * colours of the page. What is drawn at which zoom is said by each feature; the library leaves out corners that a zoom
 * cannot show.
 */
import { ASIDE } from "/assets/js/map-look.js";

/** Metres that a pixel covers at zoom 0 on the equator. */
const PIXEL = 78271.5;

/** @param {...any} steps */
const grows = (...steps) => ["interpolate", ["exponential", 1.6], ["zoom"], ...steps];

/** Roads by the zoom from which they are drawn: the later, the thinner. */
const ROADS = [
  { id: "streets", from: [13, 19], width: grows(12, 1, 15, 3, 19, 16) },
  { id: "roads", from: [10, 12], width: grows(10, 1, 13, 2.5, 15, 5, 19, 22) },
  { id: "main-roads", from: [0, 9], width: grows(7, 0.8, 10, 1.6, 13, 4, 15, 7, 19, 28) },
];

/** @param {string} kind @param {...any} more */
const is = (kind, ...more) => ["all", ["==", ["get", "kind"], kind], ["<=", ["get", "from"], ["zoom"]], ...more];

/** A line as wide as the thing is, and never so thin that it is gone. @param {number} latitude */
function trueWidth(latitude) {
  const metres = ["coalesce", ["get", "width"], 12];
  const pixels = (/** @type {number} */ zoom) => ["max", 0.8, ["/", metres, (PIXEL * Math.cos((latitude * Math.PI) / 180)) / 2 ** zoom]];
  return ["interpolate", ["exponential", 2], ["zoom"], 7, pixels(7), 19, pixels(19)];
}

/** The first latitude in a list of lists. @param {any} at @returns {number} */
const latitude = (at) => (Array.isArray(at?.[0]) ? latitude(at[0]) : Number(at?.[1] ?? 0));

/**
 * @param {string} url
 * @param {(text: string) => string} credit
 */
export async function ground(url, credit) {
  const data = await (await fetch(url)).json();
  const from = { source: "pack" };
  const line = (/** @type {string} */ id, /** @type {any} */ filter, /** @type {object} */ paint) => ({ id, type: "line", ...from, filter, layout: { "line-cap": "round", "line-join": "round" }, paint });
  const width = trueWidth(latitude(data.features.at(-1)?.geometry.coordinates));
  const roads = (/** @type {boolean} */ casing) =>
    ROADS.map(({ id, from: [least, most], width: wide }) =>
      line(casing ? `${id}-edge` : id, is("road", [">=", ["get", "from"], least], ["<=", ["get", "from"], most]), casing ? { "line-color": "--line", "line-width": 1, "line-gap-width": wide } : { "line-color": "--road", "line-width": wide }),
    );
  const words = (/** @type {string} */ id, /** @type {any} */ filter, /** @type {object} */ layout, more = {}) => ({
    id, type: "symbol", ...from, filter,
    layout: { "text-field": ["get", "name"], "text-font": ["Be Vietnam Pro"], "text-size": 12, ...layout },
    paint: { "text-color": "--quiet", "text-halo-color": "--sunken", "text-halo-width": 1.4, ...more },
  });
  const wet = { "text-color": "--wet", "text-halo-color": "--water" };
  const along = { "symbol-placement": "line", "symbol-spacing": 400, "text-max-angle": 35 };
  const named = ["has", "name"];
  return {
    sources: { pack: { type: "geojson", data, attribution: credit(data.attribution ?? "") } },
    layers: [
      { id: "green", type: "fill", ...from, filter: is("green"), paint: { "fill-color": "--green" } },
      line("rivers", is("river"), { "line-color": "--water", "line-width": width }),
      { id: "water", type: "fill", ...from, filter: is("water"), paint: { "fill-color": "--water" } },
      { ...line("walls", is("wall"), { "line-color": "--edge", "line-width": grows(11, 1, 14, 3, 19, 12), "line-opacity": 0.7 }), layout: { "line-join": "miter" } },
      ...roads(true),
      ...roads(false),
      line("rails", is("rail"), { "line-color": "--edge", "line-width": grows(8, 0.8, 14, 2, 19, 5) }),
      { ...line("sleepers", is("rail"), { "line-color": "--sunken", "line-width": grows(8, 0, 11, 0, 14, 1, 19, 3), "line-dasharray": [4, 4] }), minzoom: 11, layout: {} },
      line("frontiers", is("border"), { "line-color": "--edge", "line-width": 1.5, "line-dasharray": [6, 2, 1, 2] }),
    ],
    names: [
      words("road-names", is("road", named), along),
      words("river-names", is("river", named), along, wet),
      words("water-names", is("water", named), { "text-max-width": 6, "text-padding": 30 }, wet),
      words("green-names", ["all", is("green", named), [">=", ["zoom"], 11]], { "text-max-width": 7 }),
      { id: "landmark-dots", type: "circle", ...from, filter: is("landmark"), paint: { "circle-radius": 3, "circle-color": "--edge", "circle-stroke-color": "--sunken", "circle-stroke-width": 1.5 } },
      words("landmarks", is("landmark"), { ...ASIDE, "text-variable-anchor": ["left", "right", "top", "bottom"], "text-radial-offset": 0.6, "text-max-width": 8, "symbol-sort-key": ["get", "from"] }, { "text-color": "--ink" }),
    ],
  };
}

/**
 * What lies under the maps: the base map that the operator set, or else the ground that the pack draws; streets, water
 * and names in the colours of the page. Vector tiles may follow the schema of Protomaps or of OpenMapTiles; a style from elsewhere is taken as it is.
 */
const READER = "/assets/vendor/pmtiles/pmtiles.js";

/** @typedef {{ kind: string, url: string, attribution: string, layers: string[], deepest: number }} Base */

/** The reader of our own file, loaded only where there is one. @returns {Promise<any>} */
function reader() {
  return new Promise((done, fail) => {
    const script = Object.assign(document.createElement("script"), { src: READER });
    script.addEventListener("load", () => done(Reflect.get(globalThis, "pmtiles")));
    script.addEventListener("error", fail);
    document.head.append(script);
  });
}

const grows = (/** @type {number[]} */ ...steps) => ["interpolate", ["exponential", 1.6], ["zoom"], ...steps];

/** Roads by their width. The first name of each pair is a kind of Protomaps, the others classes of OpenMapTiles. */
const ROADS = [
  { id: "paths", kinds: ["path", "track"], from: 14, width: grows(14, 0.5, 18, 3) },
  { id: "streets", kinds: ["minor_road", "minor", "service", "tertiary", "other"], from: 12, width: grows(12, 0.6, 15, 4, 18, 16) },
  { id: "main-roads", kinds: ["major_road", "primary", "secondary", "trunk"], from: 8, width: grows(8, 0.6, 12, 2, 15, 7, 18, 24) },
  { id: "highways", kinds: ["highway", "motorway"], from: 6, width: grows(6, 0.8, 12, 3, 15, 9, 18, 28) },
];
const GREEN = ["park", "forest", "wood", "grass", "grassland", "nature_reserve", "cemetery", "garden", "golf_course", "scrub", "playground"];
/** Names in the page's language, where a map has them, else as they are written there. */
const name = () => ["coalesce", ["get", `name:${document.documentElement.lang}`], ["get", "name"]];

/**
 * Layers of vector tiles, those of which the tiles have what they draw.
 * @param {Base} base
 */
function ground({ layers }) {
  const has = (/** @type {string} */ layer) => !layers || layers.includes("*") || layers.includes(layer);
  const kind = ["coalesce", ["get", "kind"], ["get", "class"]];
  const [surface, sunken, line, edge, quiet, water, green] = ["surface", "sunken", "line", "edge", "quiet", "water", "green"].map((token) => `--${token}`);
  const polygon = ["==", ["geometry-type"], "Polygon"];
  const one = ["in", kind, ["literal", GREEN]];
  const words = (/** @type {string} */ id, /** @type {string} */ layer, /** @type {object} */ layout, more = {}) => ({
    id: `base-${id}`, type: "symbol", layer, ...more,
    layout: { "text-field": name(), "text-font": ["Be Vietnam Pro"], ...layout },
    paint: { "text-color": quiet, "text-halo-color": surface, "text-halo-width": 1.4 },
  });
  const roads = ["roads", "transportation"].flatMap((layer) =>
    [true, false].flatMap((casing) =>
      ROADS.filter((road) => !casing || road.from < 14).map(({ id, kinds, from, width }) => ({
        id: `base-${layer}-${id}${casing ? "-edge" : ""}`, type: "line", layer, minzoom: from,
        filter: ["in", kind, ["literal", kinds]],
        layout: { "line-cap": "round", "line-join": "round" },
        paint: casing ? { "line-color": line, "line-width": 1, "line-gap-width": width } : { "line-color": surface, "line-width": width, ...(id === "paths" ? { "line-color": line, "line-dasharray": [2, 1.5] } : {}) },
      })),
    ),
  );
  return [
    { id: "base-earth", type: "fill", layer: "earth", filter: polygon, paint: { "fill-color": sunken } },
    { id: "base-landuse", type: "fill", layer: "landuse", filter: ["all", polygon, one], paint: { "fill-color": green } },
    { id: "base-landcover", type: "fill", layer: "landcover", filter: ["all", polygon, one], paint: { "fill-color": green } },
    { id: "base-park", type: "fill", layer: "park", filter: polygon, paint: { "fill-color": green } },
    { id: "base-water", type: "fill", layer: "water", filter: polygon, paint: { "fill-color": water } },
    { id: "base-rivers", type: "line", layer: "water", filter: ["==", ["geometry-type"], "LineString"], paint: { "line-color": water, "line-width": grows(8, 0.5, 16, 4) } },
    { id: "base-waterway", type: "line", layer: "waterway", paint: { "line-color": water, "line-width": grows(8, 0.5, 16, 4) } },
    ...["buildings", "building"].map((layer) => ({ id: `base-${layer}`, type: "fill", layer, minzoom: 14, filter: polygon, paint: { "fill-color": line, "fill-opacity": 0.6 } })),
    ...roads,
    ...["boundaries", "boundary"].map((layer) => ({ id: `base-${layer}`, type: "line", layer, paint: { "line-color": edge, "line-width": 0.8, "line-dasharray": [3, 2] } })),
    words("road-names", "roads", { "symbol-placement": "line", "text-size": 12 }, { minzoom: 14 }),
    words("street-names", "transportation_name", { "symbol-placement": "line", "text-size": 12 }, { minzoom: 14 }),
    ...["places", "place"].map((layer) => words(layer, layer, { "text-size": ["interpolate", ["linear"], ["zoom"], 6, 12, 14, 15], "text-max-width": 8 }, { maxzoom: 15 })),
  ]
    .filter(({ layer }) => has(layer))
    .map(({ layer, ...drawn }) => ({ ...drawn, source: "base", "source-layer": layer }));
}

/**
 * Whose map it is, as plain words; the best known owner is linked as it asks for.
 * @param {string} text
 */
function credit(text) {
  const safe = new Option(text).innerHTML;
  return safe.replace(/OpenStreetMap/, '<a href="https://www.openstreetmap.org/copyright">OpenStreetMap</a>');
}

/**
 * What to draw under everything else.
 * @param {any} library
 * @param {Base} base
 * @returns {Promise<{ sources: Record<string, any>, layers: any[], names?: any[], glyphs?: string, sprite?: any }>}
 */
export async function under(library, base) {
  if (base.kind === "ground") return (await import("/assets/js/map-ground.js")).ground(base.url, credit);
  const attribution = credit(base.attribution ?? "");
  const picture = [{ id: "base", type: "raster", source: "base" }];
  if (base.kind.startsWith("pmtiles")) {
    const { Protocol } = await reader();
    library.addProtocol("pmtiles", new Protocol().tile);
    const url = `pmtiles://${location.origin}${base.url}`;
    const drawn = base.kind === "pmtiles";
    return { sources: { base: { type: drawn ? "vector" : "raster", url, attribution, ...(drawn ? {} : { tileSize: 256 }) } }, layers: drawn ? ground(base) : picture };
  }
  if (base.kind === "pictures") return { sources: { base: { type: "raster", tiles: [base.url], tileSize: 256, attribution } }, layers: picture };
  if (base.kind === "vectors") return { sources: { base: { type: "vector", tiles: [base.url], maxzoom: 14, attribution } }, layers: ground(base) };
  const { sources, layers, glyphs, sprite } = await (await fetch(base.url)).json();
  return { sources, layers, ...(glyphs ? { glyphs } : {}), ...(sprite ? { sprite } : {}) };
}

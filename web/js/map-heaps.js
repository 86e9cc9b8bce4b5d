/**
 * Reports and clusters on the map, from the tiles of the server, merged where their circles would overlap. A cluster in
 * which something is late has a red ring and says how many; names on the ground step aside for all of them.
 */
import { merged, radius } from "/assets/js/heaps.js";
import { colour, draw } from "/assets/js/map-look.js";

/** The zoom of the deepest tiles; closer by they are drawn larger. */
const DEEPEST = 18;
/** How much finer a circle is drawn than it is shown. */
const FINER = 2;
/** Pixels of the ring and of the rim inside it. */
const RING = 3;
/** Counts that stand for each size of circle. */
const SIZES = [2, 10, 100, 1000, 10000];

/** A disc, with a ring around it where something is late. @param {number} size @param {boolean} late */
function disc(size, late) {
  const side = 2 * (size + RING) * FINER;
  const canvas = Object.assign(document.createElement("canvas"), { width: side, height: side });
  const pen = canvas.getContext("2d");
  if (!pen) return undefined;
  const round = (/** @type {number} */ far, /** @type {string} */ fill) => {
    pen.beginPath();
    pen.arc(side / 2, side / 2, far * FINER, 0, 2 * Math.PI);
    pen.fillStyle = colour(fill);
    pen.fill();
  };
  if (late) round(size + RING, "--late");
  round(size, "--surface");
  round(size - 2, "--accent");
  return pen.getImageData(0, 0, side, side);
}

/** A badge as wide as its number. */
function badge() {
  const [width, height] = [22 * FINER, 18 * FINER];
  const canvas = Object.assign(document.createElement("canvas"), { width, height });
  const pen = canvas.getContext("2d");
  if (!pen) return undefined;
  pen.roundRect(0, 0, width, height, height / 2);
  pen.fillStyle = colour("--surface");
  pen.fill();
  pen.beginPath();
  pen.roundRect(3, 3, width - 6, height - 6, height / 2);
  pen.fillStyle = colour("--late");
  pen.fill();
  return pen.getImageData(0, 0, width, height);
}

/** @param {any} map */
function images(map) {
  const put = (/** @type {string} */ name, /** @type {ImageData | undefined} */ image, /** @type {object} */ more = {}) => {
    if (!image) return;
    if (map.hasImage(name)) map.updateImage(name, image);
    else map.addImage(name, image, { pixelRatio: FINER, ...more });
  };
  for (const count of SIZES) {
    const size = radius(count);
    put(`disc-${size}`, disc(size, false));
    put(`disc-${size}-late`, disc(size, true));
  }
  const [left, right] = [9 * FINER, 13 * FINER];
  put("late-badge", badge(), { stretchX: [[left, right]], content: [5 * FINER, 2 * FINER, 17 * FINER, 16 * FINER] });
}

/** @param {any} map */
function layers(map) {
  map.addSource("heaps", { type: "geojson", data: { type: "FeatureCollection", features: [] } });
  const heap = { type: "symbol", source: "heaps" };
  const shown = { "icon-allow-overlap": true, "text-allow-overlap": true };
  draw(map, {
    id: "reports", ...heap, filter: ["has", "code"],
    layout: { "icon-image": ["concat", "sign-", ["case", ["get", "late"], "late", ["get", "status"]]], ...shown },
  });
  draw(map, {
    id: "clusters", ...heap, filter: ["has", "count"],
    layout: { "icon-image": ["get", "disc"], "text-field": ["to-string", ["get", "count"]], "text-font": ["Be Vietnam Pro"], "text-size": 13, ...shown },
    paint: { "text-color": "--on-accent" },
  });
  draw(map, {
    id: "late-counts", ...heap, filter: ["all", ["has", "count"], [">", ["get", "late"], 0]],
    layout: {
      "icon-image": "late-badge", "icon-text-fit": "width", "icon-text-fit-padding": [0, 1, 0, 1], "text-field": ["to-string", ["get", "late"]], "text-font": ["Be Vietnam Pro"], "text-size": 11,
      "text-offset": ["get", "corner"], "icon-ignore-placement": true, "text-ignore-placement": true, ...shown,
    },
    paint: { "text-color": "--surface" },
  });
}

/**
 * The reports of the tiles, with what is merged drawn from them whenever tiles have come or the map has moved closer.
 * @param {any} map
 * @param {string} tiles Address of the tiles.
 */
export function showHeaps(map, tiles) {
  map.addSource("reports", { type: "vector", tiles: [tiles], maxzoom: DEEPEST });
  // Tiles come only for what is drawn; these draw nothing.
  for (const layer of ["clusters", "reports"]) {
    draw(map, { id: `tile-${layer}`, type: "circle", source: "reports", "source-layer": layer, paint: { "circle-radius": 0, "circle-opacity": 0 } });
  }
  images(map);
  map.on("night", () => images(map));
  layers(map);
  let before = "";
  const update = () => {
    if (!map.isSourceLoaded("reports")) return;
    const found = ["clusters", "reports"].flatMap((sourceLayer) => map.querySourceFeatures("reports", { sourceLayer }));
    const features = merged(found.map((one) => pointOf(map, one))).map((heap) => featureOf(map, heap));
    const now = JSON.stringify(features);
    // What tiles know of a report comes without a prototype, which the library cannot pass on.
    if (now !== before) map.getSource("heaps").setData({ type: "FeatureCollection", features: JSON.parse(now) });
    before = now;
  };
  map.on("sourcedata", (/** @type {any} */ event) => event.sourceId === "reports" && update());
  map.on("moveend", update);
  update();
}

/** @param {any} map @param {any} feature @returns {import("./heaps.js").Heap} */
function pointOf(map, { geometry, properties }) {
  const { x, y } = map.project(geometry.coordinates);
  const { count = 1, late } = properties;
  return count === 1 ? { x, y, count, late: late ? 1 : 0, report: { at: geometry.coordinates, properties } } : { x, y, count, late };
}

/** @param {any} map @param {import("./heaps.js").Heap} heap */
function featureOf(map, { x, y, count, late, report, around = [x, y, x, y] }) {
  if (report) return { type: "Feature", properties: report.properties, geometry: { type: "Point", coordinates: report.at } };
  const { lng, lat } = map.unproject([x, y]);
  const size = radius(count);
  const [west, north, east, south] = [map.unproject(around.slice(0, 2)), map.unproject(around.slice(2))].flatMap((at) => [at.lng, at.lat]);
  const corner = [(size * 0.75) / 11, (-size * 0.75) / 11];
  const properties = { count, late, disc: `disc-${size}${late > 0 ? "-late" : ""}`, corner, around: [west, south, east, north] };
  return { type: "Feature", properties, geometry: { type: "Point", coordinates: [lng, lat] } };
}

/**
 * Draws an area to look into: corners by clicks or taps, or by keyboard, which moves the map under a cross and sets a
 * corner with Enter; or a circle around the middle of the map. What was drawn becomes a part of the address, like every
 * other filter, so it can be kept, sent and followed.
 */
import { draw as paint } from "/assets/js/map-look.js";

/** Corners at most, as the server says. */
const MOST = 50;
/** Pixels within which a click on the first corner closes the area. */
const CLOSE = 16;
const LETTERS = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_";

/** @typedef {[number, number]} Corner Longitude and latitude. */

/**
 * As a flexible polyline of five decimals.
 * @param {Corner[]} corners
 */
export function written(corners) {
  let text = "BF";
  let [lat, long] = [0, 0];
  for (const corner of corners) {
    const [x, y] = corner.map((degrees) => Math.round(degrees * 1e5));
    for (const step of [(y ?? 0) - lat, (x ?? 0) - long]) {
      let left = step < 0 ? -2 * step - 1 : 2 * step;
      for (; left > 31; left = Math.floor(left / 32)) text += LETTERS[(left % 32) + 32];
      text += LETTERS[left];
    }
    [lat, long] = [y ?? 0, x ?? 0];
  }
  return text;
}

/** Goes to the same page with another filter of place. @param {string} name @param {string} value */
function go(name, value) {
  const address = new URL(location.href);
  for (const other of ["within", "around", "at", "zoom", "after"]) address.searchParams.delete(other);
  if (value) address.searchParams.set(name, value);
  location.assign(address);
}

/** @param {any} map @param {Corner[]} corners @param {boolean} closed */
const line = (map, corners, closed) => {
  const ends = closed && corners.length > 2 ? [...corners, corners[0]] : corners;
  map.getSource("drawing").setData({
    type: "FeatureCollection",
    features: [
      { type: "Feature", properties: {}, geometry: { type: "LineString", coordinates: ends.length > 1 ? ends : [] } },
      { type: "Feature", properties: {}, geometry: { type: "MultiPoint", coordinates: corners } },
    ],
  });
};

/**
 * The border that is looked into, as the server tells it.
 * @param {any} map
 * @param {Corner[]} border
 */
export function show(map, border) {
  const data = { type: "Feature", properties: {}, geometry: { type: "Polygon", coordinates: [border] } };
  map.addSource("shape", { type: "geojson", data });
  paint(map, { id: "shape", type: "fill", source: "shape", paint: { "fill-color": "--accent", "fill-opacity": 0.06 } });
  paint(map, { id: "shape-border", type: "line", source: "shape", paint: { "line-color": "--accent", "line-width": 2.5, "line-dasharray": [3, 1.5] } });
}

/**
 * @param {any} map
 * @param {HTMLElement} tools
 */
export function drawable(map, tools) {
  const [draw, done, undo, cancel] = ["draw", "done", "undo", "cancel"].map((name) => tools.querySelector(`[data-${name}]`));
  const says = document.querySelector("[data-map-says]");
  // How many corners there are is heard here and seen on the map: a line that grew would move the map under the pointer.
  const heard = Object.assign(document.createElement("p"), { className: "hidden", role: "status" });
  tools.append(heard);
  const panel = map.getContainer();
  const canvas = map.getCanvas();
  if (!(draw instanceof HTMLButtonElement) || !(done instanceof HTMLButtonElement) || !(undo instanceof HTMLButtonElement) || !(cancel instanceof HTMLButtonElement)) return;
  /** @type {Corner[]} */
  let corners = [];
  let drawing = false;
  const say = (/** @type {string | undefined} */ text) => says && (says.textContent = text ?? "");
  map.addSource("drawing", { type: "geojson", data: { type: "FeatureCollection", features: [] } });
  paint(map, { id: "drawing", type: "line", source: "drawing", filter: ["==", ["geometry-type"], "LineString"], paint: { "line-color": "--accent", "line-width": 2.5 } });
  paint(map, { id: "corners", type: "circle", source: "drawing", filter: ["==", ["geometry-type"], "Point"], paint: { "circle-color": "--surface", "circle-radius": 6, "circle-stroke-color": "--accent", "circle-stroke-width": 2.5 } });

  const update = () => {
    line(map, corners, !drawing);
    done.disabled = corners.length < 3;
    undo.disabled = corners.length === 0;
  };
  const turn = (/** @type {boolean} */ on) => {
    [drawing, corners] = [on, []];
    tools.toggleAttribute("data-drawing", on);
    panel.toggleAttribute("data-drawing", on);
    draw.hidden = on;
    for (const button of [done, undo, cancel]) button.hidden = !on;
    map.doubleClickZoom[on ? "disable" : "enable"]();
    say(on ? tools.dataset.how : "");
    heard.textContent = "";
    update();
    if (on) {
      panel.scrollIntoView({ block: "nearest" });
      canvas.focus({ preventScroll: true });
    } else draw.focus();
  };
  const finish = () => corners.length >= 3 && go("within", written(corners));
  const add = (/** @type {any} */ at) => {
    if (corners.length >= MOST) return;
    const { lng, lat } = at.wrap();
    corners.push([lng, lat]);
    update();
    heard.textContent = `${tools.dataset.corners ?? ""} ${corners.length}`;
  };
  draw.addEventListener("click", () => turn(true));
  cancel.addEventListener("click", () => turn(false));
  done.addEventListener("click", finish);
  undo.addEventListener("click", () => {
    corners.pop();
    update();
    heard.textContent = `${tools.dataset.corners ?? ""} ${corners.length}`;
  });
  map.on("click", (/** @type {any} */ event) => {
    if (!drawing) return;
    const first = corners.length > 2 && corners[0] ? map.project(corners[0]) : undefined;
    if (first && Math.hypot(first.x - event.point.x, first.y - event.point.y) < CLOSE) finish();
    else add(event.lngLat);
  });
  map.on("dblclick", () => drawing && finish());
  canvas.addEventListener("keydown", (/** @type {KeyboardEvent} */ event) => {
    if (!drawing) return;
    if (event.key === "Enter") add(map.getCenter());
    else if (event.key === "Backspace") undo.click();
    else if (event.key === "Escape") turn(false);
    else return;
    event.preventDefault();
  });
  const [around, metres] = [tools.querySelector("[data-around]"), tools.querySelector("[data-metres]")];
  around?.addEventListener("click", () => {
    const { lat, lng } = map.getCenter().wrap();
    if (metres instanceof HTMLSelectElement) go("around", `${lat.toFixed(5)},${lng.toFixed(5)},${metres.value}`);
  });
  tools.hidden = false;
  return { isDrawing: () => drawing };
}

/**
 * The signs of reports on a map: the icon of a state, as its chip has it, on a disc in the colour of its chip. So nobody
 * has to tell colours apart.
 */
import { colour } from "/assets/js/map-look.js";

const SPRITE = "/assets/icons/sprite.svg";
/** Pixels of the side of a sign on the screen, and how much finer it is drawn. */
const SIDE = 26;
const FINER = 2;

/** States with a colour of their own; an outcome without one is slate. */
const TONES = ["received", "waiting_reporter", "assigned", "in_progress", "in_review", "fixed", "planned", "late"];

/**
 * @param {string} state
 * @param {string} icon The inside of the symbol.
 */
function drawn(state, icon) {
  const tone = colour(TONES.includes(state) ? `--${state}` : "--refused");
  const [edge, side] = [colour("--surface"), SIDE * FINER];
  const svg = `<svg xmlns="http://www.w3.org/2000/svg" width="${side}" height="${side}" viewBox="0 0 52 52">
    <circle cx="26" cy="26" r="24" fill="${tone}" stroke="${edge}" stroke-width="4"/>
    <g transform="translate(12 12) scale(1.1667)" fill="none" stroke="${edge}" stroke-width="2.4" stroke-linecap="round" stroke-linejoin="round">${icon}</g></svg>`;
  const image = new Image(side, side);
  image.src = `data:image/svg+xml,${encodeURIComponent(svg)}`;
  return image.decode().then(() => image);
}

/**
 * Gives the map a sign for each state, named after it.
 * @param {any} map
 * @param {string[]} states
 */
export async function addSigns(map, states) {
  const sprite = new DOMParser().parseFromString(await (await fetch(SPRITE)).text(), "image/svg+xml");
  const add = async (/** @type {string} */ state) => {
    const icon = sprite.getElementById(`status-${state}`)?.innerHTML ?? "";
    const image = await drawn(state, icon);
    if (map.hasImage(`sign-${state}`)) map.updateImage(`sign-${state}`, image);
    else map.addImage(`sign-${state}`, image, { pixelRatio: FINER });
  };
  const all = () => Promise.all([...states, "late"].map(add));
  map.on("night", all);
  await all();
}

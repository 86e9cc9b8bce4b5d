/**
 * Circles that would overlap become one: what lies on the map as points of a picture, merged until nothing covers
 * anything. Numbers only, so that it can be tested anywhere.
 */

/**
 * @typedef {object} Heap
 * @property {number} x Pixels from the left.
 * @property {number} y Pixels from the top.
 * @property {number} count Reports.
 * @property {number} late How many of them are late.
 * @property {any} [report] What is known of it where it is a single one.
 * @property {[number, number, number, number]} [around] Pixels from left, top to right, bottom that its reports take up.
 */

/** Pixels that stay free between two. */
const GAP = 3;
/** Radius of a single report's sign, and of a circle by its number of digits. */
const SIGN = 13;
const CIRCLES = [15, 17, 20, 24, 28];

/** Pixels from the middle to the rim. @param {number} count */
export const radius = (count) => (count === 1 ? SIGN : (CIRCLES[Math.min(String(count).length, CIRCLES.length) - 1] ?? SIGN));

/** @param {Heap} a @param {Heap} b @returns {Heap} */
function together(a, b) {
  const count = a.count + b.count;
  const mean = (/** @type {"x" | "y"} */ side) => (a[side] * a.count + b[side] * b.count) / count;
  const [one, other] = [a, b].map(({ x, y, around }) => around ?? [x, y, x, y]);
  const edge = (/** @type {number} */ n) => Math[n < 2 ? "min" : "max"](one?.[n] ?? 0, other?.[n] ?? 0);
  return { x: mean("x"), y: mean("y"), count, late: a.late + b.late, around: [edge(0), edge(1), edge(2), edge(3)] };
}

/** @param {Heap} a @param {Heap} b */
const touch = (a, b) => Math.hypot(a.x - b.x, a.y - b.y) < radius(a.count) + radius(b.count) + GAP;

/**
 * @param {Heap[]} heaps
 * @returns {Heap[]} The largest first; their counts are those of what was given.
 */
export function merged(heaps) {
  let waiting = [...heaps].sort((a, b) => b.count - a.count || a.x - b.x || a.y - b.y);
  for (;;) {
    /** @type {Heap[]} */
    const apart = [];
    for (const heap of waiting) {
      const at = apart.findIndex((other) => touch(other, heap));
      const other = apart[at];
      if (other) apart[at] = together(other, heap);
      else apart.push(heap);
    }
    // One that has grown may touch its neighbours now.
    if (apart.length === waiting.length) return apart;
    waiting = apart;
  }
}

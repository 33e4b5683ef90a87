// Who speaks when, as spans of time: known from the transcript before a byte of audio is there.
/** @typedef {{ index: number, from: number, to: number }} LaneSpan */

const SHAPES = 8;

/** @type {WeakMap<object, { count: number, spans: LaneSpan[] }>} */
const known = new WeakMap();

/** @param {readonly import("../transcript/result.js").Segment[]} segments */
export function lanesOf(segments) {
  const before = known.get(segments);
  if (before) return before;
  const order = /** @type {Map<string | undefined, number>} */ (new Map());
  const spans = segments.map(({ speaker, start, end }) => {
    if (!order.has(speaker)) order.set(speaker, order.size % SHAPES);
    return { index: order.get(speaker) ?? 0, from: start, to: end };
  });
  const lanes = { count: Math.max(1, Math.min(order.size, SHAPES)), spans };
  known.set(segments, lanes);
  return lanes;
}

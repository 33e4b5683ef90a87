// Draws a waveform: bars for how loud it is, a lane for each speaker, marks, and what is repeated.
/**
 * @typedef {{ durationS: number, lanes: { count: number, spans: import("./lanes.js").LaneSpan[] },
 *   peaks: import("./peaks.js").Peaks | undefined, marks: readonly number[], loop: { from: number, to: number } | undefined }} Drawn
 */

const BAR_PX = 2;
const GAP_PX = 1;

/** @param {HTMLCanvasElement} canvas @param {Drawn} drawn */
export function drawWaveform(canvas, { durationS, lanes, peaks, marks, loop }) {
  const { clientWidth: width, clientHeight: height } = canvas;
  const context = canvas.getContext("2d");
  if (!context || !width || !durationS) return;
  const scale = devicePixelRatio || 1;
  canvas.width = Math.round(width * scale);
  canvas.height = Math.round(height * scale);
  context.scale(scale, scale);
  const colour = coloursOf(canvas);
  const x = (/** @type {number} */ seconds) => (seconds / durationS) * width;
  const lanesHeight = peaks ? Math.min(height * 0.4, lanes.count * 5 + 2) : height - 6;
  const top = height - lanesHeight;
  if (loop) {
    context.fillStyle = colour("--accent-soft");
    context.fillRect(x(loop.from), 0, Math.max(2, x(loop.to) - x(loop.from)), height);
  }
  if (peaks) drawPeaks(context, peaks, colour("--edge"), width, top - 2, durationS);
  const each = lanesHeight / lanes.count;
  for (const { index, from, to } of lanes.spans) {
    context.fillStyle = colour(`--voice-${index}`);
    context.fillRect(x(from), top + index * each + 1, Math.max(1.5, x(to) - x(from)), Math.max(2, each - 2));
  }
  context.fillStyle = colour("--warn");
  for (const seconds of marks) context.fillRect(x(seconds) - 1, 0, 2, Math.max(6, top));
}

/** @param {CanvasRenderingContext2D} context @param {import("./peaks.js").Peaks} peaks @param {string} colour @param {number} width @param {number} height @param {number} durationS */
function drawPeaks(context, { values, seconds }, colour, width, height, durationS) {
  const perPixel = (values.length / (seconds || durationS)) * (durationS / width);
  context.fillStyle = colour;
  for (let left = 0; left < width; left += BAR_PX + GAP_PX) {
    const [from, to] = [Math.floor(left * perPixel), Math.max(Math.floor(left * perPixel) + 1, Math.floor((left + BAR_PX + GAP_PX) * perPixel))];
    if (from >= values.length) return;
    let most = 0;
    for (let index = from; index < to; index += 1) most = Math.max(most, values[index] ?? 0);
    const tall = Math.max(1, (most / 255) * height);
    context.fillRect(left, (height - tall) / 2 + 1, BAR_PX, tall);
  }
}

/** The page's own colours, as the scheme has them: `light-dark()` is resolved by an element that wears them. @param {HTMLElement} element */
function coloursOf(element) {
  const known = /** @type {Map<string, string>} */ (new Map());
  return (/** @type {string} */ name) => {
    if (!known.has(name)) {
      element.style.color = `var(${name})`;
      known.set(name, getComputedStyle(element).color);
    }
    return known.get(name) ?? "";
  };
}

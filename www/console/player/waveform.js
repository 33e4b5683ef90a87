// The waveform: how loud it is, who speaks when below it, and where one is. It is a slider for the keyboard.
import { effect } from "@preact/signals-core";
import { html } from "lit-html";
import { ref } from "lit-html/directives/ref.js";
import { clock } from "../app/formats.js";
import { t } from "../texts/texts.js";
import { drawWaveform } from "./drawing.js";
import { lanesOf } from "./lanes.js";
import { marks } from "./marks.js";
import { peaks } from "./peaks.js";
import { durationS, loop, second, seek, time } from "./player.js";

/** @param {import("./player.js").Media} media */
export const waveform = (media) =>
  html`<div
    class="waveform"
    role="slider"
    tabindex="0"
    aria-label=${t.player.position}
    aria-valuemin="0"
    aria-valuemax=${Math.floor(durationS.value)}
    aria-valuenow=${second.value}
    aria-valuetext=${clock(second.value)}
    @keydown=${byKey}
    @pointerdown=${grab}
    .media=${media}
    ${ref(mount)}
  >
    <canvas aria-hidden="true"></canvas>
    <div class="cursor" aria-hidden="true"></div>
  </div>`;

/** @type {(() => void) | undefined} */
let unmount;

/** Draws what changes into the element while it is there. @param {Element | undefined} element */
function mount(element) {
  unmount?.();
  unmount = undefined;
  if (!element) return;
  const box = /** @type {HTMLElement & { media: import("./player.js").Media }} */ (element);
  const [canvas, cursor] = /** @type {[HTMLCanvasElement, HTMLElement]} */ (
    /** @type {unknown} */ ([box.querySelector("canvas"), box.querySelector(".cursor")])
  );
  const draw = () => {
    const all = { durationS: durationS.value, lanes: lanesOf(box.media.segments), peaks: peaks.value, marks: marks.value, loop: loop.value };
    queueMicrotask(() => drawWaveform(canvas, all));
  };
  let stop = effect(draw);
  const stopCursor = effect(() => {
    const part = durationS.value ? Math.min(1, time.value / durationS.value) : 0;
    cursor.style.left = `${part * 100}%`; // By CSSOM: the policy allows no style of an attribute.
  });
  const again = () => {
    stop();
    stop = effect(draw);
  };
  const size = new ResizeObserver(again);
  size.observe(box);
  const scheme = matchMedia("(prefers-color-scheme: dark)");
  scheme.addEventListener("change", again);
  unmount = () => {
    stop();
    stopCursor();
    size.disconnect();
    scheme.removeEventListener("change", again);
  };
}

/** @param {PointerEvent & { currentTarget: any }} event */
function grab(event) {
  if (event.button) return;
  const box = /** @type {HTMLElement} */ (event.currentTarget);
  const go = (/** @type {PointerEvent} */ { clientX }) => {
    const { left, width } = box.getBoundingClientRect();
    seek(((clientX - left) / width) * durationS.peek());
  };
  box.setPointerCapture(event.pointerId);
  box.addEventListener("pointermove", go);
  box.addEventListener("lostpointercapture", () => box.removeEventListener("pointermove", go), { once: true });
  go(event);
}

/** @param {KeyboardEvent} event */
function byKey(event) {
  const steps = /** @type {Record<string, number>} */ ({ ArrowLeft: -5, ArrowDown: -5, ArrowRight: 5, ArrowUp: 5, PageDown: -60, PageUp: 60 });
  const step = steps[event.key];
  const to = event.key === "Home" ? 0 : event.key === "End" ? durationS.peek() : step === undefined ? undefined : time.peek() + step;
  if (to === undefined || event.ctrlKey || event.metaKey || event.altKey) return;
  event.preventDefault();
  seek(to);
}

// What plays a job's media: one audio element, which asks the Worker for the ranges that it needs.
import { batch, effect, signal } from "@preact/signals-core";
import { keepAmong, keptAmong } from "../app/kept.js";

/**
 * @typedef {{ from: number, to: number }} Span
 * @typedef {{ id: string, name: string, url: string, durationS: number, segments: readonly import("../transcript/result.js").Segment[] }} Media
 */

const KEEP_AFTER_S = 5;

const audio = new Audio();
audio.preload = "none"; // A range takes a slot of RingCentral's rate limit: none is asked for before somebody listens.

/** What can be played. */
export const media = signal(/** @type {Media | undefined} */ (undefined));
export const isPlaying = signal(false);
/** Whether it is on its way. */
export const isWaiting = signal(false);
/** Why it cannot be played. */
export const failure = signal("");
export const rate = signal(1);
/** What is played again and again. */
export const loop = signal(/** @type {Span | undefined} */ (undefined));
export const durationS = signal(0);
/** The time as it passes, many times a second: for what is drawn, never for a template. */
export const time = signal(0);
/** The same in whole seconds. */
export const second = signal(0);

let keptS = 0;

/** Makes media ready to be played, at the place where one left. @param {Media} given */
export function openMedia(given) {
  if (media.peek()?.id === given.id) return;
  const left = Number(keptAmong("places", given.id)) || 0;
  audio.pause();
  audio.src = given.url;
  audio.playbackRate = rate.peek();
  batch(() => {
    media.value = given;
    durationS.value = given.durationS;
    failure.value = "";
    loop.value = undefined;
    isPlaying.value = false;
    isWaiting.value = false;
    set(left < given.durationS - 1 ? left : 0);
  });
}

export function closeMedia() {
  keepPlace();
  audio.pause();
  audio.removeAttribute("src");
  batch(() => {
    media.value = undefined;
    isPlaying.value = false;
    isWaiting.value = false;
  });
}

/** @param {number} seconds */
function set(seconds) {
  time.value = seconds;
  second.value = Math.floor(seconds);
}

/** Whether the element knows where it is: before its media is there, it forgets. */
const isReady = () => audio.readyState > 0;

/** @param {number} seconds */
export function seek(seconds) {
  const to = Math.min(Math.max(0, seconds), durationS.peek() || Infinity);
  batch(() => set(to));
  if (isReady()) audio.currentTime = to;
}

/** Plays, from a time where one is given. @param {number} [from] */
export function play(from) {
  if (!media.peek()) return;
  if (from !== undefined) seek(from);
  failure.value = "";
  isWaiting.value = true;
  audio.play().catch((error) => {
    isWaiting.value = false;
    if (error.name !== "AbortError" && !failure.peek()) failure.value = error.name;
  });
}

export const pause = () => audio.pause();
export const toggle = () => (isPlaying.peek() ? pause() : play());
/** @param {number} seconds */
export const skip = (seconds) => seek(time.peek() + seconds);

/** @param {number} given */
export function setRate(given) {
  rate.value = given;
  audio.playbackRate = given;
}

/** Plays a span again and again, or no more. @param {Span | undefined} span */
export function repeat(span) {
  loop.value = span;
  if (span && (time.peek() < span.from || time.peek() >= span.to)) seek(span.from);
}

function tick() {
  if (isReady() && !audio.seeking) {
    const again = loop.peek();
    if (again && audio.currentTime >= again.to) audio.currentTime = again.from;
    if (audio.currentTime > 0 || time.peek() < 0.5) batch(() => set(audio.currentTime));
  }
  if (Math.abs(time.peek() - keptS) > KEEP_AFTER_S) keepPlace();
  if (isPlaying.peek()) requestAnimationFrame(tick);
}

function keepPlace() {
  const id = media.peek()?.id;
  if (!id || !time.peek()) return;
  keptS = time.peek();
  keepAmong("places", id, Math.round(keptS), 200);
}

audio.addEventListener("loadedmetadata", () => {
  audio.playbackRate = rate.peek();
  if (Number.isFinite(audio.duration)) durationS.value = audio.duration;
  if (time.peek() > 0) audio.currentTime = time.peek();
});
audio.addEventListener("playing", () => {
  batch(() => {
    isPlaying.value = true;
    isWaiting.value = false;
  });
  requestAnimationFrame(tick);
});
audio.addEventListener("waiting", () => (isWaiting.value = true));
audio.addEventListener("canplay", () => (isWaiting.value = false));
for (const event of ["pause", "ended"]) {
  audio.addEventListener(event, () => {
    isPlaying.value = false;
    keepPlace();
  });
}
audio.addEventListener("error", () => {
  if (!audio.getAttribute("src")) return;
  batch(() => {
    isPlaying.value = false;
    isWaiting.value = false;
    failure.value = audio.error?.code === MediaError.MEDIA_ERR_NETWORK ? "network" : "unplayable";
  });
});
addEventListener("pagehide", keepPlace);

// The page leaves room for the player while it is there.
effect(() => void document.documentElement.classList.toggle("has-player", Boolean(media.value)));

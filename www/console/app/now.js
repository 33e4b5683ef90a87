// The time, for what counts seconds: it goes on while somebody looks.
import { signal } from "@preact/signals-core";

/** Milliseconds since 1970, anew each second while something shown reads it and the page is seen. */
export const now = signal(Date.now(), {
  watched() {
    ticking = setInterval(tick, 1000);
    tick();
  },
  unwatched() {
    clearInterval(ticking);
  },
});

/** @type {ReturnType<typeof setInterval> | undefined} */
let ticking;

function tick() {
  if (document.visibilityState === "visible") queueMicrotask(() => (now.value = Date.now()));
}

document.addEventListener("visibilitychange", tick);

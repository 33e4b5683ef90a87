// Whether the browser has a network, and whether somebody sees the page.
import { signal } from "@preact/signals-core";

export const isOnline = signal(navigator.onLine);
export const isSeen = signal(document.visibilityState === "visible");

document.addEventListener("visibilitychange", () => (isSeen.value = document.visibilityState === "visible"));
for (const event of ["online", "offline"]) addEventListener(event, () => (isOnline.value = navigator.onLine));

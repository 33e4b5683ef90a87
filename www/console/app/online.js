// Whether the browser has a network.
import { signal } from "@preact/signals-core";

export const isOnline = signal(navigator.onLine);

for (const event of ["online", "offline"]) addEventListener(event, () => (isOnline.value = navigator.onLine));

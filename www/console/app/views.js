// Which view stands at which address. All but the first are loaded when they are opened.
import { computed, effect, signal } from "@preact/signals-core";
import { t } from "../texts/texts.js";
import { open as openRecordings } from "../recordings/view.js";
import { route } from "./route.js";
import { token } from "./token.js";

/**
 * A view: what it shows, what its keys do, and how it ends.
 * @typedef {{ title: string, template: () => unknown, close?: () => void, acts?: Record<string, import("./keys.js").Act> }} View
 * @typedef {{ open: (path: string[]) => View }} ViewModule
 */

/** @type {Record<string, () => ViewModule | Promise<ViewModule>>} */
const VIEWS = {
  recordings: () => ({ open: openRecordings }),
  jobs: () => import("../jobs/view.js"),
  job: () => import("../jobs/job-view.js"),
  compare: () => import("../compare/view.js"),
  operator: () => import("../operator/view.js"),
};

/** The view that is open. */
export const view = signal(/** @type {View | undefined} */ (undefined));
/** The name of it, as far as the address tells. */
export const place = computed(() => nameOf(route.value.path));
/** What of the address makes a view another one: filters do not. */
const identity = computed(() => (token.value ? route.value.path.join("/") : undefined));

/** @param {string[]} path */
function nameOf([first = "recordings", id]) {
  if (first === "jobs" && id) return "job";
  return Object.hasOwn(VIEWS, first) && first !== "job" ? first : "recordings";
}

/** Opens what the address names, from now on. */
export function followRoute() {
  let isFirst = true;
  effect(() => {
    const wanted = identity.value;
    queueMicrotask(() => wanted === identity.peek() && show(wanted, isFirst));
    isFirst = false;
  });
}

/** @param {string | undefined} wanted @param {boolean} isFirst */
async function show(wanted, isFirst) {
  const module = await VIEWS[wanted === undefined ? "recordings" : place.peek()]?.();
  if (wanted !== identity.peek()) return;
  view.peek()?.close?.();
  const opened = wanted === undefined || !module ? undefined : module.open(route.peek().path);
  document.title = [opened?.title, t.title].filter(Boolean).join(" · ");
  view.value = opened;
  if (isFirst || wanted === undefined) return;
  scrollTo(0, 0);
  /** @type {HTMLElement | null} */ (document.querySelector("main h1"))?.focus({ preventScroll: true });
}

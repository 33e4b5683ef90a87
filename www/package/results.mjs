// All that reads results, imported when the first is read: the core's functions, and what is done without it.
export { readBody } from "./callback-reading.mjs";
export * from "./core_results.js";
export { default } from "./core_results.js";
export { search } from "./search.mjs";
export { talkTime } from "./talk-time.mjs";

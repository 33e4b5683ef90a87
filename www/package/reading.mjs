// All that reads results: the core's functions, and what is done without it.
export { readBody } from "./callback-reading.mjs";
export * from "./core_results.js";
export { default } from "./core_results.js";
export { search } from "./search.mjs";
export { talkTime } from "./talk-time.mjs";

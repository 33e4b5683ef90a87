import { results } from "./results.mjs";
import { Transcript } from "./transcript.mjs";

/** Reads what RingCentral sent to a `webhook`, as the Worker reads it. */
export const parseCallback = (body, options) => results.ask(({ readBody }) => readBody(body, Transcript, options));

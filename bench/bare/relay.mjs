// What the relay is measured against: a JavaScript Worker that returns what is answered where the media is, asked for with a header.
import { DurableObject, WorkerEntrypoint } from "cloudflare:workers";

export default class extends WorkerEntrypoint {
  fetch(request) {
    if (new URL(request.url).pathname === "/healthz") return new Response("ok");
    return fetch(this.env.SOURCE, { headers: { authorization: "Bearer token" } });
  }
}

/** The configuration names one. */
export class Desk extends DurableObject {}

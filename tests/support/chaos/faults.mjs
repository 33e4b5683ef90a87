// What goes wrong in a run: about a fifth of all requests, and more than a quarter of all callbacks.
import { faultsOf } from "./engines.mjs";

/** A job whose id is known to the Worker; of a reserved one only its caller knows it. */
const SUBMITTED_BY_US = "/ai/text/v1/async/punctuate";

/** The sandbox's faults, for a clock that runs `rate` times as fast as the world's, with those engines beside RingCentral's AI. */
export const faultsAt = (rate, engines) => {
  const ms = (fromS, toS) => [fromS, toS].map((s) => Math.round((s * 1000) / rate));
  return {
    faults: [
      { kind: "latency", chance: 0.05, ms: ms(1, 20) },
      { kind: "rate-limit", chance: 0.03, group: "heavy" },
      { kind: "rate-limit", chance: 0.03, group: "auth" },
      { kind: "server-error", chance: 0.04 },
      { kind: "server-error", chance: 0.01, status: [503], retry_after_s: 20, taken: false },
      { kind: "cut", chance: 0.05 },
      { kind: "silence", chance: 0.02, ms: ms(30, 90) },
      { kind: "silence", chance: 0.001, ms: [35_000, 35_000] }, // longer than the Worker's patience, which is of the world's time
      { kind: "dead-token", chance: 0.003 },
      { kind: "dropped", chance: 0.04 },
      { kind: "doubled", chance: 0.05 },
      { kind: "late", chance: 0.05, ms: ms(60, 900) },
      { kind: "reordered", chance: 0.05 },
      { kind: "forged-address", chance: 0.04 },
      { kind: "forged-body", chance: 0.03, path: SUBMITTED_BY_US },
      { kind: "another-job", chance: 0.03 },
      { kind: "oversized", chance: 0.005 },
      ...(engines.length ? faultsOf(engines) : []),
    ],
  };
};

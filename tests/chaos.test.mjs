// The Worker under faults and kills, in small; `bench/chaos.mjs` is the same at length.
import assert from "node:assert/strict";
import { test } from "node:test";
import { chaos } from "./support/chaos/run.mjs";
import { told } from "./support/chaos/table.mjs";

const RUN = { jobs: 120, seed: 9, kills: 2, rate: 100, minutes: 4, engines: ["ace", "assemblyai", "deepgram", "openai"] };

test("under faults and kills nothing is lost, stored twice, forged or sent inside a penalty", async (context) => {
  const verdict = await chaos(RUN);
  context.diagnostic(told(RUN, verdict));
  assert.deepEqual(verdict.broken, []);
});

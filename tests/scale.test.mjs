// What an ordinary job costs at Cloudflare stays within what docs/SCALE.md says: a change that doubles anything is noticed here.
import assert from "node:assert/strict";
import { after, before, test } from "node:test";
import { startCounting } from "./support/counting.mjs";

/** One that is too long for the Desk to keep a copy of. */
const RESULT = '{"status":"Success","response":{"words":[]}}'.padEnd(20_000);

let counting;
before(async () => {
  counting = await startCounting();
});
after(() => counting?.close());

/** At most so many of each. On a slow machine an alarm comes once more, and a login falls into a job: there is room for either. */
const CEILINGS = {
  submitted: { workerRequests: 4, deskCalls: 6, alarms: 5, rowsRead: 420, rowsWritten: 40, alarmsSet: 14, kvWrites: 1, kvReads: 2, kvDeletes: 0, fetches: 3 },
  reserved: { workerRequests: 3, deskCalls: 3, alarms: 2, rowsRead: 140, rowsWritten: 20, alarmsSet: 6, kvWrites: 1, kvReads: 2, kvDeletes: 0, fetches: 1 },
};

for (const [story, ceilings] of Object.entries(CEILINGS)) {
  test(`a job costs no more than it did: ${story}`, async () => {
    const counts = await counting.count(() => counting[story]());
    for (const [name, most] of Object.entries(ceilings)) assert.ok(counts[name] <= most, `${name}: ${counts[name]}, and not ${most}`);
    // A count that nothing adds to would pass as well.
    for (const name of ["workerRequests", "deskCalls", "rowsRead", "rowsWritten", "alarmsSet", "kvWrites", "kvReads"]) assert.ok(counts[name] > 0, name);
  });
}

test("what is stored already makes no job dearer", async () => {
  const stored = 30;
  const before = await counting.count(() => counting.delivered(RESULT));
  await counting.count(async () => {
    for (let jobs = 1; jobs < stored; jobs++) await counting.delivered(RESULT);
  });
  const { rowsRead } = await counting.count(() => counting.delivered(RESULT));
  assert.ok(rowsRead < before.rowsRead + stored / 2, `${rowsRead}, and ${before.rowsRead} before`);
});

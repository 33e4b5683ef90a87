// What a job costs at Cloudflare, counted in workerd beside the sandbox, and what a thousand of them cost by its list prices.
//
//   cargo xtask bench scale
//
// What each story is stands in tests/support/counting.mjs. A story's jobs come one after another, each until the Desk is at rest, and
// what is shown are medians; alarms that several jobs would share are counted for each, but where it says "together". `JOBS` in the
// environment says how many there are of each.
import { startServer } from "../tests/support/http.mjs";
import { startCounting } from "../tests/support/counting.mjs";
import { result } from "./results.mjs";

const JOBS = Number(process.env.JOBS ?? 5);
const TOGETHER = 10;
/** So many jobs make a database that is large beside its pages. */
const STORED = 100;

/** Dollars for a million beyond what the paid plan includes: docs/SCALE.md says where they stand. */
const PRICES = { workerRequests: 0.3, deskRequests: 0.15, rowsRead: 0.001, rowsWritten: 1, kvWrites: 5, kvReads: 0.5, kvDeletes: 5 };

/** The columns: what they are called, and how they come out of what was counted. */
const COLUMNS = {
  "Worker requests": "workerRequests",
  "Desk requests": "deskRequests",
  "of them alarms": "alarms",
  "rows read": "rowsRead",
  "rows written": "rowsWritten",
  "of them setAlarm": "alarmsSet",
  "KV writes": "kvWrites",
  "KV reads": "kvReads",
  "KV deletes": "kvDeletes",
  fetches: "fetches",
  "log lines": "logLines",
};

/** As Cloudflare adds up: an alarm is a request to the Desk, an alarm that is set is a row, a run of the cron is a request. */
const billed = (counts) => ({
  ...counts,
  workerRequests: counts.workerRequests + counts.cronRuns,
  deskRequests: counts.deskCalls + counts.alarms,
  rowsWritten: counts.rowsWritten + counts.alarmsSet,
});

const price = (counts) => Object.entries(PRICES).reduce((sum, [name, dollars]) => sum + (counts[name] * dollars) / 1_000, 0);

function row(name, counted, jobs = 1) {
  const counts = billed(counted);
  const cells = Object.values(COLUMNS).map((column) => String(Math.round((counts[column] / jobs) * 10) / 10));
  console.log(`| ${[name, ...cells, (price(counts) / jobs).toFixed(3)].join(" | ")} |`);
}

function head() {
  const names = ["one job, or one of these", ...Object.keys(COLUMNS), "$ a thousand"];
  console.log(`| ${names.join(" | ")} |\n|${"---|".repeat(names.length)}`);
}

async function rows(counting, hooks) {
  row("recording, callback, result read", await counting.each(JOBS, () => counting.submitted()));
  row("… its caller waits for it (`?wait=`)", await counting.each(JOBS, () => counting.waitedFor()));
  row("… its callback is lost, its status asked for", await counting.each(JOBS, () => counting.askedFor()));
  row("… somebody is told of its end (`notify`)", await counting.each(JOBS, () => counting.submitted({ notify: { url: hooks.url } })));
  row(`… ${TOGETHER} together`, await counting.count(() => counting.together(TOGETHER)), TOGETHER);
  row("reserved address, its caller submits a text", await counting.each(JOBS, () => counting.reserved()));
  for (const bytes of [46_000, 900_000]) {
    const body = result(bytes);
    row(`reserved address, a result of ${bytes / 1000} KB`, await counting.each(JOBS, () => counting.delivered(body)));
  }
  row("a run of the cron", await counting.each(JOBS, () => counting.cron()));
}

/** The rows, and what is told below the table. */
async function scale(hooks) {
  const counting = await startCounting();
  try {
    await rows(counting, hooks);
    const heavy = (await counting.heavy()).join(", ");
    const bytes = Math.round(await counting.bytes(STORED, TOGETHER));
    return `Heavy requests of a recording's job: ${heavy}\nThe Desk's database grows by ${bytes} bytes a job.`;
  } finally {
    await counting.close();
  }
}

/** The last thing that becomes of a job: of one alone. */
async function end() {
  const counting = await startCounting();
  try {
    row("a job's end, when its time is over", await counting.end());
  } finally {
    await counting.close();
  }
}

const hooks = await startServer(() => ({ status: 204 }));
head();
const told = await scale(hooks);
await end();
console.log(`\n${told}`);
await hooks.close();

// The Worker under faults and kills: `node bench/chaos.mjs --jobs 10000 --seed 1 --kills 20`, with SANDBOX_BIN as its sandbox. With
// `--engines ace,assemblyai,deepgram,openai` some of the jobs are theirs. Prints a table, and ends with 1 where a promise was broken.
import { parseArgs } from "node:util";
import { chaos } from "../tests/support/chaos/run.mjs";
import { told } from "../tests/support/chaos/table.mjs";

const NUMBERS = { jobs: 10_000, seed: 1, kills: 20, rate: 100, minutes: 60 };

const options = Object.fromEntries(Object.entries(NUMBERS).map(([name, number]) => [name, { type: "string", default: String(number) }]));
const { engines: named = "", ...given } = parseArgs({ options: { ...options, engines: { type: "string" } } }).values;
const engines = named.split(",").filter(Boolean);
const run = { engines, ...Object.fromEntries(Object.entries(given).map(([name, text]) => [name, wholeNumber(name, text)])) };

const verdict = await chaos({ ...run, say: (line) => console.error(line) });
console.log(told(run, verdict));
process.exitCode = verdict.broken.length ? 1 : 0;

function wholeNumber(name, text) {
  if (/^\d{1,9}$/.test(text)) return Number(text);
  console.error(`--${name} ${text}: it should be a whole number`);
  process.exit(2);
}

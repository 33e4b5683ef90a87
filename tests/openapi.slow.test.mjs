// A fuzzer that knows the Worker by its description alone: schemathesis. Whatever it sends, no answer is a fault of the Worker's, and
// none has a status, a type, a header or a body that is not described.
import assert from "node:assert/strict";
import { spawn } from "node:child_process";
import { once } from "node:events";
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { test } from "node:test";
import { api } from "./support/api.mjs";
import { pythonWith } from "./support/python.mjs";
import { ROOT, startSandbox, startWorker, temporaryFolder } from "./support/services.mjs";

const { command, env, missing } = pythonWith({
  name: "schemathesis",
  requirements: join(ROOT, "tests/openapi/requirements.txt"),
  probe: "import schemathesis",
  more: ["--only-binary", ":all:"],
  patienceMs: 240_000,
});
const CHECKS = [
  "not_a_server_error",
  "status_code_conformance",
  "content_type_conformance",
  "response_headers_conformance",
  "response_schema_conformance",
  "unsupported_method",
  "ignored_auth",
  "missing_required_header",
  "use_after_free",
  "ensure_resource_availability",
];
const EXAMPLES = process.env.EXAMPLES ?? "15";
/** A payload of RingCentral's, with an id of its own: no two jobs have the same. */
const payload = (name) => JSON.stringify({ ...JSON.parse(readFileSync(join(ROOT, "tests/payloads", `${name}.json`))), jobId: crypto.randomUUID() });

/** Jobs that have ended in every way, jobs that have not, addresses of callbacks, and dead letters. */
async function known(call) {
  const reserved = (count, task) => Promise.all(Array.from({ length: count }, () => call.reserve(task)));
  const ended = [
    [await reserved(30, "speech-to-text"), "stt-success-diarized-2024-01-09"],
    [await reserved(10, "punctuate"), "punctuate-success"],
    [await reserved(10, "punctuate"), "fail-punctuate-texts-invalid"],
  ];
  const deliver = async ({ callbackUrl }, body, status) => assert.equal((await fetch(callbackUrl, { method: "POST", body })).status, status);
  for (const [jobs, name] of ended) await Promise.all(jobs.map((job) => deliver(job, payload(name), 200)));
  const ids = (jobs) => jobs.map(({ id }) => id);
  const callbacks = (await reserved(30, "summarize")).map(({ callbackUrl }) => new URL(callbackUrl).pathname.split("/").slice(2));
  const useless = await reserved(10, "punctuate");
  await Promise.all(useless.map((job) => deliver(job, "what?", 422)));
  const letters = ids((await call.get("/v1/dead-letters")).json.items);
  return { letters, finished: ended.flatMap(([jobs]) => ids(jobs)), unfinished: ids(await reserved(30, "punctuate")), callbacks };
}

test("schemathesis finds no fault, and nothing that is not described", { skip: missing, timeout: 280_000 }, async (t) => {
  const sandbox = await startSandbox();
  const worker = await startWorker({ sandboxUrl: sandbox.url });
  const folder = temporaryFolder();
  t.after(async () => {
    await worker.close();
    await sandbox.close();
  });
  const media = `${sandbox.url}/nothing.mp3`;
  const hooks = join(ROOT, "tests/openapi/hooks.py");
  const told = { ...env, KNOWN: JSON.stringify({ ...(await known(api(worker.url))), media }), SCHEMATHESIS_HOOKS: hooks };
  const flags = ["--checks", CHECKS.join(","), "--max-examples", EXAMPLES, "--seed", "1", "--workers", "1", "--request-timeout", "30"];
  const header = ["--header", "Authorization: Bearer sandbox-token"];
  const program = ["-m", "schemathesis.cli", "run", `${worker.url}/openapi.json`, ...flags, ...header, "--no-color", "--generation-database", "none"];
  const fuzzer = spawn(command, program, { cwd: folder, env: { ...told, COLUMNS: "140" } });
  let output = "";
  for (const stream of [fuzzer.stdout, fuzzer.stderr]) stream.on("data", (data) => (output += data));
  const [status] = await once(fuzzer, "close");
  assert.equal(status, 0, output.slice(-20_000));
  t.diagnostic(/\d+ generated.*/.exec(output)[0]);
});

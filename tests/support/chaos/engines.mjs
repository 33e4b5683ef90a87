// The jobs of the speech services in a run: what they are asked, and whether what came of one is what its service meant for it.
import { createHash } from "node:crypto";
import { setTimeout as sleep } from "node:timers/promises";
import { randomFrom } from "./random.mjs";
import { PAID } from "../engines.mjs";
import { letters, textOf, writtenDown } from "../spoken.mjs";

/** What is heard: the shortest of the shipped recordings in which somebody speaks, from a server that no fault happens to. */
export const RECORDING = "voicemail.wav";
const ACE = "/ai/ringsense/";
/** So many of the jobs are theirs, where there are any. */
const SHARE = 0.4;
/** What RingCentral has analysed by itself: the call with that length. */
const ANALYSED = { name: "support-call", durationS: 83 };
const [SAID, SAID_IN_CALL] = ["voicemail", ANALYSED.name].map((name) => letters(textOf(writtenDown(name))));
const sha256 = (text) => createHash("sha256").update(text).digest("hex");

/** The id of the recording that RingCentral has analysed; asked for until it is told. */
export async function analysedId(call) {
  for (;;) {
    const { status, json } = await call.get("/v1/recordings?source=calls").catch(() => ({}));
    const found = status === 200 && json.items.find(({ durationS }) => Math.floor(durationS) === ANALYSED.durationS);
    if (found) return found.id;
    await sleep(200);
  }
}

/** Gives some wishes to these engines; without any the wishes stay as they are. */
export function shared(wishes, engines, seed) {
  const random = randomFrom(seed ^ 0x656e67);
  const engine = () => (random() < SHARE ? engines[Math.floor(random() * engines.length)] : undefined);
  return engines.length ? wishes.map((wish) => (wish.isReserved ? wish : { ...wish, engine: engine() })) : wishes;
}

/** What goes wrong at them beside what goes wrong everywhere. Deepgram cannot be asked whether it has a job: whoever knows the address of one is believed. */
export const faultsOf = (engines) => [
  ...engines.map((engine) => ({ kind: "rate-limit", chance: 0.03, path: PAID[engine] ?? ACE })),
  ...engines.filter((engine) => PAID[engine]).map((engine) => ({ kind: "garbage", chance: 0.03, path: PAID[engine] })),
  { kind: "forged-body", chance: 0.03, path: PAID.assemblyai },
];

/** Whether the service said that of a run of this job: OpenAI's have no address, and nothing that names them; ACE's are of a recording. */
export function isOf(engine, raw, runs, analysed) {
  if (engine === "ace") return raw.json?.sourceRecordId === analysed;
  if (engine === "openai") return raw.status === 200;
  if (engine === "assemblyai") return runs.some(({ jobId }) => jobId === raw.json?.id);
  return runs.some((run) => run.sha256 === sha256(raw.text));
}

/** Whether a result is the job's own, and says what was said. */
export function isHeard(id, engine, result) {
  const { jobId, response } = JSON.parse(result.text);
  return jobId === id && letters(response.transcript) === (engine === "ace" ? SAID_IN_CALL : SAID);
}

/** How many uploads to OpenAI were paid for beyond one for each job, and how many of them nothing explains. */
export function uploads(sandboxJobs, jobs, isNearKill) {
  const paid = sandboxJobs.filter(({ api, sha256 }) => api === PAID.openai && sha256);
  const beyond = Math.max(0, paid.length - jobs.filter(({ wish, job }) => wish.engine === "openai" && job.status === "succeeded").length);
  const explained = paid.filter(({ answerLost, createdMs }) => answerLost || isNearKill(createdMs)).length;
  return { beyond, unexplained: Math.max(0, beyond - explained) };
}

// A recorded call to its captions, with a client whose types were generated from the Worker's /openapi.json.
import createClient from "openapi-fetch";
import type { components, paths } from "./worker.js";

declare const process: { argv: string[]; stdout: { write(text: string): void } };

const [, , baseUrl, token] = process.argv;
const worker = createClient<paths>({ baseUrl, headers: { authorization: `Bearer ${token}` } });

/** The answer, or its error's code and sentence. */
function told<T>({ data, error }: { data?: T; error?: components["schemas"]["Error"] }): T {
  if (error) throw new Error(`${error.error.code}: ${error.error.message}`);
  return data as T;
}

const recordings = told(await worker.GET("/v1/recordings", { params: { query: { source: "calls", view: "Simple" } } }));
const recording = recordings.items.find(({ submittable, durationS = 0 }) => submittable && durationS > 10);
if (!recording) throw new Error("there is no recording");

const submitted = told(
  await worker.POST("/v1/jobs", {
    params: { header: { "Idempotency-Key": crypto.randomUUID() } },
    body: { task: "speech-to-text", media: { recordingId: recording.id }, input: { enableSpeakerDiarization: true } },
  }),
);

let job: components["schemas"]["Job"] = submitted;
while (!["succeeded", "failed", "expired"].includes(job.status)) {
  job = told(await worker.GET("/v1/jobs/{id}", { params: { path: { id: submitted.id }, query: { wait: 20 } } }));
}
const words = (format: "srt" | "json") => ({ params: { path: { id: job.id, format }, query: { maxCharsPerLine: 32 } } });
const srt = told(await worker.GET("/v1/jobs/{id}/transcript.{format}", { ...words("srt"), parseAs: "text" }));
const transcript = told(await worker.GET("/v1/jobs/{id}/transcript.{format}", words("json"))) as components["schemas"]["Transcript"];
const count = transcript.segments.reduce((sum, { words }) => sum + words.length, 0);
process.stdout.write(JSON.stringify({ status: job.status, srt, words: count }));

/** What the Worker would refuse, the compiler does. */
export const wrong: components["schemas"]["JobRequest"][] = [
  // @ts-expect-error: a task on text has no media
  { task: "punctuate", media: { recordingId: "1" }, input: { texts: ["a"] } },
  // @ts-expect-error: there is no such task
  { task: "sing", input: { texts: ["a"] } },
  // @ts-expect-error: its texts are missing
  { task: "punctuate", input: {} },
  // @ts-expect-error: no encoding has this name
  { task: "speech-to-text", media: { recordingId: "1" }, input: { encoding: "MP3" } },
];

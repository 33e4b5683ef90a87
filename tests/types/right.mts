// What a strict compiler takes; with the DOM library or a runtime's own types.
import { JobsClient, RingCentral, RingCentralError, Transcript, ready } from "ringcentral-ai";
import type { EasyTask, ErrorCode, Inputs, Job, JobRequest, JobResult, Media, MediaRequest, MediaTask, Task, TextTask } from "ringcentral-ai";
import client from "ringcentral-ai/core_client_bg.wasm";
import results from "ringcentral-ai/core_results_bg.wasm";
import { init } from "ringcentral-ai/slim";
import type { RingCentral as Inline } from "ringcentral-ai/inline";

await init({ client: new URL("x", "https://h") });
await init({ client: fetch("x"), results: WebAssembly.compile(new Uint8Array()) });
await init({ client, results });
await init({ client: WebAssembly.instantiate(client).then(() => client) });
await ready();

const rc: Inline = await RingCentral.login({ clientId: "a", clientSecret: "b", jwt: "c" }, { signal: AbortSignal.timeout(1) });
for await (const { durationS, from } of rc.recordings({ source: "calls", dateFrom: new Date(), dateTo: "2026-01-31", direction: ["Inbound"], showDeleted: true, view: "Detailed", onSkipped: (count) => count.toFixed() })) {
  const seconds: number | undefined = durationS;
  const name: string | undefined = from?.name;
}

for await (const { speakerId, enrollmentQuality } of rc.enrollments({ partial: true, perPage: 10, onSkipped: (count) => count.toFixed() })) speakerId === enrollmentQuality;
const { enrollmentComplete } = await rc.createEnrollment({ speakerId: "a", encoding: "Wav", content: new Blob([]) });
const complete: boolean = enrollmentComplete || (await rc.enrollment("a")).enrollmentComplete;
await rc.updateEnrollment("a", { encoding: "Wav", content: new Uint8Array(3), languageCode: "en-US" }, { signal: AbortSignal.timeout(1) });
const nothing: void = await rc.deleteEnrollment("a");

const jobs = new JobsClient("https://h", { token: "t" });
new JobsClient(new URL("https://h"));
const job = await jobs.submit({ task: "analyze-interaction", media: { recordingId: "1" }, input: { insights: ["All"] } });
const { raw, transcript } = await job.wait({ onStatus: ({ status }) => status === "queued" });
const name: string | undefined = raw.response.conversationalInsights?.[0]?.name;
const captions: string = transcript.srt({ maxCharsPerLine: 32, maxLines: 1, maxDurationS: 5.5, speakerLabels: false });
const { callbackUrl } = await jobs.reserve({ task: "speech-to-text" });
const uri = await rc.contentUri("https://h");
await rc.speechToText({ contentUri: uri, webhook: callbackUrl, encoding: "Mpeg" });
const status = await rc.jobStatus<"speech-to-text">("1");
if (status.status === "Success") status.response.words.map(({ word }) => word.length);
const text: string = new Transcript(status).text();
const upload = await jobs.upload(new File(["a"], "a.wav"), { uploadId: sessionStorage.getItem("upload"), onProgress: ({ uploadId, sentBytes, bytes }) => uploadId + sentBytes / bytes });
await jobs.submit({ task: "speech-to-text", media: { uploadId: upload.id } });
const sum: string = (await jobs.upload(new Uint8Array(3), { signal: new AbortController().signal })).sha256;
await jobs.submit({ task: "speech-to-text", media: { contentUri: "https://h", headers: { "x-key": "k" } }, contentAccess: "relay" });

// A result whose task is not known: it narrows what RingCentral said.
const { job: finished, ...found } = await (await jobs.get("1")).wait();
if (found.task === "speech-to-text") found.raw.response.words.length;
else if (found.task === "summarize") found.raw.response.summaries[0]?.values[0]?.value.length;
const [first] = await Promise.all([jobs.resume("a#b").wait()]);
switch (first.task) {
  case "punctuate":
    first.raw.response.texts.join();
    break;
  case "analyze-interaction":
    first.raw.response.speakerInsights?.speakerCount?.toFixed();
}
const known: JobResult<"punctuate"> = await (await jobs.get<"punctuate">("1")).wait();
const any: JobResult = known;
const either: Promise<JobResult<"punctuate" | "summarize">> = jobs.resume<"punctuate" | "summarize">("a#b").wait();

// A task that is a type parameter, one of several, or part of a request that was made elsewhere.
export const onMedia = async <T extends EasyTask>(task: T, media: Media, input?: Inputs[T]): Promise<Job<T>> =>
  jobs.submit({ task, media, ...(input && { input }) });
export const request = async <T extends EasyTask>(request: MediaRequest<T>): Promise<Job<T>> => jobs.submit(request);
export const again = (request: JobRequest): Promise<Job> => jobs.submit(request);
export const chosen = (task: "speech-to-text" | "speaker-diarize"): Promise<Job<"speech-to-text" | "speaker-diarize">> =>
  jobs.submit({ task, media: { recordingId: "1" } });
export const known2 = <T extends Task>(request: JobRequest<T>): Promise<Job<T>> => jobs.submit<T>(request);
export const reserved = <T extends Task>(task: T) => jobs.reserve({ task });
export const all: Promise<readonly Job[]> = Promise.all([jobs.submit({ task: "punctuate", input: { texts: ["a"] } }), jobs.submit({ task: "speaker-identify", media: { recordingId: "1" }, input: { speakerIds: ["1"] } })]);
const tasks: readonly Task[] = ["speech-to-text", "punctuate"] satisfies readonly (MediaTask | TextTask)[];

// An error's code narrows its fields.
export function explain(error: unknown): string {
  if (!RingCentralError.is(error)) return error instanceof RingCentralError ? error.code : String(error);
  const isPassing: boolean = error.retryable;
  const requestId: string | undefined = error.requestId;
  if (error.code === "invalid_field") return error.field.trim();
  if (error.code === "rate_limited") return error.retryAfter.toFixed();
  if (error.code === "not_configured") return error.status.toFixed();
  if (String(error.code) === "of_a_newer_worker") return error.message;
  switch (error.code) {
    case "encoding_unknown":
      return error.field.trim();
    case "ringcentral_permission_missing":
      return error.permission ?? "";
    case "ringcentral_refused":
      return error.ringcentral?.[0]?.errorCode ?? "";
    default: {
      const code: string = error.code;
      return code + error.toJSON().message;
    }
  }
}
const code: ErrorCode = "busy";
const double: Error = new RingCentralError({ code, message: "no", status: 503, retryAfter: 1, retryable: true }, { cause: 7 });
const newer = new RingCentralError({ code: "of_a_newer_worker", message: "no" });
const again2: RingCentralError = new RingCentralError(newer.toJSON());
const failed: ErrorCode | string | undefined = job.error?.code;

// Sign-in, options, lists and handles.
const { url } = await RingCentral.loginUrl({ clientId: "c", redirectUri: "https://h.example/" });
const storage = { getItem: async (key: string) => key || null, setItem: async () => {}, removeItem: () => {} };
const page: RingCentral = await RingCentral.finishLogin(url, { storage, timeoutMs: 1, logger: ({ status, ms }) => void [status?.toFixed(), ms.toFixed()] });
const restored: RingCentral | undefined = await RingCentral.restore({ clientId: "c", storage });
const supplied = RingCentral.fromToken({ accessToken: async () => ({ accessToken: "t", expiresAt: new Date() }), headers: { "x-app": "a" } });
const quick: RingCentral = supplied.withOptions({ maxRetries: 0, timeoutMs: 5_000 });
const submitted = await quick.summarize({ utterances: [], summaryType: "All", webhook: "https://h.example/" });
const summaries = (await submitted.wait({ onStatus: (each, status) => each.jobId + status })).raw.response;
const resumed = quick.resume<"summarize">(submitted.expose());
for await (const each of jobs.withOptions({ maxRetries: 9 }).list({ status: "failed", task: "punctuate", limit: 5 })) await jobs.delete(each.id);
const words: string = (await jobs.transcribe("https://h.example/a.wav", { input: { languageCode: "en-US" }, onStatus: ({ status }) => status })).transcript.text();
await jobs.submit({ task: "punctuate", input: { texts: ["a"] }, label: "Monday", notify: { url: "https://h.example/told" } });
await jobs.reserve({ task: "summarize", label: "Monday" });
await quick.contentUri({ recording: { contentUri: "https://media.ringcentral.com/a" } });

// What a strict compiler refuses: each line below a mark, or the mark itself is an error.
import { ContentUri, JobsClient, RingCentral, RingCentralError, Transcript } from "ringcentral-ai";
import type { Job, JobResult } from "ringcentral-ai";
import { init } from "ringcentral-ai/slim";

declare const jobs: JobsClient;
declare const rc: RingCentral;
declare const uri: ContentUri;
declare const transcript: Transcript;
declare const result: JobResult;
declare const error: RingCentralError;

// @ts-expect-error -- an enrollment without a voice
await rc.createEnrollment({ speakerId: "a", encoding: "Wav" });
// @ts-expect-error -- the speaker's id stands before the sample
await rc.updateEnrollment({ encoding: "Wav", content: "UklGRg==" });
// @ts-expect-error -- an input of another task
await jobs.submit({ task: "speech-to-text", media: { recordingId: "1" }, input: { insights: ["All"] } });
// @ts-expect-error -- media named twice
await jobs.submit({ task: "speech-to-text", media: { recordingId: "1", contentUri: "2" } });
// @ts-expect-error
await jobs.submit({ task: "speech-to-text", media: { recordingId: "1", uploadId: "2" } });
// @ts-expect-error
await jobs.submit({ task: "speech-to-text", media: { contentUri: "1", uploadId: "2" } });
// @ts-expect-error -- headers are for an address
await jobs.submit({ task: "speech-to-text", media: { recordingId: "1", headers: {} } });
// @ts-expect-error
await jobs.submit({ task: "speech-to-text", media: { uploadId: "1", headers: {} } });
// @ts-expect-error
await jobs.submit({ task: "speech-to-text", media: { headers: {} } });
// @ts-expect-error -- no such task
await jobs.submit({ task: "transcribe", media: { recordingId: "1" } });
// @ts-expect-error -- an input is missing
await jobs.submit({ task: "speaker-identify", media: { recordingId: "1" } });
// @ts-expect-error
await jobs.submit({ task: "punctuate" });
// @ts-expect-error -- media for a task on text
await jobs.submit({ task: "punctuate", media: { recordingId: "1" }, input: { texts: ["a"] } });
// @ts-expect-error -- media is missing
await jobs.submit({ task: "speech-to-text" });
// @ts-expect-error
await jobs.reserve({ task: "transcribe" });
// @ts-expect-error -- a file's name is no file
await jobs.upload("a.wav");
// @ts-expect-error
await jobs.upload(new Uint8Array(), { onProgress: (percent: number) => percent });
// @ts-expect-error -- no format of RingCentral's
await rc.speechToText({ contentUri: uri, webhook: "https://h", encoding: "mp3" });
// @ts-expect-error -- no signal
await rc.logout({ signal: "soon" });
// @ts-expect-error -- made by login and fromToken only
new RingCentral({});
// @ts-expect-error
new JobsClient(7);
// @ts-expect-error -- it may not be known
uri.validUntil.getTime();
// @ts-expect-error
const none: number = transcript.text();
// @ts-expect-error -- no such option
transcript.vtt({ maxChars: 32 });
// @ts-expect-error
await init({ client: 7 });
// @ts-expect-error -- the task is not known
result.raw.response.words;
// @ts-expect-error -- of another task
if (result.task === "punctuate") result.raw.response.words;
// @ts-expect-error
const other: Job<"punctuate"> = await jobs.get<"summarize">("1");
// @ts-expect-error -- only read
error.code = "busy";
// @ts-expect-error -- no such code
if (error.code === "rate_limitd") throw error;
// @ts-expect-error -- it may not be known
error.retryAfter.toFixed();
// @ts-expect-error
if (error.code === "busy") error.retryAfter.toFixed();
// @ts-expect-error -- a message is missing
throw new RingCentralError({ code: "busy" });

// @ts-expect-error -- a page's login has no secret
await RingCentral.loginUrl({ clientId: "c", clientSecret: "s", redirectUri: "https://h.example/" });
// @ts-expect-error -- a storage has three methods
await RingCentral.restore({ clientId: "c", storage: { getItem: () => null } });
// @ts-expect-error
rc.withOptions({ timeout: 1 });
// @ts-expect-error
jobs.list({ status: "done" });
// @ts-expect-error
await jobs.transcribe(7);
// @ts-expect-error -- an address in an object
await jobs.reserve({ task: "summarize", notify: "https://h.example/" });
// @ts-expect-error -- a logger is no console
rc.withOptions({ logger: console });

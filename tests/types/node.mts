// With Node's own types and without the DOM library.
import { openAsBlob } from "node:fs";
import { readFile } from "node:fs/promises";
import { JobsClient } from "ringcentral-ai";
import { init } from "ringcentral-ai/slim";

await init({ client: readFile("core"), results: fetch("https://h") });
const jobs = new JobsClient(new URL("https://h"), { token: "t" });
const { id } = await jobs.upload(await openAsBlob("a.wav"), { signal: AbortSignal.timeout(1) });
await jobs.submit({ task: "speech-to-text", media: { uploadId: id } }, { signal: new AbortController().signal });

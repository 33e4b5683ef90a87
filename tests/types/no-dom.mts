// Without the DOM library and without a runtime's types.
import { JobsClient, RingCentral } from "ringcentral-ai";
import type { SignalLike } from "ringcentral-ai";
import client from "ringcentral-ai/core_client_bg.wasm";
import results from "ringcentral-ai/core_results_bg.wasm";
import { init } from "ringcentral-ai/slim";

declare const signal: SignalLike;
await init({ client: new Uint8Array() });
await init({ client, results });
const rc = RingCentral.fromToken({ accessToken: "t" });
for await (const { id } of rc.recordings({ signal })) {
  const job = await new JobsClient("https://h").submit({ task: "speech-to-text", media: { recordingId: id } }, { signal });
  const text: string = (await job.wait({ signal })).transcript.text();
}

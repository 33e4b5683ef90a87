// Without the DOM library and without a runtime's types.
import { JobsClient, RingCentral } from "ringcentral-ai";
import type { SignalLike } from "ringcentral-ai";
import { init } from "ringcentral-ai/slim";

declare const signal: SignalLike;
await init({ client: new Uint8Array() });
const rc = RingCentral.fromToken({ accessToken: "t" });
for await (const { id } of rc.recordings({ signal })) {
  const job = await new JobsClient("https://h").submit({ task: "speech-to-text", media: { recordingId: id } }, { signal });
  const text: string = (await job.wait({ signal })).transcript.text();
}

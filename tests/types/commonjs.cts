// From CommonJS, which loads the package's ES module when it is needed.
const load = () => import("ringcentral-ai");
type Api = Awaited<ReturnType<typeof load>>;

export async function captions(client: InstanceType<Api["JobsClient"]>, id: string): Promise<string> {
  const { RingCentralError } = await load();
  const result = await (await client.get(id)).wait();
  if (result.task === "punctuate") throw new RingCentralError({ code: "no_transcript", message: result.raw.response.texts.join() });
  return result.transcript.srt();
}

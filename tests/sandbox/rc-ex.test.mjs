// RingCentral's client `@rc-ex/core`, unchanged, against the sandbox.
// Run with `SANDBOX_BIN=path/to/ringcentral-sandbox node --test tests/sandbox/rc-ex.test.mjs`.
import assert from "node:assert/strict";
import { after, before, test } from "node:test";
import { setTimeout as sleep } from "node:timers/promises";
import { tell } from "../support/client-story.mjs";
import { rcEx as connect } from "../support/clients.mjs";
import { startSandbox } from "../support/services.mjs";

tell("@rc-ex/core", connect);

let sandbox;
let rc;
before(async () => {
  sandbox = await startSandbox();
  ({ rc } = connect({ server: sandbox.url, clientId: "sandbox-client", clientSecret: "sandbox-secret" }));
  await rc.authorize({ jwt: "sandbox-jwt" });
});
after(() => sandbox?.close());

test("the client's own names of the endpoints lead to what they promise", async () => {
  const extension = rc.restapi().account().extension();
  const { records } = await extension.callLog().list({ recordingType: "All", type: ["Voice", "Fax"], perPage: 1 });
  const [{ recording }] = records;
  assert.equal((await extension.callLog(records[0].id).get()).recording.id, recording.id);
  assert.equal((await rc.restapi().account().recording(recording.id).get()).contentUri, recording.contentUri);
  const sound = await rc.restapi().account().recording(recording.id).content().get({ contentDisposition: "Attachment" });
  assert.ok(sound.byteLength > 100_000);

  const { records: messages } = await extension.messageStore().list({ messageType: ["VoiceMail"] });
  const [attachment] = messages[0].attachments;
  assert.equal((await extension.messageStore(messages[0].id).content(attachment.id).get()).byteLength, attachment.size);

  const history = rc.rcvideo().v1().history();
  const { meetings } = await history.meetings().list({ perPage: 10 });
  assert.equal((await history.meetings(meetings[0].id).get()).id, meetings[0].id);
  const { recordings } = await rc.rcvideo().v1().account("~").extension("~").recordings().get();
  assert.ok(recordings.length > 0);
});

test("the configuration that the client looks for says where OAuth's endpoints are", async () => {
  const found = await rc.wellKnown().openidConfiguration().get();
  assert.equal(found.issuer, sandbox.url);
  assert.equal(found.token_endpoint, `${sandbox.url}/restapi/oauth/token`);
  assert.deepEqual(found.code_challenge_methods_supported, ["plain", "S256"]);
});

test("the client asks for what RingCentral has found by itself", async () => {
  const { records } = await rc.restapi().account().extension().callLog().list({ recordingType: "All" });
  const [{ recording, telephonySessionId }] = records;
  const pbx = rc.ai().ringsense().v1().public().accounts("~").domains("pbx");
  const insights = () => pbx.records(recording.id).insights().get({ insightTypes: ["Transcript", "Summary"] });
  await assert.rejects(insights(), ({ response }) => response.status === 404 && response.data.errors[0].errorCode === "RAH-3001");
  await sleep(1_100);
  const found = await insights();
  assert.deepEqual(Object.keys(found.insights).sort(), ["Summary", "Transcript"]);
  const session = await pbx.sessions(telephonySessionId).insights().get();
  assert.equal(session.records[0].sourceRecordId, recording.id);
});

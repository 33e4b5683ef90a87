// Has the sandbox know a voice, over RingCentral's own API.
import assert from "node:assert/strict";
import { CREDENTIALS } from "./services.mjs";

/** Enrolls the voice of a WAV file as `speakerId`. */
export async function enroll(sandboxUrl, speakerId, wav) {
  const login = new URLSearchParams({ grant_type: "urn:ietf:params:oauth:grant-type:jwt-bearer", assertion: CREDENTIALS.RC_JWT });
  const basic = `Basic ${btoa(`${CREDENTIALS.RC_CLIENT_ID}:${CREDENTIALS.RC_CLIENT_SECRET}`)}`;
  const token = await fetch(`${sandboxUrl}/restapi/oauth/token`, { method: "POST", headers: { authorization: basic }, body: login });
  const headers = { authorization: `Bearer ${(await token.json()).access_token}`, "content-type": "application/json" };
  const body = JSON.stringify({ speakerId, encoding: "Wav", content: wav.toString("base64") });
  const answer = await fetch(`${sandboxUrl}/ai/audio/v1/enrollments`, { method: "POST", headers, body });
  assert.equal(answer.status, 201);
  assert.equal((await answer.json()).enrollmentComplete, true);
}

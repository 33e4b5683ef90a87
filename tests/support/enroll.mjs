// Has the sandbox know a voice, over RingCentral's own API.
import assert from "node:assert/strict";
import { logIn } from "./oauth.mjs";

/** Enrolls the voice of a WAV file as `speakerId`. */
export async function enroll(sandboxUrl, speakerId, wav) {
  const { access_token: token } = await logIn(sandboxUrl);
  const headers = { authorization: `Bearer ${token}`, "content-type": "application/json" };
  const body = JSON.stringify({ speakerId, encoding: "Wav", content: wav.toString("base64") });
  const answer = await fetch(`${sandboxUrl}/ai/audio/v1/enrollments`, { method: "POST", headers, body });
  assert.equal(answer.status, 201);
  assert.equal((await answer.json()).enrollmentComplete, true);
}

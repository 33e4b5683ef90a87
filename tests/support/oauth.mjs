// Sessions with the sandbox, as other programs open and renew them; each gives RingCentral's answer.
import assert from "node:assert/strict";
import { createHash, randomBytes } from "node:crypto";
import { CREDENTIALS } from "./services.mjs";

/** The Worker's app. */
const CONFIDENTIAL = { authorization: `Basic ${btoa(`${CREDENTIALS.RC_CLIENT_ID}:${CREDENTIALS.RC_CLIENT_SECRET}`)}` };
/** An app without a secret, as a page is. */
const PUBLIC = "sandbox-public";

/** Logs in as the Worker does. */
export const logIn = (server) => ask(server, { grant_type: "urn:ietf:params:oauth:grant-type:jwt-bearer", assertion: CREDENTIALS.RC_JWT }, CONFIDENTIAL);

/** Has a user sign in to a page, by a code with PKCE. */
export async function signIn(server) {
  const verifier = randomBytes(32).toString("base64url");
  const page = { client_id: PUBLIC, redirect_uri: "https://page.example/" };
  const challenge = { code_challenge: createHash("sha256").update(verifier).digest("base64url"), code_challenge_method: "S256" };
  const query = new URLSearchParams({ ...page, ...challenge, response_type: "code", prompt: "none" });
  const { headers } = await fetch(`${server}/restapi/oauth/authorize?${query}`, { redirect: "manual" });
  const code = new URL(headers.get("location")).searchParams.get("code");
  return ask(server, { ...page, grant_type: "authorization_code", code, code_verifier: verifier });
}

/** Refreshes a session of the Worker's app, or of the page's. */
export function refresh(server, refreshToken, { isPage }) {
  const form = { grant_type: "refresh_token", refresh_token: refreshToken };
  return isPage ? ask(server, { ...form, client_id: PUBLIC }) : ask(server, form, CONFIDENTIAL);
}

async function ask(server, form, headers = {}) {
  const answer = await fetch(`${server}/restapi/oauth/token`, { method: "POST", headers, body: new URLSearchParams(form) });
  assert.equal(answer.status, 200);
  return answer.json();
}

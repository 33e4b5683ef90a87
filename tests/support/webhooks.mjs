// A receiver of webhooks as Standard Webhooks describes it: https://www.standardwebhooks.com.
import { createHmac, timingSafeEqual } from "node:crypto";

/** How far a timestamp may be from the receiver's clock. */
const TOLERANCE_S = 300;

/** The body as JSON, where one of the signatures was made with this secret; throws otherwise. */
export function verify(secret, { headers, body }) {
  const { "webhook-id": id, "webhook-timestamp": timestamp, "webhook-signature": signatures } = headers;
  if (!id || !timestamp || !signatures) throw new Error("a header is missing");
  if (Math.abs(Date.now() / 1000 - Number(timestamp)) > TOLERANCE_S) throw new Error("the timestamp is too far away");
  const expected = sign(secret, { id, timestamp, body });
  const isIt = (signature) => signature.length === expected.length && timingSafeEqual(Buffer.from(signature), Buffer.from(expected));
  if (!signatures.split(" ").some(isIt)) throw new Error("no signature fits");
  return JSON.parse(body);
}

/** The signature of a message. */
export function sign(secret, { id, timestamp, body }) {
  const key = Buffer.from(secret.replace(/^whsec_/, ""), "base64");
  return `v1,${createHmac("sha256", key).update(`${id}.${timestamp}.${body}`).digest("base64")}`;
}

// The engines beside RingCentral's AI, as a Worker of the tests has them: the sandbox stands in for their services.
import { startProxy } from "./proxy.mjs";

/** The services that hear, by the paths of what is paid for there. */
export const PAID = {
  assemblyai: "/assemblyai/v2/transcript",
  deepgram: "/deepgram/v1/listen",
  openai: "/openai/v1/audio/transcriptions",
};

/** The key that a Worker behind the door has: it opens nothing, and is to be seen nowhere. */
export const MARKED_KEY = "S3CRET-of-a-service";

/** Where the services stand, and what opens them there. */
export const engineSettings = (url, key = "sandbox-key") => ({
  ACE: "1",
  ASSEMBLYAI_API_KEY: key,
  ASSEMBLYAI_BASE_URL: `${url}/assemblyai`,
  DEEPGRAM_API_KEY: key,
  DEEPGRAM_BASE_URL: `${url}/deepgram`,
  OPENAI_API_KEY: key,
  OPENAI_BASE_URL: `${url}/openai/v1`,
  OPENAI_CHAT_MODEL: "sandbox-chat",
});

/**
 * A door before the sandbox's services: `{url, seen, is, close}`. What stands in `is` holds for the requests that come from then on: `key`
 * is what the marked key becomes, `chat` the model that is asked, `wrongModels` whether those that hear become unknown ones, `chatWaits`
 * a promise that questions to the model wait for, `holds` the path of requests that never go on.
 */
export async function startDoor(sandboxUrl) {
  const is = { key: "sandbox-key", chat: "sandbox-chat", wrongModels: false, chatWaits: undefined, holds: undefined };
  const proxy = await startProxy(sandboxUrl, async (exchange) => {
    const { headers } = exchange;
    headers.authorization &&= headers.authorization.replace(MARKED_KEY, is.key);
    const isChat = exchange.path.endsWith("/chat/completions");
    if (exchange.path === is.holds) await new Promise(() => {});
    if (isChat) await is.chatWaits;
    if (isChat) exchange.body = Buffer.from(JSON.stringify({ ...JSON.parse(exchange.body), model: is.chat }));
    if (is.wrongModels) unknown(exchange);
    if (headers["content-length"]) headers["content-length"] = String(exchange.body.length);
  });
  return { ...proxy, is };
}

/** Names models that no service has, in the places of those that it has. */
function unknown(exchange) {
  exchange.path = exchange.path.replace("model=nova-3", "model=nova-x");
  const body = exchange.body.toString("latin1");
  exchange.body = Buffer.from(body.replace("whisper-1", "whisper-x").replace("universal-3-5-pro", "universal-x"), "latin1");
}

/** What goes wrong in the sandbox from now on. */
export async function faults(sandbox, ...rules) {
  const answer = await fetch(`${sandbox.url}/sandbox/faults`, { method: "PUT", body: JSON.stringify({ faults: rules }) });
  if (!answer.ok) throw new Error(await answer.text());
}

/** What the sandbox tells about itself. */
export const told = async (sandbox, what) => (await fetch(`${sandbox.url}/sandbox/${what}`)).json();

/** How many jobs a service has taken, each of them paid for. */
export const paidFor = async (sandbox, engine) => (await told(sandbox, "jobs")).filter(({ api }) => api === PAID[engine]).length;

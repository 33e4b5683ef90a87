// RingCentral's own clients, unchanged, each as the stories take one (see `client-story.mjs`).
import assert from "node:assert/strict";
import { spawn } from "node:child_process";
import { once } from "node:events";
import { join } from "node:path";
import { createInterface } from "node:readline";
import RingCentral from "@rc-ex/core";
import RestException from "@rc-ex/core/RestException";
import sdkModule from "@ringcentral/sdk";
import { Refused } from "./client-story.mjs";
import { python } from "./python.mjs";
import { ROOT } from "./services.mjs";

const { SDK } = sdkModule;

/** `@ringcentral/sdk`, with its `platform`. */
export function sdk(app) {
  const platform = new SDK(app).platform();
  return {
    platform,
    login: ({ code, codeVerifier, jwt }) => sdkTold(platform.login(jwt ? { jwt } : { code, code_verifier: codeVerifier })),
    refresh: () => sdkTold(platform.refresh()),
    logout: () => sdkTold(platform.logout()),
    token: async () => (await platform.auth().data()).access_token,
    signed: (uri) => platform.signUrl(uri),
    loginUrl({ state, prompt }) {
      const url = platform.loginUrl({ state, prompt, usePKCE: true });
      assert.match(url, /&brand_id=&display=&/, "empty parameters");
      return { url, codeVerifier: platform.codeVerifier };
    },
    async ask(method, path, { query, body } = {}) {
      const response = await sdkTold(platform.send({ method, url: path, query, body }));
      const json = response.status === 204 ? undefined : await response.json();
      return { status: response.status, headers: response.headers, json };
    },
    async media(uri, headers) {
      const response = await sdkTold(platform.get(uri, undefined, { headers }));
      return { status: response.status, headers: response.headers, bytes: Buffer.from(await response.arrayBuffer()) };
    },
  };
}

/** The SDK's answer, or what its error says. */
async function sdkTold(call) {
  try {
    return await call;
  } catch (error) {
    const { message, response } = error;
    // Of an AI error the SDK makes the status text: it looks for a sentence at the top of the body only.
    throw response ? new Refused({ message, status: response.status, headers: response.headers, json: await response.clone().json() }) : error;
  }
}

/** `@rc-ex/core`, as `rc`. */
export function rcEx({ redirectUri, ...app }) {
  const rc = new RingCentral(app);
  return {
    rc,
    login: ({ code, codeVerifier, jwt }) => rcExTold(rc.authorize(jwt ? { jwt } : { code, redirect_uri: redirectUri, code_verifier: codeVerifier })),
    refresh: () => rcExTold(rc.refresh()),
    logout: () => rcExTold(rc.revoke()),
    token: () => rc.token.access_token,
    // The client has nothing for it.
    signed: (uri) => `${uri}${uri.includes("?") ? "&" : "?"}access_token=${rc.token.access_token}`,
    async ask(method, path, { query, body } = {}) {
      const { status, headers, data } = await rcExTold(rc.request(method, path, body, query));
      return { status, headers, json: data };
    },
    async media(uri, headers) {
      const response = await rcExTold(rc.get(uri, undefined, { headers, responseType: "arraybuffer" }));
      return { status: response.status, headers: response.headers, bytes: Buffer.from(response.data) };
    },
  };
}

/** The client's answer, or what its error says. */
async function rcExTold(call) {
  try {
    return await call;
  } catch (error) {
    if (!(error instanceof RestException)) throw error;
    const { message, response } = error;
    throw new Refused({ message, status: response.status, headers: response.headers, json: response.data });
  }
}

/** `ringcentral` of Python: `{connect, close, missing}`, one program for all its clients. */
export function pythonClients() {
  const { command, env, missing } = python();
  let program;
  let answers;
  let clients = 0;

  function start() {
    program = spawn(command, [join(ROOT, "tests/sandbox/python_client.py")], { env, stdio: ["pipe", "pipe", "inherit"] });
    answers = createInterface({ input: program.stdout })[Symbol.asyncIterator]();
  }

  /** One call of one client; the tests wait for each, so answers come in order. */
  async function say(client, call, line = {}) {
    if (!program) start();
    if (!program.stdin.write(`${JSON.stringify({ client, call, ...line })}\n`)) await once(program.stdin, "drain");
    const { value: text, done } = await answers.next();
    if (done) throw new Error("the Python program has ended");
    const { value, refused, error } = JSON.parse(text);
    if (refused) throw new Refused({ ...refused, headers: new Headers(refused.headers) });
    if (error) throw new Error(error);
    return value;
  }

  async function connect(app) {
    const client = clients++;
    await say(client, "connect", { app });
    return {
      login: (credentials) => say(client, "login", credentials),
      refresh: () => say(client, "refresh"),
      logout: () => say(client, "logout"),
      token: () => say(client, "token"),
      signed: (uri) => say(client, "signed", { uri }),
      async ask(method, path, { query, body } = {}) {
        const answer = await say(client, "ask", { method, path, query, body });
        return { ...answer, headers: new Headers(answer.headers) };
      },
      async media(uri, headers) {
        const { status, headers: got, base64 } = await say(client, "media", { uri, headers });
        return { status, headers: new Headers(got), bytes: Buffer.from(base64, "base64") };
      },
    };
  }

  return { connect, missing, close: () => program?.stdin.end() };
}

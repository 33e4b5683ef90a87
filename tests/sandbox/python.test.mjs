// RingCentral's own Python SDK, unchanged, against the sandbox: `python_client.py` does what this file tells it.
// Run with `SANDBOX_BIN=path/to/ringcentral-sandbox node --test tests/sandbox/python.test.mjs`.
import { spawn } from "node:child_process";
import { once } from "node:events";
import { join } from "node:path";
import { createInterface } from "node:readline";
import { after } from "node:test";
import { Refused, tell } from "../support/client-story.mjs";
import { python } from "../support/python.mjs";
import { ROOT } from "../support/services.mjs";

const { command, env, missing } = python();
let program;
let answers;
let clients = 0;
after(() => program?.stdin.end());

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

tell("ringcentral (Python)", connect, { skip: missing });

// The programs of LANGUAGES.md, taken out as they stand there, and what each of them must do.
import assert from "node:assert/strict";
import { execFile } from "node:child_process";
import { mkdirSync, readFileSync, readdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { after, before, describe, test } from "node:test";
import { reply, startServer } from "./http.mjs";
import { CREDENTIALS, ROOT, startSandbox, startWorker } from "./services.mjs";
import { MEDIA, letters, textOf, writtenDown } from "./spoken.mjs";

/** What the programs are told, and must not tell. */
const SETTINGS = {
  RC_CLIENT_ID: CREDENTIALS.RC_CLIENT_ID,
  RC_CLIENT_SECRET: CREDENTIALS.RC_CLIENT_SECRET,
  RC_JWT: CREDENTIALS.RC_JWT,
  API_TOKEN: CREDENTIALS.API_TOKENS,
};

let sandbox, worker;
after(async () => {
  await worker?.close();
  await sandbox?.close();
});

/** The page's programs: `[{language, version, code}]`, by heading, the SDK's version that the text above names, and code block. */
export function programs() {
  const page = readFileSync(join(ROOT, "LANGUAGES.md"), "utf8");
  const sections = page.split(/^## /m).slice(1);
  return sections.map((section) => ({
    language: /^.*/.exec(section)[0],
    version: /tried with (?:the sources of )?(\d[\d.]*\d)/.exec(section)?.[1],
    code: /^```\w+\n([^]*?)^```$/m.exec(section)?.[1] ?? "",
  }));
}

/** The one in `language`. */
export const programIn = (language) => programs().find((program) => program.language === language);

/** A folder for a language's program and packages; inside the workspace, so that a program finds its node_modules. */
export function folderOf(language) {
  const folder = join(ROOT, "target/languages", language.toLowerCase().replace("#", "sharp"));
  mkdirSync(folder, { recursive: true });
  return folder;
}

/**
 * The tests of the program in `language`, saved as `file` and started with `command args`; `{missing}` skips them with that sentence.
 * `build` makes what is started, where the file itself is not.
 */
export function testProgram(language, { missing, file, command, args = [file], env = process.env, build = () => {} }) {
  if (missing) return test(`the program in ${language}`, { skip: missing }, () => {});
  describe(language, () => {
    before(() => {
      writeFileSync(join(folderOf(language), file), programIn(language).code);
      build();
    });
    const run = async (changed) => {
      const settings = { ...SETTINGS, ...(await addresses()), ...changed };
      const ended = await start(command, args, { cwd: folderOf(language), env: { ...env, ...settings } });
      assertSilence(ended, settings);
      return ended;
    };
    const refused = async (changed, sentence) => {
      const { code, stdout, stderr } = await run(changed);
      assert.ok(code > 0, `exit code ${code}`);
      assert.equal(stdout, "");
      assert.match(stderr, sentence);
    };

    test("prints what was said in the newest recorded call", async () => {
      const { code, stdout, stderr } = await run();
      assert.deepEqual([code, stderr], [0, ""]);
      assert.equal(letters(stdout.replace(/^Speaker \S+: /gm, "")), letters(newestCall()));
    });

    test("ends with RingCentral's words where the JWT is wrong", () => refused({ RC_JWT: "S3CRET-jwt" }, /Invalid JWT assertion/));

    test("ends with the Worker's words where the API token is wrong", () => refused({ API_TOKEN: "S3CRET-token" }, /the token is none of API_TOKENS/));

    test("ends with the error of a job that failed, and with that of an unknown one", async (t) => {
      const error = { code: "ringcentral_job_failed", message: "RingCentral ended the job without a result" };
      const failed = { id: "j-1", status: "failed", completedAt: "2026-01-31T00:00:00.000Z", error };
      const scripted = await scriptedWorker(t, [{ id: "j-1", status: "submitted" }, failed]);
      await refused({ WORKER_URL: scripted.url }, /failed: [^]*RingCentral ended the job without a result/);
      const [{ headers, body }, ...polls] = scripted.requests;
      assert.deepEqual(polls.map(({ method, path }) => `${method} ${path}`), Array(2).fill("GET /v1/jobs/j-1?wait=55"));
      assert.equal(headers.authorization, `Bearer ${SETTINGS.API_TOKEN}`);
      assert.match(headers["content-type"], /^application\/json/);
      const { media, ...rest } = JSON.parse(body);
      assert.deepEqual(rest, { task: "speech-to-text", input: { enableSpeakerDiarization: true } });
      assert.match(media.contentUri, /\/recording\/\d+\/content\?access_token=[\w-]+$/);
      assert.ok((await fetch(media.contentUri)).ok, "the address can be fetched by anyone");

      const forgetful = await scriptedWorker(t, []);
      await refused({ WORKER_URL: forgetful.url }, /there is no such job/);
    });

    test("ends with a sentence where no call was recorded", async (t) => {
      const token = { access_token: "t-1", token_type: "bearer", expires_in: 3600, refresh_token: "r-1", refresh_token_expires_in: 604800 };
      const server = await startServer(({ path }, response) => reply(response, 200, path.includes("/oauth/token") ? token : { records: [] }));
      t.after(server.close);
      await refused({ RC_SERVER: server.url }, /No call of the last 24 hours was recorded/);
      assert.match(server.requests.at(-1).path, /\/account\/~\/extension\/~\/call-log\?recordingType=All$/);
    });
  });
}

/** Where the sandbox and the Worker are; all programs of a test file share them. */
async function addresses() {
  sandbox ??= await startSandbox();
  worker ??= await startWorker({ sandboxUrl: sandbox.url });
  return { RC_SERVER: sandbox.url, WORKER_URL: worker.url };
}

/** A Worker that takes a job and then answers `jobs`, one after the other; then it knows of none. It ends with the test. */
async function scriptedWorker(t, jobs) {
  const left = [...jobs];
  const error = { code: "not_found", message: "there is no such job", requestId: "q-1" };
  const server = await startServer(({ method }, response) => {
    if (method === "POST") return reply(response, 202, { id: "j-1", status: "queued" });
    const job = left.shift();
    return job ? reply(response, 200, job) : reply(response, 404, { error });
  });
  t.after(server.close);
  return server;
}

/** Runs a program to its end: `{code, stdout, stderr}`. */
function start(command, args, options) {
  return new Promise((resolve, reject) => {
    execFile(command, args, { ...options, encoding: "utf8", timeout: 90_000 }, (error, stdout, stderr) => {
      // One that could not be started, or hung, has no exit code.
      if (error && !Number.isInteger(error.code)) return reject(error);
      resolve({ code: error?.code ?? 0, stdout, stderr });
    });
  });
}

/** Nothing that a program says holds a secret. */
function assertSilence({ stdout, stderr }, { RC_CLIENT_ID, RC_CLIENT_SECRET, RC_JWT, API_TOKEN }) {
  const basic = Buffer.from(`${RC_CLIENT_ID}:${RC_CLIENT_SECRET}`).toString("base64");
  const said = stdout + stderr;
  for (const secret of [RC_CLIENT_SECRET, RC_JWT, API_TOKEN, basic, "access_token", "Bearer "]) assert.ok(!said.includes(secret), said);
}

/** What is said in the recorded call that is the sandbox's newest. */
function newestCall() {
  const names = readdirSync(MEDIA).flatMap((file) => /^(.*)\.words\.json$/.exec(file)?.[1] ?? []);
  const [newest] = names.map(writtenDown).filter(({ call }) => call).toSorted((a, b) => a.call.minutesAgo - b.call.minutesAgo);
  return textOf(newest);
}

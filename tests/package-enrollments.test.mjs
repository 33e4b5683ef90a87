// Speakers whom RingCentral knows by their voices, as the package enrolls them: against the sandbox, and against servers that answer otherwise.
import assert from "node:assert/strict";
import { readFile } from "node:fs/promises";
import { join } from "node:path";
import { after, before, describe, it } from "node:test";
import { reply, startServer } from "./support/http.mjs";
import { failure, installPackage } from "./support/package.mjs";
import { ROOT, startSandbox } from "./support/services.mjs";

const LOGIN = { clientId: "sandbox-client", clientSecret: "sandbox-secret", jwt: "sandbox-jwt" };
const SAMPLE = { encoding: "Wav", content: "UklGRg==" };

let api, sandbox, remove, rc, voice;

before(async () => {
  ({ api, close: remove } = await installPackage());
  sandbox = await startSandbox();
  rc = await api.RingCentral.login({ ...LOGIN, server: sandbox.url });
  voice = await readFile(join(ROOT, "tests/sandbox/media/voicemail.wav"));
});

after(async () => {
  await sandbox?.close();
  await remove?.();
});

const listed = (filters) => Array.fromAsync(rc.enrollments(filters));

/** Runs `body` with a session at a server that answers by `answer`. */
async function beside(answer, body) {
  const server = await startServer(answer);
  try {
    await body(api.RingCentral.fromToken({ accessToken: "S3CRET", server: server.url }), server);
  } finally {
    await server.close();
  }
}

describe("a speaker", () => {
  it("is enrolled, read, added to, listed and deleted", async () => {
    assert.deepEqual(await listed(), []);
    const made = await rc.createEnrollment({ speakerId: "ext_7", encoding: "Wav", languageCode: "en-US", content: new Blob([voice]) });
    assert.deepEqual([made.speakerId, made.enrollmentComplete], ["ext_7", true]);
    assert.ok(made.totalSpeechDuration > 12 && made.enrollmentQuality, JSON.stringify(made));
    assert.deepEqual(await rc.enrollment("ext_7"), made);

    const grown = await rc.updateEnrollment("ext_7", { encoding: "Wav", content: voice.toString("base64") });
    assert.ok(grown.totalEnrollDuration > made.totalEnrollDuration);
    const more = { speakerId: "ext_8", encoding: "Wav" };
    const other = await rc.createEnrollment({ ...more, content: voice }); // A view of more bytes than are meant.
    await rc.createEnrollment({ ...more, speakerId: "ext_9", content: voice.buffer.slice(voice.byteOffset, voice.byteOffset + voice.length) });
    assert.deepEqual((await rc.enrollment("ext_9")).totalEnrollDuration, other.totalEnrollDuration);
    assert.deepEqual((await listed({ perPage: 1 })).map(({ speakerId }) => speakerId), ["ext_7", "ext_8", "ext_9"]);
    assert.deepEqual((await listed({ partial: true }))[0], grown);

    assert.equal(await rc.deleteEnrollment("ext_7"), undefined);
    assert.deepEqual((await listed()).map(({ speakerId }) => speakerId), ["ext_8", "ext_9"]);
  });

  it("who is there already, is not there or is gone is refused by status", async () => {
    const sample = { speakerId: "twice", encoding: "Wav", content: voice };
    await rc.createEnrollment(sample);
    const refused = async (promise) => {
      const { code, status, ringcentral } = await failure(promise);
      return [code, status, ringcentral?.[0]?.errorCode];
    };
    assert.deepEqual(await refused(rc.createEnrollment(sample)), ["ringcentral_refused", 409, "CAI-101"]);
    assert.deepEqual(await refused(rc.enrollment("nobody")), ["ringcentral_refused", 404, "CAI-101"]);
    assert.deepEqual(await refused(rc.updateEnrollment("nobody", SAMPLE)), ["ringcentral_refused", 404, "CAI-101"]);
    await rc.deleteEnrollment("twice");
    assert.deepEqual(await refused(rc.deleteEnrollment("twice")), ["ringcentral_refused", 410, "CAI-101"]);
  });

  it("is refused by the field's name before anything is sent", async () => {
    const refused = async (promise) => {
      const { code, field, message } = await failure(promise);
      assert.deepEqual([code, message.split(": ")[0]], ["invalid_field", field]);
      return field;
    };
    await beside((_, response) => reply(response, 200, {}), async (rc, server) => {
      const blob = { arrayBuffer: async () => Promise.reject(new Error("S3CRET")) };
      const wrong = {
        speakerId: ["", "a b", "a/b", "ä", "a".repeat(201), 7, null, undefined, Symbol("S3CRET"), {}, ".."],
        encoding: ["wav", "", 7, null, undefined, Symbol("S3CRET"), []],
        content: ["", "RIFF!", "UklGRg", 7, null, undefined, {}, [82], Symbol("S3CRET"), new Uint8Array(), blob],
        languageCode: ["", " ", 7, null, {}],
        webhook: ["https://h.example/S3CRET", undefined, null],
      };
      for (const [field, values] of Object.entries(wrong)) {
        for (const value of values) {
          assert.equal(await refused(rc.createEnrollment({ speakerId: "a", ...SAMPLE, [field]: value })), field);
          const ofOne = field === "speakerId" ? rc.updateEnrollment(value, SAMPLE) : rc.updateEnrollment("a", { ...SAMPLE, [field]: value });
          assert.equal(await refused(ofOne), field);
          if (field !== "speakerId") continue;
          assert.equal(await refused(rc.enrollment(value)), field);
          assert.equal(await refused(rc.deleteEnrollment(value)), field);
        }
      }
      for (const sample of [undefined, null, "S3CRET", 7, Symbol("S3CRET")]) {
        assert.equal(await refused(rc.createEnrollment(sample)), "sample");
        assert.equal(await refused(rc.updateEnrollment("a", sample)), "sample");
      }
      const filters = { partial: ["true", 1, null], perPage: [0, 1.5, "9", null, Infinity], page: [1], cursor: ["S3CRET"] };
      for (const [field, values] of Object.entries(filters)) {
        for (const value of values) {
          assert.equal(await refused(Array.fromAsync(rc.enrollments({ [field]: value }))), field);
        }
      }
      assert.equal(server.requests.length, 0);
    });
  });
});

describe("an answer", () => {
  it("of another time or shape is read as far as it can be", async () => {
    const pages = [
      { records: [{ enrollmentId: "old", enrollmentComplete: true }, null, {}, { speakerId: "new", enrollmentComplete: false, more: 1 }] },
      { records: [] },
    ];
    await beside((_, response) => reply(response, 200, pages.shift()), async (rc, server) => {
      let skipped = 0;
      const items = await Array.fromAsync(rc.enrollments({ perPage: 4, onSkipped: (count) => (skipped += count) }));
      assert.deepEqual(items, [{ speakerId: "old", enrollmentComplete: true }, { speakerId: "new", enrollmentComplete: false, more: 1 }]);
      assert.deepEqual([skipped, server.requests.map(({ path }) => path.split("&").at(-1))], [2, ["page=1", "page=2"]]);
    });
  });

  it("that is none is unexpected_answer", async () => {
    for (const body of ["{}", "[]", "<html>S3CRET</html>", `{"speakerId":7}`, `{"speak`, " ".repeat(1 << 20)]) {
      await beside((_, response) => response.writeHead(200).end(body), async (rc) => {
        const once = rc.withOptions({ maxRetries: 0 });
        assert.equal((await failure(once.enrollment("a"))).code, "unexpected_answer", body.slice(0, 40));
        assert.equal((await failure(Array.fromAsync(once.enrollments()))).code, "unexpected_answer", body.slice(0, 40));
      });
    }
  });

  it("that does not come is asked for again, but a sample is not added twice", async () => {
    await beside((_, response) => response.destroy(), async (rc, server) => {
      const twice = rc.withOptions({ maxRetries: 1 });
      const sent = async (promise) => {
        server.requests.length = 0;
        return [(await failure(promise)).code, server.requests.length];
      };
      assert.deepEqual(await sent(twice.enrollment("a")), ["network_or_cors", 2]);
      assert.deepEqual(await sent(twice.updateEnrollment("a", SAMPLE)), ["submit_unconfirmed", 1]);
      const abort = new AbortController();
      const wait = twice.enrollment("a", { signal: abort.signal });
      abort.abort(new Error("enough"));
      assert.equal((await failure(wait)).message, "enough");
    });
  });
});

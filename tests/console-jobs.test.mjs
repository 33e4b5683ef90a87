// Jobs in the console: live, over a reload and without a network, once more, and away.
import assert from "node:assert/strict";
import { after, afterEach, before, it } from "node:test";
import { TOKEN, startConsole } from "./support/console.mjs";
import { faults } from "./support/engines.mjs";

let console_;
let tab;

before(async () => {
  console_ = await startConsole({ args: ["--speed", "0.3"] });
});
after(() => console_?.close());
afterEach(() => console_.tab?.context().close());

const button = (name, options) => tab.getByRole("button", { name, ...options });
const post = (path, body) => console_.ask(path, { method: "POST", headers: { "content-type": "application/json" }, body: JSON.stringify(body) }).then((response) => response.json());

/** A job of the support call. */
async function begin() {
  const { items } = JSON.parse(await console_.get("/v1/recordings"));
  return post("/v1/jobs", { task: "speech-to-text", media: { recordingId: items[0].id }, label: "The support call", input: { enableSpeakerDiarization: true } });
}

const openAt = async (...place) => (tab = await console_.openAt(...place));
const stage = (text) => tab.locator(".stages li", { hasText: text });

it("a job is followed live through its stages, each with its time, and is said to a screen reader once a stage", async () => {
  const { id } = await begin();
  await openAt(`#/jobs/${id}`);
  await tab.evaluate(() => {
    window.said = [];
    new MutationObserver(() => window.said.push(document.getElementById("said").textContent)).observe(document.getElementById("said"), { childList: true, characterData: true, subtree: true });
  });
  await stage("Waiting for the result").and(tab.locator(".busy")).waitFor();
  await tab.getByText(/\d elapsed/).waitFor();
  await tab.getByText(/last news/).waitFor();
  await stage(/Media fetched: 0\.\d of 0\.\d MB/).and(tab.locator(".done")).waitFor();
  await tab.locator(".turn").first().waitFor();
  await tab.getByRole("link", { name: "Details" }).click();
  await stage(/^Result here/).waitFor();
  const said = await tab.evaluate(() => window.said);
  assert.ok(said.length <= 3 && said.at(-1) === "Result here", said.join());
  assert.deepEqual(tab.complaints, []);
});

it("a job that runs is there again after a reload in the middle, and goes on when the network is back", async () => {
  const { id } = await begin();
  await openAt(`#/jobs/${id}`);
  await stage("Waiting").waitFor();
  await tab.reload();
  await stage("Waiting").waitFor();
  await tab.context().setOffline(true);
  await tab.getByText("You are offline.").waitFor();
  await tab.getByRole("link", { name: "Recordings" }).click();
  await tab.getByRole("heading", { name: "Recordings" }).waitFor();
  await tab.context().setOffline(false);
  await tab.getByText("You are offline.").waitFor({ state: "detached" });
  await tab.evaluate((id) => (location.hash = `#/jobs/${id}`), id);
  await tab.locator(".turn").first().waitFor();
});

it("many jobs that run are all kept up to date, though a browser keeps few connections", async () => {
  const jobs = await Promise.all([1, 2, 3, 4].map(begin));
  await openAt("#/jobs?state=running");
  for (const { id } of jobs) await tab.locator(`.job a[href="#/jobs/${id}"]`).waitFor();
  for (const { id } of jobs) await tab.locator(`.job a[href="#/jobs/${id}"]`).waitFor({ state: "detached" });
  await tab.getByText("Nothing matches these filters.").waitFor();
  await button("Clear the filters").click();
  await tab.locator(".job .chip.good").first().waitFor();
  assert.deepEqual(tab.complaints, []);
});

it("a finished job is done again as a new one that names it, and a name is given to it", async () => {
  const { id } = await begin();
  await (await console_.ask(`/v1/jobs/${id}?wait=50`)).json();
  await openAt(`#/jobs/${id}`, { permissions: ["clipboard-read", "clipboard-write"] });
  await button("Do it again").click();
  await tab.waitForFunction((id) => !location.hash.includes(id), id);
  await tab.getByRole("link", { name: "The job that it repeats" }).waitFor();
  await button("Rename").click();
  await tab.getByLabel("Name of the job").fill("<i>Again</i>");
  await button("Save").click();
  await tab.getByRole("heading", { name: "<i>Again</i>" }).waitFor();
  const job = JSON.parse(await console_.get(`/v1/jobs/${tab.url().split("/").at(-1)}`));
  assert.deepEqual([job.retryOf, job.label], [id, "<i>Again</i>"]);
  await tab.locator(".notices").getByRole("button", { name: "Copy as curl" }).click();
  const copied = await tab.evaluate(() => navigator.clipboard.readText());
  assert.equal(copied, `curl -X PATCH -H "Authorization: Bearer $TOKEN" -H 'Content-Type: application/json' -d '{"label":"<i>Again</i>"}' '${console_.url}/v1/jobs/${job.id}'`);
});

it("a deletion can be undone for a while; then, or when the page is left, the job is gone", async () => {
  const [kept, gone, left] = await Promise.all([1, 2, 3].map(() => console_.finished("punctuate", { texts: ["So it goes."] })));
  await openAt("#/jobs");
  const row = ({ id }) => tab.locator(`.job:has(a[href="#/jobs/${id}"])`);
  const remove = (job) => row(job).getByRole("button", { name: /^Delete/ }).click();
  await remove(kept);
  await row(kept).waitFor({ state: "detached" });
  await button("Undo").click();
  await row(kept).waitFor();
  await remove(gone);
  await tab.waitForResponse((response) => response.request().method() === "DELETE" && response.status() === 204);
  assert.equal((await console_.ask(`/v1/jobs/${gone.id}`)).status, 404);
  await remove(left);
  await tab.goto("about:blank");
  for (let tries = 0; (await console_.ask(`/v1/jobs/${left.id}`)).status !== 404; tries += 1) assert.ok(tries < 100);
  assert.equal((await console_.ask(`/v1/jobs/${kept.id}`)).status, 200);
});

it("a job that is deleted while it is looked at, here or elsewhere, says that it is gone", async () => {
  const mine = await console_.finished("punctuate", { texts: ["So it goes."] });
  await openAt(`#/jobs/${mine.id}`);
  await button("Delete").click();
  const isGone = () => tab.getByRole("main").getByText("The job and its result are deleted.").waitFor();
  await isGone();
  await button("Undo").click();
  await tab.getByText("This task gives no words.").waitFor();
  await tab.context().close();
  const theirs = await post("/v1/callbacks", { task: "punctuate" });
  await openAt(`#/jobs/${theirs.id}`);
  await stage("Waiting").waitFor();
  await console_.ask(`/v1/jobs/${theirs.id}`, { method: "DELETE" });
  await isGone();
  assert.deepEqual(tab.complaints, []);
});

it("a failure says what failed, whether the audio is safe, and what to do", async () => {
  const failed = await console_.finished("speech-to-text", { errors: [{ errorCode: "CAI-101", message: "<b>Invalid</b> contentUri" }] }, { status: "Fail" });
  await openAt(`#/jobs/${failed.id}`);
  const problem = tab.getByRole("alert");
  await problem.waitFor();
  assert.match(await problem.innerText(), /ringcentral_job_failed[^]*CAI-101: <b>Invalid<\/b> contentUri[^]*do it again/);
  await problem.getByRole("button", { name: "Try again" }).click();
  await tab.getByText(/It was not begun again:/).waitFor();
  await tab.getByRole("link", { name: "Recordings" }).click();
  await tab.getByRole("link", { name: "1 job failed" }).waitFor();
  await button("I have seen them").click();
  await tab.reload();
  await tab.getByRole("heading", { name: "Recordings" }).waitFor();
  assert.equal(await tab.getByRole("link", { name: "1 job failed" }).count(), 0);
});

it("what is tried says how often it was, how often it is at most, and when it is next", async () => {
  const always = { chance: 1, taken: false };
  await faults(console_.sandbox, { ...always, kind: "server-error", status: [503], path: "/restapi/v1.0/account/~/recording/" });
  const { id } = await begin();
  await openAt(`#/jobs/${id}`);
  const count = tab.getByText(/^tried \d+ of 2,885 times, next at \d/);
  const first = await count.innerText();
  await tab.waitForFunction((first) => [...document.querySelectorAll(".running span")].some(({ innerText }) => /^tried/.test(innerText) && innerText !== first), first);
  await faults(console_.sandbox, { ...always, kind: "cut", path: "/ai/audio/v1/async/speech-to-text" });
  await tab.getByText(/^sent, try 1 of 2; sent again at \d.* unless an answer comes$/).waitFor();
  await faults(console_.sandbox);
  await tab.route(`**/v1/jobs/${id}*`, async (route) => {
    const job = { ...(await (await route.fetch()).json()), status: "failed", tries: { for: "confirmation", made: 2, of: 2 }, error: { code: "submit_unconfirmed", message: "it may have run" } };
    await route.fulfill({ json: job });
  });
  await tab.reload();
  assert.match(await tab.getByRole("alert").innerText(), /Sent 2 of 2 times\. The recording itself is untouched[^]*Copy the job's id/);
});

it("a call that fails says which of its tries that was, and the last one stays", async () => {
  await openAt("#/");
  await tab.route("**/v1/jobs?*", (route) => route.fulfill({ status: 503, json: { error: { code: "busy", message: "the Worker has much to do", requestId: "r-1" } } }));
  await tab.evaluate(() => (location.hash = "#/jobs"));
  await tab.reload();
  await tab.getByText(/A request to the Worker failed, attempt [1-4] of 5: the next follows by itself/).waitFor();
  await tab.getByRole("alert").waitFor();
  assert.match(await tab.getByRole("alert").innerText(), /much to do[^]*Attempt 5 of 5\.[^]*Copy the request's id/);
});

it("what was asked for and could not be had is said with its reason", async () => {
  const { id } = await console_.finished("punctuate", { texts: ["So it goes."] });
  await openAt("#/jobs");
  await tab.route(`**/v1/jobs/${id}`, async (route) => route.fulfill({ json: { ...(await (await route.fetch()).json()), missing: [{ name: "Topics", reason: "no language model is <b>set</b>" }] } }));
  await tab.evaluate((id) => (location.hash = `#/jobs/${id}`), id);
  await tab.getByRole("region", { name: "Asked for, and not in the result" }).getByText("Topics: no language model is <b>set</b>").waitFor();
});

it("a job that is not there says so and leads back", async () => {
  await openAt("#/jobs/01960e0a-7c1e-7b52-9a2b-3d1c5f6a7b8c");
  assert.match(await tab.getByRole("alert").innerText(), /not_found/);
  await tab.getByRole("link", { name: "Back to the jobs" }).click();
  await tab.locator(".job a").first().waitFor();
});

it("what the Worker can be asked about a job is copied for a terminal, without the token", async () => {
  const { id } = await console_.finished("speech-to-text", { transcript: "", words: [], utterances: [] });
  await openAt(`#/jobs/${id}`, { permissions: ["clipboard-read", "clipboard-write"] });
  const path = `'${console_.url}/v1/jobs/${id}`;
  const calls = { "The job": ` ${path}'`, "Its result": ` ${path}/result'`, "Its transcript": ` ${path}/transcript.srt'`, "Do it again": ` -X POST ${path}/retry'`, "Delete it": ` -X DELETE ${path}'` };
  for (const [name, call] of Object.entries(calls)) {
    await button("Copy as curl").click();
    await tab.getByRole("dialog", { name: "Copy as curl" }).getByRole("button", { name }).click();
    const copied = await tab.evaluate(() => navigator.clipboard.readText());
    assert.equal(copied.replace(' -H "Authorization: Bearer $TOKEN"', ""), `curl${call}`);
    assert.ok(copied.includes("$TOKEN") && !copied.includes(TOKEN));
  }
  await tab.getByText("Copied: the token stands in $TOKEN.").first().waitFor();
});

it("where a job still runs that is said, with what its like took, and leads on; so does a list of finished ones that has none yet", async () => {
  const { id } = await begin();
  tab = await console_.open("/");
  await tab.route("**/v1/stats", async (route) => {
    const response = await route.fetch();
    const similar = [{ engine: "ringcentral", task: "speech-to-text", count: 31, p10S: 110, p90S: 247 }, { engine: "ringcentral", task: "punctuate", count: 99, p10S: 1, p90S: 2 }];
    await route.fulfill({ response, json: { ...(await response.json()), similar } });
  });
  await tab.evaluate((token) => (location.hash = `token=${token}`), TOKEN);
  await tab.getByRole("navigation", { name: "Views" }).waitFor();
  await tab.evaluate((id) => (location.hash = `#/jobs/${id}`), id);
  await tab.getByText("Still running: what it finds stands here by itself.").waitFor();
  await tab.getByText("Similar jobs took 2 to 4 minutes (31 jobs).").waitFor();
  await tab.getByRole("link", { name: "Go to the jobs" }).click();
  await tab.route("**/v1/jobs?*", async (route) => {
    const response = await route.fetch();
    const { items } = await response.json();
    await route.fulfill({ response, json: { items: items.filter(({ status }) => !["succeeded", "failed"].includes(status)) } });
  });
  await tab.reload();
  await tab.getByLabel("State").selectOption("done");
  await tab.getByText(/^Nothing is finished yet: \d jobs? still running\.$/).waitFor();
  await button("Show what is running").click();
  await tab.waitForURL(/state=running$/);
  await tab.locator(`.job a[href="#/jobs/${id}"]`).waitFor();
  assert.deepEqual(tab.complaints, []);
});

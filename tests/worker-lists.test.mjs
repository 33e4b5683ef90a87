// Lists that RingCentral answers oddly: nothing is lost, nothing comes twice, and what cannot be read is counted.
import assert from "node:assert/strict";
import { after, before, beforeEach, test } from "node:test";
import { api } from "./support/api.mjs";
import { startRingCentral } from "./support/ringcentral.mjs";
import { startWorker } from "./support/services.mjs";

let ringcentral, worker, call, answer;
const odd = (request, count) => answer(request, count);
before(async () => {
  ringcentral = await startRingCentral({ calls: odd, meetings: odd, voicemail: odd });
  worker = await startWorker({ sandboxUrl: ringcentral.url });
  call = api(worker.url);
});
beforeEach(() => (ringcentral.requests.length = 0));
after(async () => {
  await worker?.close();
  await ringcentral?.close();
});

const named = (id) => ({ id, contentUri: `${ringcentral.url}/recording/${id}/content` });
const recorded = (id, more) => ({ id: `c${id}`, recording: named(id), ...more });

/** A list to its end, with `page` for each page by its number: the ids, and how many rows were skipped. */
async function listed(query, page) {
  answer = (request) => page(Number(new URL(request.path, ringcentral.url).searchParams.get("page") ?? 1), request);
  const [items, skipped] = [[], []];
  for (let path = `/v1/recordings?${query}`; path; ) {
    const { status, json, text } = await call.get(path);
    assert.equal(status, 200, text);
    items.push(...json.items);
    if (json.skipped) skipped.push(json.skipped);
    assert.ok(ringcentral.requests.length < 60, "the list has no end");
    path = json.nextCursor && `/v1/recordings?cursor=${encodeURIComponent(json.nextCursor)}`;
  }
  return { ids: items.map(({ id }) => id), items, skipped };
}

const calls = (records, next) => ({ json: { records, navigation: next ? { nextPage: { uri: next } } : {} } });

test("pages without recordings, or without anything, do not end a list", async () => {
  const pages = [[], [], [recorded(1)], [{ id: "not recorded" }], [], [recorded(2)]];
  const { ids } = await listed("perPage=1", (number) => calls(pages[number - 1], number < pages.length && `?page=${number + 1}`));
  assert.deepEqual(ids, ["1", "2"]);
});

for (const [what, next] of Object.entries({
  "a whole address": (base, number) => `${base}/restapi/v1.0/account/1/extension/2/call-log?page=${number}`,
  "a path": (_, number) => `/restapi/v1.0/account/~/extension/~/call-log?page=${number}`,
  "a query": (_, number) => `?page=${number}`,
  "an address of another host": (_, number) => `https://gateway.example/restapi/v1.0/account/~/extension/~/call-log?page=${number}`,
})) {
  test(`a next page that is named by ${what} is asked for with all that was asked before`, async () => {
    const { ids } = await listed("dateFrom=2026-01-01&direction=Inbound", (number) =>
      calls([recorded(number)], number < 3 && next(ringcentral.url, number + 1)));
    assert.deepEqual(ids, ["1", "2", "3"]);
    for (const { path } of ringcentral.of("calls")) {
      const { searchParams } = new URL(path, ringcentral.url);
      assert.deepEqual([searchParams.get("dateFrom"), searchParams.get("direction")], ["2026-01-01T00:00:00Z", "Inbound"], path);
    }
  });
}

test("calls that come while the list is read move nothing out of it, and nothing comes twice", async () => {
  const at = (minute) => new Date(Date.UTC(2026, 0, 31, 9, minute)).toISOString();
  const all = [5, 4, 3, 2, 1].map((number) => recorded(number, { startTime: at(number) }));
  // One that heeds the bound, and one that does not.
  for (const heeds of [true, false]) {
    let log = all;
    const { ids } = await listed("dateFrom=2020-01-01&perPage=2", (number, { path }) => {
      const to = new URL(path, ringcentral.url).searchParams.get("dateTo");
      const inSpan = log.filter(({ startTime }) => !heeds || !to || startTime <= to);
      log = [recorded(10 + number, { startTime: at(10 + number) }), ...log];
      return calls(inSpan.slice(2 * number - 2, 2 * number), inSpan.length > 2 * number && `?page=${number + 1}`);
    });
    assert.deepEqual(ids, ["5", "4", "3", "2", "1"], `heeds: ${heeds}`);
  }
});

test("a list that leads back into itself comes to an end", async () => {
  const itself = await listed("", (number) => calls([recorded(number)], "?page=1"));
  assert.deepEqual(itself.ids, ["1"]);
  const pair = await listed("source=meetings", (_, { path }) => {
    const token = new URL(path, ringcentral.url).searchParams.get("pageToken") ?? "first";
    const meeting = { id: token, recordings: [{ id: "1", availabilityStatus: "Alive", url: `${ringcentral.url}/r/${token}` }] };
    return { json: { meetings: [meeting], paging: { nextPageToken: token === "a" ? "b" : "a" } } };
  });
  assert.deepEqual(pair.ids, ["meeting-first-1", "meeting-a-1", "meeting-b-1"]);
  answer = (request) => calls([], `?page=${1 + Number(new URL(request.path, ringcentral.url).searchParams.get("page") ?? 1)}`);
  let [path, last] = ["/v1/recordings"];
  do {
    last = await call.get(path);
    path = `/v1/recordings?cursor=${encodeURIComponent(last.json.nextCursor)}`;
  } while (last.json.nextCursor);
  assert.notEqual(last.status, 200, "pages without anything and without an end are an error");
});

test("ids may be numbers, and addresses may be relative", async () => {
  const { items } = await listed("", () => calls([{ id: 7, recording: { id: 1662272004, contentUri: "/restapi/v1.0/account/1/recording/1662272004/content" } }]));
  const [{ id, contentUri, submittable }] = items;
  assert.deepEqual([id, contentUri, submittable], ["1662272004", `${ringcentral.url}/restapi/v1.0/account/1/recording/1662272004/content`, true]);
});

test("a recording that only a leg names is found, where legs are asked for", async () => {
  const legs = [{ recording: named(1) }, { recording: named(2), duration: 7 }, { legType: "Accept" }];
  const { items } = await listed("view=Detailed", () => calls([recorded(1, { legs, duration: 60 }), { id: "c", legs: [{ recording: named(3) }] }]));
  assert.deepEqual(items.map(({ id, durationS }) => [id, durationS]), [["1", 60], ["2", 7], ["3", undefined]]);
  assert.match(ringcentral.of("calls")[0].path, /view=Detailed/);
});

test("a row that cannot be read is counted, and said", async () => {
  const rows = [recorded(1), "x", { recording: { contentUri: "/r" } }, { id: "c" }, { recording: "r" }];
  const { ids, skipped } = await listed("", (number) => (number === 1 ? calls(rows, "?page=2") : calls([null, recorded(2)])));
  assert.deepEqual([ids, skipped], [["1", "2"], [3, 1]]);
});

test("a recording on a host that may not see a token says which setting would let it", async () => {
  const recording = { id: "1", contentUri: "https://media.other.example/r/1" };
  const { items } = await listed("", () => calls([{ id: "c", recording }]));
  assert.equal(items[0].submittable, false);
  assert.match(items[0].reason, /media\.other\.example .*RC_MEDIA_HOSTS/);
});

test("a filter with a slip is taken, or told exactly", async () => {
  await listed("dateFrom=2024-01-01T00:00:00+01:00&perPage=%207", () => calls([]));
  assert.match(ringcentral.of("calls")[0].path, /dateFrom=2024-01-01T00%3A00%3A00%2B01%3A00&perPage=7/);
  for (const [query, field, said] of [
    ["dateFrom=2024-01-01T00:00:00", "dateFrom", /with its zone/],
    ["perPage=5000", "perPage", /from 1 to 1000/],
    ["limit=5", "limit", /it has: source.*perPage/],
  ]) {
    const { status, json } = await call.get(`/v1/recordings?${query}`);
    assert.deepEqual([status, json.error.field], [422, field]);
    assert.match(json.error.message, said);
  }
});

test("a list whose turn comes after its patience is answered at once, with when it comes", async () => {
  for (const [header, waitS] of [["120", 120], ["999999999999", 900]]) {
    const own = await startRingCentral({ calls: { status: 429, headers: { "retry-after": header } } });
    const other = await startWorker({ sandboxUrl: own.url });
    try {
      for (const round of ["the one that meets it", "the next"]) {
        const began = Date.now();
        const { status, json, headers } = await api(other.url).get("/v1/recordings?source=calls");
        assert.ok(Date.now() - began < 10_000, `${round} waited ${Date.now() - began} ms`);
        assert.ok([429, 502, 503].includes(status) && json.error.message.length > 10, `${status} ${json.error.message}`);
        const seconds = Number(headers.get("retry-after"));
        assert.ok(seconds > waitS - 30 && seconds <= waitS + 2, `${round}: ${seconds}`);
      }
      assert.equal(own.of("calls").length, 1, "nothing is sent inside a penalty");
    } finally {
      await other.close();
      await own.close();
    }
  }
});

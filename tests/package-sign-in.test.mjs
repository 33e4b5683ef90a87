// Users who sign in to RingCentral in a page, and tokens that somebody else supplies: one renewal for all who wait, in whatever tab.
import assert from "node:assert/strict";
import { writeFile } from "node:fs/promises";
import { join } from "node:path";
import { after, before, describe, it } from "node:test";
import { startBrowser } from "./support/browser.mjs";
import { startFiles, startServer } from "./support/http.mjs";
import { failure, installPackage, printed } from "./support/package.mjs";
import { startSandbox } from "./support/services.mjs";

const CORS = { "access-control-allow-origin": "*", "access-control-allow-headers": "authorization,content-type", "access-control-allow-methods": "*" };

let api, installed, remove, sandbox, browser, files;
before(async () => {
  let folder;
  ({ api, folder, installed, close: remove } = await installPackage());
  sandbox = await startSandbox();
  browser = await startBrowser();
  await writeFile(join(folder, "index.html"), "<!doctype html>");
  files = await startFiles([
    ["/package/", `${installed}/`],
    ["/app", folder],
  ]);
});
after(async () => {
  await browser?.close();
  await files?.close();
  await sandbox?.close();
  await remove?.();
});

/** Tabs of one browser's profile at the app's address. */
async function profile() {
  const context = await browser.newContext();
  const open = async () => {
    const tab = await context.newPage();
    await tab.goto(`${files.url}/app`);
    return tab;
  };
  return { context, open };
}

/** What a page of the app does: `work({ api, server, redirectUri, … })`. */
const inPage = (tab, work, more) =>
  tab.evaluate(
    async ([text, options]) => {
      const api = await import("/package/index.mjs");
      return (0, eval)(`(${text})`)({ api, ...options });
    },
    [String(work), { clientId: "sandbox-public", server: sandbox.url, redirectUri: `${files.url}/app`, ...more }],
  );

const begin = async ({ api, clientId, server, redirectUri }) => {
  location.href = (await api.RingCentral.loginUrl({ clientId, server, redirectUri })).url;
};

/** Signs in, as a person does: to the sign-in page, a click, and back. */
async function signIn(tab) {
  await Promise.all([tab.waitForURL(`${sandbox.url}/**`), inPage(tab, begin).catch(() => {})]);
  await tab.getByRole("button").click();
  await tab.waitForURL(`${files.url}/**`);
}

describe("a login in a page", () => {
  it("goes to RingCentral and back, lists recordings, outlasts a reload where that is wished, and ends", { timeout: 60_000 }, async () => {
    const { context, open } = await profile();
    const tab = await open();
    await signIn(tab);
    const seen = await inPage(tab, async ({ api, clientId, server }) => {
      const pending = Object.keys(sessionStorage).length;
      const rc = await api.RingCentral.finishLogin(location.href, { storage: sessionStorage });
      const count = (await Array.fromAsync(rc.recordings({ dateFrom: "2020-01-01" }))).length;
      const again = await api.RingCentral.finishLogin(location.href).catch(({ code, field }) => [code, field]);
      const forged = await api.RingCentral.finishLogin(location.href.replace(/state=/, "state=x")).catch(({ code, field }) => [code, field]);
      return { pending, count, again, forged, kept: Object.keys(sessionStorage), shown: `${String(rc)} ${JSON.stringify(rc)}` };
    });
    assert.equal(seen.pending, 1);
    assert.ok(seen.count >= 2);
    assert.deepEqual([seen.again, seen.forged], [["invalid_field", "redirect"], ["invalid_field", "redirect"]]);
    assert.deepEqual(seen.kept, ["ringcentral-ai:sandbox-public"]);
    await tab.goto(`${files.url}/app`);
    const later = await inPage(tab, async ({ api, clientId }) => {
      const rc = await api.RingCentral.restore({ clientId, storage: sessionStorage });
      const first = (await rc.recordings().next()).value.id;
      await rc.logout();
      const error = await rc.recordings().next().catch(({ code }) => code);
      return { first, error, kept: Object.keys(sessionStorage), none: await api.RingCentral.restore({ clientId, storage: sessionStorage }) };
    });
    assert.ok(later.first);
    const odd = await inPage(tab, async ({ api, clientId }) => {
      sessionStorage.setItem("ringcentral-ai:login:s", "{");
      sessionStorage.setItem(`ringcentral-ai:${clientId}`, "{");
      const error = await api.RingCentral.finishLogin(`${location.href}?code=c&state=s`).catch(({ code, field }) => [code, field]);
      const found = await api.RingCentral.restore({ clientId, storage: sessionStorage });
      sessionStorage.clear();
      return { error, found };
    });
    assert.deepEqual([odd.error, odd.found], [["invalid_field", "redirect"], undefined]);
    assert.deepEqual([later.error, later.kept, later.none], ["ringcentral_token_rejected", [], undefined]);
    await context.close();
  });

  it("in a window of its own tells the page that opened it", { timeout: 60_000 }, async () => {
    const { context, open } = await profile();
    const tab = await open();
    const comes = context.waitForEvent("page");
    const found = inPage(tab, async ({ api, clientId, server, redirectUri }) => {
      const rc = await api.RingCentral.loginPopup({ clientId, server, redirectUri });
      return (await rc.recordings().next()).value.id;
    });
    const popup = await comes;
    await popup.waitForURL(`${sandbox.url}/**`);
    await popup.getByRole("button").click();
    await popup.waitForURL(`${files.url}/**`);
    inPage(popup, ({ api }) => api.RingCentral.finishLogin(location.href)).catch(() => {}); // It closes.
    assert.ok(await found);
    await context.close();
  });
});

describe("a window that nobody comes back from", () => {
  it("is waited for until an abort, also one that came before", { timeout: 60_000 }, async () => {
    const { context, open } = await profile();
    const tab = await open();
    const ended = await inPage(tab, async ({ api, clientId, server, redirectUri }) => {
      const reason = new Error("enough");
      const late = new AbortController();
      setTimeout(() => late.abort(reason), 200);
      const wait = (signal) => api.RingCentral.loginPopup({ clientId, server, redirectUri }, { signal }).catch((error) => error === reason);
      return [await wait(AbortSignal.abort(reason)), await wait(late.signal)];
    });
    assert.deepEqual(ended, [true, true]);
    for (const window of context.pages().filter((page) => page !== tab)) await window.waitForEvent("close");
    await context.close();
  });
});

/** RingCentral as far as sessions go: a refresh token works once, and kills the access token before it. */
async function startOAuth() {
  let count = 0;
  let alive = "";
  const [renewals, revoked] = [[], []];
  const server = await startServer(async ({ method, path, headers, body }) => {
    if (method === "OPTIONS") return { status: 204, headers: CORS };
    if (path.endsWith("/revoke")) {
      revoked.push(new URLSearchParams(body).get("token"));
      return { json: {}, headers: CORS };
    }
    if (path.endsWith("/token")) {
      const form = new URLSearchParams(body);
      if (form.get("grant_type") === "refresh_token") renewals.push(form.get("refresh_token"));
      const isRight = form.get("grant_type") === "authorization_code" || form.get("refresh_token") === `r${count}`;
      if (!isRight) return { status: 400, json: { error: "invalid_grant", errors: [{ errorCode: "OAU-210", message: "no" }] }, headers: CORS, slowMs: 20 };
      count += 1;
      alive = `a${count}`;
      return { json: { access_token: alive, refresh_token: `r${count}`, expires_in: 3_600, refresh_token_expires_in: 604_800 }, headers: CORS, slowMs: 50 };
    }
    const isAlive = headers.authorization === `Bearer ${alive}`;
    return { status: isAlive ? 200 : 401, json: isAlive ? { records: [] } : { errorCode: "TokenInvalid" }, headers: CORS };
  });
  return { ...server, renewals, revoked, expire: () => (alive = "") };
}

const signInAt = async ({ api, clientId, server, redirectUri, storage }) => {
  const { url } = await api.RingCentral.loginUrl({ clientId, server, redirectUri });
  const state = new URL(url).searchParams.get("state");
  globalThis.rc = await api.RingCentral.finishLogin(`${redirectUri}?code=c&state=${state}`, { storage: globalThis[storage] });
};
const restoreAt = async ({ api, clientId, storage }) => {
  globalThis.rc = await api.RingCentral.restore({ clientId, storage: globalThis[storage] });
};
const list = () => Promise.all([1, 2, 3].map(() => Array.fromAsync(globalThis.rc.recordings()))).then(() => "done", ({ code }) => code);
/** Has `work` use so many tabs of one profile, at an app whose RingCentral is that server. */
async function inTabs(count, storage, work) {
  const oauth = await startOAuth();
  const { context, open } = await profile();
  try {
    const tabs = [];
    while (tabs.length < count) tabs.push(await open());
    await work(tabs, { server: oauth.url, storage }, oauth);
  } finally {
    await context.close();
    await oauth.close();
  }
}

/** Overwrites fields of the session that a tab has kept. */
const set = (tab, more, fields) =>
  inPage(
    tab,
    ({ storage, fields }) => {
      const [key] = Object.keys(globalThis[storage]);
      globalThis[storage].setItem(key, JSON.stringify({ ...JSON.parse(globalThis[storage].getItem(key)), ...fields }));
    },
    { ...more, fields },
  );

describe("a session in several tabs", () => {
  const late = { timeout: 60_000 };

  it("of one storage is renewed once, by whoever is first, in time and where the token is rejected", late, async () => {
    await inTabs(3, "localStorage", async (tabs, more, oauth) => {
      await inPage(tabs[0], signInAt, more);
      await set(tabs[0], more, { renewAt: 1, expiresAt: 2 });
      for (const tab of tabs) await inPage(tab, restoreAt, more);
      const listed = () => Promise.all(tabs.map((tab) => inPage(tab, list, more)));
      assert.deepEqual([await listed(), oauth.renewals], [["done", "done", "done"], ["r1"]]);
      oauth.expire();
      assert.deepEqual([await listed(), oauth.renewals], [["done", "done", "done"], ["r1", "r2"]]);
    });
  });

  it("that was duplicated is renewed once too, and another user's stays as it is", late, async () => {
    await inTabs(3, "sessionStorage", async ([tab, double, other], more, oauth) => {
      await inPage(tab, signInAt, more);
      const copy = await tab.evaluate(() => ({ ...sessionStorage }));
      for (const each of [double, other]) await each.evaluate((copy) => void Object.assign(sessionStorage, copy), copy);
      await set(other, more, { id: "other", accessToken: "x" });
      for (const each of [tab, double, other]) await inPage(each, restoreAt, more);
      oauth.expire();
      assert.deepEqual(await Promise.all([tab, double].map((each) => inPage(each, list, more))), ["done", "done"]);
      assert.deepEqual(oauth.renewals, ["r1"]);
      assert.match(await other.evaluate(() => Object.values(sessionStorage).join()), /"accessToken":"x"/);
    });
  });

  it("whose token is in a content URI is not renewed by another tab before the token's end", late, async () => {
    await inTabs(2, "localStorage", async ([tab, other], more, oauth) => {
      await inPage(tab, signInAt, more);
      await inPage(tab, ({ server }) => globalThis.rc.contentUri(`${server}/a`).then(() => {}), more);
      await set(tab, more, { renewAt: 1 });
      await inPage(other, restoreAt, more);
      assert.deepEqual([await inPage(other, list, more), await inPage(other, list, more), oauth.renewals], ["done", "done", []]);
      await set(tab, more, { expiresAt: 2, heldUntil: 2 });
      await inPage(other, restoreAt, more);
      assert.deepEqual([await inPage(other, list, more), oauth.renewals], ["done", ["r1"]]);
      assert.equal(await tab.evaluate(() => Object.values(localStorage).some((kept) => kept.includes("heldUntil"))), false);
    });
  });

  it("that RingCentral has ended is over everywhere, and says so", late, async () => {
    await inTabs(1, "localStorage", async ([tab], more, oauth) => {
      await inPage(tab, signInAt, more);
      await set(tab, more, { refreshToken: "used" });
      oauth.expire();
      assert.equal(await inPage(tab, list, more), "ringcentral_token_rejected");
      assert.equal(await tab.evaluate(() => localStorage.length), 0);
    });
  });

  it("is over when its user leaves while it is renewed, with locks and without: nothing is kept, and no token lives on", late, async () => {
    for (const [hasLocks, told] of [[true, "done"], [false, "ringcentral_token_rejected"]]) {
      await inTabs(1, "localStorage", async ([tab], more, oauth) => {
        if (!hasLocks) await tab.evaluate(() => Object.defineProperty(navigator, "locks", { value: undefined }));
        await inPage(tab, signInAt, more);
        await set(tab, more, { renewAt: 1 });
        await inPage(tab, restoreAt, more);
        const leaveWhileItIsRenewed = async () => {
          const { fetch } = globalThis;
          const left = new Promise((resolve) => {
            globalThis.fetch = (...given) => {
              if (!String(given[0]).includes("/oauth/token")) return fetch(...given);
              globalThis.fetch = fetch;
              globalThis.rc.logout().then(resolve, resolve);
              return fetch(...given);
            };
          });
          const listed = await Array.fromAsync(globalThis.rc.recordings()).then(() => "done", ({ code }) => code);
          await left;
          return [listed, localStorage.length];
        };
        const [listed, kept] = await inPage(tab, leaveWhileItIsRenewed, more);
        assert.deepEqual([listed, kept, oauth.renewals], [told, 0, ["r1"]]);
        assert.equal(oauth.revoked.at(-1), "r2", oauth.revoked.join());
      });
    }
  });

  it("is ended at RingCentral once, by either of its tokens, and over for the tab that comes later", late, async () => {
    await inTabs(2, "localStorage", async ([tab, other], more, oauth) => {
      const logout = () => globalThis.rc.logout().then(() => "out", ({ code }) => code);
      await inPage(tab, signInAt, more);
      await set(tab, more, { refreshToken: undefined });
      for (const each of [tab, other]) await inPage(each, restoreAt, more);
      assert.deepEqual([await inPage(tab, logout, more), await inPage(other, logout, more)], ["out", "out"]);
      assert.deepEqual(oauth.revoked, ["a1"]);
      assert.equal(await inPage(other, list, more), "ringcentral_token_rejected");
    });
  });
});

describe("a token that is supplied", () => {
  it("is asked for once for all who wait, before its end, and again where it is rejected", async () => {
    const oauth = await startOAuth();
    try {
      const session = await api.RingCentral.loginUrl({ clientId: "c", server: oauth.url, redirectUri: "https://h.example/" });
      const renew = async (form) => {
        const response = await fetch(`${oauth.url}/restapi/oauth/token`, { method: "POST", body: new URLSearchParams(form) });
        return (await response.json()).access_token;
      };
      let asked = 0;
      const accessToken = async () => {
        asked += 1;
        return { accessToken: await renew({ grant_type: "authorization_code" }), expiresAt: new Date(Date.now() + 3_600_000) };
      };
      assert.match(session.url, /code_challenge_method=S256/);
      const rc = api.RingCentral.fromToken({ accessToken, server: oauth.url });
      const listThrice = () => Promise.all([1, 2, 3].map(() => Array.fromAsync(rc.recordings())));
      await listThrice();
      assert.equal(asked, 1);
      oauth.expire();
      await listThrice();
      assert.equal(asked, 2);
      assert.doesNotMatch(printed(rc), /a2/);
    } finally {
      await oauth.close();
    }
  });

  it("that is none, and a function that fails, are what the call ends with", async () => {
    const reason = new Error("the user has left");
    const failing = api.RingCentral.fromToken({ accessToken: () => Promise.reject(reason) });
    assert.equal(await failing.jobStatus("1").catch((error) => error), reason);
    for (const given of [undefined, "", "a b", 7, { accessToken: null }]) {
      const { code, field } = await failure(api.RingCentral.fromToken({ accessToken: () => given }).jobStatus("1"));
      assert.deepEqual([code, field], ["invalid_field", "accessToken"]);
    }
  });
});

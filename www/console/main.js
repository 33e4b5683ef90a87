// Starts the page: the token, what keeps jobs up to date, and the shell around whatever view is open.
import { effect } from "@preact/signals-core";
import { render } from "lit-html";
import { heedAddress } from "./app/sign-in.js";
import { listenToKeys } from "./app/keys.js";
import { shell } from "./app/shell.js";
import { token } from "./app/token.js";
import { followRoute } from "./app/views.js";
import { keepUpToDate } from "./jobs/live.js";
import { forgetAll, refresh } from "./jobs/store.js";
import { forgetStats, readStats } from "./operator/stats.js";
import { takeDroppedFiles } from "./recordings/drop.js";
import { readEngines } from "./recordings/engines.js";
import { forgetList } from "./recordings/list.js";

heedAddress();
addEventListener("hashchange", heedAddress);

effect(() => {
  const isSignedIn = Boolean(token.value);
  queueMicrotask(() => {
    forgetAll();
    forgetList();
    forgetStats();
    if (isSignedIn) Promise.all([refresh(), readStats(), readEngines()]);
  });
});

followRoute();
keepUpToDate();
takeDroppedFiles();
listenToKeys();

const app = /** @type {HTMLElement} */ (document.getElementById("app"));
effect(() => void render(shell(), app));

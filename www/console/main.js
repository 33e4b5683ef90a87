// Starts the page: the token, what keeps jobs up to date, and the shell around whatever view is open.
import { effect } from "@preact/signals-core";
import { render } from "lit-html";
import { heedAddress } from "./app/sign-in.js";
import { listenToKeys } from "./app/keys.js";
import { isOnline, isSeen } from "./app/online.js";
import { shell } from "./app/shell.js";
import { token } from "./app/token.js";
import { followRoute } from "./app/views.js";
import { keepUpToDate } from "./jobs/live.js";
import { forgetAll, glance, refresh, state } from "./jobs/store.js";
import { forgetStats, readStats } from "./operator/stats.js";
import { stopPeaks } from "./player/peaks.js";
import { closeMedia } from "./player/player.js";
import { takeDroppedFiles } from "./recordings/drop.js";
import { readEngines } from "./recordings/engines.js";
import { asked } from "./recordings/filters.js";
import { forgetList, list, listed } from "./recordings/list.js";
import { subject } from "./recordings/order.js";

heedAddress();
addEventListener("hashchange", heedAddress);

effect(() => {
  const isSignedIn = Boolean(token.value);
  queueMicrotask(() => {
    forgetAll();
    forgetList();
    forgetStats();
    if (!isSignedIn) {
      closeMedia();
      stopPeaks();
      subject.value = undefined;
    }
    if (isSignedIn) Promise.all([refresh(), readStats(), readEngines()]);
  });
});

// Whoever was away sees what has changed meanwhile.
let wasAway = false;
effect(() => {
  const isAway = !isOnline.value || !isSeen.value;
  if (wasAway && !isAway && token.peek()) queueMicrotask(comeBack);
  wasAway = isAway;
});

function comeBack() {
  if (state.peek().error) refresh();
  else glance();
  if (listed.peek().errors.length) list(asked.peek(), true);
}

followRoute();
keepUpToDate();
takeDroppedFiles();
listenToKeys();

const app = /** @type {HTMLElement} */ (document.getElementById("app"));
effect(() => void render(shell(), app));

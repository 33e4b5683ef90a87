// What stands around every view: where one can go, the view itself, the player, notices.
import { html, nothing } from "lit-html";
import { unfinished } from "../jobs/store.js";
import { statsError } from "../operator/stats.js";
import { playerBar } from "../player/bar.js";
import { orderDialog } from "../recordings/order.js";
import { t } from "../texts/texts.js";
import { helpDialog, openHelp } from "./help.js";
import { icon } from "./icons.js";
import { dismiss, notices } from "./notices.js";
import { isOnline } from "./online.js";
import { TRIES, inVain } from "./server.js";
import { signInForm, signOut } from "./sign-in.js";
import { token } from "./token.js";
import { place, view } from "./views.js";

export function shell() {
  if (!token.value) return html`${signInForm()}`;
  return html`<a class="skip" href="#main" @click=${skip}>${t.skip}</a>
    ${navigation()} ${outage()}
    <main id="main" tabindex="-1">${view.value?.template() ?? nothing}</main>
    ${playerBar()} ${orderDialog()} ${helpDialog()}
    <div class="notices">${notices.value.map(notice)}</div>
    <div class="drop" aria-hidden="true">${icon("upload")} ${t.recordings.drop}</div>`;
}

/** Why nothing new comes. */
function outage() {
  if (!isOnline.value) return html`<p class="offline" role="status">${icon("offline")} ${t.offline}</p>`;
  return inVain.value ? html`<p class="offline" role="status">${icon("warning")} ${t.problem.inVain(inVain.value, TRIES)}</p>` : nothing;
}

/** @param {Event} event */
function skip(event) {
  event.preventDefault(); // The address names the view.
  document.getElementById("main")?.focus();
}

function navigation() {
  const running = unfinished.value.length;
  const isOperator = statsError.value?.code !== "forbidden";
  return html`<nav class="navigation" aria-label=${t.navigation}>
    <a class="brand" href="#/"><img src="./icon.svg" alt="" width="28" height="28" /> <span>ringcentral-ai</span></a>
    ${link("recordings", "#/", t.recordings.title)}
    ${link("jobs", "#/jobs", t.jobs.title, running ? html`<span class="count" aria-label=${t.attention.running(running)}>${running}</span>` : nothing)}
    ${link("compare", "#/compare", t.compare.title)} ${isOperator ? link("operator", "#/operator", t.operator.title) : nothing}
    <div class="aside">
      <button class="quiet" @click=${openHelp} aria-label=${t.help.title}>${icon("help")} <span>${t.help.title}</span></button>
      <button class="quiet" @click=${signOut} aria-label=${t.signIn.out}>${icon("leave")} <span>${t.signIn.out}</span></button>
    </div>
  </nav>`;
}

/** @param {import("./icons.js").IconName} name @param {string} href @param {string} text @param {unknown} [more] */
function link(name, href, text, more = nothing) {
  const isHere = place.value === name || (place.value === "job" && name === "jobs");
  return html`<a href=${href} aria-current=${isHere ? "page" : nothing}>${icon(name)} <span>${text}</span> ${more}</a>`;
}

/** @param {import("./notices.js").Notice} notice */
const notice = ({ id, text, act }) =>
  html`<p class="notice" role="status">
    <span>${text}</span> ${act ? html`<button class="quiet" @click=${act.run}>${act.label}</button>` : nothing}
    <button class="quiet tiny" aria-label=${t.close} @click=${() => dismiss(id)}>${icon("close")}</button>
  </p>`;

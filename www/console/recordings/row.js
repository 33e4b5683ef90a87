// One recording as a row; on a narrow page it is a card.
import { html, nothing } from "lit-html";
import { clock, hourOf } from "../app/formats.js";
import { icon } from "../app/icons.js";
import { address } from "../app/route.js";
import { chip } from "../jobs/chip.js";
import { t } from "../texts/texts.js";
import { choose, isChosen } from "./chosen.js";
import { partiesOf, titleOf } from "./names.js";
import { order } from "./order.js";

/**
 * @param {import("./list.js").Recording} recording
 * @param {import("../jobs/store.js").JobFacts | undefined} job
 */
export function row(recording, job) {
  const { id, startedAt, durationS, submittable, reason } = recording;
  const { first, then } = partiesOf(recording);
  const title = titleOf(recording);
  const name = html`<b>${first}</b> ${then ? html`<span class="muted">${then}</span>` : nothing}`;
  return html`<li class="row" ?data-chosen=${isChosen(id)}>
    <label class="pick" title=${submittable ? "" : (reason ?? "")}>
      <input
        type="checkbox"
        aria-label=${title}
        ?disabled=${!submittable}
        .checked=${isChosen(id)}
        @change=${(/** @type {any} */ { target }) => choose([id], target.checked)}
      />
    </label>
    <span class="kind" title=${kindOf(recording)}>${icon(iconOf(recording))}<span class="unseen">${kindOf(recording)}</span></span>
    <div class="what" @click=${submittable && !job ? () => order({ recordings: [recording] }) : undefined}>
      ${job ? html`<a href=${address(["jobs", job.id])} tabindex="-1">${name}</a>` : name}
      <small>${hourOf(startedAt)}${reason ? ` · ${reason}` : ""}</small>
    </div>
    <span class="length">${durationS === undefined ? "" : clock(durationS)}</span>
    <div class="state">${job ? html`<a href=${address(["jobs", job.id])}>${chip(job)}</a>` : nothing} ${begin(recording, Boolean(job), title)}</div>
  </li>`;
}

/** @param {import("./list.js").Recording} recording @param {boolean} isAgain @param {string} title */
function begin(recording, isAgain, title) {
  if (!recording.submittable) return nothing;
  const label = isAgain ? t.order.another : t.order.beginOne;
  return html`<button class=${isAgain ? "quiet" : "plain"} aria-label=${`${label}: ${title}`} @click=${() => order({ recordings: [recording] })}>
    ${label}
  </button>`;
}

/** @param {import("./list.js").Recording} recording */
function kindOf({ source, direction }) {
  if (source !== "calls") return t.kinds[source] ?? source;
  return direction === "Outbound" ? t.kinds.outbound : direction === "Inbound" ? t.kinds.inbound : t.kinds.calls;
}

/** @param {import("./list.js").Recording} recording */
function iconOf({ source, direction }) {
  if (source === "meetings") return "meeting";
  if (source === "voicemail") return "voicemail";
  return direction === "Outbound" ? "outbound" : "inbound";
}

// Who says a turn, where the engine was wrong: one of the speakers, or somebody new. The job keeps it among its speakers' names.
import { signal } from "@preact/signals-core";
import { html, nothing } from "lit-html";
import { clock } from "../app/formats.js";
import { modal, modalHeading } from "../app/modal.js";
import { problem } from "../app/problem.js";
import { heeded } from "../app/server.js";
import { patch } from "../jobs/acts.js";
import { t } from "../texts/texts.js";

/** @typedef {import("./result.js").Segment} Segment */
/** @typedef {import("./voices.js").Voice} Voice */

const asked = signal(/** @type {Segment | undefined} */ (undefined));
const failure = signal(/** @type {any} */ (undefined));

/** @param {Segment | undefined} segment */
export function askWho(segment) {
  failure.value = undefined;
  asked.value = segment;
}
const close = () => askWho(undefined);

/** The name of a turn among those of speakers. @param {Segment} segment */
const keyOf = ({ start }) => `@${Math.round(start * 1000)}`;

/** @param {import("../jobs/store.js").JobFacts} job @param {ReadonlyMap<string | undefined, Voice>} voices */
export function whoDialog(job, voices) {
  const segment = asked.value;
  if (!segment) return nothing;
  const people = [...new Set(voices.values())].filter(({ ids: [id] }) => id !== undefined);
  const isGiven = Boolean(job.speakers?.[keyOf(segment)]);
  const own = voices.get(segment.speaker);
  return modal(
    { label: t.transcript.whoSays, close },
    html`<form class="who-says" @submit=${(/** @type {any} */ event) => give(event, job.id, segment)}>
      ${modalHeading(t.transcript.whoSays, close)}
      <blockquote><span class="muted">${clock(segment.start)}</span> ${shortened(segment.text)}</blockquote>
      ${problem(failure.value)}
      <fieldset class="choices">
        <legend class="unseen">${t.transcript.speakers}</legend>
        ${people.map(
          (voice) =>
            html`<label class="choice" data-voice=${voice.index}
              ><input type="radio" name="who" value=${voice.ids[0] ?? ""} .checked=${voice === own} />
              <span class="who"><span class="shape" aria-hidden="true">${voice.shape}</span> <b>${voice.name}</b></span></label
            >`,
        )}
      </fieldset>
      <label class="field"><span>${t.transcript.somebodyElse}</span> <input name="other" maxlength="200" autocomplete="off" /></label>
      <footer class="acts">
        ${isGiven ? html`<button type="button" class="plain" @click=${() => tell(job.id, segment, null)}>${t.transcript.asHeard}</button>` : nothing}
        <button>${t.jobs.save}</button>
      </footer>
    </form>`,
  );
}

/** @param {string} text */
const shortened = (text) => (text.length > 160 ? `${text.slice(0, 160)}…` : text);

/** @param {SubmitEvent & { currentTarget: any }} event @param {string} id @param {Segment} segment */
function give(event, id, segment) {
  event.preventDefault();
  const form = new FormData(event.currentTarget);
  tell(id, segment, String(form.get("other")).trim() || String(form.get("who") ?? "") || null);
}

/** @param {string} id @param {Segment} segment @param {string | null} who */
async function tell(id, segment, who) {
  try {
    await patch(id, { speakers: { [keyOf(segment)]: who } });
    close();
  } catch (error) {
    failure.value = heeded(error);
  }
}

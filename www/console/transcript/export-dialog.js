// Files and texts of a transcript to take along, with the options of captions.
import { signal } from "@preact/signals-core";
import { html, nothing } from "lit-html";
import { copy, copyCurl } from "../app/copy.js";
import { icon } from "../app/icons.js";
import { modal, modalHeading } from "../app/modal.js";
import { t } from "../texts/texts.js";
import { CAPTION_OPTIONS, FORMATS, plainText, write } from "./formats.js";

const open = signal(/** @type {"export" | "copy" | undefined} */ (undefined));
const format = signal("srt");

export const openExport = () => void (open.value = "export");
export const openCopy = () => void (open.value = "copy");
const close = () => (open.value = undefined);

/** @typedef {import("../jobs/store.js").JobFacts} JobFacts */
/** @typedef {import("./result.js").Data} Data */

/** @param {JobFacts} job @param {Data} data */
export function exportDialog(job, data) {
  if (open.value !== "export") return nothing;
  const chosen = FORMATS.find(({ name }) => name === format.value) ?? FORMATS[0];
  return modal(
    { label: t.transcript.export, close },
    html`<form class="export" @submit=${(/** @type {any} */ event) => save(event, job, data)}>
      ${modalHeading(t.transcript.export, close)}
      <fieldset class="formats">
        <legend class="unseen">${t.transcript.format}</legend>
        ${FORMATS.map(
          ({ name, label }) =>
            html`<label class="choice"
              ><input type="radio" name="format" value=${name} .checked=${name === chosen?.name} @change=${() => (format.value = name)} />
              <span><b>${label}</b><small>${t.transcript.formats[name]}</small></span></label
            >`,
        )}
      </fieldset>
      ${
        chosen?.isCaption
          ? html`<fieldset class="fields">
              <legend class="unseen">${t.transcript.captions}</legend>
              ${CAPTION_OPTIONS.map(captionField)}
            </fieldset>`
          : nothing
      }
      ${chosen?.hasLabels ? html`<label class="switch"><input type="checkbox" name="speakerLabels" checked /> <span>${t.transcript.labels}</span></label>` : nothing}
      <footer class="acts">
        ${chosen?.isServed ? curlButton(`/v1/jobs/${job.id}/transcript.${chosen.ending}`) : nothing}
        <button>${icon("export")} ${t.transcript.save}</button>
      </footer>
    </form>`,
  );
}

/** @param {typeof CAPTION_OPTIONS[number]} option */
const captionField = ({ name, min, max, usual }) =>
  html`<label class="field">
    <span>${t.transcript.captionOptions[name]}</span>
    <input type="number" name=${name} min=${min} max=${max} value=${usual} required />
  </label>`;

/** @param {string} path */
const curlButton = (path) => html`<button type="button" class="quiet" @click=${() => copyCurl("GET", path)}>${icon("terminal")} ${t.curl}</button>`;

/** @param {SubmitEvent & { target: any }} event @param {JobFacts} job @param {Data} data */
function save(event, job, data) {
  event.preventDefault();
  const chosen = FORMATS.find(({ name }) => name === format.value);
  if (!chosen) return;
  const blob = new Blob([write(chosen.name, job, data, new FormData(event.target))], { type: `${chosen.type};charset=utf-8` });
  const link = document.createElement("a");
  link.href = URL.createObjectURL(blob);
  link.download = `${job.task ?? "result"}-${job.id}.${chosen.ending}`;
  link.click();
  setTimeout(() => URL.revokeObjectURL(link.href), 60_000);
  close();
}

/** @param {JobFacts} job @param {Data} data */
export function copyDialog(job, data) {
  if (open.value !== "copy") return nothing;
  const take = async (/** @type {boolean} */ hasTimes) => {
    await copy(plainText(job, data, hasTimes), t.transcript.copied);
    close();
  };
  return modal(
    { label: t.transcript.copy, close },
    html`<div>
      ${modalHeading(t.transcript.copy, close)}
      <div class="acts">
        <button class="plain" @click=${() => take(false)}>${t.transcript.withoutTimes}</button>
        <button class="plain" @click=${() => take(true)}>${t.transcript.withTimes}</button>
      </div>
    </div>`,
  );
}

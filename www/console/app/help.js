// The help: what the keys do, from the table that they do it by.
import { signal } from "@preact/signals-core";
import { html, nothing } from "lit-html";
import { t } from "../texts/texts.js";
import { KEYS, areKeysOn, everywhere, switchKeys } from "./keys.js";
import { modal, modalHeading } from "./modal.js";

const isOpen = signal(false);

export const openHelp = () => void (isOpen.value = true);
const close = () => (isOpen.value = false);

everywhere.help = openHelp;

/** @param {string} key */
const nameOf = (key) => /** @type {Record<string, string>} */ (t.help.names)[key] ?? key.toUpperCase();

export function helpDialog() {
  if (!isOpen.value) return nothing;
  return modal(
    { label: t.help.title, close },
    html`<div class="help">
      ${modalHeading(t.help.keys, close)}
      <dl class="keys">
        ${KEYS.map(
          ({ act, keys }) =>
            html`<dt>${keys.map((key) => html`<kbd>${nameOf(key)}</kbd> `)}</dt>
              <dd>${/** @type {Record<string, string>} */ (t.keys)[act]}</dd>`,
        )}
      </dl>
      <label class="switch"
        ><input type="checkbox" .checked=${areKeysOn.value} @change=${(/** @type {any} */ { target }) => switchKeys(target.checked)} />
        <span>${t.help.single}<small>${t.help.singleMeans}</small></span></label
      >
      <p><a href="./openapi.json">${t.help.api}</a></p>
    </div>`,
  );
}

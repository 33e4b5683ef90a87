// A choice among few, with its name for a screen reader.
import { html, nothing } from "lit-html";

/**
 * @param {{ label: string, value: string, options: readonly (readonly [string, string])[], none?: string, isSet?: boolean, change: (value: string) => void }} what
 * `none` is the text of no choice at all.
 */
export const select = ({ label, value, options, none, isSet = Boolean(value), change }) =>
  html`<label class="select" ?data-set=${isSet}>
    <span class="unseen">${label}</span>
    <select @change=${(/** @type {any} */ { target }) => change(target.value)}>
      ${none === undefined ? nothing : html`<option value="" .selected=${!value}>${none}</option>`}
      ${options.map(([key, text]) => html`<option value=${key} .selected=${key === value}>${text}</option>`)}
    </select>
  </label>`;

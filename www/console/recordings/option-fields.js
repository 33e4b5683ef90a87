// The options of a task as fields, each with what it means.
import { html } from "lit-html";
import { t } from "../texts/texts.js";
import { optionsOf } from "./options.js";

/**
 * @param {import("./options.js").MediaTask} task
 * @param {import("./order.js").Subject} given
 */
export function optionFields(task, given) {
  const options = optionsOf(task);
  return html`${options.filter(({ isFirst }) => isFirst).map(field)}
    <details>
      <summary>${t.order.options}</summary>
      <div class="fields">
        ${options.filter(({ isFirst }) => !isFirst).map(field)}
        <label class="field"
          ><span>${t.order.label}</span><input name="label" maxlength="200" autocomplete="off" placeholder=${given.file?.name ?? ""} /><small
            >${t.order.labelMeans}</small
          ></label
        >
      </div>
    </details>`;
}

/** @param {import("./options.js").Option} option */
function field(option) {
  const { label, means } = /** @type {Record<string, { label: string, means: string }>} */ (t.options)[option.name] ?? {
    label: option.name,
    means: "",
  };
  if (option.kind === "switch") {
    return html`<label class="switch"
      ><input type="checkbox" name=${option.name} ?checked=${option.usual} /> <span>${label}<small>${means}</small></span></label
    >`;
  }
  if (option.kind === "several") return several(option, label, means);
  return html`<label class="field"><span>${label}</span>${control(option)}<small>${means}</small></label>`;
}

/** @param {import("./options.js").Option} option */
function control({ name, kind, values = [], isFirst }) {
  if (kind === "choice") {
    return html`<select name=${name}>
      <option value="">${t.order.usual}</option>
      ${values.map((value) => html`<option value=${value}>${/** @type {Record<string, string>} */ (t.values)[value] ?? value}</option>`)}
    </select>`;
  }
  if (kind === "lines") return html`<textarea name=${name} rows="2" ?required=${isFirst}></textarea>`;
  if (kind === "number") return html`<input name=${name} type="number" min="1" max="1000" inputmode="numeric" />`;
  return html`<input name=${name} autocomplete="off" spellcheck="false" maxlength="100" placeholder=${name === "languageCode" ? "en-US" : ""} />`;
}

/** @param {import("./options.js").Option} option @param {string} label @param {string} means */
const several = ({ name, values = [] }, label, means) =>
  html`<fieldset class="several">
    <legend>${label}</legend>
    <small>${means}</small>
    ${values.map(
      (value) =>
        html`<label class="switch"
          ><input type="checkbox" name=${name} value=${value} />
          <span>${/** @type {Record<string, string>} */ (t.insightNames)[value] ?? value}</span></label
        >`,
    )}
  </fieldset>`;

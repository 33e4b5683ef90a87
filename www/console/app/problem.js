// Errors as people read them: what failed, what to do, whether it is worth trying again, and an id to copy.
import { html, nothing } from "lit-html";
import { t } from "../texts/texts.js";
import { copy } from "./copy.js";
import { TRIES } from "./server.js";

/** A pause that is asked for and longer is not waited for: there is one try then. */
const WAITED_FOR_S = 3_600;

/**
 * @typedef {{ code?: string, message: string, requestId?: string, retryAfter?: number, retryable?: boolean,
 *   ringcentral?: readonly { errorCode: string, message: string }[] }} Failure
 */

/**
 * An error in its place; `again` is what tries it once more, `id` what it is about where that is no request.
 * @param {any} error
 * @param {{ again?: () => void, about?: unknown, id?: { text: string, copy: string, copied: string } }} [more]
 */
export function problem(error, { again, about, id } = {}) {
  if (!error) return nothing;
  const { code = "unexpected", message, ringcentral = [], requestId, retryAfter, retryable } = /** @type {Failure} */ (error);
  const what = code === "network_or_cors" ? t.problem.noAnswer : String(message); // The package's sentence is for pages of other origins.
  return html`<div class="problem" role="alert">
    <p><strong>${sentence(what)}</strong> <code>${code}</code></p>
    ${
      ringcentral.length
        ? html`<ul>
            ${ringcentral.map((said) => html`<li>${said.errorCode}: ${said.message}</li>`)}
          </ul>`
        : nothing
    }
    <p>${retryable && (retryAfter ?? 0) <= WAITED_FOR_S ? `${t.problem.attempt(TRIES, TRIES)} ` : ""}${adviceFor(code)}${retryAfter ? ` ${t.problem.againIn(retryAfter)}` : ""}</p>
    ${about ?? nothing}
    <p class="acts">
      ${again ? html`<button class="plain" @click=${again}>${t.again}</button>` : nothing}
      ${requestId ? html`<button class="quiet" @click=${() => copy(requestId, t.problem.idCopied)}>${t.problem.copyId}</button>` : nothing}
      ${id ? html`<button class="quiet" @click=${() => copy(id.text, id.copied)}>${id.copy}</button>` : nothing}
    </p>
  </div>`;
}

/** @param {string} code */
const adviceFor = (code) => /** @type {Record<string, string>} */ (t.advice)[code] ?? t.problem.otherwise;

/** @param {string} text */
export const sentence = (text) => text.charAt(0).toUpperCase() + text.slice(1) + (/[.!?]$/.test(text) ? "" : ".");

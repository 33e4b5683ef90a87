// A native dialog around some content: it opens when it is shown, keeps the focus inside, and gives it back when it goes.
import { html } from "lit-html";
import { ref } from "lit-html/directives/ref.js";
import { t } from "../texts/texts.js";
import { icon } from "./icons.js";

/**
 * A click beside it closes it, unless something in it would be lost.
 * @param {{ label: string, close: () => void, isFirm?: boolean }} how
 * @param {unknown} content
 */
export const modal = ({ label, close, isFirm = false }, content) =>
  html`<dialog
    class="modal"
    aria-label=${label}
    ${ref(shown)}
    @close=${close}
    @cancel=${close}
    @click=${(/** @type {any} */ event) => !isFirm && event.target === event.currentTarget && close()}
  >
    ${content}
  </dialog>`;

/** The head of a dialog, with what closes it. @param {string} title @param {() => void} close */
export const modalHeading = (title, close) =>
  html`<header class="heading">
    <h2>${title}</h2>
    <button type="button" class="quiet" aria-label=${t.close} @click=${close}>${icon("close")}</button>
  </header>`;

/** What had the focus before. @type {HTMLElement | undefined} */
let before;

/** @param {Element | undefined} element */
function shown(element) {
  const dialog = /** @type {HTMLDialogElement | undefined} */ (element);
  const was = before;
  if (dialog) before = /** @type {HTMLElement} */ (document.activeElement ?? document.body);
  // It is in the page, or out of it, only when this render is over. Taken out, it gives nothing back by itself.
  queueMicrotask(() => {
    if (dialog) dialog.isConnected && !dialog.open && dialog.showModal();
    else if (was?.isConnected && !document.querySelector("dialog[open]")) was.focus();
  });
}

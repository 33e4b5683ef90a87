// A native dialog around some content: it opens when it is shown, and keeps the focus inside.
import { html } from "lit-html";
import { ref } from "lit-html/directives/ref.js";

/**
 * @param {{ label: string, close: () => void }} how
 * @param {unknown} content
 */
export const modal = ({ label, close }, content) => html`<dialog
  class="modal"
  aria-label=${label}
  ${ref(open)}
  @close=${close}
  @cancel=${close}
  @click=${(/** @type {any} */ event) => event.target === event.currentTarget && close()}
>
  ${content}
</dialog>`;

/** @param {Element | undefined} element */
function open(element) {
  const dialog = /** @type {HTMLDialogElement | undefined} */ (element);
  // It is in the page only when this render is over.
  if (dialog) queueMicrotask(() => dialog.isConnected && !dialog.open && dialog.showModal());
}

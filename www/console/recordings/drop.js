// A local file that is dropped anywhere.
import { token } from "../app/token.js";
import { order, subject } from "./order.js";

/** Takes files that are let go above the page, from now on. */
export function takeDroppedFiles() {
  addEventListener("dragover", (event) => {
    if (!event.dataTransfer?.types.includes("Files")) return;
    event.preventDefault(); // Else the browser would leave this page for the file.
    if (token.peek() && !subject.peek()) show(true);
    else event.dataTransfer.dropEffect = "none";
  });
  addEventListener("dragleave", ({ relatedTarget }) => {
    if (!relatedTarget) show(false); // The pointer has left the page.
  });
  addEventListener("drop", (event) => {
    show(false);
    const file = event.dataTransfer?.files[0];
    if (!file) return;
    event.preventDefault();
    if (token.peek() && !subject.peek()) order({ file });
  });
}

/** @param {boolean} isDropping */
const show = (isDropping) => document.body.classList.toggle("dropping", isDropping);

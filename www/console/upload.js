// A file of this machine in the place of a recording: chosen or dropped, and uploaded.
import { at, megabytes } from "./page.js";

/** The upload that a file was begun with: it goes on from there. */
let begun = {};

/** The file that is chosen. */
export const chosenFile = () => at("file").files[0];

/** Takes the choice back. */
export const forgetFile = () => choose();

/** Takes files that are chosen, or dropped anywhere while the order is shown; `chosen` is called when the choice changes. */
export function offerFiles(chosen) {
  at("file").onchange = () => {
    showSize();
    chosen();
  };
  addEventListener("dragover", (event) => {
    if (!event.dataTransfer.types.includes("Files")) return;
    event.preventDefault(); // Else the browser would leave this page for the file.
    if (at("order").hidden) event.dataTransfer.dropEffect = "none";
    else showDropping(true);
  });
  addEventListener("dragleave", ({ relatedTarget }) => {
    if (!relatedTarget) showDropping(false); // The pointer has left the page.
  });
  addEventListener("drop", (event) => {
    showDropping(false);
    const [file] = event.dataTransfer.files;
    if (!file) return;
    event.preventDefault();
    if (at("order").hidden) return;
    choose(file);
    chosen();
  });
}

const showDropping = (isDropping) => document.body.classList.toggle("dropping", isDropping);

/** Has the field hold that file, or none. */
function choose(...files) {
  const held = new DataTransfer();
  for (const file of files) held.items.add(file);
  at("file").files = held.files;
  showSize();
}

function showSize() {
  at("file-size").textContent = chosenFile() ? `${megabytes(chosenFile().size)} MB` : "";
}

/** Uploads the file that is chosen and shows how far it is; what was interrupted goes on. */
export async function uploadFile(jobs, signal) {
  const file = chosenFile();
  const uploadId = begun.file === file ? begun.uploadId : undefined;
  at("sending").textContent = file.name;
  showSent(0, file.size);
  const onProgress = ({ uploadId, sentBytes, bytes }) => {
    begun = { file, uploadId };
    showSent(sentBytes, bytes);
  };
  try {
    return await jobs.upload(file, { uploadId, signal, onProgress });
  } catch (error) {
    if (!signal.aborted && !error.retryable) begun = {};
    throw error;
  }
}

function showSent(sentBytes, bytes) {
  Object.assign(at("sent"), { max: bytes, value: sentBytes });
  at("sent-text").textContent = `${megabytes(sentBytes)} of ${megabytes(bytes)} MB`;
}

// Errors as people read them: what happened, and what to do.
import { at, element } from "./page.js";

const ADVICE = {
  unauthorized: "Enter one of the Worker's API_TOKENS.",
  forbidden: "Use an API token of scope admin.",
  network_or_cors: "Check that the Worker runs and that you are online, then try again.",
  rate_limited: "Wait a minute, then try again.",
  not_found: "It may have been deleted, or kept for as long as the Worker keeps results. Start a new job.",
  not_configured: "Set what is named with `wrangler secret put` or in wrangler.toml.",
  uploads_not_configured: "Choose a recording, or give the Worker a bucket for files in wrangler.toml.",
  upload_conflict: "Submit it again: the upload begins anew.",
  invalid_field: "Choose another recording, file or task.",
  encoding_unknown: "Choose another recording or file.",
  no_transcript: "This task's results have no words. Its JSON may still be of use.",
  ringcentral_login_refused: "Check the Worker's RC_CLIENT_ID, RC_CLIENT_SECRET and RC_JWT.",
  ringcentral_permission_missing: "Add the permission to the app in RingCentral's developer console.",
  ringcentral_unavailable: "Try again in a few minutes.",
  ringcentral_job_failed: "RingCentral could not work on this recording: choose another one, or submit it again.",
  ringcentral_refused: "Choose another recording or task.",
  expired: "No result came. Submit it again.",
};

/** Shows an error, or hides the last one. */
export function showProblem(error) {
  const box = at("problem");
  box.hidden = !error;
  if (!error) return box.replaceChildren();
  const code = error.code ?? "unexpected";
  const said = (error.ringcentral ?? []).map(({ errorCode, message }) => element("li", {}, `${errorCode}: ${message}`));
  box.replaceChildren(
    element("p", {}, element("strong", {}, sentence(error.message)), " ", element("code", {}, code)),
    ...(said.length ? [element("ul", {}, ...said)] : []),
    element("p", {}, ADVICE[code] ?? "Try again; the Worker's log has more."),
  );
  return box.scrollIntoView({ block: "nearest" });
}

const sentence = (text) => text.charAt(0).toUpperCase() + text.slice(1) + (/[.!?]$/.test(text) ? "" : ".");

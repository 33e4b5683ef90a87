// One screen: token, recording or file, task, job, result.
import { JobsClient } from "ringcentral-ai";
import { at, show } from "./page.js";
import { showProblem } from "./problem.js";
import { beginProgress, showProgress, stopProgress } from "./progress.js";
import { chosenRecording, forgetRecording, listRecordings } from "./recordings.js";
import { showResult } from "./result.js";
import { forgetToken, keepToken, keptToken, tokenInAddress } from "./token.js";
import { chosenFile, forgetFile, offerFiles, uploadFile } from "./upload.js";

/** The job that this tab follows, as `job.expose()` wrote it: a reload goes on with it. */
const JOB = "ringcentral-ai job";
const NOT_FROM_ADDRESS = { code: "unauthorized", message: "an address may hold the sandbox's token alone, for it stays in the browser's history: enter yours here" };

let token = keptToken();
/** Ends what the screen that was left still waits for. */
let screen = new AbortController();

const jobs = () => new JobsClient(location.origin, { token });

/** Leaves the screen that is shown and shows these parts. */
function turnTo(parts) {
  screen.abort();
  screen = new AbortController();
  showProblem();
  show({ "sign-in": false, order: false, upload: false, job: false, result: false, forget: Boolean(token), ...parts });
  return screen.signal;
}

/** Shows why something failed, unless its screen was left. */
function report(error, signal) {
  if (signal.aborted) return;
  if (error.code === "unauthorized") signIn();
  showProblem(error);
}

function signIn() {
  token = null;
  forgetToken();
  sessionStorage.removeItem(JOB);
  turnTo({ "sign-in": true });
  at("token").focus();
}

async function order() {
  sessionStorage.removeItem(JOB);
  const signal = turnTo({ order: true });
  at("submit").disabled = !chosenFile();
  const chosen = () => {
    forgetFile();
    at("submit").disabled = false;
  };
  const wanted = { source: at("source").value, days: Number(at("days").value) };
  await listRecordings(jobs(), { ...wanted, signal, chosen }).catch((error) => report(error, signal));
}

async function submit() {
  const signal = screen.signal;
  const { value: task } = document.querySelector("input[name=task]:checked");
  const input = { enableSpeakerDiarization: at("speakers").checked };
  const analysis = { insights: ["All"] };
  at("submit").disabled = true;
  showProblem();
  try {
    const media = chosenFile() ? await upload(signal) : { recordingId: chosenRecording() };
    const job = await jobs().submit({ task, media, input: task === "speech-to-text" ? input : analysis }, { signal });
    sessionStorage.setItem(JOB, job.expose());
    forgetFile();
    await follow(job);
  } catch (error) {
    if (signal.aborted) return;
    show({ order: true, upload: false });
    at("submit").disabled = false;
    report(error, signal);
  }
}

/** Uploads the file that is chosen, in the order's place; whoever cancels it leaves the screen. */
async function upload(signal) {
  show({ order: false, upload: true });
  at("cancel").focus();
  return { uploadId: (await uploadFile(jobs(), signal)).id };
}

async function follow(job) {
  const signal = turnTo({ job: true });
  beginProgress();
  if (job.status) showProgress(job);
  try {
    const result = await job.wait({ signal, onStatus: showProgress });
    showResult(result);
    show({ result: true });
    at("result").focus();
  } catch (error) {
    stopProgress();
    report(error, signal);
  }
}

function begin() {
  const exposed = sessionStorage.getItem(JOB);
  if (exposed) return follow(jobs().resume(exposed));
  return token ? order() : signIn();
}

/** Whether the Worker takes a token: it says of no job that it is not there to somebody whose token it does not know. */
async function isTaken(given) {
  const { code } = await new JobsClient(location.origin, { token: given }).get("none").catch((error) => error);
  return code === "not_found" || code === "forbidden";
}

/** Signs in with another token: whoever is signed in stays so until the Worker has taken it. */
async function signInWith(given) {
  if (given === token) return;
  if (token && !(await isTaken(given))) return;
  token = given;
  keepToken(token);
  order();
}

/** Takes up what the address holds. */
function heedAddress() {
  const given = tokenInAddress();
  if (given?.token) signInWith(given.token);
  else if (given && !token) showProblem(NOT_FROM_ADDRESS);
}

at("sign-in").onsubmit = (event) => {
  event.preventDefault();
  const given = at("token").value.trim();
  at("token").value = "";
  signInWith(given);
};
at("order").onsubmit = (event) => {
  event.preventDefault();
  submit();
};
for (const choice of document.querySelectorAll("input[name=task]")) {
  choice.onchange = () => (at("speakers").parentElement.hidden = choice.value !== "speech-to-text");
}
for (const id of ["source", "days"]) at(id).onchange = order;
offerFiles(() => {
  forgetRecording();
  at("submit").disabled = !chosenFile();
});
at("cancel").onclick = order;
at("again").onclick = () => (token ? order() : signIn());
at("forget").onclick = signIn;

addEventListener("hashchange", heedAddress);
begin();
heedAddress();

// RingCentral as a test scripts it: whoever logs in may do everything, and no request has to wait.
import { startServer } from "./http.mjs";

/** So many requests a minute that none has to wait. */
const LIMITS = { "x-rate-limit-limit": "1000", "x-rate-limit-remaining": "999", "x-rate-limit-window": "60" };

/** An id as RingCentral gives its jobs. */
export const RC_JOB = "80800e1a-a663-11ee-b548-0050568ccd07";

/** What a login gives. */
export const TOKEN = { access_token: "token", expires_in: 3600, scope: "AI ReadCallLog ReadCallRecording ReadMessages Video" };

/** What is asked for, by its path; the first that fits. */
const KINDS = {
  login: /^\/restapi\/oauth\/token/,
  revoke: /^\/restapi\/oauth\/revoke/,
  status: /^\/ai\/status\//,
  submit: /^\/ai\//,
  user: /\/authz-profile\/check/,
  calls: /\/call-log/,
  content: /\/content(\/|\?|$)/,
  recording: /\/recording\//,
  voicemail: /\/message-store/,
  meetings: /^\/rcvideo\//,
  media: /^/,
};

/** What it answers unless a test says otherwise. */
const STANDARD = {
  login: { json: TOKEN },
  submit: { status: 202, json: { jobId: RC_JOB } },
  status: { json: { jobId: RC_JOB, status: "InProgress" } },
  user: { json: { uri: "https://platform.ringcentral.com/restapi/v1.0/account/1/extension/10/authz-profile/check?permissionId=ReadMessages" } },
  calls: { json: { records: [] } },
  recording: ({ path, headers }) => {
    const [id] = path.match(/\w+$/);
    return { json: { id, contentUri: `http://${headers.host}${path}/content`, contentType: "audio/mpeg" } };
  },
};

/**
 * Starts it: `{url, requests, of, submits, questions, close}`. `script` says what each kind is answered with, jobs are taken and run for
 * ever otherwise: an answer as `http.mjs` sends it, a list of them (the last one stays), or a function of the request and of how often
 * it was asked before. `of(kind)` are the requests of a kind so far.
 */
export async function startRingCentral(script = {}) {
  const answers = { ...STANDARD, ...Object.fromEntries(Object.entries(script).filter(([, answer]) => answer)) };
  const counts = {};
  const server = await startServer(async (request) => {
    const kind = kindOf(request);
    const count = counts[kind] ?? 0;
    counts[kind] = count + 1;
    const answer = [answers[kind] ?? { status: 404, json: { errorCode: "CMN-102", message: "not found" } }].flat();
    const next = answer[Math.min(count, answer.length - 1)];
    const { headers, ...value } = await (typeof next === "function" ? next(request, count) : next);
    return { ...value, headers: { ...LIMITS, ...headers } };
  });
  const of = (kind) => server.requests.filter((request) => kindOf(request) === kind);
  return { ...server, of, submits: () => of("submit"), questions: () => of("status") };
}

const kindOf = ({ path }) => Object.keys(KINDS).find((kind) => KINDS[kind].test(path));

/** The address that a submit names for its result. */
export const webhookOf = ({ path }) => new URL(path, "http://h").searchParams.get("webhook");

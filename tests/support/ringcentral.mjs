// RingCentral as a test scripts it: whoever logs in may do everything, and no request has to wait.
import { reply, startServer } from "./http.mjs";

/** So many requests a minute that none has to wait. */
const LIMITS = { "x-rate-limit-limit": "1000", "x-rate-limit-remaining": "999", "x-rate-limit-window": "60" };

/** An id as RingCentral gives its jobs. */
export const RC_JOB = "80800e1a-a663-11ee-b548-0050568ccd07";

/**
 * Starts it: `{url, requests, submits, questions, close}`. `submit` and `status` answer what their names say, each `(request, response, count)`
 * with how often it was asked before; without them jobs are taken and run for ever. `login` is one more that may be scripted.
 */
export async function startRingCentral({ login, submit, status } = {}) {
  const counts = { login: 0, submit: 0, status: 0 };
  const standard = {
    login: (_, response) => answer(response, 200, { access_token: "token", expires_in: 3600, scope: "AI ReadCallLog ReadCallRecording" }),
    submit: (_, response) => answer(response, 202, { jobId: RC_JOB }),
    status: (_, response) => answer(response, 200, { jobId: RC_JOB, status: "InProgress" }),
  };
  const handlers = { ...standard, ...Object.fromEntries(Object.entries({ login, submit, status }).filter(([, handler]) => handler)) };
  const kind = ({ path }) => (path.includes("/oauth/") ? "login" : path.startsWith("/ai/status/") ? "status" : "submit");
  const server = await startServer((request, response) => {
    const name = kind(request);
    return handlers[name](request, response, counts[name]++);
  });
  const of = (name) => server.requests.filter((request) => kind(request) === name);
  return { ...server, submits: () => of("submit"), questions: () => of("status") };
}

/** Answers with JSON and limits that nothing reaches. */
export const answer = (response, code, value) => reply(response, code, value, LIMITS);

/** The address that a submit names for its result. */
export const webhookOf = ({ path }) => new URL(path, "http://h").searchParams.get("webhook");

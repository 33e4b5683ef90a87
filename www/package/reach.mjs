// Whether a Worker can be reached from here: what `fetch` does not say of itself.
import { RingCentralError } from "./error.mjs";

/** A Worker that has never answered is given up after this, and so many requests. */
const [UNREACHED_MS, UNREACHED_TRIES] = [60_000, 3];
/** So long a wait's first answer may take. */
const FIRST_ANSWER_MS = 20_000;
const PROBE_MS = 1_000;

/**
 * `send` sends, and ends what is asked of a Worker that does not allow this page's origin, or has never answered for a minute. `bounds()`
 * are those of a wait until it has: how long one answer may take, and how long a pause, so that the minute's end is not slept through.
 */
export function reaching(base, send) {
  let isReached = false;
  let lost = 0;
  let firstLostAt;
  const leftMs = () => Math.max(0, firstLostAt + UNREACHED_MS - Date.now());
  const asking = async (url, init) => {
    if (!isReached && lost >= UNREACHED_TRIES && leftMs() === 0) {
      lost = 0;
      throw refusal(`the Worker at ${base} has not answered for a minute: check its address, the network, and its ALLOWED_ORIGINS`);
    }
    const askedAt = Date.now();
    try {
      const response = await send(url, init);
      isReached = true;
      return response;
    } catch (error) {
      const isTakenBack = init.signal?.aborted && Date.now() - askedAt < FIRST_ANSWER_MS / 2;
      if (isReached || isTakenBack) throw error;
      lost += 1;
      if (lost === 1) firstLostAt = askedAt;
      if (lost === 1 && (await isForbidden(base))) {
        lost = 0;
        throw refusal(`the Worker at ${base} answers, but not to pages of ${location.origin}: add that origin to its ALLOWED_ORIGINS`);
      }
      throw error;
    }
  };
  const bounds = () => (isReached ? {} : { answerMs: FIRST_ANSWER_MS, pauseMs: lost ? leftMs() : undefined });
  return { send: asking, bounds };
}

/** Whether it answers whoever asks without a look at the answer, and nobody here who looks. */
async function isForbidden(base) {
  const own = globalThis.location?.origin;
  if (!own || new URL(base).origin === own) return false;
  const answers = (mode) => fetch(`${base}/healthz`, { mode, cache: "no-store", signal: AbortSignal.timeout(PROBE_MS) }).then(() => true, () => false);
  return (await answers("no-cors")) && !(await answers("cors"));
}

const refusal = (message) => new RingCentralError({ code: "network_or_cors", message, retryable: false });

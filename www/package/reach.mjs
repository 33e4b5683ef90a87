// Whether a Worker can be reached from here: what `fetch` does not say of itself.
import { RingCentralError } from "./error.mjs";

/** A Worker that has never answered is given up after this, and so many requests. */
const [UNREACHED_MS, UNREACHED_TRIES] = [60_000, 3];
const PROBE_MS = 1_000;

/** Sends by `send`, and ends what is asked of a Worker that does not allow this page's origin, or has never answered for a minute. */
export function reaching(base, send) {
  let isReached = false;
  let lost = 0;
  let firstLostAt;
  return async (url, init) => {
    try {
      const response = await send(url, init);
      isReached = true;
      return response;
    } catch (error) {
      if (isReached || init.signal?.aborted) throw error;
      lost += 1;
      firstLostAt ??= Date.now();
      if (lost === 1 && (await isForbidden(base))) {
        lost = 0;
        throw refusal(`the Worker at ${base} answers, but not to pages of ${location.origin}: add that origin to its ALLOWED_ORIGINS`);
      }
      if (lost >= UNREACHED_TRIES && Date.now() - firstLostAt >= UNREACHED_MS) {
        [lost, firstLostAt] = [0, undefined];
        throw refusal(`the Worker at ${base} has not answered for a minute: check its address, the network, and its ALLOWED_ORIGINS`);
      }
      throw error;
    }
  };
}

/** Whether it answers whoever asks without a look at the answer, and nobody here who looks. */
async function isForbidden(base) {
  const own = globalThis.location?.origin;
  if (!own || new URL(base).origin === own) return false;
  const answers = (mode) => fetch(`${base}/healthz`, { mode, cache: "no-store", signal: AbortSignal.timeout(PROBE_MS) }).then(() => true, () => false);
  return (await answers("no-cors")) && !(await answers("cors"));
}

const refusal = (message) => new RingCentralError({ code: "network_or_cors", message, retryable: false });

/** Does `work` with a signal that ends whatever it leaves behind; an abort of `signal` rejects at once, with that signal's reason. */
export async function abortable(signal, work) {
  const own = new AbortController();
  let abort;
  const aborted = new Promise((_, reject) => {
    abort = () => reject(reasonOf(signal));
  });
  signal?.addEventListener("abort", abort);
  try {
    if (signal?.aborted) throw reasonOf(signal);
    return await Promise.race([aborted, work(own.signal)]);
  } finally {
    signal?.removeEventListener("abort", abort);
    own.abort();
  }
}

/** What an abort rejects with whose signal has no reason, as those of before 2022 and of doubles have none. */
export const noReason = () => new DOMException("this operation was aborted", "AbortError");

const reasonOf = ({ reason = noReason() }) => reason;

/** Sleeps, by the timer that the runtime has then. */
export const sleep = (ms, signal) =>
  abortable(signal, (ended) => {
    return new Promise((wake) => {
      const timer = setTimeout(wake, ms);
      ended.addEventListener("abort", () => clearTimeout(timer));
    });
  });

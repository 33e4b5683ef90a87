// What the Worker answers to a request about an upload, read as the core reads its other answers: the same codes, the same fields.

const NO_ANSWER = "no answer came: the network is down, or the Worker does not allow calls from this page (CORS)";
const REDIRECT = "the answer is not the server's own but a redirect, which is never followed: check the server's address";

/** A longer pause is not waited for. */
const LONGEST_PAUSE_MS = 3_600_000;
/** A sentence is cut after this. */
const MAX_MESSAGE_CHARS = 500;
/** What the Worker says with a status of 500 and more, and means for good. */
const LASTING = ["not_configured", "uploads_not_configured"];

/**
 * What an answer comes to, `undefined` being none: `{upload}`, or the fields of an error with whether another try soon may help, and
 * after which pause that is asked for: `{fields, passes, pauseMs}`.
 */
export function readAnswer(answer) {
  if (!answer) return { fields: { code: "network_or_cors", message: NO_ANSWER, retryable: true }, passes: true, pauseMs: 0 };
  const { status, headers, text } = answer;
  if (isRedirect(status)) return { fields: { code: "unexpected_answer", message: REDIRECT, retryable: false }, passes: false };
  const body = parse(text);
  if (status < 300 && isUpload(body)) return { upload: body };
  const pauseMs = askedMs(headers);
  const error = theWorkers(status, body?.error) ?? foreign(status);
  const fields = { ...error, status, ...(pauseMs && { retryAfter: Math.ceil(pauseMs / 1_000) }) };
  return { fields, passes: (error.retryable || status < 300) && pauseMs <= LONGEST_PAUSE_MS, pauseMs };
}

/** A page sees a redirect as status 0, a server as it is. */
const isRedirect = (status) => status === 0 || (status >= 300 && status < 400);

const isUpload = (body) =>
  typeof body?.id === "string" && Number.isInteger(body.partBytes) && body.partBytes > 0 && Array.isArray(body.parts);

/** Whether a request was not taken for now. Any other refusal is final, whoever wrote it: a part is too much to be sent on a guess. */
const isPassing = (status) => [408, 425, 429].includes(status) || status >= 500;

/** The error of the Worker's own; none where something in between has answered. */
function theWorkers(status, { code, message, field, requestId } = {}) {
  if (typeof code !== "string" || !/^[a-z_]{1,60}$/.test(code)) return undefined;
  const sentence = String(message ?? code).replace(/\p{Cc}/gu, "").slice(0, MAX_MESSAGE_CHARS);
  return {
    code,
    message: field && !sentence.startsWith(field) ? `${field}: ${sentence}` : sentence,
    retryable: isPassing(status) && !LASTING.includes(code),
    ...(field && { field }),
    ...(requestId && { requestId }),
  };
}

function foreign(status) {
  if (isPassing(status)) {
    const code = status === 429 ? "rate_limited" : "ringcentral_unavailable";
    return { code, message: `the upload was answered with ${status} again and again: try again later`, retryable: true };
  }
  const message = `there was an answer (${status}), but not the Worker's: check the Worker's address, and what stands in between`;
  return { code: "unexpected_answer", message, retryable: false };
}

/** The pause that is asked for, in seconds or as a date by the clock that wrote it; 0 where none is, or a page is not shown it. */
function askedMs(headers) {
  const text = headers.get("retry-after")?.trim() ?? "";
  if (/^\d+(\.\d+)?$/.test(text)) return Number(text) * 1_000;
  const thereMs = Date.parse(headers.get("date")) || Date.now();
  return Math.max(0, Date.parse(text) - thereMs || 0);
}

function parse(text) {
  try {
    return JSON.parse(text);
  } catch {
    return undefined; // The parser's own words would quote it.
  }
}

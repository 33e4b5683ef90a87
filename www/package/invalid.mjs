// What is said of a value that cannot be used, before anything is done with it.
import { RingCentralError } from "./error.mjs";

/** The error for a field; the reason is a sentence that never quotes the value. */
export const invalid = (field, reason) =>
  new RingCentralError({ code: "invalid_field", field, message: `${field}: ${reason}`, retryable: false });

/** A value as JSON; what has none, as a circle, is the field's error. */
export function jsonOf(value, field, replacer) {
  try {
    const text = JSON.stringify(value, replacer);
    if (text !== undefined) return text;
  } catch {
    // The platform's own words would quote names out of it.
  }
  throw invalid(field, "it cannot be written as JSON");
}

/** A value as the text that it stands for, as a `URL` does. */
export function textOf(value, field) {
  let text = value;
  try {
    if (typeof value === "number" || typeof value === "object") text = `${value ?? ""}`;
  } catch {
    // It stands for none.
  }
  if (typeof text === "string" && text !== "" && !text.startsWith("[object ")) return text;
  throw invalid(field, "it must be a text that is not empty");
}

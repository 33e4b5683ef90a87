// The list of recordings, a page at a time.
import { at, clock, dateOf, element } from "./page.js";

const PER_PAGE = 25;
const DAY_MS = 86_400_000;

/** What an empty list says that there is none of. */
const NAMES = { calls: "recorded calls", meetings: "recorded meetings", voicemail: "voicemail messages" };

/** Fills the list from `jobs`; `chosen` is called when the choice changes. An abort ends it. */
export async function listRecordings(jobs, { source, days, signal, chosen }) {
  const place = at("recordings");
  place.ariaBusy = "true";
  place.replaceChildren(element("p", { className: "hint busy" }, "Looking for recordings …"));
  const dateFrom = new Date(Date.now() - days * DAY_MS);
  const found = jobs.recordings({ source, dateFrom, signal });
  const rows = element("tbody");
  try {
    const hasMore = await addRows(rows, found, chosen);
    place.replaceChildren(...(rows.children.length ? [table(rows, source), ...more(hasMore, rows, found, chosen)] : [nothing(NAMES[source], days)]));
  } catch (error) {
    if (!signal.aborted) place.replaceChildren();
    throw error;
  } finally {
    if (!signal.aborted) place.ariaBusy = "false";
  }
}

/** The id of the recording that is chosen. */
export const chosenRecording = () => checked()?.value;

/** Takes the choice back. */
export function forgetRecording() {
  if (checked()) checked().checked = false;
}

const checked = () => document.querySelector("input[name=recording]:checked");

async function addRows(rows, found, chosen) {
  for (let count = 0; count < PER_PAGE; count += 1) {
    const { done, value } = await found.next();
    if (done) return false;
    rows.append(row(value, chosen));
  }
  return true;
}

function more(hasMore, rows, found, chosen) {
  if (!hasMore) return [];
  const button = element("button", { type: "button", className: "plain" }, "Show more");
  button.onclick = async () => {
    button.disabled = true;
    const goesOn = await addRows(rows, found, chosen).catch(() => true);
    button.disabled = false;
    button.hidden = !goesOn;
  };
  return [button];
}

function table(rows, source) {
  const names = ["", "Started", ...(source === "meetings" ? [] : ["From", "To"]), "Length"];
  const heads = names.map((text) => element("th", { scope: "col" }, text));
  return element("div", { className: "scroll" }, element("table", {}, element("thead", {}, element("tr", {}, ...heads)), rows));
}

function row(recording, chosen) {
  const { id, source, startedAt, from, to, durationS, direction, submittable, reason } = recording;
  const ends = source === "meetings" ? [] : [party(from), party(to)];
  const title = [dateOf(startedAt), ends.join(" to ")].filter(Boolean).join(", ");
  const choice = element("input", { type: "radio", name: "recording", value: id, ariaLabel: title, disabled: !submittable });
  choice.onchange = chosen;
  const line = element(
    "tr",
    { title: direction ?? "" },
    element("td", {}, choice),
    element("td", {}, dateOf(startedAt), ...(reason ? [element("small", { className: "hint" }, reason)] : [])),
    ...ends.map((end) => element("td", {}, end)),
    element("td", { className: "number" }, durationS === undefined ? "" : clock(durationS)),
  );
  line.onclick = () => submittable && choice.click();
  choice.onclick = (event) => event.stopPropagation();
  return line;
}

const party = ({ name, phoneNumber } = {}) => name ?? phoneNumber ?? "unknown";

const nothing = (name, days) =>
  element("p", { className: "hint" }, `No ${name} in the last ${days === 1 ? "24 hours" : `${days} days`}. Choose a longer time.`);

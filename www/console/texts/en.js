// The page in English. A sentence that holds a value is a function of it.
import { advice } from "./en-advice.js";
import { orders } from "./en-orders.js";
import { results } from "./en-results.js";

const number = new Intl.NumberFormat("en");
/** @param {number} count @param {string} one @param {string} [many] */
const plural = (count, one, many = `${one}s`) => `${number.format(count)} ${count === 1 ? one : many}`;

/** As `2 to 4 minutes`. @param {number} fromS @param {number} toS */
function span(fromS, toS) {
  const isLong = toS >= 120;
  const [from, to] = [fromS, toS].map((seconds) => Math.max(1, Math.round(isLong ? seconds / 60 : seconds)));
  const unit = isLong ? "minute" : "second";
  return from === to ? plural(to ?? 0, unit) : `${number.format(from ?? 0)} to ${plural(to ?? 0, unit)}`;
}

export const en = {
  ...orders,
  ...results,
  advice,
  title: "ringcentral-ai",
  skip: "Skip to the content",
  navigation: "Views",
  offline: "You are offline. What is shown stays; it goes on by itself when the network is back.",
  loading: "Loading …",
  again: "Try again",
  close: "Close",
  cancel: "Cancel",
  undo: "Undo",
  notCopied: "The browser did not let it be copied.",
  curlCopied: "Copied: the token stands in $TOKEN.",
  curl: "Copy as curl",
  signIn: {
    what: "Recordings in, transcripts and insights out.",
    token: "API token of this Worker",
    hint: "One of its API_TOKENS. It stays in this tab and is gone when the tab is closed.",
    go: "Continue",
    out: "Sign out",
    notFromAddress: "an address may hold the sandbox's token alone, for it stays in the browser's history: enter yours here",
  },
  problem: {
    otherwise: "Try again; the Worker's log has more.",
    copyId: "Copy the request's id",
    idCopied: "The request's id is copied.",
    /** @param {number} seconds */
    againIn: (seconds) => `It is worth another try in ${plural(seconds, "second")}.`,
  },
  recordings: {
    title: "Recordings",
    list: "List of recordings",
    useFile: "Use a file",
    fileField: "A file of this machine",
    drop: "Drop it anywhere to have it transcribed",
    looking: "Looking for recordings …",
    more: "Show more",
    unknown: "Unknown",
    meeting: "Meeting",
    noDate: "Without a date",
    selection: "What is chosen",
    chooseNone: "None",
    /** @param {string} name */
    to: (name) => `to ${name}`,
    /** @param {string} name */
    calledBy: (name) => `called by ${name}`,
    /** @param {string} id */
    named: (id) => `Recording ${id}`,
    file: "Uploaded file",
    /** @param {number} count */
    chosen: (count) => `${plural(count, "recording")} chosen`,
    /** @param {string} source */
    without: (source) => `The list is shown without ${source.toLowerCase()}.`,
  },
  sources: { calls: "Calls", meetings: "Meetings", voicemail: "Voicemail" },
  kinds: { calls: "Call", inbound: "Inbound call", outbound: "Outbound call", meetings: "Meeting", voicemail: "Voicemail" },
  filters: {
    views: "Saved views",
    usual: { all: "Last 7 days", fresh: "Not analysed yet", long: "5 minutes and more" },
    save: "Save this view",
    nameOfView: "Name",
    /** @param {string} name */
    forget: (name) => `Forget the view ${name}`,
    text: "Name or number",
    source: "Source",
    direction: "Direction",
    length: "Length",
    state: "Analysis",
    days: "Time",
    from: "From",
    to: "To",
    anySource: "All sources",
    anyDirection: "Any direction",
    anyLength: "Any length",
    anyState: "Analysed?",
    fresh: "Not analysed yet",
    done: "Analysed",
    ownDays: "Other days",
    /** @param {number} days */
    lastDays: (days) => (days === 1 ? "Last 24 hours" : days === 365 ? "Last year" : `Last ${days} days`),
    /** @param {number} seconds */
    atLeast: (seconds) => (seconds < 60 ? `${seconds} s and more` : `${seconds / 60} min and more`),
  },
  empty: {
    filtered: "Nothing matches these filters.",
    /** @param {number} count */
    noneYet: (count) => `Nothing among the ${plural(count, "recording")} read so far.`,
    clearFilters: "Clear the filters",
    noRecordings: "No recordings in this time.",
    lookFurther: "Look a year back",
    noJobs: "No jobs yet. Choose a recording, or drop a file anywhere.",
    toRecordings: "Go to the recordings",
    running: "Still running: what it finds stands here by itself.",
    /** @param {number} count */
    runningOf: (count) => `Nothing is finished yet: ${plural(count, "job")} still running.`,
    toRunning: "Show what is running",
    toJobs: "Go to the jobs",
    nobody: "Nobody speaks in this recording.",
    noWords: "This task gives no words.",
    listen: "Listen to it",
  },
  attention: {
    title: "What needs attention",
    /** @param {number} count */
    running: (count) => `${plural(count, "job")} running`,
    /** @param {number} count */
    failed: (count) => `${plural(count, "job")} failed`,
    /** @param {number} count */
    deadLetters: (count) => plural(count, "delivery could not be used", "deliveries could not be used"),
    deadLettersMean: "Results may be among them.",
    seen: "I have seen them",
  },
  jobs: {
    title: "Jobs",
    deleted: "The job and its result are deleted.",
    retry: "Do it again",
    /** @param {string} why */
    notRetried: (why) => `It was not begun again: ${why}`,
    /** @param {string} why */
    notDeleted: (why) => `It was not deleted: ${why}`,
    remove: "Delete",
    state: "State",
    task: "Task",
    anyState: "All states",
    anyTask: "All tasks",
    states: { running: "Running", done: "Finished", failed: "Failed" },
    more: "Show more",
    compare: "Compare",
    /** @param {number} count */
    chosen: (count) => `${plural(count, "job")} chosen`,
    /** @param {string} name */
    choose: (name) => `Choose ${name}`,
    transcript: "Transcript",
    insights: "Insights",
    details: "Details",
    rename: "Rename",
    name: "Name of the job",
    save: "Save",
    /** 8 of 10 took that long. @param {number} fromS @param {number} toS @param {number} count */
    similar: (fromS, toS, count) => `Similar jobs took ${span(fromS, toS)} (${plural(count, "job")}).`,
    noSuch: "Back to the jobs",
    idCopied: "The job's id is copied.",
    copyId: "Copy the id",
    /** @param {number} attempt @param {number} [most] */
    attempt: (attempt, most) => (most === undefined ? `Attempt ${attempt}` : `Attempt ${attempt} of ${most}`),
    told: "Told of its end",
    notices: { waiting: "nobody has taken it yet", delivered: "taken", failed: "given up" },
    curl: {
      job: "The job",
      result: "Its result",
      transcript: "Its transcript",
      retry: "Do it again",
      remove: "Delete it",
    },
    safeRecording: "The recording itself is untouched where it lies.",
    safeFile: "The uploaded copy is kept until a job ends: choose the file once more.",
    safeAddress: "The Worker keeps no copy of media at an address.",
    fields: {
      id: "Id",
      task: "Task",
      engine: "Engine",
      status: "State",
      attempt: "Attempts",
      ringcentralJobId: "RingCentral's id",
      createdAt: "Begun",
      submittedAt: "Sent",
      completedAt: "Ended",
      retainedUntil: "Kept until",
      via: "The result came by",
      media: "Media",
      input: "Options",
    },
    deliveries: "What came to its callback address",
    original: "The job that it repeats",
  },
  stages: {
    /** @param {number | undefined} place */
    queued: (place) => (place ? `Queued: number ${place} in line` : "Queued"),
    wasQueued: "Queued",
    unconfirmed: "Sent, not confirmed yet",
    sent: "Sent",
    /** @param {string} bytes @param {string | undefined} of */
    fetched: (bytes, of) => (of === undefined ? `Media fetched: ${bytes} MB` : `Media fetched: ${bytes} of ${of} MB`),
    waiting: "Waiting for the result",
    waited: "Waited for the result",
    result: "Result here",
    resultNext: "Result",
    failed: "Failed",
    expired: "Expired without a result",
    /** @param {string} clock */
    elapsed: (clock) => `${clock} elapsed`,
    /** @param {string} ago */
    lastNews: (ago) => `last news ${ago}`,
    /** @param {string} what @param {string | undefined} until */
    waitsFor: (what, until) => {
      const names = /** @type {Record<string, string>} */ ({
        turn: "its turn",
        rate_limit: "the end of a rate limit",
        login: "a login",
        ringcentral: "RingCentral to answer",
        recording: "the recording to be there",
        confirmation: "a confirmation",
        result: "the result",
      });
      return `waits for ${names[what] ?? what}${until ? `, next step ${until}` : ""}`;
    },
  },
  help: {
    title: "Keys and help",
    keys: "Keys",
    names: { " ": "Space", ArrowLeft: "←", ArrowRight: "→" },
    single: "Single keys",
    singleMeans: "Switch them off where they get in the way of other software. Ctrl-F is the browser's own.",
    api: "The description of this Worker's API",
  },
  keys: {
    play: "Play or pause",
    back: "Ten seconds back",
    ahead: "Ten seconds ahead",
    backALittle: "Five seconds back",
    aheadALittle: "Five seconds ahead",
    search: "Search the transcript",
    next: "Next place found",
    previous: "Place found before",
    repeat: "Repeat the turn that is played",
    follow: "Follow what is played",
    export: "Export",
    help: "This help",
  },
};

// The page in English. A sentence that holds a value is a function of it.
import { advice } from "./en-advice.js";
import { work } from "./en-jobs.js";
import { orders } from "./en-orders.js";
import { results } from "./en-results.js";
import { plural } from "./en-plural.js";

export const en = {
  ...orders,
  ...results,
  ...work,
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
  listAsCurl: "This list as curl",
  signIn: {
    what: "Recordings in, transcripts and insights out.",
    token: "API token of this Worker",
    hint: "One of its API_TOKENS. It stays in this tab and is gone when the tab is closed.",
    go: "Continue",
    out: "Sign out",
    notFromAddress: "an address may hold the sandbox's token alone, for it stays in the browser's history: enter yours here",
  },
  problem: {
    noAnswer: "The Worker did not answer.",
    otherwise: "Try again; the Worker's log has more.",
    copyId: "Copy the request's id",
    idCopied: "The request's id is copied.",
    /** @param {number} made @param {number} of */
    attempt: (made, of) => `Attempt ${made} of ${of}.`,
    /** @param {number} made @param {number} of */
    inVain: (made, of) => `A request to the Worker failed, attempt ${made} of ${of}: the next follows by itself in a few seconds.`,
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
    /** @param {string[]} sources */
    without: (sources) => `The list is shown without ${sources.join(", ").toLowerCase()}.`,
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
    toDetails: "Look at the details",
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

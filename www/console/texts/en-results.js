// Results in English: transcript, player, insights, comparison, the operator's page.
import { insights } from "./en-insights.js";
import { operators } from "./en-operator.js";

const number = new Intl.NumberFormat("en");

export const results = {
  ...insights,
  ...operators,
  transcript: {
    /** @param {string} id */
    speaker: (id) => `Speaker ${id}`,
    speakers: "Speakers",
    /** @param {string} clock */
    playFrom: (clock) => `Play from ${clock}`,
    search: "Search the transcript",
    /** @param {number} at @param {number} all */
    hit: (at, all) => `${number.format(at)} of ${number.format(all)}`,
    noHit: "Nowhere",
    copy: "Copy",
    copied: "The transcript is copied.",
    withTimes: "With times",
    withoutTimes: "Without times",
    export: "Export",
    print: "Print",
    save: "Save the file",
    format: "Format",
    formats: {
      srt: "Captions that every player reads",
      vtt: "Captions for the web",
      txt: "A line a paragraph",
      md: "Notes, turn by turn",
      csv: "A row a turn, for spreadsheets",
      json: "Turns and words with times",
      raw: "The whole result, as it came",
    },
    captions: "Captions",
    captionOptions: { maxCharsPerLine: "Characters a line", maxLines: "Lines a caption", maxDurationS: "Seconds at most" },
    unsure: "Mark unsure words",
    labels: "Name the speakers in the text",
    /** @param {string} clock */
    backTo: (clock) => `Back to ${clock}`,
    noMedia: "The audio of this job is not kept: there is nothing to listen to.",
    /** @param {string} name */
    rename: (name) => `Rename ${name}`,
    /** @param {string} name */
    nameOf: (name) => `Name of ${name}`,
    sameAs: "Or the same person as",
    nobodyElse: "nobody else",
    /** @param {number} count */
    apart: (count) => `Tell these ${number.format(count)} apart again`,
    namedOnce: "It is kept with the job and stands in every transcript and export. Empty takes it away.",
    whoSays: "Who says this?",
    whoSaysNow: "Reassign turn",
    somebodyElse: "Somebody else",
    asHeard: "As it was heard",
    /** @param {string} clock @param {string} share */
    talks: (clock, share) => `${clock} · ${share} of speech`,
    /** @param {string} name @param {string} clock */
    sample: (name, clock) => `Listen to ${name} at ${clock}`,
  },
  player: {
    title: "Player",
    play: "Play",
    pause: "Pause",
    repeat: "Repeat this turn",
    speed: "Speed",
    position: "Position",
    network: "The audio did not arrive: try again.",
    unplayable: "The audio is not to be had, or the browser cannot play it.",
  },
};

// The operator's page and comparisons, in English.
const number = new Intl.NumberFormat("en");

export const operators = {
  compare: {
    title: "Compare",
    how: "Choose finished jobs: their figures stand side by side, and over time.",
    choose: "Finished jobs",
    none: "There is no finished job to compare yet.",
    sideBySide: "Side by side",
    overTime: "Over time",
    measure: "Figure",
    /** @param {string} name @param {string} points */
    trend: (name, points) => `${name}: ${points}`,
    measures: {
      length: "Length",
      speech: "Speech, of the recording",
      silence: "Nobody speaks",
      speakers: "Speakers",
      mostShare: "Largest share of speech",
      turns: "Turns",
      longest: "Longest turn",
      words: "Words",
      pace: "Words a minute of speech",
      questions: "Questions",
    },
  },
  operator: {
    title: "Operator",
    curlStats: "Figures as curl",
    curlLetters: "Deliveries as curl",
    letters: "Deliveries that could not be used",
    lettersMean:
      "What came to a callback address and was not the job's result. The bytes are kept: what was meant for a job can be delivered once more.",
    noLetters: "There are none.",
    cause: "Cause",
    causes: { unreadable: "Cannot be read", foreign: "Another job's", unproved: "Whose it is was not known yet" },
    /** @param {number} limit */
    age: (limit) => (limit === 3_600 ? "Up to an hour" : limit === 86_400 ? "Up to a day" : limit === 604_800 ? "Up to a week" : "Older"),
    job: "Its job",
    /** @param {number} bytes */
    bytes: (bytes) => `${number.format(bytes)} bytes`,
    curlBytes: "Its bytes as curl",
    curlReplay: "Delivering as curl",
    look: "Look at its bytes",
    replay: "Deliver once more",
    /** @param {number} count */
    replayAll: (count) => (count === 1 ? "Deliver it once more" : `Deliver ${number.format(count)} once more`),
    /** @param {number} count */
    replayQuestion: (count) => (count === 1 ? "Deliver 1 delivery once more?" : `Deliver ${number.format(count)} deliveries once more?`),
    replayMeans: "Each goes to its own job. What is of no use again stays where it is, and says why.",
    replayed: { result: "It is the job's result now.", running: "It says that the job goes on.", duplicate: "The job had its result already." },
    states: "Jobs by state",
    stateNames: {
      reserved: "Reserved",
      queued: "Queued",
      unconfirmed: "Sent, not confirmed",
      submitted: "At the engine",
      succeeded: "Succeeded",
      failed: "Failed",
      expired: "Expired",
    },
    /** @param {string} age */
    oldest: (age) => `the oldest: ${age}`,
    now: "Right now",
    inFlight: "Calls under way",
    inFlightMeans: "to RingCentral",
    waiting: "Clients waiting",
    waitingMeans: "for a job of theirs",
    half: "Half of the jobs",
    most: "99 of 100 jobs",
    /** @param {number} count */
    latest: (count) => `from submit to result, of the latest ${number.format(count)}`,
    via: "By callback · by status",
    viaMeans: "how the latest results came",
    notices: "Told · waiting · given up",
    noticesMean: "whoever is told of a job's end",
    limits: "Rate limits",
    noLimits: "None has been met yet.",
    group: "Group",
    taken: "Taken",
    queue: "Waiting",
    held: "Held until",
    /** @param {number} taken @param {number} limit @param {number} seconds */
    ofLimit: (taken, limit, seconds) => `${number.format(taken)} of ${number.format(limit)} in ${number.format(seconds)} s`,
    rejected: "Deliveries that were turned away",
    /** @param {string} time @param {string} version */
    asOf: (time, version) => `As of ${time}, version ${version}.`,
    settings: "Settings",
    ownSettings: "The Worker's own",
    checkMeans: "Whether the app may see each kind of recordings, RingCentral alone knows: it is asked three times.",
    check: "Ask RingCentral",
    checks: {
      calls: "Calls at RingCentral",
      meetings: "Meetings at RingCentral",
      voicemail: "Voicemail at RingCentral",
    },
    fine: "All is well.",
  },
};

// Insights in English: what each figure is, and of what.
const number = new Intl.NumberFormat("en", { maximumFractionDigits: 1 });

export const insights = {
  insights: {
    asTable: "As a table",
    speaker: "Speaker",
    from: "From",
    to: "To",
    somebody: "Somebody",
    /** @param {number} count */
    more: (count) => `and ${number.format(count)} more`,
    length: "Length",
    lengthMeans: "of the recording",
    speech: "Speech",
    /** @param {string} speech @param {string} all */
    speechMeans: (speech, all) => `of the recording: ${speech} of ${all} somebody speaks; the longest turns are listed`,
    silence: "Nobody speaks",
    silenceMeans: "all pauses together; the longest are listed",
    /** @param {number} seconds */
    seconds: (seconds) => `${number.format(seconds)} s`,
    turnCount: "Turns",
    turnCountMeans: "a turn ends where another speaker begins",
    longest: "Longest turn",
    longestMeans: "pauses within it included",
    pace: "Words a minute",
    /** @param {string} words */
    paceMeans: (words) => `${words} words by the time that is spoken; the fastest stretches are listed`,
    /** @param {string} until @param {string} pace */
    stretch: (until, pace) => `to ${until}: ${pace} words a minute, silence included`,
    paceOverTime: "Pace over time",
    paceOverTimeMeans: "Words a minute of the recording, silence included; a click goes there.",
    wordsPerMinute: "Words a minute",
    /** @param {string} most */
    highest: (most) => `The highest bar is ${most} words a minute.`,
    questions: "Questions",
    questionsMean: "sentences with a question mark",
    talk: "Share of speech",
    talkMeans: "Of all speakers' time together, silence left out; where several speak at once, it counts for each.",
    whoWhen: "Who spoke when",
    turns: "What turns show",
    turnsMean: "turns, as the engine says",
    texts: "Texts",
    byEngine: "as the engine says",
    means: {
      TalkToListenRatio: "talk to listen, as the engine says",
      Pace: "words a minute, as the engine says",
      QuestionsAsked: "questions, as the engine says",
      Energy: "as the engine says; its scale is not documented",
    },
  },
};

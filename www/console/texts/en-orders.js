// What a job is asked with, in English: tasks, options and what they mean.

const number = new Intl.NumberFormat("en");

export const orders = {
  order: {
    title: "Start a job",
    task: "What is to be done",
    options: "All options",
    engine: "Engine",
    usualEngine: "The Worker's usual one",
    notByEngine: "This engine does not do it",
    usual: "As usual",
    label: "Name of the job",
    labelMeans: "What it is called in lists; nothing is sent to RingCentral.",
    beginOne: "Transcribe",
    another: "Another job",
    show: "Show the jobs",
    /** @param {number} count */
    begin: (count) => (count === 1 ? "Start the job" : `Start ${number.format(count)} jobs`),
    /** @param {number} count */
    begun: (count) => (count === 1 ? "The job is started." : `${number.format(count)} jobs are started.`),
    /** @param {string} sent @param {string} all */
    sent: (sent, all) => `${sent} of ${all} MB`,
    /** @param {number} done @param {number} all */
    submitting: (done, all) => `${done} of ${all} started`,
  },
  tasks: /** @type {Record<string, { name: string, means: string, result: string }>} */ ({
    "speech-to-text": { name: "Speech to text", means: "What was said, word by word", result: "Transcript" },
    "analyze-interaction": { name: "Analyze interaction", means: "What was said, with summaries, topics and talk times", result: "Insights" },
    "speaker-diarize": { name: "Who speaks when", means: "The speakers' times, without words", result: "Speakers" },
    "speaker-identify": { name: "Which enrolled speaker", means: "When each of the speakers you name speaks", result: "Speakers" },
    punctuate: { name: "Punctuate", means: "Punctuation for bare texts", result: "Texts" },
    summarize: { name: "Summarize", means: "Summaries of a conversation", result: "Summaries" },
  }),
  options: {
    enableSpeakerDiarization: { label: "Tell the speakers apart", means: "Each turn says who speaks. Without it the words are one text." },
    speakerIds: { label: "Enrolled speakers", means: "Their ids, one a line." },
    insights: { label: "Insights", means: "None chosen means all of them." },
    audioType: { label: "Kind of talk", means: "Call centre for two or three speakers, meeting for more." },
    speakerCount: { label: "Number of speakers", means: "Where it is known; it helps to tell them apart." },
    separateSpeakerPerChannel: { label: "One speaker a channel", means: "For recordings that keep each side on a channel of its own." },
    enablePunctuation: { label: "Punctuation", means: "Sentences with capitals, commas and stops." },
    enableVoiceActivityDetection: { label: "Leave out silence", means: "RingCentral recommends it." },
    phrases: { label: "Words that are likely", means: "Names and terms, one a line: they are recognised more often." },
    languageCode: { label: "Language", means: "A code as en-US. RingCentral's guide: only English is supported." },
    encoding: { label: "Encoding", means: "Found out by the Worker; only for media that it cannot tell." },
    source: { label: "Where it was recorded", means: "As RingCentral, Phone or Zoom." },
  },
  values: {
    CallCenter: "Call centre",
    Meeting: "Meeting",
    Voicemail: "Voicemail",
    Interview: "Interview",
    EarningsCalls: "Earnings call",
    PressConference: "Press conference",
    Mpeg: "MP3",
    Mp4: "MP4, M4A, MOV",
  },
  insightNames: {
    KeyPhrases: "Key phrases",
    AbstractiveSummaryLong: "Long summary",
    AbstractiveSummaryShort: "Short summary",
    ExtractiveSummary: "Summary in their words",
    AbstractiveLong: "Long summary",
    AbstractiveShort: "Short summary",
    Extractive: "Summary in their words",
    Topics: "Topics",
    TalkToListenRatio: "Talk to listen ratio",
    Pace: "Pace",
    QuestionsAsked: "Questions asked",
    Emotion: "Emotion",
    Energy: "Energy",
  },
};

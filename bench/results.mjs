// Results of the length that a measurement wants, as RingCentral writes them: a transcript, utterances with their words, and the words.

const SAID = "thank you for calling how may i help you today i bought a scarf for my wife and it turns out they shipped the wrong colour";
const WORDS_PER_UTTERANCE = 25;

/** A callback of a recording's transcript, of that many bytes. */
export function result(bytes) {
  // Its length grows evenly with its words; what is missing at the end is white space.
  const [one, many] = [callback(1).length, callback(1_001).length];
  let words = Math.ceil(((bytes - one) * 1_000) / (many - one));
  let body = callback(words);
  for (; body.length > bytes; body = callback(words)) words -= Math.ceil(words / 50);
  return Buffer.from(body.padEnd(bytes));
}

function callback(count) {
  const said = SAID.split(" ");
  const words = Array.from({ length: count }, (_, at) => ({
    confidence: 0.8 + (at % 17) / 100,
    end: at * 0.4 + 0.32,
    start: at * 0.4,
    word: said[at % said.length],
  }));
  const utterances = [];
  for (let at = 0; at < count; at += WORDS_PER_UTTERANCE) {
    const wordTimings = words.slice(at, at + WORDS_PER_UTTERANCE).map((word) => ({ ...word, speakerId: String((at / WORDS_PER_UTTERANCE) % 2) }));
    const [{ start, speakerId }, { end }] = [wordTimings[0], wordTimings.at(-1)];
    utterances.push({ confidence: 0.87, end, speakerId, start, text: text(wordTimings), wordTimings });
  }
  return JSON.stringify({
    api: "/ai/audio/v1/async/speech-to-text",
    creationTime: "2024-01-09T17:51:58.422Z",
    completionTime: "2024-01-09T17:56:26.126Z",
    status: "Success",
    response: { confidence: 0.9, speakerCount: 2, transcript: text(words), utterances, words },
  });
}

const text = (words) => words.map(({ word }) => word).join(" ");

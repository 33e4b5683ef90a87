/** How long each speaker speaks, in the order in which they begin; who speaks twice at once is counted once. */
export function talkTime(segments) {
  const speakers = new Map();
  for (const { start, end, text, words, ...who } of segments) {
    const known = speakers.get(who.speaker) ?? { who, ms: 0, untilMs: 0 };
    const [startMs, endMs] = [start, end].map((seconds) => Math.round(seconds * 1000));
    known.ms += Math.max(0, endMs - Math.max(startMs, known.untilMs));
    known.untilMs = Math.max(endMs, known.untilMs);
    speakers.set(who.speaker, known);
  }
  const times = [...speakers.values()];
  const allMs = times.reduce((sum, { ms }) => sum + ms, 0);
  return times.map(({ who, ms }) => ({ ...who, seconds: ms / 1000, share: allMs && ms / allMs }));
}

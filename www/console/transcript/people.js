// Speakers who have the same name are one person: who is told apart by mistake is put together by a name, which the job keeps.
/** @typedef {import("./result.js").Data} Data */

/** @type {WeakMap<Data, Map<string, Data>>} */
const known = new WeakMap();

/** The result with one speaker for each name. @param {Data} data @param {Readonly<Record<string, string>>} [names] @returns {Data} */
export function withPeople(data, names = {}) {
  const same = sameOf(names);
  if (!same.size || !data.segments) return data;
  const key = JSON.stringify([...same]);
  const made = known.get(data) ?? new Map();
  known.set(data, made);
  if (!made.has(key)) made.set(key, { ...data, segments: data.segments.map((segment) => together(segment, same)) });
  return made.get(key) ?? data;
}

/** Whom each speaker is the same as, where that is another. @param {Readonly<Record<string, string>>} names */
function sameOf(names) {
  const first = /** @type {Map<string, string>} */ (new Map());
  const same = /** @type {Map<string, string>} */ (new Map());
  for (const [id, name] of Object.entries(names).filter(([id]) => !id.startsWith("@"))) {
    const other = first.get(name);
    if (other === undefined) first.set(name, id);
    else same.set(id, other);
  }
  return same;
}

/** @param {import("./result.js").Segment} segment @param {ReadonlyMap<string, string>} same @returns {import("./result.js").Segment} */
function together(segment, same) {
  const speaker = segment.speaker === undefined ? undefined : same.get(segment.speaker);
  return speaker === undefined ? segment : { ...segment, speaker };
}

/** What is said of single turns among the names: whose they are. @param {Readonly<Record<string, string>>} [names] */
export const turnNames = (names = {}) => JSON.stringify(Object.entries(names).filter(([key]) => key.startsWith("@")));

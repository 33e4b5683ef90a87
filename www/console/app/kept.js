// What this browser keeps between visits, none of it secret. A browser that keeps nothing is no reason to fail.

/**
 * @template T
 * @param {string} name
 * @param {T} otherwise
 * @returns {T}
 */
export function kept(name, otherwise) {
  try {
    const text = localStorage.getItem(`ringcentral-ai ${name}`);
    const value = text === null ? otherwise : JSON.parse(text);
    return Array.isArray(value) === Array.isArray(otherwise) ? value : otherwise;
  } catch {
    return otherwise;
  }
}

/** @param {string} name @param {unknown} value */
export function keep(name, value) {
  try {
    if (value === undefined) localStorage.removeItem(`ringcentral-ai ${name}`);
    else localStorage.setItem(`ringcentral-ai ${name}`, JSON.stringify(value));
  } catch {
    // It is full or closed.
  }
}

/**
 * Keeps a value under a name among the latest `most` of their kind.
 * @param {string} kind @param {string} name @param {unknown} value @param {number} [most]
 */
export function keepAmong(kind, name, value, most = 50) {
  const all = /** @type {[string, unknown][]} */ (kept(kind, []));
  keep(kind, [[name, value], ...all.filter(([other]) => other !== name)].slice(0, most));
}

/** @param {string} kind @param {string} name @returns {any} */
export const keptAmong = (kind, name) => /** @type {[string, any][]} */ (kept(kind, [])).find(([other]) => other === name)?.[1];

/** The bytes that a script of theirs holds as a text. */
export const bytesOf = async (script) => Uint8Array.from(atob((await script).default), (character) => character.charCodeAt(0));

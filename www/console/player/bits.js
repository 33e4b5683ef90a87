// Bytes that come in pieces, and numbers of some bits in them.

/** What was left of the pieces before, and the next. @param {Uint8Array} rest @param {Uint8Array} piece */
export function joined(rest, piece) {
  const bytes = new Uint8Array(rest.length + piece.length);
  bytes.set(rest);
  bytes.set(piece, rest.length);
  return bytes;
}

/** The highest first, wherever they begin. @param {Uint8Array} bytes @param {number} at @param {number} count */
export function bits(bytes, at, count) {
  let value = 0;
  for (let bit = at; bit < at + count; bit += 1) value = value * 2 + (((bytes[bit >> 3] ?? 0) >> (7 - (bit & 7))) & 1);
  return value;
}

// Numbers of some bits, the highest first, wherever they begin.

/** @param {Uint8Array} bytes @param {number} at @param {number} count */
export function bits(bytes, at, count) {
  let value = 0;
  for (let bit = at; bit < at + count; bit += 1) value = value * 2 + (((bytes[bit >> 3] ?? 0) >> (7 - (bit & 7))) & 1);
  return value;
}

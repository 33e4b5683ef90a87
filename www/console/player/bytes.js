// A stream of bytes, taken as they are needed: nothing of it is kept but the piece that is read.

import { joined } from "./bits.js";

/** No packet and no table is longer; what says so is no media. */
const TAKEN_MAX_BYTES = 64_000_000;

export class Bytes {
  /** How many bytes are behind. */
  place = 0;
  #piece = new Uint8Array();
  #at = 0;
  #reader;

  /** @param {ReadableStream<Uint8Array<ArrayBuffer>>} stream */
  constructor(stream) {
    this.#reader = stream.getReader();
  }

  /** The next that are at hand, however many; none at the end. @returns {Promise<Uint8Array<ArrayBuffer> | undefined>} */
  async piece() {
    if (!(await this.#hasMore())) return undefined;
    return this.#next(this.#piece.length - this.#at);
  }

  /** So many, or none where it ends before. @param {number} count @returns {Promise<Uint8Array<ArrayBuffer> | undefined>} */
  async take(count) {
    if (count <= this.#piece.length - this.#at) return this.#next(count);
    if (count > TAKEN_MAX_BYTES) throw new RangeError("too long");
    const parts = [];
    for (let missing = count; missing > 0; missing -= parts.at(-1)?.length ?? 0) {
      if (!(await this.#hasMore())) return undefined;
      parts.push(this.#next(Math.min(missing, this.#piece.length - this.#at)));
    }
    return joined(parts);
  }

  /** The same, and they are still there to be taken. @param {number} count */
  async peek(count) {
    const bytes = await this.take(count);
    if (bytes) this.#putBack(bytes);
    return bytes;
  }

  /** Leaves out bytes, as many as there are. @param {number} count */
  async skip(count) {
    for (let missing = count; missing > 0;) {
      if (!(await this.#hasMore())) return;
      missing -= this.#next(Math.min(missing, this.#piece.length - this.#at)).length;
    }
  }

  cancel() {
    this.#reader.cancel().catch(() => {});
  }

  /** @param {number} count */
  #next(count) {
    const bytes = this.#piece.subarray(this.#at, this.#at + count);
    this.#at += bytes.length;
    this.place += bytes.length;
    return bytes;
  }

  /** @param {Uint8Array} bytes */
  #putBack(bytes) {
    this.place -= bytes.length;
    if (this.#at >= bytes.length) return void (this.#at -= bytes.length);
    this.#piece = joined([bytes, this.#piece.subarray(this.#at)]);
    this.#at = 0;
  }

  async #hasMore() {
    while (this.#at === this.#piece.length) {
      const { done, value } = await this.#reader.read();
      if (done) return false;
      [this.#piece, this.#at] = [value, 0];
    }
    return true;
  }
}

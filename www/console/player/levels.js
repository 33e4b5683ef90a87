// Levels as they come, made into the peaks that are drawn.
const MOST = 2000;
/** More are put together by twos, so that they take no more memory however many come. */
const KEPT_MAX = 2 ** 19;
/** Quiet parts are to be seen too. */
const CURVE = 0.6;
/** A few loud moments are not to make all else look quiet. */
const FULL = 0.97;

export class Levels {
  /** @type {number[]} */
  #values = [];
  #secondsEach = 0;
  #count = 0;
  #perValue = 1;

  /** Adds a level from 0 on, which holds for that long. @param {number} level @param {number} seconds */
  add(level, seconds) {
    const place = Math.floor(this.#count / this.#perValue);
    this.#values[place] = Math.max(this.#values[place] ?? 0, level);
    this.#count += 1;
    this.#secondsEach += (seconds - this.#secondsEach) / this.#count;
    if (this.#count < KEPT_MAX * this.#perValue) return;
    this.#values = Array.from({ length: KEPT_MAX / 2 }, (_, index) => Math.max(this.#values[2 * index] ?? 0, this.#values[2 * index + 1] ?? 0));
    this.#perValue *= 2;
  }

  /** At most so many peaks from 0 to 255, the loudest 255. */
  peaks() {
    const values = this.#values;
    const length = Math.min(MOST, values.length);
    const most = Float64Array.from(values).sort()[Math.floor((values.length - 1) * FULL)] || 1;
    const made = new Uint8Array(length);
    for (let index = 0; index < values.length; index += 1) {
      const place = Math.floor((index / values.length) * length);
      const tall = Math.round(255 * Math.min(1, (values[index] ?? 0) / most) ** CURVE);
      if (tall > (made[place] ?? 0)) made[place] = tall;
    }
    return { values: made, seconds: this.#count * this.#secondsEach };
  }
}

// Levels as they come, made into the peaks that are drawn.
const MOST = 2000;
/** Quiet parts are to be seen too. */
const CURVE = 0.6;
/** A few loud moments are not to make all else look quiet. */
const FULL = 0.97;

export class Levels {
  /** @type {number[]} */
  #values = [];
  #secondsEach = 0;

  /** Adds a level from 0 on, which holds for that long. @param {number} level @param {number} seconds */
  add(level, seconds) {
    this.#values.push(level);
    this.#secondsEach += (seconds - this.#secondsEach) / this.#values.length;
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
    return { values: made, seconds: values.length * this.#secondsEach };
  }
}

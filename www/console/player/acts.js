// What the keys do with the player; where nothing is to be played, they are somebody else's.
import { media, skip, toggle } from "./player.js";

/** @param {() => void} run */
const playing = (run) => () => (media.peek() ? run() : false);

/** @type {Record<string, import("../app/keys.js").Act>} */
export const playerActs = {
  play: playing(toggle),
  back: playing(() => skip(-10)),
  ahead: playing(() => skip(10)),
  backALittle: playing(() => skip(-5)),
  aheadALittle: playing(() => skip(5)),
};

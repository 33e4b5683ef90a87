// The transcript's elements, made once: 100,000 words are text in rows, the rows lie in sections that the browser skips while nobody sees them.
import { clock } from "../app/formats.js";
import { t } from "../texts/texts.js";

const ROWS_PER_SECTION = 60;

/**
 * @typedef {import("./turns.js").Turn} Turn
 * @typedef {import("./voices.js").Voice} Voice
 * @typedef {{ root: HTMLElement, rows: HTMLElement[], texts: Text[] }} Page
 */

/** @param {string} name @param {string} [className] */
function element(name, className = "") {
  const made = document.createElement(name);
  if (className) made.className = className;
  return made;
}

/** @param {readonly Turn[]} turns @param {ReadonlyMap<string | undefined, Voice>} voices @returns {Page} */
export function makePage(turns, voices) {
  const root = element("div", "turns");
  const rows = /** @type {HTMLElement[]} */ ([]);
  const texts = /** @type {Text[]} */ ([]);
  for (let from = 0; from < turns.length; from += ROWS_PER_SECTION) {
    const section = element("ol");
    turns.slice(from, from + ROWS_PER_SECTION).forEach((turn, offset) => {
      const text = document.createTextNode(turn.text);
      const made = row(turn, voices.get(turn.segment.speaker), text);
      made.dataset.row = String(from + offset);
      rows.push(made);
      texts.push(text);
      section.append(made);
    });
    root.append(section);
  }
  return { root, rows, texts };
}

/** @param {Turn} turn @param {Voice | undefined} voice @param {Text} text */
function row({ start, isContinued }, voice, text) {
  const made = element("li", "turn");
  const at = /** @type {HTMLButtonElement} */ (element("button", "at"));
  at.type = "button";
  at.textContent = clock(start);
  at.setAttribute("aria-label", t.transcript.playFrom(clock(start)));
  made.append(at);
  if (voice?.name) {
    made.dataset.voice = String(voice.index);
    const who = /** @type {HTMLButtonElement} */ (element("button", isContinued ? "who again" : "who"));
    who.type = "button";
    who.title = t.transcript.whoSays;
    const shape = element("span", "shape");
    shape.textContent = voice.shape;
    shape.setAttribute("aria-hidden", "true");
    const name = element("b");
    name.textContent = voice.name;
    who.append(shape, name);
    made.append(who);
  }
  const said = element("p", "said");
  said.dir = "auto";
  said.append(text);
  made.append(said);
  return made;
}

/** Gives the speakers other names, who is one person the same colour and shape, and turns to others. @param {Page} page @param {readonly Turn[]} turns @param {ReadonlyMap<string | undefined, Voice>} voices */
export function renamePage({ rows }, turns, voices) {
  for (const [place, made] of rows.entries()) {
    const turn = turns[place];
    const voice = voices.get(turn?.segment.speaker);
    const name = made.querySelector(".who b");
    if (turn) made.querySelector(".who")?.classList.toggle("again", turn.isContinued);
    if (!voice || !name || (name.textContent === voice.name && made.dataset.voice === String(voice.index))) continue;
    name.textContent = voice.name;
    made.dataset.voice = String(voice.index);
    const shape = made.querySelector(".shape");
    if (shape) shape.textContent = voice.shape;
  }
}

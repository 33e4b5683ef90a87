// Marks in the transcript without an element a word: the browser paints ranges. One that cannot is given marks on rows.
/** @type {HighlightRegistry | undefined} */
const painted = typeof Highlight === "function" ? CSS.highlights : undefined;

/** Paints these ranges under a name, and no others. @param {"spoken" | "hit" | "here" | "unsure"} name @param {readonly Range[]} ranges */
export function paint(name, ranges) {
  if (!painted) return;
  if (ranges.length) painted.set(name, new Highlight(...ranges));
  else painted.delete(name);
}

/** A part of a text. @param {Text} text @param {number} from @param {number} to */
export function rangeOf(text, from, to) {
  const range = new Range();
  const limit = text.data.length;
  range.setStart(text, Math.min(from, limit));
  range.setEnd(text, Math.min(to, limit));
  return range;
}

/** Where in a text a point of the page is. @param {number} x @param {number} y @returns {{ node: Node, offset: number } | undefined} */
export function textAt(x, y) {
  if (document.caretPositionFromPoint) {
    const place = document.caretPositionFromPoint(x, y);
    return place ? { node: place.offsetNode, offset: place.offset } : undefined;
  }
  const range = document.caretRangeFromPoint?.(x, y);
  return range ? { node: range.startContainer, offset: range.startOffset } : undefined;
}

// How the platform divides a text into what readers take for one character each.
let segmenter;

/** The grapheme clusters of a text, parted by NUL, which no text of ours holds. */
export function clusters(text) {
  segmenter ??= globalThis.Intl?.Segmenter && new Intl.Segmenter();
  return (segmenter ? Array.from(segmenter.segment(text), ({ segment }) => segment) : [...text]).join("\0");
}

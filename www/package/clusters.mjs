// How the platform divides a text into what readers take for one character each.
const segmenter = globalThis.Intl?.Segmenter && new Intl.Segmenter();

/** The grapheme clusters of a text, parted by NUL, which no text of ours holds. */
export const clusters = (text) => (segmenter ? Array.from(segmenter.segment(text), ({ segment }) => segment) : [...text]).join("\0");

// Which language the page speaks: a further one is a file beside `en.js` and a line here.
import { en } from "./en.js";

/** @type {Record<string, typeof en>} */
const LANGUAGES = { en };

const wanted = navigator.languages.map((tag) => tag.split("-")[0] ?? "").find((tag) => tag in LANGUAGES);

/** The page's texts. */
export const t = LANGUAGES[wanted ?? "en"] ?? en;

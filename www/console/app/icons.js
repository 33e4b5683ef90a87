// Icons, drawn with one pen.
import { html, svg } from "lit-html";

const PATHS = /** @type {const} */ ({
  recordings: "M4 12v0M8 8v8M12 4v16M16 8v8M20 11v2",
  jobs: "M5 5h14v14H5zM8.5 12l2.5 2.5 4.5-5",
  compare: "M6 20V10M12 20V4M18 20v-7",
  operator:
    "M12 15.2a3.2 3.2 0 1 0 0-6.4 3.2 3.2 0 0 0 0 6.4zM12 3v3M12 18v3M3 12h3M18 12h3M5.6 5.6l2.1 2.1M16.3 16.3l2.1 2.1M18.4 5.6l-2.1 2.1M7.7 16.3l-2.1 2.1",
  inbound: "M20 4 10 14M10 7v7h7M4 20h16",
  outbound: "M4 20 14 10M7 10h7v7M4 4h16",
  meeting: "M3 7h12v10H3zM15 11l6-3v8l-6-3z",
  voicemail: "M6.5 15.5a3.5 3.5 0 1 0 0-7 3.5 3.5 0 0 0 0 7zM17.5 15.5a3.5 3.5 0 1 0 0-7 3.5 3.5 0 0 0 0 7zM6.5 15.5h11",
  file: "M6 3h8l4 4v14H6zM14 3v4h4",
  upload: "M12 16V5M7 10l5-5 5 5M5 20h14",
  search: "M10.5 17a6.5 6.5 0 1 0 0-13 6.5 6.5 0 0 0 0 13zM15.5 15.5 21 21",
  close: "M6 6l12 12M18 6 6 18",
  add: "M12 5v14M5 12h14",
  running: "M12 3a9 9 0 1 0 9 9M12 7v5l3 2",
  warning: "M12 4 2.8 20h18.4zM12 10v4M12 17v.5",
  done: "M5 12.5l4.5 4.5L19 7.5",
  play: "M8 5v14l11-7z",
  pause: "M8 5v14M16 5v14",
  back: "M11 7l-6 5 6 5zM19 7l-6 5 6 5z",
  ahead: "M13 7l6 5-6 5zM5 7l6 5-6 5z",
  repeat: "M5 12V9a2 2 0 0 1 2-2h11M15 4l3 3-3 3M19 12v3a2 2 0 0 1-2 2H6M9 20l-3-3 3-3",
  follow: "M12 4v16M7 15l5 5 5-5M5 4h14",
  copy: "M9 9h11v11H9zM5 15H4V4h11v1",
  export: "M12 4v11M7 10l5 5 5-5M5 20h14",
  print: "M7 8V3h10v5M7 17H4V9h16v8h-3M7 14h10v7H7z",
  people:
    "M9 11a3.5 3.5 0 1 0 0-7 3.5 3.5 0 0 0 0 7zM2.5 20c.5-4 3-6 6.500-6s6 2 6.500 6M16 4.500a3.500 3.500 0 0 1 0 6.500M18 14.500c2 .7 3.200 2.500 3.500 5.500",
  trash: "M5 7h14M10 7V4h4v3M7 7l1 14h8l1-14M10 11v6M14 11v6",
  edit: "M4 20l1-4L16 5l3 3L8 19zM14 7l3 3",
  help: "M9 9a3 3 0 1 1 4.500 2.600c-1 .6-1.500 1.200-1.500 2.400M12 17.500v.5",
  leave: "M14 4h5v16h-5M4 12h11M11 8l4 4-4 4",
  terminal: "M4 5h16v14H4zM7 9l3 3-3 3M12 15h4",
  offline: "M3 3l18 18M8.500 15.500a5 5 0 0 1 7 0M5 12a10 10 0 0 1 4-2.400M19 12a10 10 0 0 0-6-3M12 19.500v.5",
});

/** @typedef {keyof typeof PATHS} IconName */

/** An icon beside a text that says the same. @param {IconName} name */
export const icon = (name) => html`<svg class="icon" viewBox="0 0 24 24" aria-hidden="true">${svg`<path d=${PATHS[name]} />`}</svg>`;

// For whoever runs the Worker: how it stands, what could not be used, what is set wrong.
import { html, nothing } from "lit-html";
import { copyCurl } from "../app/copy.js";
import { icon } from "../app/icons.js";
import { problem } from "../app/problem.js";
import { t } from "../texts/texts.js";
import { checksSection } from "./checks.js";
import { figuresSection } from "./figures.js";
import { forgetLetters, readLetters } from "./letters.js";
import { lettersSection } from "./letters-view.js";
import { readStats, stats, statsError } from "./stats.js";

const AGAIN_MS = 5000;

export function open() {
  const ending = new AbortController();
  readStats();
  readLetters(ending.signal);
  const again = setInterval(() => document.visibilityState === "visible" && readStats(), AGAIN_MS);
  const close = () => {
    clearInterval(again);
    ending.abort();
    forgetLetters();
  };
  return { title: t.operator.title, template: () => template(ending.signal), close };
}

/** @param {AbortSignal} ending */
function template(ending) {
  const error = statsError.value;
  const figures = stats.value;
  return html`<header class="heading">
      <h1 tabindex="-1">${t.operator.title}</h1>
      <div class="acts">
        <button class="quiet" @click=${() => copyCurl("GET", "/v1/stats")}>${icon("terminal")} ${t.operator.curlStats}</button>
        <button class="quiet" @click=${() => copyCurl("GET", "/v1/dead-letters")}>${icon("terminal")} ${t.operator.curlLetters}</button>
      </div>
    </header>
    ${problem(error, { again: readStats })} ${error?.code === "forbidden" ? nothing : lettersSection(ending)}
    ${figures ? figuresSection(figures) : nothing} ${checksSection(figures?.settings)}`;
}

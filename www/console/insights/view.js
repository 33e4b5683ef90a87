// Insights of a job: what is computed from its words, and what the engine found. What a result lacks is absent; nothing is judged.
import { html, nothing } from "lit-html";
import { clock, count, percent } from "../app/formats.js";
import { t } from "../texts/texts.js";
import { withPeople } from "../transcript/people.js";
import { voicesOf } from "../transcript/voices.js";
import { paceChart, shares, timeline } from "./charts.js";
import { conversationGroup, speakerGroup, titleOf } from "./groups.js";
import { lengthOf, measuresOf } from "./measures.js";
import { figure } from "./moments.js";
import { bareTexts, conversationGroups, speakerGroups, spansOf, turnFindings } from "./payload.js";

/** @typedef {import("../transcript/result.js").Data} Data */

const PAUSES = 20;
const FASTEST = 5;

/** @param {import("../jobs/store.js").JobFacts} job @param {Data} given */
export function insightsTab(job, given) {
  const who = whoOf(job, given);
  const data = withPeople(given, job.speakers);
  const spans = spansOf(data);
  const [conversation, speakers, findings, texts] = [
    conversationGroups(data.raw),
    speakerGroups(data.raw),
    turnFindings(data.raw),
    bareTexts(data.raw),
  ];
  return html`<div class="insights">
    ${spans.length ? figures(data, who) : nothing}
    <div class="packed">${conversation.map((group) => conversationGroup(group, data, who))} ${spans.length ? charts(data, who) : nothing}</div>
    ${
      texts.length
        ? html`<section class="card group">
            <h2>${t.insights.texts}</h2>
            <ul class="lines">
              ${texts.map((/** @type {string} */ text) => html`<li>${text}</li>`)}
            </ul>
          </section>`
        : nothing
    }
    <div class="speaker-groups">${speakers.map((group) => speakerGroup(group, who))}</div>
    ${
      findings.length
        ? html`<section class="group">
            <h2>${t.insights.turns}</h2>
            <div class="figures">
              ${findings.map(({ name, value, moments }) => figure({ value: count(moments.length), name: `${titleOf(name)}: ${value}`, means: t.insights.turnsMean, moments, who }))}
            </div>
          </section>`
        : nothing
    }
    ${spans.length || conversation.length || speakers.length || texts.length ? nothing : html`<div class="empty"><p>${t.empty.nobody}</p></div>`}
  </div>`;
}

/** Names, shapes and colours as the transcript has them. @param {import("../jobs/store.js").JobFacts} job @param {Data} data @returns {import("./moments.js").Who} */
function whoOf(job, data) {
  const voices = voicesOf(/** @type {any} */ (data.segments ?? spansOf(data)), job.speakers);
  return (speaker) => {
    const voice = voices.get(speaker);
    return { name: voice?.name || t.insights.somebody, shape: voice?.shape ?? "●", index: voice?.index ?? 7 };
  };
}

/** @param {Data} data @param {import("./moments.js").Who} who */
function figures(data, who) {
  const { durationS, speechS, silenceS, turns, longest, pauses, words, wordsPerMinute, pace, questions } = measuresOf(data);
  const { insights } = t;
  const longTurns = turns.toSorted((a, b) => lengthOf(b) - lengthOf(a)).slice(0, PAUSES);
  const fastest = pace.toSorted((a, b) => b.wordsPerMinute - a.wordsPerMinute).slice(0, FASTEST);
  const stretches = fastest.map(({ from, to, wordsPerMinute }) => ({ start: from, end: to, text: insights.stretch(clock(to), count(Math.round(wordsPerMinute))) }));
  const longPauses = pauses.slice(0, PAUSES).map((pause) => ({ ...pause, text: insights.seconds(lengthOf(pause)), speaker: undefined }));
  return html`<div class="figures">
    ${figure({ value: clock(durationS), name: insights.length, means: insights.lengthMeans, who })}
    ${figure({ value: percent(durationS ? speechS / durationS : 0), name: insights.speech, means: insights.speechMeans(clock(speechS), clock(durationS)), moments: longTurns, who })}
    ${figure({ value: clock(silenceS), name: insights.silence, means: insights.silenceMeans, moments: longPauses, who })}
    ${figure({ value: count(turns.length), name: insights.turnCount, means: insights.turnCountMeans, moments: turns, who })}
    ${longest ? figure({ value: clock(lengthOf(longest)), name: insights.longest, means: insights.longestMeans, moments: [longest], who }) : nothing}
    ${words ? figure({ value: count(Math.round(wordsPerMinute)), name: insights.pace, means: insights.paceMeans(count(words)), moments: stretches, who }) : nothing}
    ${questions.length ? figure({ value: count(questions.length), name: insights.questions, means: insights.questionsMean, moments: questions, who }) : nothing}
  </div>`;
}

/** @param {Data} data @param {import("./moments.js").Who} who */
function charts(data, who) {
  const { durationS, talk, words, pace } = measuresOf(data);
  const { insights } = t;
  return html`<section class="card group">
      <h2>${insights.talk}</h2>
      <p class="muted"><small>${insights.talkMeans}</small></p>
      ${shares(talk, who)}
    </section>
    <section class="card group">
      <h2>${insights.whoWhen}</h2>
      ${timeline(spansOf(data), talk, durationS, who)}
    </section>
    ${
      words && pace.length > 1
        ? html`<section class="card group">
            <h2>${insights.paceOverTime}</h2>
            <p class="muted"><small>${insights.paceOverTimeMeans}</small></p>
            ${paceChart(pace, durationS)}
          </section>`
        : nothing
    }`;
}

// Signing in: by the form, or by the sandbox's token in the address.
import { signal } from "@preact/signals-core";
import { html } from "lit-html";
import { t } from "../texts/texts.js";
import { problem } from "./problem.js";
import { refusalOf } from "./server.js";
import { forgetToken, keepToken, lost, token, tokenInAddress } from "./token.js";

const failure = signal(/** @type {any} */ (undefined));
const isBusy = signal(false);

/** Takes up what the address holds: whoever is signed in stays so until the Worker has taken another token. */
export function heedAddress() {
  const given = tokenInAddress();
  if (given?.token) signInWith(given.token);
  else if (given && !token.peek()) failure.value = { code: "unauthorized", message: t.signIn.notFromAddress };
}

export function signOut() {
  failure.value = undefined;
  forgetToken();
}

/** @param {string} given */
async function signInWith(given) {
  if (given === token.peek()) return;
  const wasSignedIn = Boolean(token.peek());
  failure.value = undefined;
  isBusy.value = true;
  const refusal = await refusalOf(given);
  isBusy.value = false;
  if (!refusal) keepToken(given);
  else if (!wasSignedIn) failure.value = refusal;
}

export const signInForm = () =>
  html`<main class="sign-in">
    <form class="card" @submit=${submit} aria-busy=${String(isBusy.value)}>
      <img src="./icon.svg" alt="" width="48" height="48" />
      <h1>ringcentral-ai</h1>
      <p class="muted">${t.signIn.what}</p>
      ${problem(failure.value ?? lost.value)}
      <label for="token">${t.signIn.token}</label>
      <input
        id="token"
        name="token"
        type="password"
        required
        autofocus
        autocomplete="off"
        spellcheck="false"
        autocapitalize="off"
        aria-describedby="token-hint"
      />
      <p id="token-hint" class="muted"><small>${t.signIn.hint}</small></p>
      <button ?disabled=${isBusy.value}>${t.signIn.go}</button>
    </form>
  </main>`;

/** @param {SubmitEvent & { target: any }} event */
function submit(event) {
  event.preventDefault();
  const field = event.target.elements.token;
  const given = field.value.trim();
  field.value = "";
  signInWith(given);
}

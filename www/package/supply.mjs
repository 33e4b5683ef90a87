import { abortable } from "./abortable.mjs";

/** Gives a session its tokens: one question at a time for all who wait, in good time, and once more where one is rejected before it. */
export class Supply {
  #give;
  #underWay;
  #given = 0;
  #hasEnded = false;

  /** `give(session, isRejected)` answers with a token and its life. */
  constructor(give) {
    this.#give = give;
  }

  /** Has `call` begin with a token; it begins again where that is rejected, for then nothing was done. */
  async through(session, call, signal) {
    if (this.#hasEnded) return call();
    if (session.needsToken()) await this.#next(session, signal, false);
    const given = this.#given;
    try {
      return await call();
    } catch (error) {
      if (error?.code !== "ringcentral_token_rejected" || this.#hasEnded) throw error;
      if (given === this.#given) await this.#next(session, signal, true);
      return call();
    }
  }

  end() {
    this.#hasEnded = true;
  }

  /** Who leaves lets the others have it. */
  #next(session, signal, isRejected) {
    this.#underWay ??= this.#take(session, isRejected).finally(() => {
      this.#underWay = undefined;
    });
    return abortable(signal, () => this.#underWay);
  }

  async #take(session, isRejected) {
    session.supply(JSON.stringify(await this.#give(session, isRejected)));
    this.#given += 1;
  }
}

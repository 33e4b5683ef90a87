/** Why something failed; `code` is the contract, the message is one sentence for people. */
export class RingCentralError extends Error {
  constructor({ message, ...fields }, options) {
    super(message, options);
    Object.assign(this, fields);
  }
}
RingCentralError.prototype.name = "RingCentralError";

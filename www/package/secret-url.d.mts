// Addresses that hold a secret.

/** An address with a secret in it: prints masked. */
export class SecretUrl {
  protected constructor();
  /** The whole address, secret and all. */
  expose(): string;
  /** The address, its secret masked. */
  toString(): string;
  /** As `toString()`. */
  toJSON(): string;
}

/** A recording's content with an access token in its address: prints as `…?access_token=[secret]`. */
export class ContentUri extends SecretUrl {
  private constructor();
  /** When the token ends; unknown for one that another program holds. */
  readonly validUntil: Date | undefined;
}

// How a session with RingCentral begins.
import type { ClientOptions } from "./options.mjs";
import type { StorageLike } from "./platform.mjs";

/** Where RingCentral is. */
export interface Site {
  /** Default: RingCentral's production server. */
  readonly server?: string;
  /** The hosts that may see an access token in an address. Default: `media.X` for a server `platform.X`, else the server's own. */
  readonly mediaHosts?: readonly string[];
}

/** A login for servers: a JWT credential never belongs in a page. */
export interface JwtCredentials extends Site, ClientOptions {
  /** The app's id in RingCentral's developer console. */
  readonly clientId: string;
  /** Absent for an app without a secret. */
  readonly clientSecret?: string;
  /** The user's JWT credential for that app. */
  readonly jwt: string;
}

/** A session that another SDK holds and renews. */
export interface TokenCredentials extends Site, ClientOptions {
  /**
   * Its access token, without `Bearer`; or a function that gives one, which is asked when a token is needed first, when the one it gave
   * is near its end, and once more where RingCentral does not take that.
   */
  readonly accessToken: string | (() => SuppliedToken | Promise<SuppliedToken>);
}

/** A token, or one with its end. */
export type SuppliedToken = string | EndingToken;

/** A token with its end. */
export interface EndingToken {
  /** The token, without `Bearer`. */
  readonly accessToken: string;
  /** When it ends: milliseconds since 1970, ISO 8601, or a `Date`. */
  readonly expiresAt?: number | string | Date;
}

/** A login of a page's user: authorization code with PKCE, without a secret. */
export interface PageLogin extends Site {
  /** The id of an app for pages (client-side web). */
  readonly clientId: string;
  /** The address that RingCentral sends the user back to, exactly as in the app's settings. */
  readonly redirectUri: string;
}

/** Where a login begins. */
export interface SignInPage {
  /** RingCentral's page for it. */
  readonly url: string;
}

/** Where a page's session is kept, and how its client sends. */
export interface SessionOptions extends ClientOptions {
  /**
   * `sessionStorage`, `localStorage`, or a store of your own with their three methods, which may give promises. Default: memory, which
   * ends with the page. Tabs that have the same session renew it once, whoever is first (Web Locks).
   */
  readonly storage?: StorageLike;
}

/** The session that is kept there. */
export interface KeptSession extends Site, ClientOptions {
  /** The id of the app that it was signed in to. */
  readonly clientId: string;
  /** Where it is kept. */
  readonly storage: StorageLike;
}

// What is used of the platform, as its own types: the package's compile with the DOM library, with a runtime's own types, and without.

/** An `AbortSignal`, as far as it is used. */
export interface SignalLike {
  /** Whether it has been aborted. */
  readonly aborted: boolean;
  /** What a call that it ends rejects with. */
  readonly reason: unknown;
  /** Throws its reason if it has been aborted. */
  throwIfAborted(): void;
  /** Has a listener called when it is aborted. */
  addEventListener(type: "abort", listener: () => void): void;
  /** Has it called no more. */
  removeEventListener(type: "abort", listener: () => void): void;
}

/** A `URL`, as far as it is used. */
export interface UrlLike {
  /** All of it. */
  readonly href: string;
  /** The same. */
  toString(): string;
}

/** A `Response` of `fetch`, as far as it is used. */
export interface ResponseLike {
  /** Whether its status says that it is what was asked for. */
  readonly ok: boolean;
  /** Where it came from. */
  readonly url: string;
  /** All of it. */
  arrayBuffer(): Promise<ArrayBuffer>;
}

/** A `WebAssembly.Module`, of which no library's types say more. */
export type WebAssemblyModule = object;

/** Where a core is: its address, a response, its bytes or its module. */
export type CoreContent = string | UrlLike | ResponseLike | ArrayBuffer | ArrayBufferView | WebAssemblyModule;

/** What a core is loaded from, or a promise of it. */
export type CoreSource = CoreContent | Promise<CoreContent>;

/** A `Storage`, as `sessionStorage` is one, or a store of your own. */
export interface StorageLike {
  /** What is kept there; `null` where nothing is. */
  getItem(key: string): string | null | Promise<string | null>;
  /** Keeps something. */
  setItem(key: string, value: string): unknown;
  /** Keeps it no more. */
  removeItem(key: string): unknown;
}

/** A `Blob` or a `File`, as far as its types are used. */
export interface BlobLike {
  /** In bytes. */
  readonly size: number;
  /** All of it. */
  arrayBuffer(): Promise<ArrayBuffer>;
}

declare global {
  interface SymbolConstructor {
    /** What `await using` calls; older libraries do not know it. */
    readonly asyncDispose: unique symbol;
  }
}

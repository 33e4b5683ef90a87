// Everything that the package exports; each part stands beside its script.
export type * from "./answers.mjs";
export * from "./error.mjs";
export * from "./job.mjs";
export * from "./jobs-client.mjs";
export type * from "./recording.mjs";
export * from "./ringcentral.mjs";
export * from "./secret-url.mjs";
export type * from "./tasks.mjs";
export * from "./transcript.mjs";
export type * from "./upload.mjs";

/** Loads the core ahead of its first use; calls do it by themselves. */
export function ready(): Promise<void>;

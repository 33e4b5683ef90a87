// Everything that the package exports; each part stands beside its script.
export type * from "./answers.mjs";
export * from "./callback.mjs";
export type * from "./enrollments.mjs";
export * from "./error.mjs";
export * from "./job.mjs";
export * from "./jobs-client.mjs";
export type * from "./platform.mjs";
export type * from "./operator.mjs";
export type * from "./options.mjs";
export type * from "./recording.mjs";
export * from "./ringcentral.mjs";
export * from "./secret-url.mjs";
export type * from "./sign-in.mjs";
export type * from "./submitted-job.mjs";
export type * from "./tasks.mjs";
export * from "./transcript.mjs";
export type * from "./upload.mjs";

/** Loads the cores ahead of their first use; calls do it by themselves, a `Transcript` that you make of a result of your own does not. */
export function ready(): Promise<void>;

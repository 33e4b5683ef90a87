// From what a core is loaded from to its module, or to the sentence that says why there is none.
import { RingCentralError } from "./error.mjs";

/** Compiles what `give` gives: an address, a response, bytes, or the module itself. */
export async function compile(file, give) {
  const policy = watchPolicy();
  let source;
  try {
    source = await give();
    return await moduleOf(source);
  } catch (cause) {
    await new Promise((wake) => setTimeout(wake)); // A policy's violation is told in a task of its own.
    throw notLoaded(`${file} could not be loaded: ${reason(cause, policy.broken, source)}`, { cause });
  } finally {
    policy.end();
  }
}

export const notLoaded = (message, options) => new RingCentralError({ code: "core_not_loaded", message, retryable: false }, options);

async function moduleOf(source) {
  if (typeof source === "string" || source instanceof URL) source = await fetch(source);
  if (source instanceof WebAssembly.Module) return source;
  if (typeof Response !== "function" || !(source instanceof Response)) return WebAssembly.compile(source);
  const type = source.headers.get("content-type") ?? "";
  if (!source.ok) throw new Refusal(`${source.url} is answered with ${source.status}`);
  if (type.startsWith("text/html")) {
    throw new Refusal(`${source.url} is answered with a page of HTML: have it served beside the package's scripts (in Vite up to 7: optimizeDeps.exclude)`);
  }
  return type === "application/wasm" ? WebAssembly.compileStreaming(source) : WebAssembly.compile(await source.arrayBuffer());
}

/** An answer that is none, with the reason as its message. */
class Refusal extends Error {}

function reason(cause, broken, source) {
  if (typeof WebAssembly !== "object") return "this runtime has no WebAssembly";
  if (/^connect|^default/.test(broken)) return `the Content-Security-Policy must allow ${source} in connect-src`;
  if (broken || /policy|\bCSP\b/i.test(cause?.message)) return "the Content-Security-Policy must allow 'wasm-unsafe-eval' in script-src";
  if (cause instanceof Refusal) return cause.message;
  if (cause instanceof WebAssembly.CompileError) return "what is there is no WebAssembly that this runtime compiles";
  return `${source ?? "it"} cannot be fetched: the network is down, something blocks it, or its server does not allow this origin (CORS)`;
}

/** Hears which directive of a page's policy is broken meanwhile, where the runtime tells. */
function watchPolicy() {
  const policy = { broken: "", end: () => globalThis.removeEventListener?.("securitypolicyviolation", hear) };
  const hear = ({ effectiveDirective }) => {
    policy.broken = effectiveDirective;
  };
  globalThis.addEventListener?.("securitypolicyviolation", hear);
  return policy;
}

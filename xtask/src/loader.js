/** Loads the core from its address, a response, its bytes or its module; `run.mjs` sees to it that this is done once. */
async function load(source) {
  if (typeof source === "string" || source instanceof URL) source = fetch(source);
  let module = await source;
  if (typeof Response === "function" && module instanceof Response) {
    if (!module.ok) throw new Error(`${module.url} is answered with ${module.status}`);
    const isNamed = module.headers.get("content-type") === "application/wasm";
    module = isNamed ? await WebAssembly.compileStreaming(module) : await module.arrayBuffer();
  }
  if (!(module instanceof WebAssembly.Module)) module = await WebAssembly.compile(module);
  return __wbg_finalize_init(await WebAssembly.instantiate(module, __wbg_get_imports()), module);
}

export { load as default };

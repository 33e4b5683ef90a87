/** Starts the core from its compiled module; `core.mjs` sees to it that this is done once. */
async function start(module) {
  __wbg_finalize_init(await WebAssembly.instantiate(module, __wbg_get_imports()), module);
}

export { start as default };

/** Starts the core from its compiled module; `core.mjs` sees to it that this is done once. */
async function start(module) {
  __wbg_finalize_init(await WebAssembly.instantiate(module, __wbg_get_imports()), module);
}

/** What frees an object's part of the core when nobody has the object any more, made for the first of them. */
function registry(free) {
  let made;
  const own = () => (made ??= new FinalizationRegistry(free));
  return { register: (...object) => own().register(...object), unregister: (object) => own().unregister(object) };
}

export { start as default };

// Every wasm instance that is made from now on, in order. Imported before the module that makes them.
export const instances = [];

WebAssembly.Instance = class extends WebAssembly.Instance {
  constructor(...args) {
    super(...args);
    instances.push(this);
  }
};

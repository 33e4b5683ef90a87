//! From a crate to an optimised wasm module with its JavaScript.

use crate::{
    progress::step,
    tools::{cargo, command, npm_tool, target},
};
use anyhow::Result;
use std::{
    fs,
    path::{Path, PathBuf},
};

const TARGET: &str = "wasm32-unknown-unknown";

/// What rustc and bindgen emit; named, because bindgen removes the section that says so.
/// Not `--all-features`: wasm-opt may then emit encodings that workerd lacks.
const FEATURES: [&str; 7] = [
    "mutable-globals",
    "sign-ext",
    "nontrapping-float-to-int",
    "bulk-memory",
    "multivalue",
    "reference-types",
    "exception-handling",
];

/// Where the module of `package` lies.
pub(crate) fn module(package: &str) -> PathBuf {
    target().join(TARGET).join("release").join(package.replace('-', "_")).with_extension("wasm")
}

/// Compiles the library of `package` to its [`module`].
pub(crate) fn compile(package: &str, features: &[&str]) -> Result<()> {
    let mut build = cargo();
    build.args(["rustc", "--release", "--lib", "--target", TARGET, "-p", package]);
    // Asked for here, not in the manifest: there the core would be one file for the page and for the Worker, whose
    // features differ, and each build would undo the other.
    build.args(["--features", &features.join(","), "--crate-type", "cdylib"]);
    step(&format!("{package}.wasm"), build)
}

/// Compiles what [`bind`] runs: a program of its own, so that `cargo xtask` is there without it.
pub(crate) fn compile_bindgen() -> Result<()> {
    let mut build = cargo();
    build.args(["build", "-p", "xtask-bindgen"]);
    step("wasm-bindgen", build)
}

/// Writes `name.js` and `name_bg.wasm`, optimised for size, into the new folder `out`.
pub(crate) fn bind(wasm: &Path, out: &Path, name: &str, options: &[&str]) -> Result<()> {
    let mut bindgen = command(target().join("debug/xtask-bindgen"));
    bindgen.arg(wasm).arg("--out-dir").arg(out).args(["--out-name", name]).args(options);
    step(&format!("{name}.js"), bindgen)?;
    optimise(name, &out.join(format!("{name}_bg.wasm")))
}

fn optimise(name: &str, wasm: &Path) -> Result<()> {
    let optimised = wasm.with_extension("opt");
    let mut tool = npm_tool("binaryen/bin/wasm-opt");
    tool.arg("-Oz").arg(wasm).arg("-o").arg(&optimised);
    tool.args(FEATURES.map(|feature| format!("--enable-{feature}")));
    step(&format!("wasm-opt {name}"), tool)?;
    Ok(fs::rename(optimised, wasm)?)
}

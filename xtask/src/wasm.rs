//! From a crate to an optimised wasm module with its JavaScript.

use crate::{
    progress::step,
    tools::{cargo, command, npm_tool, target},
};
use anyhow::Result;
use std::{
    path::{Path, PathBuf},
    process::Command,
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

/// What makes a module fast, and hardly larger than the smallest. What is done here is so in a new isolate too, from the first call on.
pub(crate) const FAST: &[&str] = &["-O3", "--one-caller-inline-max-function-size", "0", "--strip-producers"];

/// What makes a page's module a hundredth smaller still, in ten seconds.
pub(crate) const SMALLEST: &[&str] = &[
    "--flatten",
    "--rereloop",
    "-Oz",
    "--flatten",
    "--rereloop",
    "-Oz",
    "-Oz",
    "-Oz",
    // A function of one caller is left alone: what is alike then compresses better.
    "--one-caller-inline-max-function-size",
    "0",
    // The linker puts the stack below everything else, so the lowest KiB is what a stack reaches just before it overflows.
    // This pass folds additions into addresses; what would wrap around to there traps instead, as the overflow would.
    "--low-memory-unused",
    "--strip-producers",
];

/// What makes rustc emit a smaller one: nothing is computed in two places to save it in a third.
pub(crate) const SMALLEST_CODE: &[&str] = &["-C", "llvm-args=-enable-pre=false"];

/// Where the module of `package` lies, of that profile.
pub(crate) fn module(package: &str, profile: &str) -> PathBuf {
    target().join(TARGET).join(profile).join(package.replace('-', "_")).with_extension("wasm")
}

/// Compiles the library of `package` to its [`module`], by the given flags of rustc.
pub(crate) fn compile(package: &str, profile: &str, features: &[&str], flags: &[&str]) -> Result<()> {
    let mut build = cargo();
    build.args(["rustc", "--profile", profile, "--lib", "--target", TARGET, "-p", package]);
    // Asked for here, not in the manifest: there the core would be one file for the page and for the Worker, whose
    // features differ, and each build would undo the other.
    build.args(["--features", &features.join(","), "--crate-type", "cdylib", "--"]).args(flags);
    step(&format!("{package}.wasm"), build)
}

/// Compiles what [`bind`] runs: a program of its own, so that `cargo xtask` is there without it.
pub(crate) fn compile_bindgen() -> Result<()> {
    let mut build = cargo();
    build.args(["build", "-p", "xtask-bindgen"]);
    step("wasm-bindgen", build)
}

/// Writes `name.js` and `name_bg.wasm` into the new folder `out`.
pub(crate) fn bind(wasm: &Path, out: &Path, name: &str, options: &[&str]) -> Result<()> {
    let mut bindgen = command(target().join("debug/xtask-bindgen"));
    bindgen.arg(wasm).arg("--out-dir").arg(out).args(["--out-name", name]).args(options);
    step(&format!("{name}.js"), bindgen)
}

/// Optimises `name_bg.wasm` in the folder `out` by the given passes of wasm-opt.
pub(crate) fn optimise(out: &Path, name: &str, passes: &[&str]) -> Result<()> {
    let module = out.join(format!("{name}_bg.wasm"));
    let mut tool = wasm_opt(&module, &module);
    tool.args(passes);
    step(&format!("wasm-opt {name}"), tool)
}

/// wasm-opt without passes.
pub(crate) fn wasm_opt(from: &Path, to: &Path) -> Command {
    let mut tool = npm_tool("binaryen/bin/wasm-opt");
    tool.arg(from).arg("-o").arg(to).args(FEATURES.map(|feature| format!("--enable-{feature}")));
    tool
}

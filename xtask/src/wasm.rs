//! From a crate to an optimised wasm module with its JavaScript; and the runner of its tests.

use crate::{
    processes::run,
    tools::{cargo, npm_tool, target},
};
use anyhow::{Context, Result};
use std::{
    ffi::OsString,
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

/// Compiles the library of `package` and answers where the module lies.
pub(crate) fn compile(package: &str, features: &[&str]) -> Result<PathBuf> {
    let file = package.replace('-', "_");
    let wasm = target().join(TARGET).join("release").join(file).with_extension("wasm");
    let mut build = cargo();
    build.args(["rustc", "--release", "--lib", "--target", TARGET, "-p", package]);
    // Asked for here, not in the manifest: there the core would be one file for the page and for the Worker, whose
    // features differ, and each build would undo the other.
    build.args(["--features", &features.join(","), "--crate-type", "cdylib"]);
    let first = if wasm.exists() { "" } else { " (a minute or two the first time)" };
    println!("compiling {package} to WebAssembly{first} …");
    if wasm.exists() {
        // Short, and mostly nothing to do: only the first build needs its progress shown.
        build.arg("--quiet");
    }
    run(&format!("compiling {package}"), &mut build)?;
    Ok(wasm)
}

/// Writes `name.js` and `name_bg.wasm`, optimised for size, into the new folder `out`.
pub(crate) fn bind(wasm: &Path, out: &Path, name: &str, options: &[&str]) -> Result<()> {
    let mut args: Vec<OsString> = vec!["wasm-bindgen".into(), wasm.into()];
    args.extend(["--out-dir".into(), out.into(), "--out-name".into(), name.into()]);
    args.extend(options.iter().map(Into::into));
    wasm_bindgen_cli::wasm_bindgen::run_cli_with_args(args).context("wasm-bindgen failed")?;
    optimise(&out.join(format!("{name}_bg.wasm")))
}

fn optimise(wasm: &Path) -> Result<()> {
    let optimised = wasm.with_extension("opt");
    let mut tool = npm_tool("binaryen/bin/wasm-opt");
    tool.arg("-Oz").arg(wasm).arg("-o").arg(&optimised);
    tool.args(FEATURES.map(|feature| format!("--enable-{feature}")));
    run("wasm-opt", &mut tool)?;
    Ok(fs::rename(optimised, wasm)?)
}

/// `wasm-bindgen-test-runner`, at exactly the version of the lock file.
pub(crate) fn run_tests(args: Vec<OsString>) -> Result<()> {
    let name = OsString::from("wasm-bindgen-test-runner");
    let args = std::iter::once(name).chain(args);
    wasm_bindgen_cli::wasm_bindgen_test_runner::run_cli_with_args(args)
}

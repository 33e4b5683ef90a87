//! `wasm-bindgen`, at exactly the version of the lock file: the options of that tool that the builds use.

use anyhow::{Context, Result};
use lexopt::prelude::*;
use std::path::PathBuf;
use wasm_bindgen_cli_support::Bindgen;

fn main() -> Result<()> {
    let mut bindgen = Bindgen::new();
    // As the tool does: a page loads the module from beside its script.
    bindgen.omit_default_module_path(false);
    let mut out_dir = None;
    let mut args = lexopt::Parser::from_env();
    while let Some(arg) = args.next()? {
        match arg {
            Long("target") => set_target(&mut bindgen, &args.value()?.string()?)?,
            Long("out-dir") => out_dir = Some(PathBuf::from(args.value()?)),
            Long("out-name") => _ = bindgen.out_name(&args.value()?.string()?),
            Long("experimental-reset-state-function") => _ = bindgen.reset_state_function(true),
            Long("force-enable-abort-handler") => _ = bindgen.force_enable_abort_handler(true),
            Value(module) => _ = bindgen.input_path(module),
            _ => return Err(arg.unexpected().into()),
        }
    }
    bindgen.generate(out_dir.context("--out-dir is missing")?)
}

fn set_target(bindgen: &mut Bindgen, target: &str) -> Result<()> {
    match target {
        "web" => bindgen.web(true)?,
        "module" => bindgen.module(true)?,
        _ => anyhow::bail!("--target {target}: web or module"),
    };
    Ok(())
}

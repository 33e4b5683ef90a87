//! Set-up: what a fresh clone lacks on a machine with rustup and Node.

use crate::{
    processes::run,
    progress::step,
    stamp::Stamp,
    tools::{cargo, command, on_path, root},
};
use anyhow::{Context, Result, ensure};
use std::path::Path;

/// The oldest Node whose npm installs the rest, a newer Node for wrangler among it.
const NODE_MAJOR: u32 = 20;

/// What building takes before its first step: the wasm target, and a Node that can install the npm packages.
pub(crate) fn tools() -> Result<()> {
    wasm_target()?;
    check_node()
}

/// rustfmt and clippy, which a minimal toolchain lacks.
pub(crate) fn rust_components() -> Result<()> {
    for (component, subcommand) in [("rustfmt", "fmt"), ("clippy", "clippy")] {
        let known = cargo().args([subcommand, "--version"]).output()?;
        if !known.status.success() {
            println!("installing {component} …");
            run("rustup component add", command("rustup").args(["component", "add", component]))?;
        }
    }
    Ok(())
}

fn wasm_target() -> Result<()> {
    const TARGET: &str = "wasm32-unknown-unknown";
    let mut rustc = command("rustc");
    let folder = rustc.args(["--print", "target-libdir", "--target", TARGET]).output()?;
    if Path::new(String::from_utf8_lossy(&folder.stdout).trim()).exists() {
        return Ok(());
    }
    println!("installing the Rust target {TARGET} …");
    run("rustup target add", command("rustup").args(["target", "add", TARGET]))
}

/// The JavaScript tools.
pub(crate) fn npm_packages() -> Result<()> {
    let lists = ["package.json", "package-lock.json"].map(|name| root().join(name));
    let packages = root().join("node_modules");
    let stamp = Stamp::of(&packages.join(".installed"), &lists)?;
    if stamp.holds(&packages) {
        return Ok(());
    }
    let mut npm = command("npm");
    npm.args(["ci", "--no-audit", "--no-fund", "--loglevel=error"]);
    step("npm ci", npm)?;
    stamp.write()
}

fn check_node() -> Result<()> {
    let needed = format!("Node {NODE_MAJOR} or newer with npm is needed: https://nodejs.org");
    ensure!(on_path(&["npm"]).is_some(), needed);
    let version = command("node").arg("--version").output();
    let version = version.with_context(|| needed.clone())?.stdout;
    let version = String::from_utf8_lossy(&version);
    let major = version.trim().trim_start_matches('v').split('.').next();
    let new_enough = major.and_then(|text| text.parse().ok()) >= Some(NODE_MAJOR);
    ensure!(new_enough, "{needed} (this is {})", version.trim());
    Ok(())
}

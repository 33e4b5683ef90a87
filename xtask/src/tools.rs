//! The programs that the commands call, each as a `Command` that sees the project's own tools first.

use std::{
    env,
    ffi::OsString,
    path::{Path, PathBuf},
    process::Command,
};

/// The folder of the workspace.
pub(crate) fn root() -> PathBuf {
    let xtask = Path::new(env!("CARGO_MANIFEST_DIR"));
    xtask.parent().unwrap_or(xtask).to_path_buf()
}

/// Where cargo builds.
pub(crate) fn target() -> PathBuf {
    env::var_os("CARGO_TARGET_DIR").map_or_else(|| root().join("target"), |dir| root().join(dir))
}

/// `program`, started in the workspace's folder.
pub(crate) fn command(program: impl Into<OsString>) -> Command {
    let mut command = Command::new(program.into());
    command.current_dir(root()).env("PATH", path());
    command
}

/// The cargo that runs this.
pub(crate) fn cargo() -> Command {
    command(env::var_os("CARGO").unwrap_or_else(|| "cargo".into()))
}

/// The project's own node, or the system's where npm has none for this machine.
pub(crate) fn node() -> Command {
    let own = root().join("node_modules/.bin/node");
    let mut node = command(if own.exists() { own.into() } else { OsString::from("node") });
    // wrangler asks nothing, reports nothing and looks nothing up
    node.envs([
        ("CI", "1"),
        ("CLOUDFLARE_CF_FETCH_ENABLED", "false"),
        ("WRANGLER_HIDE_BANNER", "true"),
        ("WRANGLER_SEND_ERROR_REPORTS", "false"),
        ("WRANGLER_SEND_METRICS", "false"),
        ("WRANGLER_WRITE_LOGS", "false"),
        // Its local store of traces keeps paths, and a callback's path is its capability.
        ("X_LOCAL_OBSERVABILITY", "false"),
    ]);
    node
}

/// A JavaScript program of one of the npm packages.
pub(crate) fn npm_tool(script: &str) -> Command {
    let mut node = node();
    node.arg(root().join("node_modules").join(script));
    node
}

/// The first of `names` that is a program on the `PATH`.
pub(crate) fn on_path(names: &[&str]) -> Option<PathBuf> {
    let path = env::var_os("PATH").unwrap_or_default();
    let dirs: Vec<PathBuf> = env::split_paths(&path).collect();
    let mut places = names.iter().flat_map(|name| dirs.iter().map(move |dir| dir.join(name)));
    places.find(|place| place.is_file())
}

/// The `PATH` with the npm packages' programs first: wrangler's `#!/usr/bin/env node` then finds a new enough node.
fn path() -> OsString {
    let old = env::var_os("PATH").unwrap_or_default();
    let own = root().join("node_modules/.bin");
    let dirs = std::iter::once(own).chain(env::split_paths(&old));
    env::join_paths(dirs).unwrap_or(old)
}

//! `cargo xtask bench`: what things cost, measured in the real runtimes; each measurement is a script in `bench/` that prints a table.

use crate::{builds, processes, setup, tools::node};
use anyhow::Result;

/// What can be measured.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(crate) enum Bench {
    /// What a callback costs.
    Callback,
    /// What becomes of many jobs while everything fails.
    Chaos,
    /// What media costs that goes through.
    Relay,
    /// What a job costs in the terms in which Cloudflare charges.
    Scale,
}

impl Bench {
    const ALL: [Self; 4] = [Self::Callback, Self::Relay, Self::Scale, Self::Chaos];

    const fn script(self) -> &'static str {
        match self {
            Self::Callback => "bench/callback.mjs",
            Self::Chaos => "bench/chaos.mjs",
            Self::Relay => "bench/relay.mjs",
            Self::Scale => "bench/scale.mjs",
        }
    }
}

/// Builds, and measures that or everything.
pub(crate) fn run(only: Option<Bench>) -> Result<()> {
    setup::tools()?;
    let sandbox = builds::all_and_sandbox()?;
    for bench in only.map_or_else(|| Bench::ALL.to_vec(), |only| vec![only]) {
        processes::run(bench.script(), node().arg(bench.script()).env("SANDBOX_BIN", &sandbox))?;
    }
    Ok(())
}

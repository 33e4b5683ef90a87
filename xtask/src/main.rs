//! `cargo xtask …`: everything one does with this workspace, with nothing installed by hand.
#![allow(clippy::print_stdout, clippy::disallowed_types, reason = "a command prints, and measures real time")]

mod bench;
mod builds;
mod chromium;
mod count;
mod dev;
mod flags;
mod loader;
mod processes;
mod progress;
mod setup;
mod short_names;
mod stamp;
mod suites;
mod tests;
mod tools;
mod wasm;

use anyhow::Result;
use flags::Command;
use lexopt::Parser;
use std::process::ExitCode;

fn main() -> ExitCode {
    match run() {
        Ok(true) => ExitCode::SUCCESS,
        Ok(false) => ExitCode::FAILURE,
        Err(error) => {
            eprintln!("error: {error:#}");
            ExitCode::FAILURE
        }
    }
}

/// Answers false where the failure has been told already, as failed tests are: their count is the last line.
fn run() -> Result<bool> {
    let command = flags::read(Parser::from_env())?;
    processes::end_children_on_signals()?;
    match command {
        Command::Help => print!("{}", flags::HELP),
        Command::WithParent(args) => processes::become_child(&args)?,
        Command::Sandbox(args) => builds::run_sandbox(&args)?,
        Command::Dev(options) => dev::run(&options)?,
        Command::Test { all } => return tests::run(all),
        Command::Bench(only) => bench::run(only)?,
        Command::Build => {
            setup::tools()?;
            builds::all()?;
            println!("dist/package, dist/worker and dist/console are there");
        }
    }
    Ok(true)
}

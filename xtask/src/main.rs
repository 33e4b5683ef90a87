//! `cargo xtask …`: everything one does with this workspace, with nothing installed by hand.
#![allow(clippy::print_stdout, clippy::disallowed_types, reason = "a command prints, and measures real time")]

mod builds;
mod chromium;
mod count;
mod dev;
mod flags;
mod processes;
mod progress;
mod setup;
mod short_names;
mod stamp;
mod suites;
mod tests;
mod tools;
mod wasm;

use anyhow::{Result, bail};
use flags::Flags;
use std::{env, ffi::OsString, process::ExitCode};

const HELP: &str = "\
cargo xtask <command>

  dev       set up, build, start the sandbox and the Worker, run the main job once, stay up
              --once              end after the job
              --port N            the Worker's port (8787)
              --sandbox-port N    the sandbox's port (8790)
              --persist-to DIR    where KV and the Durable Object are kept (.wrangler/state)
              --real              RingCentral itself, with the credentials in .dev.vars, no sandbox
  test      set up, build, run every test; last line: N passed, N failed
              --all               the slow ones too
  build     dist/package (the npm package), dist/worker, dist/console
  sandbox   the stand-in for RingCentral alone; its flags: cargo xtask sandbox --help
";

fn main() -> ExitCode {
    match run(env::args_os().skip(1).collect()) {
        Ok(true) => ExitCode::SUCCESS,
        Ok(false) => ExitCode::FAILURE,
        Err(error) => {
            eprintln!("error: {error:#}");
            ExitCode::FAILURE
        }
    }
}

/// Answers false where the failure has been told already, as failed tests are: their count is the last line.
fn run(args: Vec<OsString>) -> Result<bool> {
    let mut args = args.into_iter();
    let command = args.next().unwrap_or_default();
    let rest: Vec<OsString> = args.collect();
    processes::end_children_on_signals()?;
    match command.to_str() {
        // These become another program: its arguments are not ours to read.
        Some("with-parent") => processes::become_child(&rest)?,
        Some("sandbox") => builds::run_sandbox(&rest)?,
        Some("dev") => dev::run(&dev::Options::read(&rest)?)?,
        Some("test") => return tests::run(&rest),
        Some("build") => {
            Flags::of("build", &rest).finish()?;
            setup::tools()?;
            builds::all()?;
            println!("dist/package, dist/worker and dist/console are there");
        }
        Some("help" | "--help" | "-h") => print!("{HELP}"),
        Some("") => bail!("no command\n\n{HELP}"),
        _ => bail!("unknown command {}\n\n{HELP}", command.display()),
    }
    Ok(true)
}

//! The command line of `cargo xtask`: a command and its flags; what it does not know is refused by name.

use crate::{bench::Bench, dev};
use anyhow::{Result, anyhow, bail};
use lexopt::{Arg, Parser, prelude::*};
use std::{ffi::OsString, str::FromStr};

/// The text of `--help`.
pub(crate) const HELP: &str = "\
cargo xtask <command>

  dev       set up, build, start the sandbox and the Worker, run the main job once, stay up
              --once              end after the job
              --port N            the Worker's port (8787)
              --sandbox-port N    the sandbox's port (8790)
              --persist-to DIR    where KV and the Durable Object are kept (.wrangler/state)
              --origin URL        a page's origin that may call the Worker, as in http://localhost:5173; again for more
              --engine NAME       who does the main job: ringcentral, ace, assemblyai, deepgram or openai; beside the
                                  sandbox all of them are there, by stand-ins
              --real              RingCentral itself, with the credentials in .dev.vars, no sandbox;
                                  the Worker asks for the results (RESULTS_BY=polling)
  test      set up, build, run every test; last line: N passed, N failed
              --all               the slow ones too
  bench     build, measure all there is to measure, print tables
            callback            what a callback costs, beside a Worker in JavaScript
            relay               what media costs that goes through the Worker, beside the same
            scale               what a job costs, in the terms in which Cloudflare charges
              --chaos           many jobs while everything fails, and the Worker is killed
  build     dist/package (the npm package), dist/worker, dist/console
  sandbox   the stand-in for RingCentral alone; its flags: cargo xtask sandbox --help
  help      this text

A value may be joined with =, as in --port=8787. Of a flag given twice, the last holds, but for --origin.
";

/// What was asked for.
#[derive(Debug, PartialEq)]
pub(crate) enum Command {
    /// Print [`HELP`].
    Help,
    /// `dev`.
    Dev(dev::Options),
    /// `test`.
    Test {
        /// The slow tests too.
        all: bool,
    },
    /// `bench`: one measurement, or all.
    Bench(Option<Bench>),
    /// `build`.
    Build,
    /// `sandbox`, whose arguments it reads itself.
    Sandbox(Vec<OsString>),
    /// `with-parent`, which becomes the program that its arguments name.
    WithParent(Vec<OsString>),
}

/// Reads all of it.
pub(crate) fn read(mut args: Parser) -> Result<Command> {
    let name = match args.next()? {
        Some(Value(name)) => name,
        Some(Long("help") | Short('h')) => return Ok(Command::Help),
        Some(other) => return Err(refused("cargo xtask", &other.unexpected())),
        None => bail!("no command\n\n{HELP}"),
    };
    let read: fn(&mut Parser) -> Result<Command, lexopt::Error> = match name.to_str() {
        Some("dev") => dev,
        Some("test") => test,
        Some("bench") => bench,
        Some("build") => build,
        Some("sandbox") => |args| Ok(Command::Sandbox(args.raw_args()?.collect())),
        Some("with-parent") => |args| Ok(Command::WithParent(args.raw_args()?.collect())),
        Some("help") => return Ok(Command::Help),
        _ => bail!("unknown command {}\n\n{HELP}", name.display()),
    };
    read(&mut args).map_err(|problem| refused(&name.display().to_string(), &problem))
}

fn dev(args: &mut Parser) -> Result<Command, lexopt::Error> {
    let mut options = dev::Options::default();
    while let Some(arg) = args.next()? {
        match arg {
            Long("once") => options.once = true,
            Long("real") => options.real = true,
            Long("port") => options.port = number(args, "--port")?,
            Long("sandbox-port") => options.sandbox_port = number(args, "--sandbox-port")?,
            Long("persist-to") => options.persist_to = value(args)?.into(),
            Long("engine") => options.engine = Some(value(args)?.to_string_lossy().into_owned()),
            Long("origin") => options.origins.push(origin(args)?),
            other => return help(other),
        }
    }
    Ok(Command::Dev(options))
}

fn test(args: &mut Parser) -> Result<Command, lexopt::Error> {
    let mut all = false;
    while let Some(arg) = args.next()? {
        match arg {
            Long("all") => all = true,
            other => return help(other),
        }
    }
    Ok(Command::Test { all })
}

fn bench(args: &mut Parser) -> Result<Command, lexopt::Error> {
    let mut only = None;
    while let Some(arg) = args.next()? {
        match arg {
            Value(name) if name == "callback" => only = Some(Bench::Callback),
            Value(name) if name == "relay" => only = Some(Bench::Relay),
            Value(name) if name == "scale" => only = Some(Bench::Scale),
            Long("chaos") => only = Some(Bench::Chaos),
            other => return help(other),
        }
    }
    Ok(Command::Bench(only))
}

fn build(args: &mut Parser) -> Result<Command, lexopt::Error> {
    args.next()?.map_or(Ok(Command::Build), help)
}

/// What every command takes beside its own flags.
fn help(arg: Arg) -> Result<Command, lexopt::Error> {
    match arg {
        Long("help") | Short('h') => Ok(Command::Help),
        other => Err(other.unexpected()),
    }
}

/// The value of the flag just read. What looks like a flag is one, and not the value, unless `=` joins it.
fn value(args: &mut Parser) -> Result<OsString, lexopt::Error> {
    args.values()?;
    args.value()
}

fn number<T: FromStr>(args: &mut Parser, flag: &str) -> Result<T, lexopt::Error> {
    let value = value(args)?;
    let number = value.to_str().and_then(|text| text.parse().ok());
    number.ok_or_else(|| format!("{flag} {}: not a value it takes", value.display()).into())
}

fn origin(args: &mut Parser) -> Result<dev::Origin, lexopt::Error> {
    let value = value(args)?;
    let origin = value.to_string_lossy().parse();
    origin.map_err(|rule| format!("--origin {}: {rule}", value.display()).into())
}

fn refused(command: &str, problem: &lexopt::Error) -> anyhow::Error {
    anyhow!("{command}: {problem} (see cargo xtask --help)")
}

#[cfg(test)]
mod tests;

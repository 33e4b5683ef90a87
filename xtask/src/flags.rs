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
mod tests {
    use super::*;

    fn read(line: &str) -> Result<Command, String> {
        super::read(Parser::from_args(line.split_whitespace())).map_err(|problem| problem.to_string())
    }

    #[test]
    fn both_spellings_are_read() {
        let expected = dev::Options { once: true, port: 1, sandbox_port: 2, ..dev::Options::default() };
        assert_eq!(read("dev --port 1 --once --sandbox-port=2"), Ok(Command::Dev(expected)));
        let expected = dev::Options { real: true, persist_to: "--x=y".into(), ..dev::Options::default() };
        assert_eq!(read("dev --persist-to=--x=y --real"), Ok(Command::Dev(expected)));
    }

    #[test]
    fn each_origin_is_taken() {
        let origins = ["http://localhost:5173", "https://app.example"];
        let expected = dev::Options { origins: origins.map(|text| text.parse().unwrap()).to_vec(), ..dev::Options::default() };
        assert_eq!(read(&format!("dev --origin {} --origin={}/", origins[0], origins[1])), Ok(Command::Dev(expected)));
        let problem = read("dev --origin http://localhost:5173/app").unwrap_err();
        let expected = "dev: --origin http://localhost:5173/app: it must be a page's scheme, host and port alone, as in http://localhost:5173";
        assert!(problem.starts_with(expected), "{problem}");
    }

    #[test]
    fn of_a_flag_given_twice_the_last_holds() {
        let expected = dev::Options { once: true, port: 2, ..dev::Options::default() };
        assert_eq!(read("dev --port=1 --once --port 2 --once"), Ok(Command::Dev(expected)));
    }

    #[test]
    fn what_nobody_reads_is_refused_by_name() {
        for (line, name) in [
            ("dev --prot 1", "--prot"),
            ("dev -p", "-p"),
            ("dev once", "once"),
            ("test --al", "--al"),
            ("bench callbacks", "callbacks"),
            ("bench --choas", "--choas"),
            ("build --all", "--all"),
            ("--once", "--once"),
        ] {
            let problem = read(line).unwrap_err();
            assert!(problem.contains(name) && problem.contains("see cargo xtask --help"), "{problem}");
        }
        assert!(read("devv --once").unwrap_err().contains("unknown command devv"));
    }

    #[test]
    fn a_missing_or_wrong_value_is_refused_by_name() {
        let ports = ["--port", "--port --once", "--port 70000", "--port="];
        for flags in [
            &ports[..],
            &["--persist-to", "--persist-to --once", "--once=1", "--real=no", "--origin", "--origin --once", "--origin=x"],
        ]
        .concat()
        {
            let problem = read(&format!("dev {flags}")).unwrap_err();
            let name = flags.split([' ', '=']).next().unwrap();
            assert!(problem.contains(name) && problem.contains("see cargo xtask --help"), "{problem}");
        }
    }

    #[test]
    fn one_thing_is_measured_or_all() {
        let names = [
            ("bench callback", Bench::Callback),
            ("bench relay", Bench::Relay),
            ("bench scale", Bench::Scale),
            ("bench --chaos", Bench::Chaos),
        ];
        for (line, only) in names.map(|(line, bench)| (line, Some(bench))).into_iter().chain([("bench", None)]) {
            assert_eq!(read(line), Ok(Command::Bench(only)));
        }
    }

    #[test]
    fn another_programs_arguments_are_not_read() {
        let expected = ["--port", "0", "--help"].map(OsString::from).to_vec();
        assert_eq!(read("sandbox --port 0 --help"), Ok(Command::Sandbox(expected)));
    }

    #[test]
    fn the_help_names_every_flag() {
        let all = [
            "dev --once --port 1 --sandbox-port 1 --persist-to x --origin http://x --engine x --real",
            "test --all",
            "bench --chaos",
        ];
        let taken: Vec<_> = all.iter().flat_map(|line| line.split(' ')).filter(|word| word.starts_with("--")).collect();
        for line in all {
            assert!(read(line).is_ok(), "{line}");
        }
        let at_the_start = HELP.lines().filter_map(|line| line.split_whitespace().next());
        let named: Vec<_> = at_the_start.filter(|word| word.starts_with("--")).collect();
        assert_eq!(named, taken);
        for line in ["help", "--help", "-h", "dev --once --help", "test -h", "build --help"] {
            assert_eq!(read(line), Ok(Command::Help), "{line}");
        }
    }
}

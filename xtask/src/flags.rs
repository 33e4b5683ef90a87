//! The flags of one command, read with lexopt; what is wrong with one is said by its name.

use anyhow::{Result, anyhow, ensure};
use lexopt::{Arg, Parser};
use std::{ffi::OsString, str::FromStr};

/// The arguments behind a command.
pub(crate) struct Flags {
    command: &'static str,
    parser: Parser,
}

impl Flags {
    /// Takes the arguments behind the command of that name.
    pub(crate) fn of(command: &'static str, args: &[OsString]) -> Self {
        Self { command, parser: Parser::from_args(args) }
    }

    /// The next flag; `--name=value` and `--name value` are the same.
    pub(crate) fn next(&mut self) -> Result<Option<Arg<'_>>> {
        Ok(self.parser.next()?)
    }

    /// The value of the flag that came last.
    pub(crate) fn value<T: FromStr>(&mut self, name: &str) -> Result<T> {
        let value = self.parser.value().map_err(|_| anyhow!("{name} needs a value"))?;
        let text = value.to_str().ok_or_else(|| anyhow!("{name}: its value is not UTF-8"))?;
        // The next flag is nobody's value.
        ensure!(!text.starts_with("--"), "{name} needs a value");
        text.parse().map_err(|_| anyhow!("{name} {text}: not a value it takes"))
    }

    /// Refuses what the command does not read.
    pub(crate) fn finish(mut self) -> Result<()> {
        let command = self.command;
        match self.next()? {
            Some(arg) => Err(unknown(command, &arg)),
            None => Ok(()),
        }
    }
}

/// What is said of an argument that a command does not have.
pub(crate) fn unknown(command: &str, arg: &Arg<'_>) -> anyhow::Error {
    let shown = match arg {
        Arg::Long(name) => format!("flag --{name}"),
        Arg::Short(letter) => format!("flag -{letter}"),
        Arg::Value(value) => format!("argument {}", value.display()),
    };
    anyhow!("{command} has no {shown} (see cargo xtask --help)")
}

#[cfg(test)]
mod tests {
    use super::*;

    fn flags(args: &[&str]) -> Flags {
        Flags::of("dev", &args.iter().map(Into::into).collect::<Vec<_>>())
    }

    #[test]
    fn both_spellings_are_read() {
        let mut both = flags(&["--port", "1", "--once", "--sandbox-port=2"]);
        assert!(matches!(both.next().unwrap(), Some(Arg::Long("port"))));
        assert_eq!(both.value::<u16>("--port").unwrap(), 1);
        assert!(matches!(both.next().unwrap(), Some(Arg::Long("once"))));
        assert!(matches!(both.next().unwrap(), Some(Arg::Long("sandbox-port"))));
        assert_eq!(both.value::<u16>("--sandbox-port").unwrap(), 2);
        both.finish().unwrap();
    }

    #[test]
    fn what_nobody_reads_is_refused_by_name() {
        for (args, name) in [(&["--prot", "1"][..], "flag --prot"), (&["-p"], "flag -p"), (&["once"], "argument once")] {
            let error = flags(args).finish().unwrap_err().to_string();
            assert!(error.contains(&format!("dev has no {name}")), "{error}");
        }
    }

    #[test]
    fn a_missing_or_wrong_value_is_refused_by_name() {
        for args in [&["--port"][..], &["--port", "--once"], &["--port", "70000"], &["--port="]] {
            let mut flags = flags(args);
            flags.next().unwrap();
            let error = flags.value::<u16>("--port").unwrap_err();
            assert!(error.to_string().contains("--port"), "{error}");
        }
    }

    #[test]
    fn a_switch_takes_no_value() {
        let mut flags = flags(&["--once=yes"]);
        flags.next().unwrap();
        assert!(flags.finish().unwrap_err().to_string().contains("--once"));
    }
}

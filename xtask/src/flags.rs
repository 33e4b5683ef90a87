//! The flags of one command: `--name`, `--name value` or `--name=value`; an unknown one is refused by name.

use anyhow::{Context, Result, anyhow, bail};
use std::{ffi::OsString, str::FromStr};

/// The flags not read yet.
pub(crate) struct Flags(Vec<String>);

impl Flags {
    /// Takes the arguments behind the command.
    pub(crate) fn new(args: &[OsString]) -> Result<Self> {
        let text = |arg: &OsString| {
            let text = arg.to_str().map(str::to_owned);
            text.with_context(|| format!("{} is not UTF-8", arg.display()))
        };
        let args: Vec<String> = args.iter().map(text).collect::<Result<_>>()?;
        let split = |arg: String| match arg.split_once('=') {
            Some((name, value)) if name.starts_with("--") => vec![name.into(), value.into()],
            _ => vec![arg],
        };
        Ok(Self(args.into_iter().flat_map(split).collect()))
    }

    /// Whether `name` was given.
    pub(crate) fn switch(&mut self, name: &str) -> bool {
        let before = self.0.len();
        self.0.retain(|arg| arg != name);
        self.0.len() != before
    }

    /// The value behind `name`, if it was given.
    pub(crate) fn value<T: FromStr>(&mut self, name: &str) -> Result<Option<T>> {
        let Some(at) = self.0.iter().position(|arg| arg == name) else {
            return Ok(None);
        };
        self.0.remove(at);
        if at == self.0.len() || self.0[at].starts_with("--") {
            bail!("{name} needs a value");
        }
        let text = self.0.remove(at);
        let value = text.parse();
        value.map(Some).map_err(|_| anyhow!("{name} {text}: not a value it takes"))
    }

    /// Refuses what `command` did not read.
    pub(crate) fn finish(self, command: &str) -> Result<()> {
        match self.0.first() {
            Some(arg) => bail!("{command} has no flag {arg} (see cargo xtask --help)"),
            None => Ok(()),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn flags(args: &[&str]) -> Flags {
        let args: Vec<OsString> = args.iter().map(Into::into).collect();
        Flags::new(&args).unwrap()
    }

    #[test]
    fn both_spellings_are_read() {
        let mut both = flags(&["--port", "1", "--once", "--sandbox-port=2"]);
        assert_eq!(both.value::<u16>("--port").unwrap(), Some(1));
        assert_eq!(both.value::<u16>("--sandbox-port").unwrap(), Some(2));
        assert!(both.switch("--once"));
        assert!(!both.switch("--real"));
        both.finish("dev").unwrap();
    }

    #[test]
    fn what_nobody_reads_is_refused_by_name() {
        let error = flags(&["--prot", "1"]).finish("dev").unwrap_err();
        assert!(error.to_string().contains("dev has no flag --prot"));
    }

    #[test]
    fn a_missing_or_wrong_value_is_refused_by_name() {
        for args in [&["--port"][..], &["--port", "--once"], &["--port", "70000"]] {
            let error = flags(args).value::<u16>("--port").unwrap_err();
            assert!(error.to_string().contains("--port"), "{error}");
        }
    }
}

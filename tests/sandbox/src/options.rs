//! What the command line can set, and how it is read.

use std::ffi::OsString;
use std::path::{Path, PathBuf};
use std::time::Duration;

use lexopt::{Parser, prelude::*};

use crate::clock::Clock;
use crate::faults::Rules;
use crate::fetch::Way;
use crate::transcriber::Transcriber;

/// A transcriber that is still busy then is killed.
const TRANSCRIBER_PATIENCE: Duration = Duration::from_mins(5);

/// The text of `--help`.
pub const HELP: &str = include_str!("help.txt");

/// How the sandbox runs; `Options::default()` is what the command line starts from.
#[derive(Debug, Clone)]
pub struct Options {
    /// Port on 127.0.0.1; 0 takes a free one.
    pub port: u16,
    /// A folder with recordings of the user's own.
    pub media: Option<PathBuf>,
    /// Divides job latency and redelivery pauses.
    pub speed: f64,
    /// How many times RingCentral's request counts are allowed.
    pub limit_factor: u32,
    /// Length of a rate-limit window and of a penalty, in whole seconds (60; tests shorten it).
    pub window_s: u64,
    /// How long a used-up refresh token still answers after its successor was used (10 s; tests shorten it).
    pub refresh_grace: Duration,
    /// Finds the words of audio that is none of the recordings.
    pub transcriber: Option<Transcriber>,
    /// How a `contentUri` is fetched.
    pub fetch: Way,
    /// How long the whole of a `contentUri` may take to arrive (30 s; tests shorten it).
    pub fetch_timeout: Duration,
    /// How long one delivery may wait for its answer (30 s; tests shorten it).
    pub delivery_timeout: Duration,
    /// What goes wrong.
    pub faults: Rules,
    /// The clock that rate limits, tokens and jobs live by.
    pub clock: Clock,
    /// Seed of tokens, ids and faults; `None` draws one.
    pub seed: Option<u64>,
}

impl Default for Options {
    fn default() -> Self {
        Self {
            port: 8790,
            media: None,
            speed: 1.0,
            limit_factor: 1,
            window_s: 60,
            refresh_grace: Duration::from_secs(10),
            transcriber: None,
            fetch: Way::default(),
            fetch_timeout: Duration::from_secs(30),
            delivery_timeout: Duration::from_secs(30),
            faults: Rules::default(),
            clock: Clock::default(),
            seed: None,
        }
    }
}

/// What the command line asked for.
#[derive(Debug, Clone)]
pub enum Command {
    /// Run the server.
    Serve(Options),
    /// Print [`HELP`].
    Help,
}

impl Options {
    /// Reads command line arguments, without the program's name.
    ///
    /// # Errors
    /// A sentence that names the argument and what it should be.
    pub fn parse(arguments: impl IntoIterator<Item = OsString>) -> Result<Command, String> {
        read(Parser::from_args(arguments)).map_err(|problem| format!("{problem}; see --help"))
    }

    /// A wait as RingCentral has it, divided by `--speed`.
    #[must_use]
    pub fn hurried(&self, wait: Duration) -> Duration {
        wait.div_f64(self.speed)
    }
}

fn read(mut args: Parser) -> Result<Command, lexopt::Error> {
    let mut options = Options::default();
    while let Some(arg) = args.next()? {
        match arg {
            Long("help") | Short('h') => return Ok(Command::Help),
            Long("port") => options.port = number("--port", &text(&mut args)?, "a port from 0 to 65535")?,
            Long("media") => options.media = Some(folder(value(&mut args)?.into())?),
            Long("transcriber") => options.transcriber = Some(transcriber(&text(&mut args)?)?),
            Long("fetch") => options.fetch = way(&text(&mut args)?)?,
            Long("speed") => options.speed = speed(&text(&mut args)?)?,
            Long("limits") => options.limit_factor = limit_factor(&text(&mut args)?)?,
            Long("clock") => options.clock = clock(&text(&mut args)?)?,
            Long("faults") => options.faults = faults(Path::new(&value(&mut args)?))?,
            Long("seed") => options.seed = Some(number("--seed", &text(&mut args)?, "a whole number")?),
            other => return Err(other.unexpected()),
        }
    }
    Ok(Command::Serve(options))
}

/// The value of the option just read. What looks like an option is one, and not the value, unless `=` joins it.
fn value(args: &mut Parser) -> Result<OsString, lexopt::Error> {
    args.values()?;
    args.value()
}

fn text(args: &mut Parser) -> Result<String, lexopt::Error> {
    value(args)?.string()
}

fn number<T: std::str::FromStr>(name: &str, text: &str, expected: &str) -> Result<T, String> {
    text.parse().map_err(|_| format!("{name} {text}: it should be {expected}"))
}

fn folder(path: PathBuf) -> Result<PathBuf, String> {
    if path.is_dir() { Ok(path) } else { Err(format!("--media {}: there is no such folder", path.display())) }
}

fn speed(text: &str) -> Result<f64, String> {
    let expected = "a number from 0.001 to 1000000, such as 10";
    let speed: f64 = number("--speed", text, expected)?;
    if (0.001..=1e6).contains(&speed) { Ok(speed) } else { Err(format!("--speed {text}: it should be {expected}")) }
}

fn transcriber(text: &str) -> Result<Transcriber, String> {
    Transcriber::parse(text, TRANSCRIBER_PATIENCE).ok_or_else(|| "--transcriber: it should name a program".to_owned())
}

fn way(text: &str) -> Result<Way, String> {
    let named = Way::ALL.iter().find(|(name, _)| *name == text);
    let expected = || format!("--fetch {text}: it should be {}", Way::ALL.map(|(name, _)| name).join(", "));
    named.map(|(_, way)| *way).ok_or_else(expected)
}

fn clock(text: &str) -> Result<Clock, String> {
    Clock::parse(text).ok_or_else(|| format!("--clock {text}: it should be like 1772712000000x60"))
}

fn faults(path: &Path) -> Result<Rules, String> {
    let named = |problem: String| format!("--faults {}: {problem}", path.display());
    let text = std::fs::read(path).map_err(|error| named(error.to_string()))?;
    Rules::parse(&text).map_err(named)
}

fn limit_factor(text: &str) -> Result<u32, String> {
    let expected = "real, relaxed or a whole number from 1 to 1000";
    let factor = match text {
        "real" => 1,
        "relaxed" => 20,
        _ => number("--limits", text, expected)?,
    };
    if (1..=1000).contains(&factor) { Ok(factor) } else { Err(format!("--limits {text}: it should be {expected}")) }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn parse(line: &str) -> Result<Command, String> {
        Options::parse(line.split_whitespace().map(OsString::from))
    }

    #[test]
    fn values_may_follow_or_be_joined() {
        let Ok(Command::Serve(options)) = parse("--port 0 --speed=20 --limits relaxed --seed 7") else { panic!() };
        assert_eq!((options.port, options.limit_factor, options.seed), (0, 20, Some(7)));
        assert_eq!(options.hurried(Duration::from_secs(2)), Duration::from_millis(100));
    }

    #[test]
    fn a_bad_argument_is_named() {
        for (line, part) in [
            ("--port 70000", "--port 70000"),
            ("--speed 0", "--speed 0"),
            ("--speed NaN", "--speed NaN"),
            ("--limits none", "real, relaxed or a whole number"),
            ("--limits 0", "real, relaxed or a whole number"),
            ("--media /no/such/folder", "no such folder"),
            ("--faults /no/such/file", "--faults /no/such/file: "),
            ("--faults src/help.txt", "--faults src/help.txt: "),
            ("--clock fast", "--clock fast"),
            ("--seed", "missing argument for option '--seed'"),
            ("--transcriber --seed 7", "missing argument for option '--transcriber'"),
            ("--port 0 1", "\"1\""),
            ("-p", "'-p'"),
            ("--fetch quickly", "plain, head-first, ranges, twice, slow"),
            ("--transcriber=", "name a program"),
        ] {
            let problem = parse(line).expect_err(line);
            assert!(problem.contains(part) && problem.ends_with("see --help"), "{problem}");
        }
    }

    #[test]
    fn limits_have_two_names_and_any_number() {
        for (text, factor) in [("real", 1), ("relaxed", 20), ("7", 7)] {
            let Ok(Command::Serve(options)) = parse(&format!("--limits {text}")) else { panic!("{text}") };
            assert_eq!(options.limit_factor, factor, "{text}");
        }
    }

    #[test]
    fn of_an_option_given_twice_the_last_holds() {
        let Ok(Command::Serve(options)) = parse("--port 1 --seed=1 --port=2 --seed 3") else { panic!() };
        assert_eq!((options.port, options.seed), (2, Some(3)));
    }

    #[test]
    fn help_is_answered_and_names_every_option() {
        assert!(matches!(parse("--port 0 --help"), Ok(Command::Help)));
        assert!(matches!(parse("-h"), Ok(Command::Help)));
        let all =
            "--port 0 --media . --transcriber x --fetch plain --speed 1 --clock 1x1 --limits real --faults x --seed 1 --help";
        let all = all.replace("--faults x", concat!("--faults ", env!("CARGO_MANIFEST_DIR"), "/faults.json"));
        assert!(parse(&all).is_ok());
        let named = HELP.lines().filter_map(|line| line.strip_prefix("  --")?.split(' ').next());
        let taken = all.split(' ').filter_map(|word| word.strip_prefix("--"));
        assert_eq!(named.collect::<Vec<_>>(), taken.collect::<Vec<_>>());
    }
}

//! What the command line can set, and how it is read.

use lexopt::{Arg, Parser};
use std::path::PathBuf;
use std::time::Duration;

use crate::audio::fetch::Way;
use crate::transcriber::Transcriber;

/// A transcriber that is still busy then is killed.
const TRANSCRIBER_PATIENCE: Duration = Duration::from_mins(5);

/// The text of `--help`.
pub const HELP: &str = "\
A stand-in for RingCentral on 127.0.0.1: OAuth (JWT, code + PKCE, refresh), call log, recordings,
voicemail, RingCentral Video, AI jobs, enrollments, callbacks.

usage: ringcentral-sandbox [options]

  --port N        the port to listen on (8790; 0 takes a free one)
  --media DIR     recordings of your own beside the shipped ones: every .wav and .mp3 in DIR becomes a recorded
                  call, every .mp4 a meeting; NAME.words.json beside it says what is spoken; a shipped name is replaced
  --transcriber CMD  a program that says what is spoken in audio whose words are not known. CMD is split at white
                  space and run without a shell, with the path of a temporary file (the audio as it was fetched) as its
                  last argument; it prints words as in a NAME.words.json file and ends with 0:
                  {\"utterances\": [{\"speakerId\": \"0\", \"words\": [{\"text\": \"Hello.\", \"start\": 0.5, \"end\": 0.9}]}]}
                  Where it fails or takes over 5 minutes the job ends without words, and \"sandbox\" says why
  --fetch WAY     how the AI fetches a contentUri. plain: one GET (the default); head-first: a HEAD, whose failure is
                  ignored, then a GET; ranges: in parts, or whole where the server ignores ranges; twice: two GETs that
                  must bring the same; slow: reads 1 MB a second for ten seconds, then the rest
  --speed X       divides the time a job takes (2 s) and the pauses between deliveries (2, 4, 8, 16, 32 s);
                  rate limits, token lives and network timeouts stay as they are
  --limits L      real: RingCentral's rate limits (Light 50, Medium 40, Heavy 10, Auth 5 a minute)
                  relaxed: twenty times as many requests, the same mechanism
  --seed N        the same seed, the same tokens and ids (default: a new seed at every start)
  --help          this text

credentials: client sandbox-client, secret sandbox-secret, JWT sandbox-jwt
  the same secret, one permission less:
  sandbox-noai (AI)             sandbox-nocalllog (ReadCallLog)    sandbox-norecording (ReadCallRecording)
  sandbox-novideo (Video)       sandbox-nomessages (ReadMessages)  sandbox-nocompany (the user's FullCompanyCallLog)
  sandbox-public                   has no secret: client_id in the form
for tests: GET /sandbox/requests, POST /sandbox/jobs/{jobId}/redeliver
";

/// How the sandbox runs; `Options::default()` is what the command line starts from.
#[derive(Debug, Clone)]
pub struct Options {
    /// Port on 127.0.0.1; 0 takes a free one.
    pub port: u16,
    /// A folder with recordings of the user's own.
    pub media: Option<PathBuf>,
    /// Divides job latency and redelivery pauses.
    pub speed: f64,
    /// How many times RingCentral's request counts are allowed (1 or 20).
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
    /// Seed of tokens and ids; `None` draws one.
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
    /// Reads command line arguments, without the program's name; of an option that is given twice, the last counts.
    ///
    /// # Errors
    /// A sentence that names the argument and what it should be.
    pub fn parse(arguments: impl IntoIterator<Item = String>) -> Result<Command, String> {
        let mut options = Self::default();
        let mut arguments = Parser::from_args(arguments);
        while let Some(argument) = arguments.next().map_err(|problem| format!("{problem}; see --help"))? {
            match argument {
                Arg::Long("help") | Arg::Short('h') => return Ok(Command::Help),
                Arg::Long("port") => options.port = number("--port", &value(&mut arguments)?, "a port from 0 to 65535")?,
                Arg::Long("media") => options.media = Some(folder(&value(&mut arguments)?)?),
                Arg::Long("transcriber") => options.transcriber = Some(transcriber(&value(&mut arguments)?)?),
                Arg::Long("fetch") => options.fetch = way(&value(&mut arguments)?)?,
                Arg::Long("speed") => options.speed = speed(&value(&mut arguments)?)?,
                Arg::Long("limits") => options.limit_factor = limit_factor(&value(&mut arguments)?)?,
                Arg::Long("seed") => options.seed = Some(number("--seed", &value(&mut arguments)?, "a whole number")?),
                Arg::Long(name) => return Err(format!("unknown option --{name}; see --help")),
                Arg::Short(letter) => return Err(format!("unknown option -{letter}; see --help")),
                Arg::Value(other) => return Err(format!("{}: nothing is read without its option; see --help", other.display())),
            }
        }
        Ok(Command::Serve(options))
    }

    /// A wait as RingCentral has it, divided by `--speed`.
    #[must_use]
    pub fn hurried(&self, wait: Duration) -> Duration {
        wait.div_f64(self.speed)
    }
}

/// The value of the option that came last.
fn value(arguments: &mut Parser) -> Result<String, String> {
    let value = arguments.value().map_err(|problem| match problem {
        lexopt::Error::MissingValue { option: Some(option) } => format!("{option} needs a value; see --help"),
        other => format!("{other}; see --help"),
    })?;
    value.into_string().map_err(|value| format!("{}: it is not UTF-8", value.display()))
}

fn number<T: std::str::FromStr>(name: &str, text: &str, expected: &str) -> Result<T, String> {
    text.parse().map_err(|_| format!("{name} {text}: it should be {expected}"))
}

fn folder(text: &str) -> Result<PathBuf, String> {
    let path = PathBuf::from(text);
    if path.is_dir() { Ok(path) } else { Err(format!("--media {text}: there is no such folder")) }
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

fn limit_factor(text: &str) -> Result<u32, String> {
    match text {
        "real" => Ok(1),
        "relaxed" => Ok(20),
        _ => Err(format!("--limits {text}: it should be real or relaxed")),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn parse(line: &str) -> Result<Command, String> {
        Options::parse(line.split_whitespace().map(str::to_owned))
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
            ("--limits none", "real or relaxed"),
            ("--media /no/such/folder", "no such folder"),
            ("--faults x", "--faults"),
            ("--seed", "--seed needs a value"),
            ("--fetch quickly", "plain, head-first, ranges, twice, slow"),
            ("--transcriber=", "name a program"),
            ("--prot 1", "unknown option --prot"),
            ("-p", "unknown option -p"),
            ("recordings", "recordings"),
        ] {
            let problem = parse(line).expect_err(line);
            assert!(problem.contains(part), "{problem}");
        }
    }
}

//! A program of the user's that turns an audio file into words: `--transcriber CMD`.
//!
//! `CMD` is split at white space and run without a shell, with the path of a temporary file as its last argument. The
//! file holds what was fetched, whatever its format is, and is deleted afterwards. The program prints JSON as in a
//! `NAME.words.json` file on its standard output and ends with 0:
//!
//! ```json
//! {"utterances": [{"speakerId": "0", "confidence": 0.9, "words": [{"text": "Hello.", "start": 0.52, "end": 0.91}]}]}
//! ```
//!
//! Times are seconds from the beginning; `confidence` may be left out. What it writes on its standard error is shown.
//! A program that fails, takes more than five minutes (then it is killed) or prints something else does not fail the
//! job: its result says what was wrong, and where speech was measured.

use std::fs::{OpenOptions, remove_file};
use std::io::Write;
use std::path::{Path, PathBuf};
use std::process::Stdio;
use std::sync::atomic::{AtomicU64, Ordering};
use std::time::Duration;

use tokio::process::Command;
use tokio::time::timeout;

use crate::words::Words;

/// Runs the program.
#[derive(Debug, Clone)]
pub struct Transcriber {
    command: Vec<String>,
    patience: Duration,
}

impl Transcriber {
    /// Reads a command line; `None` where it names no program.
    #[must_use]
    pub fn parse(command: &str, patience: Duration) -> Option<Self> {
        let command: Vec<_> = command.split_whitespace().map(str::to_owned).collect();
        (!command.is_empty()).then_some(Self { command, patience })
    }

    /// The words of an audio file.
    ///
    /// # Errors
    /// What went wrong, in a few words.
    pub async fn words(&self, audio: &[u8]) -> Result<Words, String> {
        let file = TemporaryFile::new(audio).map_err(|error| format!("no temporary file could be made: {error}"))?;
        let mut command = Command::new(&self.command[0]);
        command.args(&self.command[1..]).arg(file.path()).stdin(Stdio::null()).stderr(Stdio::inherit());
        // Dropped when it takes too long, and when the sandbox ends.
        let running = command.kill_on_drop(true).output();
        let ended = timeout(self.patience, running).await;
        let ended = ended.map_err(|_| format!("it took more than {} s and was killed", self.patience.as_secs_f64()))?;
        let output = ended.map_err(|error| format!("{} could not be run: {error}", self.command[0]))?;
        if !output.status.success() {
            return Err(format!("it ended with {}", output.status));
        }
        Words::parse(&output.stdout).map_err(|error| format!("its output is no words file: {error}"))
    }
}

/// A file that only this user may read and that is deleted when it is dropped.
struct TemporaryFile(PathBuf);

impl TemporaryFile {
    fn new(contents: &[u8]) -> std::io::Result<Self> {
        static COUNT: AtomicU64 = AtomicU64::new(0);
        let count = COUNT.fetch_add(1, Ordering::Relaxed);
        let path = std::env::temp_dir().join(format!("ringcentral-sandbox-{}-{count}.audio", std::process::id()));
        let mut options = OpenOptions::new();
        #[cfg(unix)]
        std::os::unix::fs::OpenOptionsExt::mode(&mut options, 0o600);
        let mut file = options.write(true).create_new(true).open(&path)?;
        let temporary = Self(path);
        file.write_all(contents)?;
        Ok(temporary)
    }

    fn path(&self) -> &Path {
        &self.0
    }
}

impl Drop for TemporaryFile {
    fn drop(&mut self) {
        let _ = remove_file(&self.0);
    }
}

//! What a server prints: kept in a file, shown when someone watches or something fails.

use anyhow::Result;
use std::{
    fs::{self, File},
    io::{self, BufRead, BufReader, PipeReader, PipeWriter, Read, Seek, SeekFrom, Write},
    path::{Path, PathBuf},
    thread,
};

/// How many lines stand beside an error.
const TAIL_LINES: usize = 15;

/// The log of one server.
pub(super) struct Log {
    name: &'static str,
    file: PathBuf,
    /// How much of it has been shown.
    shown: u64,
}

impl Log {
    /// A new log in `folder`, and the pipe that the server is to print into.
    pub(super) fn new(name: &'static str, folder: &Path) -> Result<(Self, PipeWriter)> {
        let path = folder.join(format!("{name}.log"));
        let file = File::create(&path)?;
        let (lines, out) = io::pipe()?;
        thread::spawn(|| keep(lines, file));
        Ok((Self { name, file: path, shown: 0 }, out))
    }

    /// Whether `text` has been printed.
    pub(super) fn contains(&self, text: &str) -> bool {
        fs::read_to_string(&self.file).is_ok_and(|log| log.contains(text))
    }

    /// Its last lines, under its name.
    pub(super) fn tail(&self) -> String {
        let bytes = fs::read(&self.file).unwrap_or_default();
        let text = String::from_utf8_lossy(&bytes);
        let mut lines: Vec<&str> = text.lines().rev().take(TAIL_LINES).collect();
        lines.reverse();
        format!("the end of {}:\n{}", self.file.display(), lines.join("\n"))
    }

    /// Leaves unshown what is there by now.
    pub(super) fn skip(&mut self) -> Result<()> {
        self.shown = fs::metadata(&self.file)?.len();
        Ok(())
    }

    /// Prints the whole lines that have come since the last time.
    pub(super) fn show_new_lines(&mut self) -> Result<()> {
        let mut file = File::open(&self.file)?;
        file.seek(SeekFrom::Start(self.shown))?;
        let mut bytes = Vec::new();
        file.read_to_end(&mut bytes)?;
        let whole = bytes.iter().rposition(|byte| *byte == b'\n').map_or(0, |at| at + 1);
        self.shown += whole as u64;
        for line in String::from_utf8_lossy(&bytes[..whole]).lines() {
            println!("{} | {line}", self.name);
        }
        Ok(())
    }
}

/// Copies the lines, but for wrangler's own line a request: it shows the path, and paths hold capabilities.
fn keep(lines: PipeReader, mut file: File) -> io::Result<()> {
    for line in BufReader::new(lines).split(b'\n') {
        let mut line = line?;
        if !is_request(&line) {
            line.push(b'\n');
            file.write_all(&line)?;
        }
    }
    Ok(())
}

/// `[wrangler:info] GET /path 200 OK (6ms)`
fn is_request(line: &[u8]) -> bool {
    let line = String::from_utf8_lossy(line);
    let mut words = line.split(' ');
    words.next() == Some("[wrangler:info]") && words.next().is_some_and(|word| word.bytes().all(|byte| byte.is_ascii_uppercase()))
}

#[cfg(test)]
mod tests {
    use super::is_request;

    #[test]
    fn only_the_lines_with_paths_are_left_out() {
        assert!(is_request(b"[wrangler:info] POST /callbacks/a/1/b 200 OK (6ms)"));
        assert!(!is_request(b"[wrangler:info] Ready on http://127.0.0.1:8787"));
        assert!(!is_request(b"GET /callbacks"));
    }
}

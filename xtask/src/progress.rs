//! Steps that run side by side, and where each stands: in a terminal a line that changes, elsewhere a line now and then.

use crate::processes::{Running, end_all};
use anyhow::{Result, ensure};
use std::{
    env,
    io::{self, BufReader, IsTerminal, PipeReader, Read, Write, stderr},
    process::Command,
    sync::{
        LazyLock, Mutex, MutexGuard, PoisonError,
        atomic::{AtomicUsize, Ordering},
        mpsc,
    },
    thread,
    time::{Duration, Instant},
};

/// How often a terminal's line is written anew, and how often a line is added where there is none.
const REDRAW: Duration = Duration::from_millis(200);
const REPORT: Duration = Duration::from_secs(10);

/// A step that took less is not worth a line.
const WORTH_A_LINE: Duration = Duration::from_secs(1);

/// How soon what still runs beside a failed step is ended again.
const END_AGAIN: Duration = Duration::from_millis(100);

/// What every terminal has room for.
const WIDTH: usize = 79;

static STARTED: LazyLock<Instant> = LazyLock::new(Instant::now);
static BOARD: Mutex<Vec<Step>> = Mutex::new(Vec::new());

struct Step {
    name: String,
    /// How far it is, as cargo tells it: `112/178`.
    at: String,
}

/// What runs one step after another.
pub(crate) type Lane<'a> = &'a (dyn Fn() -> Result<()> + Sync);

/// Runs all lanes at once; the first error ends what the others run, and is the answer.
pub(crate) fn side_by_side(lanes: &[Lane]) -> Result<()> {
    let first_error = Mutex::new(None);
    let running = AtomicUsize::new(lanes.len());
    let run = |lane: Lane| {
        let outcome = lane();
        running.fetch_sub(1, Ordering::SeqCst);
        if let Err(error) = outcome {
            first_error.lock().unwrap_or_else(PoisonError::into_inner).get_or_insert(error);
            // Again and again: a lane may be about to start something.
            while running.load(Ordering::SeqCst) > 0 {
                end_all();
                thread::sleep(END_AGAIN);
            }
        }
    };
    let (ended, is_ended) = mpsc::channel::<()>();
    thread::scope(|scope| {
        scope.spawn(move || draw_until(&is_ended));
        thread::scope(|scope| {
            for lane in lanes {
                scope.spawn(|| run(*lane));
            }
        });
        drop(ended);
    });
    first_error.into_inner().unwrap_or_else(PoisonError::into_inner).map_or(Ok(()), Err)
}

/// Runs `command` to its end as the step `name`; what it prints besides its progress is shown when it has ended.
pub(crate) fn step(name: &str, mut command: Command) -> Result<()> {
    let started = Instant::now();
    board().push(Step { name: name.into(), at: String::new() });
    let (lines, out) = io::pipe()?;
    command.env("CARGO_TERM_PROGRESS_WHEN", "always").env("CARGO_TERM_PROGRESS_WIDTH", WIDTH.to_string());
    if stderr().is_terminal() && env::var_os("CARGO_TERM_COLOR").is_none() {
        command.env("CARGO_TERM_COLOR", "always");
    }
    let running = Running::start(command.stdout(out.try_clone()?).stderr(out));
    // It holds the pipe's other end: while it is there, the lines have no end.
    drop(command);
    let told = running.and_then(|mut running| Ok((read(name, lines)?, running.wait()?)));
    board().retain(|step| step.name != name);
    let (text, status) = told?;
    // Who was ended from outside has nothing to tell.
    if status.code().is_some() {
        say(&text);
    }
    ensure!(status.success(), "{name} failed ({status})");
    if started.elapsed() >= WORTH_A_LINE {
        say(&format!("{} {name}: {} s\n", clock(), started.elapsed().as_secs()));
    }
    Ok(())
}

/// Follows what a step prints, and answers what of it is more than progress.
fn read(name: &str, lines: PipeReader) -> Result<String> {
    let mut kept = String::new();
    let mut line = Vec::new();
    for byte in BufReader::new(lines).bytes() {
        let byte = byte?;
        line.push(byte);
        // cargo ends a line that it will write anew with a carriage return.
        if !matches!(byte, b'\n' | b'\r') {
            continue;
        }
        let text = String::from_utf8_lossy(&line);
        match progress(&text) {
            Some(at) => note(name, at),
            None => kept.push_str(&text),
        }
        line.clear();
    }
    if !line.is_empty() {
        kept.push_str(&String::from_utf8_lossy(&line));
        kept.push('\n');
    }
    Ok(kept)
}

/// How far cargo is, if it is that what the line tells: its words for what it does end in the twelfth column.
fn progress(line: &str) -> Option<String> {
    let plain = without_colours(line);
    let text = plain.trim_start();
    let (verb, rest) = text.split_once(' ').unwrap_or((text, ""));
    let is_status = plain.len() - text.len() + verb.len() == 12 && verb.starts_with(|first: char| first.is_ascii_uppercase());
    match verb {
        _ if text.is_empty() => Some(String::new()),
        _ if !is_status => None,
        "Building" => Some(rest.split_once("] ")?.1.split(':').next()?.trim().into()),
        "Downloading" => Some("downloading".into()),
        "Blocking" => Some("waiting for another cargo".into()),
        _ => Some(String::new()),
    }
}

/// Without what makes a terminal change colours or clear a line.
fn without_colours(text: &str) -> String {
    let mut parts = text.split('\x1b');
    let mut plain = parts.next().unwrap_or_default().to_owned();
    for part in parts {
        plain.push_str(part.split_once(|end: char| end.is_ascii_alphabetic()).map_or("", |(_, rest)| rest));
    }
    plain
}

fn note(name: &str, at: String) {
    if let Some(step) = board().iter_mut().find(|step| step.name == name && !at.is_empty()) {
        step.at = at;
    }
}

fn draw_until(ended: &mpsc::Receiver<()>) {
    let is_terminal = stderr().is_terminal();
    let mut due = *STARTED + WORTH_A_LINE;
    while ended.recv_timeout(REDRAW) == Err(mpsc::RecvTimeoutError::Timeout) {
        let line = state();
        if is_terminal {
            let shown: String = line.chars().take(WIDTH).collect();
            eprint!("\r\x1b[K{shown}");
        } else if Instant::now() >= due && !line.is_empty() {
            say(&format!("{line}\n"));
            due = Instant::now() + REPORT;
        }
    }
    say("");
}

/// `[0:41] the sandbox 112/178 · npm`
fn state() -> String {
    let steps: Vec<String> = board().iter().map(|step| format!("{} {}", step.name, step.at).trim_end().into()).collect();
    if steps.is_empty() { String::new() } else { format!("{} {}", clock(), steps.join(" · ")) }
}

fn clock() -> String {
    let seconds = STARTED.elapsed().as_secs();
    format!("[{}:{:02}]", seconds / 60, seconds % 60)
}

/// Prints whole lines in the place of the one that changes.
fn say(lines: &str) {
    let mut out = stderr().lock();
    let clear = if out.is_terminal() { "\r\x1b[K" } else { "" };
    let _ = write!(out, "{clear}{lines}");
}

fn board() -> MutexGuard<'static, Vec<Step>> {
    BOARD.lock().unwrap_or_else(PoisonError::into_inner)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn cargos_own_words_are_progress() {
        let at = |line| progress(line).unwrap();
        assert_eq!(at("    Building [=====>     ] 12/178: syn, libc(build)   \r"), "12/178");
        assert_eq!(at("\x1b[1m\x1b[92m   Compiling\x1b[0m libc v0.2.191\n"), "");
        assert_eq!(at(" Downloading 5 crates, remaining bytes: 1.2 MB\r"), "downloading");
        assert_eq!(at("    Finished `dev` profile [unoptimized + debuginfo] target(s) in 2.63s\n"), "");
    }

    #[test]
    fn what_a_compiler_complains_about_is_kept() {
        for line in
            ["warning: unused variable: `x`\n", "error[E0425]: cannot find value `x`\n", "  --> src/main.rs:3:9\n", "     Xy\n"]
        {
            assert_eq!(progress(line), None, "{line}");
        }
    }

    #[test]
    fn a_failed_step_is_named_and_the_first_error_is_the_answer() {
        let fail = || step("the failing one", Command::new("false"));
        let long = || {
            let mut sleep = Command::new("sleep");
            sleep.arg("60");
            step("the long one", sleep)
        };
        let started = Instant::now();
        let error = side_by_side(&[&fail, &long]).unwrap_err();
        assert!(error.to_string().contains("the failing one failed"), "{error}");
        assert!(started.elapsed() < Duration::from_secs(30));
    }
}

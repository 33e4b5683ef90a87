//! Child processes: each leads a group of its own, and no group outlives this process.

use anyhow::{Context, Result, bail, ensure};
use nix::{
    errno::Errno,
    sys::{
        signal::{Signal, killpg},
        wait::{WaitPidFlag, waitpid},
    },
    unistd::Pid,
};
use std::{
    env,
    ffi::OsString,
    io::PipeWriter,
    os::unix::process::CommandExt,
    process::{Child, Command, ExitStatus, Stdio, exit},
    sync::{Mutex, MutexGuard, PoisonError},
    thread::sleep,
    time::{Duration, Instant},
};

/// How long a group may take to end before it is killed.
const GRACE: Duration = Duration::from_secs(5);

/// What a shell reports for a program that Ctrl-C ended.
const INTERRUPTED: i32 = 130;

static GROUPS: Mutex<Vec<Pid>> = Mutex::new(Vec::new());

/// A child, ended with its whole group when this is dropped.
pub(crate) struct Running(Child);

impl Running {
    /// Starts `command`; it reads nothing from the terminal.
    pub(crate) fn start(command: &mut Command) -> Result<Self> {
        // Held over the start: a signal must not fall between it and the note.
        let mut groups = groups();
        let child = command.stdin(Stdio::null()).process_group(0).spawn();
        let name = command.get_program().display().to_string();
        let child = child.with_context(|| format!("cannot start {name}"))?;
        groups.push(group(&child));
        Ok(Self(child))
    }

    /// Waits until it ends.
    pub(crate) fn wait(&mut self) -> Result<ExitStatus> {
        Ok(self.0.wait()?)
    }

    /// Its status, if it has ended.
    pub(crate) fn ended(&mut self) -> Result<Option<ExitStatus>> {
        Ok(self.0.try_wait()?)
    }

    /// Its piped standard output, once.
    pub(crate) fn stdout(&mut self) -> Option<std::process::ChildStdout> {
        self.0.stdout.take()
    }
}

impl Drop for Running {
    fn drop(&mut self) {
        let own = group(&self.0);
        end(&[own]);
        groups().retain(|group| *group != own);
    }
}

/// Runs `command` to its end; anything but success is an error that says `what` failed.
pub(crate) fn run(what: &str, command: &mut Command) -> Result<()> {
    let status = Running::start(command)?.wait()?;
    ensure!(status.success(), "{what} failed ({status})");
    Ok(())
}

/// A server: it prints into `out` and, on Linux, ends even when this process is killed.
pub(crate) fn server(command: &Command, out: PipeWriter) -> Result<Running> {
    let program = command.get_program();
    let mut child = Command::new(env::current_exe()?);
    child.arg("with-parent").arg(std::process::id().to_string()).arg(program);
    child.args(command.get_args());
    let set = command.get_envs().filter_map(|(name, value)| Some((name, value?)));
    child.envs(set).current_dir(crate::tools::root());
    Running::start(child.stdout(out.try_clone()?).stderr(out))
}

/// `xtask with-parent PID PROGRAM ARGS…`: becomes the program, which then gets SIGTERM when its parent is gone.
pub(crate) fn become_child(args: &[OsString]) -> Result<()> {
    let [parent, program, args @ ..] = args else {
        bail!("with-parent PID PROGRAM ARGS…");
    };
    #[cfg(target_os = "linux")]
    nix::sys::prctl::set_pdeathsig(Signal::SIGTERM)?;
    ensure!(parent.to_str() == Some(&nix::unistd::getppid().to_string()), "the parent is gone");
    let error = Command::new(program).args(args).exec();
    Err(error).with_context(|| format!("cannot start {}", program.display()))
}

/// From now on SIGINT, SIGTERM and SIGHUP end every child before they end this process.
pub(crate) fn end_children_on_signals() -> Result<()> {
    ctrlc::set_handler(|| {
        // Never given back: nothing may start from here on.
        let groups = groups();
        end(&groups);
        exit(INTERRUPTED);
    })?;
    Ok(())
}

/// Ends every child that runs now.
pub(crate) fn end_all() {
    end(&groups());
}

fn groups() -> MutexGuard<'static, Vec<Pid>> {
    GROUPS.lock().unwrap_or_else(PoisonError::into_inner)
}

fn group(child: &Child) -> Pid {
    Pid::from_raw(child.id().cast_signed())
}

fn end(groups: &[Pid]) {
    for signal in [Signal::SIGTERM, Signal::SIGKILL] {
        for group in groups {
            // Gone already is as good.
            let _ = killpg(*group, signal);
        }
        let deadline = Instant::now() + GRACE;
        while !groups.iter().all(|group| gone(*group)) {
            if Instant::now() > deadline {
                break;
            }
            sleep(Duration::from_millis(20));
        }
    }
}

/// Whether nobody of the group is left; its leader is ours to bury.
fn gone(group: Pid) -> bool {
    let _ = waitpid(group, Some(WaitPidFlag::WNOHANG));
    killpg(group, None) == Err(Errno::ESRCH)
}

//! The two servers of `dev`: the sandbox and the Worker, and whether they live.

use super::bucket;
use super::log::Log;
use crate::{
    processes::{self, Running},
    tools::{command, npm_tool},
};
use anyhow::{Result, bail};
use std::{
    path::{Path, PathBuf},
    process::Command,
    thread::sleep,
    time::{Duration, Instant},
};

const PAUSE: Duration = Duration::from_millis(100);

/// A running server.
pub(super) struct Server {
    name: &'static str,
    process: Running,
    log: Log,
}

impl Server {
    /// The sandbox, with twenty times the real rate limits.
    pub(super) fn sandbox(program: &Path, port: u16, folder: &Path) -> Result<Self> {
        println!("starting the sandbox …");
        let mut sandbox = command(program);
        sandbox.args(["--port", &port.to_string(), "--limits", "relaxed"]);
        let mut sandbox = Self::start("sandbox", &sandbox, folder)?;
        sandbox.wait_until(Duration::from_secs(30), |log| log.contains("listening on"))?;
        Ok(sandbox)
    }

    /// The Worker in workerd, with the variables of `env_files`: a later file wins, each wins over `wrangler.toml`.
    pub(super) fn worker(port: u16, folder: &Path, env_files: &[PathBuf]) -> Result<Self> {
        println!("starting the Worker …");
        let mut wrangler = npm_tool("wrangler/bin/wrangler.js");
        wrangler.args(["dev", "--ip", "127.0.0.1", "--port", &port.to_string()]);
        wrangler.args(["--inspector-port", "0", "--show-interactive-dev-session=false"]);
        wrangler.arg("--persist-to").arg(folder).arg("--config").arg(bucket::configuration()?);
        for file in env_files {
            wrangler.arg("--env-file").arg(file);
        }
        Self::start("worker", &wrangler, folder)
    }

    fn start(name: &'static str, command: &Command, folder: &Path) -> Result<Self> {
        let (log, out) = Log::new(name, folder)?;
        Ok(Self { name, process: processes::server(command, out)?, log })
    }

    /// Waits until it is `ready`; an error, with the end of its log, if it ends or `patience` does.
    pub(super) fn wait_until(&mut self, patience: Duration, ready: impl Fn(&Log) -> bool) -> Result<()> {
        let deadline = Instant::now() + patience;
        while !ready(&self.log) {
            self.check()?;
            if Instant::now() > deadline {
                let seconds = patience.as_secs();
                bail!("the {} is not ready after {seconds} s; {}", self.name, self.log.tail());
            }
            sleep(PAUSE);
        }
        Ok(())
    }

    fn check(&mut self) -> Result<()> {
        match self.process.ended()? {
            Some(status) => bail!("the {} has ended ({status}); {}", self.name, self.log.tail()),
            None => Ok(()),
        }
    }
}

/// Prints the ends of the servers' logs.
pub(super) fn show_tails(servers: &[Server]) {
    for server in servers {
        eprintln!("{}\n", server.log.tail());
    }
}

/// Shows what the servers print from now on, until one of them ends.
pub(super) fn follow(servers: &mut [Server]) -> Result<()> {
    for server in &mut *servers {
        server.log.skip()?;
    }
    loop {
        for server in &mut *servers {
            server.log.show_new_lines()?;
            server.check()?;
        }
        sleep(PAUSE);
    }
}

//! The command line of the sandbox: reads the options, starts the server, says where it listens.

use std::io::Write;
use std::process::ExitCode;
use std::time::Duration;

use ringcentral_sandbox::{Options, options::Command, start};
use tokio::runtime::Runtime;

/// How long a decoder that is busy may keep us from ending.
const MAX_ENDING: Duration = Duration::from_secs(1);

fn main() -> ExitCode {
    match Runtime::new() {
        Ok(runtime) => {
            let code = runtime.block_on(run());
            runtime.shutdown_timeout(MAX_ENDING);
            code
        }
        Err(problem) => complain(&format!("no runtime: {problem}")),
    }
}

async fn run() -> ExitCode {
    let options = match Options::parse(std::env::args_os().skip(1)) {
        Ok(Command::Serve(options)) => options,
        Ok(Command::Help) => {
            print!("{}", ringcentral_sandbox::options::HELP);
            return ExitCode::SUCCESS;
        }
        Err(problem) => return complain(&problem),
    };
    match start(options).await {
        Ok(running) => {
            println!("ringcentral-sandbox listening on {}", running.base_url());
            // The line is a signal to whoever started us through a pipe: it must not wait in a buffer.
            let _ = std::io::stdout().flush();
            // Where we are told to end, what runs for a job ends with us.
            tokio::select! {
                () = running.wait() => {}
                () = told_to_end() => {}
            }
            ExitCode::SUCCESS
        }
        Err(problem) => complain(&problem),
    }
}

async fn told_to_end() {
    #[cfg(unix)]
    if let Ok(mut terminate) = tokio::signal::unix::signal(tokio::signal::unix::SignalKind::terminate()) {
        tokio::select! {
            _ = terminate.recv() => {}
            _ = tokio::signal::ctrl_c() => {}
        }
        return;
    }
    let _ = tokio::signal::ctrl_c().await;
}

fn complain(problem: &str) -> ExitCode {
    eprintln!("ringcentral-sandbox: {problem}");
    ExitCode::from(2)
}

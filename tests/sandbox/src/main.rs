//! The command line of the sandbox: reads the options, starts the server, says where it listens.

use std::io::Write;
use std::process::ExitCode;

use ringcentral_sandbox::{Options, options::Command, start};

#[tokio::main]
async fn main() -> ExitCode {
    let options = match Options::parse(std::env::args().skip(1)) {
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
            running.wait().await;
            ExitCode::SUCCESS
        }
        Err(problem) => complain(&problem),
    }
}

fn complain(problem: &str) -> ExitCode {
    eprintln!("ringcentral-sandbox: {problem}");
    ExitCode::from(2)
}

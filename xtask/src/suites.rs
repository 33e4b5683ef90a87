//! The suites of `cargo xtask test`.

use crate::{
    builds,
    chromium::{self, Browser},
    count::Counts,
    processes::Running,
    tools::{self, cargo, root},
};
use anyhow::{Context, Result, ensure};
use std::{
    fs,
    io::{BufRead, BufReader},
    path::{Path, PathBuf},
    process::{Command, ExitStatus, Stdio},
};

const HOST: [&str; 3] = ["test", "--workspace", "--no-fail-fast"];
const WASM: [&str; 2] = ["--target", "wasm32-unknown-unknown"];

/// What the suites need to know of the machine and the command line.
pub(crate) struct Machine {
    /// For the tests in a browser.
    pub(crate) browser: Browser,
    /// Whether the slow tests run too: ignored ones in Rust, `*.slow.test.mjs` in JavaScript.
    pub(crate) all: bool,
}

/// Formatting and lints, on the host and as WebAssembly: a test each.
pub(crate) fn checks() -> Result<Counts> {
    let package = ["-p", "ringcentral-ai", "--features", "page,client,results"];
    let worker = ["-p", "ringcentral-ai-worker"];
    let deny = ["--", "-D", "warnings"];
    let mut counts = Counts::default();
    for args in [
        vec!["fmt", "--all", "--check"],
        [&["clippy", "--workspace", "--all-targets"][..], &deny].concat(),
        [&["clippy"][..], &package, &WASM, &deny].concat(),
        [&["clippy"][..], &worker, &WASM, &deny].concat(),
    ] {
        println!("cargo {}", args.join(" "));
        let quiet: &[&str] = if args[0] == "fmt" { &[] } else { &["--quiet"] };
        let mut check = cargo();
        check.arg(args[0]).args(quiet).args(&args[1..]);
        counts += Counts::one(Running::start(&mut check)?.wait()?.success());
    }
    Ok(counts)
}

/// The tests that run on this machine itself, documentation's examples among them.
pub(crate) fn host(machine: &Machine) -> Result<Counts> {
    let mut counts = cargo_tests(cargo().args(HOST))?;
    if machine.all {
        // Without the documentation: an example is ignored because it is not meant to run.
        let slow = ["--lib", "--bins", "--tests", "--", "--ignored"];
        counts += cargo_tests(cargo().args(HOST).args(slow))?;
    }
    Ok(counts)
}

/// The core's test files that run as WebAssembly.
pub(crate) fn wasm_files() -> Result<Vec<PathBuf>> {
    let mut files = files_below(&root().join("tests"), ".rs")?;
    let is_wasm = |file: &PathBuf| fs::read_to_string(file).is_ok_and(|text| text.contains("#[wasm_bindgen_test]"));
    files.retain(is_wasm);
    Ok(files)
}

/// Runs them, in Node or in Chromium as each says.
pub(crate) fn wasm(machine: &Machine, files: &[PathBuf]) -> Result<Counts> {
    let driver = machine.browser.driver.as_ref().context(
        "the wasm tests need the chromedriver of the browser's own version: install it (Debian: apt-get install chromium-driver) \
         or name it: CHROMEDRIVER=/path/to/it",
    )?;
    let mut tests = cargo();
    tests.args(["test", "-p", "ringcentral-ai", "--no-fail-fast"]).args(WASM);
    for file in files {
        tests.arg("--test").arg(file.file_stem().unwrap_or_default());
    }
    tests.env("WASM_BINDGEN_TEST_WEBDRIVER_JSON", chromium::webdriver_json(&machine.browser)?);
    cargo_tests(tests.env("CHROMEDRIVER", driver))
}

/// The built things in their real runtimes, beside the sandbox: `tests/**/*.test.mjs`, one file after the other.
pub(crate) fn node(machine: &Machine) -> Result<Counts> {
    let mut files = files_below(&root().join("tests"), ".test.mjs")?;
    let slow = |file: &PathBuf| file.to_string_lossy().ends_with(".slow.test.mjs");
    files.retain(|file| machine.all || !slow(file));
    ensure!(!files.is_empty(), "there is no tests/*.test.mjs");
    let mut tests = tools::node();
    tests.args(["--test", "--test-concurrency=1", "--test-reporter=spec"]);
    // A test that hangs is one failed test, not a run without an end.
    tests.args(["--test-timeout=300000", "--test-force-exit"]);
    tests.args(files);
    tests.env("SANDBOX_BIN", builds::sandbox()?).env("CHROMIUM", &machine.browser.chromium);
    let (status, text) = show(&mut tests)?;
    Ok(Counts::of_node(&text).or_failed(status.success()))
}

fn cargo_tests(command: &mut Command) -> Result<Counts> {
    let (status, text) = show(command)?;
    Ok(Counts::of_cargo(&text).or_failed(status.success()))
}

/// Runs `command`, shows what it prints as it comes, and answers it.
fn show(command: &mut Command) -> Result<(ExitStatus, String)> {
    let mut running = Running::start(command.stdout(Stdio::piped()))?;
    let mut text = String::new();
    let stdout = running.stdout().context("no standard output")?;
    for line in BufReader::new(stdout).split(b'\n') {
        let line = line?;
        let line = String::from_utf8_lossy(&line);
        println!("{line}");
        text.push_str(&line);
        text.push('\n');
    }
    Ok((running.wait()?, text))
}

/// The files below `folder` whose names end with `ending`, in order.
fn files_below(folder: &Path, ending: &str) -> Result<Vec<PathBuf>> {
    let mut found = Vec::new();
    for entry in fs::read_dir(folder)? {
        let path = entry?.path();
        if path.is_dir() {
            found.extend(files_below(&path, ending)?);
        } else if path.to_string_lossy().ends_with(ending) {
            found.push(path);
        }
    }
    found.sort();
    Ok(found)
}

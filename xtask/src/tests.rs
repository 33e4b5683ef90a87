//! `cargo xtask test`: every suite, whatever the one before it did; the last line counts them all.

use crate::{
    builds, chromium,
    count::Counts,
    setup,
    suites::{self, Machine},
};
use anyhow::Result;
use std::time::Instant;

/// A suite's name and what runs it.
type Suite<'a> = (&'static str, Box<dyn Fn() -> Result<Counts> + 'a>);

/// Sets up, builds, and runs everything; answers whether all of it passed.
pub(crate) fn run(all: bool) -> Result<bool> {
    setup::tools()?;
    setup::rust_components()?;
    let machine = Machine { browser: chromium::get()?, all };
    let wasm_files = suites::wasm_files()?;
    let mut suites: Vec<Suite> = vec![
        ("build", Box::new(build)),
        ("checks", Box::new(suites::checks)),
        ("host", Box::new(|| suites::host(&machine))),
        ("package, Worker and console", Box::new(|| suites::node(&machine))),
    ];
    if !wasm_files.is_empty() {
        suites.insert(3, ("wasm in Node and Chromium", Box::new(|| suites::wasm(&machine, &wasm_files))));
    }
    let mut total = Counts::default();
    let mut lines = Vec::new();
    for (name, suite) in suites {
        println!("\n━━ {name}");
        let started = Instant::now();
        let counts = suite().unwrap_or_else(|error| {
            eprintln!("error: {error:#}");
            Counts::one(false)
        });
        total += counts;
        let Counts { passed, failed } = counts;
        let seconds = started.elapsed().as_secs();
        lines.push(format!("{name:<30}{passed:>6} passed{failed:>6} failed{seconds:>6} s"));
    }
    println!("\n{}\n", lines.join("\n"));
    println!("{} passed, {} failed", total.passed, total.failed);
    Ok(total.failed == 0)
}

fn build() -> Result<Counts> {
    builds::all_and_sandbox()?;
    Ok(Counts::one(true))
}

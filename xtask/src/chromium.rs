//! Chromium and chromedriver for the tests that need a browser: found, else installed.

use crate::{
    processes::run,
    tools::{command, npm_tool, on_path, root, target},
};
use anyhow::{Context, Result, ensure};
use std::{env, fs, path::PathBuf};

const NAMES: [&str; 5] = ["chromium", "chromium-browser", "google-chrome", "google-chrome-stable", "chrome"];

/// Where Playwright keeps its browsers, below the home folder, and the program in each.
const PLAYWRIGHT: [(&str, [&str; 3]); 2] = [
    (".cache/ms-playwright", ["chrome-linux/chrome", "chrome-linux64/chrome", "chrome"]),
    (
        "Library/Caches/ms-playwright",
        [
            "chrome-mac/Chromium.app/Contents/MacOS/Chromium",
            "chrome-mac-arm64/Google Chrome for Testing.app/Contents/MacOS/Google Chrome for Testing",
            "chrome-mac-x64/Google Chrome for Testing.app/Contents/MacOS/Google Chrome for Testing",
        ],
    ),
];

/// The browser and, where it is installed, its driver.
pub(crate) struct Browser {
    /// The program.
    pub(crate) chromium: PathBuf,
    /// chromedriver; Playwright's browser comes without.
    pub(crate) driver: Option<PathBuf>,
}

/// Finds Chromium, else installs it.
pub(crate) fn get() -> Result<Browser> {
    if let Some(given) = env::var_os("CHROMIUM").map(PathBuf::from) {
        let shown = given.display();
        ensure!(given.is_file(), "CHROMIUM names {shown}, which is not a file");
        return Ok(with_driver(given));
    }
    if let Some(found) = find() {
        return Ok(with_driver(found));
    }
    install();
    find().map(with_driver).context(
        "the tests need Chromium: install it (Debian: apt-get install chromium chromium-driver) \
         or name one you have: CHROMIUM=/path/to/chromium",
    )
}

/// `webdriver.json` with the browser found in it, for the wasm tests.
pub(crate) fn webdriver_json(browser: &Browser) -> Result<PathBuf> {
    let text = fs::read_to_string(root().join("webdriver.json"))?;
    let mut json: serde_json::Value = serde_json::from_str(&text)?;
    json["goog:chromeOptions"]["binary"] = browser.chromium.to_string_lossy().into();
    let file = target().join("webdriver.json");
    fs::write(&file, json.to_string())?;
    Ok(file)
}

fn with_driver(chromium: PathBuf) -> Browser {
    let given = env::var_os("CHROMEDRIVER").map(PathBuf::from);
    Browser { chromium, driver: given.or_else(|| on_path(&["chromedriver"])) }
}

fn find() -> Option<PathBuf> {
    on_path(&NAMES).or_else(of_playwright)
}

/// The newest of Playwright's own browsers.
fn of_playwright() -> Option<PathBuf> {
    let home = PathBuf::from(env::var_os("HOME")?);
    let mut found = Vec::new();
    for (folder, programs) in PLAYWRIGHT {
        let browsers = fs::read_dir(home.join(folder)).into_iter().flatten().flatten();
        let browsers = browsers.map(|entry| entry.path());
        found.extend(browsers.flat_map(|browser| programs.map(|program| browser.join(program))));
    }
    found.sort();
    found.into_iter().rev().find(|program| program.is_file())
}

/// By the system's package manager as root on Debian and its like, else by Playwright.
fn install() {
    if nix::unistd::geteuid().is_root() && on_path(&["apt-get"]).is_some() {
        println!("installing Chromium with apt-get (about half a minute) …");
        match apt_get() {
            Ok(()) => return,
            Err(error) => eprintln!("{error:#}"),
        }
    }
    println!("installing Chromium with Playwright …");
    let mut playwright = npm_tool("playwright-core/cli.js");
    if let Err(error) = run("Playwright's install", playwright.args(["install", "chromium"])) {
        eprintln!("{error:#}");
    }
}

fn apt_get() -> Result<()> {
    let apt = |args: &[&str]| {
        let mut apt = command("apt-get");
        apt.arg("-qq").args(args).env("DEBIAN_FRONTEND", "noninteractive");
        run(&format!("apt-get {}", args[0]), &mut apt)
    };
    apt(&["update"])?;
    apt(&["install", "-y", "--no-install-recommends", "chromium", "chromium-driver"])
}

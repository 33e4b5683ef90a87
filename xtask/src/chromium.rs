//! Chromium and chromedriver for the tests that need a browser: each is found, else installed by itself.

use crate::{
    processes::run,
    progress::side_by_side,
    setup,
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

/// The browser and its driver.
pub(crate) struct Browser {
    /// The program.
    pub(crate) chromium: PathBuf,
    /// chromedriver, where there is one: without it the wasm tests say what to do.
    pub(crate) driver: Option<PathBuf>,
}

/// What the tests need, as it is on this machine.
#[derive(Debug, Clone, PartialEq, Eq)]
struct Parts {
    chromium: Option<PathBuf>,
    driver: Option<PathBuf>,
}

/// A way to install a part.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Way {
    /// By apt-get, these packages.
    Apt(&'static [&'static str]),
    /// By Playwright, its own browser; it has no driver.
    Playwright,
}

/// Finds both, and installs what is missing.
pub(crate) fn get() -> Result<Browser> {
    for (name, given) in [("CHROMIUM", env::var_os("CHROMIUM")), ("CHROMEDRIVER", env::var_os("CHROMEDRIVER"))] {
        let given = given.map(PathBuf::from);
        ensure!(given.as_ref().is_none_or(|file| file.is_file()), "{name} names {}, which is not a file", shown(given.as_ref()));
    }
    // A driver fits one version of a browser: for one that the caller names, only the caller has it.
    let is_named = env::var_os("CHROMIUM").is_some();
    let has_apt = !is_named && nix::unistd::geteuid().is_root() && on_path(&["apt-get"]).is_some();
    for way in ways(&found(), has_apt) {
        if let Err(error) = install(way) {
            eprintln!("{error:#}");
        }
        let Parts { chromium, driver } = found();
        if chromium.is_some() && driver.is_some() {
            break;
        }
    }
    let Parts { chromium, driver } = found();
    let chromium = chromium.context(
        "the tests need Chromium: install it (Debian: apt-get install chromium) or name one you have: CHROMIUM=/path/to/chromium",
    )?;
    Ok(Browser { chromium, driver })
}

/// What is tried, one after the other, until nothing is missing: exactly the missing part, where that can be had by itself.
fn ways(found: &Parts, has_apt: bool) -> Vec<Way> {
    match (&found.chromium, &found.driver, has_apt) {
        // Nothing is missing; or a driver of the browser's own version, which nobody but the system's packages has.
        (Some(_), Some(_), _) | (Some(_), None, false) => vec![],
        (Some(_), None, true) => vec![Way::Apt(&["chromium-driver"])],
        (None, Some(_), true) => vec![Way::Apt(&["chromium"]), Way::Playwright],
        (None, None, true) => vec![Way::Apt(&["chromium", "chromium-driver"]), Way::Playwright],
        (None, _, false) => vec![Way::Playwright],
    }
}

fn install(way: Way) -> Result<()> {
    match way {
        Way::Apt(packages) => {
            println!("installing {} with apt-get (about half a minute) …", packages.join(" and "));
            let apt = |args: &[&str]| {
                let mut apt = command("apt-get");
                apt.arg("-qq").args(args).env("DEBIAN_FRONTEND", "noninteractive");
                run(&format!("apt-get {}", args[0]), &mut apt)
            };
            apt(&["update"])?;
            apt(&[&["install", "-y", "--no-install-recommends"], packages].concat())
        }
        Way::Playwright => {
            // Playwright is one of the JavaScript tools, which a fresh clone does not have yet.
            side_by_side(&[&setup::npm_packages])?;
            println!("installing Chromium with Playwright …");
            let mut playwright = npm_tool("playwright-core/cli.js");
            run("Playwright's install", playwright.args(["install", "chromium"]))
        }
    }
}

/// What is there: named by the caller, or found.
fn found() -> Parts {
    let named = |name: &str| env::var_os(name).map(PathBuf::from);
    Parts {
        chromium: named("CHROMIUM").or_else(|| on_path(&NAMES)).or_else(of_playwright),
        driver: named("CHROMEDRIVER").or_else(|| on_path(&["chromedriver"])),
    }
}

fn shown(file: Option<&PathBuf>) -> String {
    file.map_or_else(String::new, |file| file.display().to_string())
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

#[cfg(test)]
mod tests {
    use super::*;

    fn parts(chromium: bool, driver: bool) -> Parts {
        let file = |is_there: bool| is_there.then(|| PathBuf::from("/usr/bin/x"));
        Parts { chromium: file(chromium), driver: file(driver) }
    }

    #[test]
    fn exactly_what_is_missing_is_installed() {
        assert_eq!(ways(&parts(true, false), true), [Way::Apt(&["chromium-driver"])]);
        assert_eq!(ways(&parts(false, true), true), [Way::Apt(&["chromium"]), Way::Playwright]);
        assert_eq!(ways(&parts(false, false), true), [Way::Apt(&["chromium", "chromium-driver"]), Way::Playwright]);
        assert_eq!(ways(&parts(false, false), false), [Way::Playwright]);
        for has_apt in [true, false] {
            assert_eq!(ways(&parts(true, true), has_apt), []);
        }
    }

    #[test]
    fn a_driver_of_another_version_is_not_fetched() {
        assert_eq!(ways(&parts(true, false), false), []);
    }
}

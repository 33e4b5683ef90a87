//! The workspace's own files, for the tests that keep house.
#![allow(clippy::unwrap_used, dead_code, missing_docs, unreachable_pub)]

use std::fs;
use std::path::{Path, PathBuf};

/// The workspace's folder.
pub fn root() -> PathBuf {
    PathBuf::from(env!("CARGO_MANIFEST_DIR"))
}

/// The files of a folder with these extensions: name and text.
pub fn files(dir: &str, extensions: &[&str]) -> Vec<(String, String)> {
    fn walk(dir: &Path, found: &mut Vec<PathBuf>) {
        for entry in fs::read_dir(dir).unwrap() {
            let path = entry.unwrap().path();
            let name = path.file_name().unwrap().to_string_lossy().into_owned();
            match path.is_dir() {
                true if matches!(name.as_str(), "node_modules" | "dist" | "target") => {}
                true => walk(&path, found),
                false => found.push(path),
            }
        }
    }
    let mut found = Vec::new();
    walk(&root().join(dir), &mut found);
    found.retain(|path| path.extension().is_some_and(|end| extensions.contains(&end.to_str().unwrap())));
    let name = |path: &Path| path.strip_prefix(root()).unwrap().to_string_lossy().into_owned();
    found.iter().map(|path| (name(path), fs::read_to_string(path).unwrap())).collect()
}

/// The code of these folders without its tests.
pub fn code(dirs: &[&str]) -> Vec<(String, String)> {
    let files = dirs.iter().flat_map(|dir| files(dir, &["rs", "mjs", "js", "ts"]));
    let own = |text: &str| text.split("#[cfg(test)]").next().unwrap_or_default().to_owned();
    files.filter(|(name, _)| !is_test(name)).map(|(name, text)| (name, own(&text))).collect()
}

/// Whether a file is a test.
pub fn is_test(name: &str) -> bool {
    let mut rooms = name.trim_end_matches(".rs").split('/').skip(1);
    rooms.any(|room| room == "tests" || room.ends_with("_tests")) && !name.starts_with("tests/sandbox/src")
}

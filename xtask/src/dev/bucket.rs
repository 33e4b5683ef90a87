//! The Worker's configuration with the bucket for local files, which a deployment need not have.

use crate::tools::root;
use anyhow::{Result, ensure};
use std::{fs, path::PathBuf};

/// The lines of `wrangler.toml` that bind it, as they begin.
const OPTIONAL: [&str; 3] = ["# [[r2_buckets]]", "# binding = \"MEDIA\"", "# bucket_name ="];

/// Writes it beside `wrangler.toml`, so that the paths in it hold.
pub(super) fn configuration() -> Result<PathBuf> {
    let file = root().join(".wrangler.dev.toml");
    fs::write(&file, with_bucket(&fs::read_to_string(root().join("wrangler.toml"))?)?)?;
    Ok(file)
}

fn with_bucket(text: &str) -> Result<String> {
    let mut bound = 0;
    let lines = text.lines().map(|line| {
        let is_optional = OPTIONAL.iter().any(|optional| line.starts_with(optional));
        bound += usize::from(is_optional);
        let line = if is_optional { line.trim_start_matches("# ") } else { line };
        [line, "\n"].concat()
    });
    let text: String = lines.collect();
    ensure!(bound == OPTIONAL.len(), "wrangler.toml has no bucket MEDIA in comments");
    Ok(text)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_bucket_is_bound_and_nothing_else_is_changed() {
        let text = fs::read_to_string(root().join("wrangler.toml")).unwrap();
        let bound = with_bucket(&text).unwrap();
        assert!(bound.contains("\n[[r2_buckets]]\nbinding = \"MEDIA\"\nbucket_name = "), "{bound}");
        assert_eq!(bound.lines().count(), text.lines().count());
        assert_eq!(bound.lines().zip(text.lines()).filter(|(now, before)| now != before).count(), 3);
        assert!(with_bucket("name = \"a\"").is_err());
    }
}

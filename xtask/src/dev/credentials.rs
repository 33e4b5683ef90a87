//! Who the Worker is: the sandbox's well-known credentials, or the user's own in `.dev.vars`.

use crate::tools::root;
use anyhow::{Context, Result, bail};
use std::{
    fs,
    path::{Path, PathBuf},
};

/// The API token beside the sandbox.
pub(super) const SANDBOX_TOKEN: &str = "sandbox-token";

/// What the sandbox takes; none of it opens anything but the sandbox.
pub(super) const SANDBOX: [(&str, &str); 10] = [
    ("RC_CLIENT_ID", "sandbox-client"),
    ("RC_CLIENT_SECRET", "sandbox-secret"),
    ("RC_JWT", "sandbox-jwt"),
    ("API_TOKENS", SANDBOX_TOKEN),
    ("SIGNING_KEYS", "development-only-signing-key-of-the-sandbox"),
    ("ACE", "1"),
    ("ASSEMBLYAI_API_KEY", "sandbox-key"),
    ("DEEPGRAM_API_KEY", "sandbox-key"),
    ("OPENAI_API_KEY", "sandbox-key"),
    ("OPENAI_CHAT_MODEL", "sandbox-chat"),
];

/// Where the sandbox stands in for the other engines: the settings, and the paths.
pub(super) const STAND_INS: [(&str, &str); 3] =
    [("ASSEMBLYAI_BASE_URL", "/assemblyai"), ("DEEPGRAM_BASE_URL", "/deepgram"), ("OPENAI_BASE_URL", "/openai/v1")];

/// What a Worker beside RingCentral itself has to be told.
const NEEDED: [&str; 5] = ["RC_CLIENT_ID", "RC_CLIENT_SECRET", "RC_JWT", "API_TOKENS", "SIGNING_KEYS"];

/// A variable of the Worker and its value.
pub(super) type Setting = (&'static str, String);

/// Writes `settings` as a file that wrangler reads. In a file, not on the command line: given one, wrangler leaves
/// `.dev.vars` alone, and nobody else on the machine sees the values.
pub(super) fn write(settings: &[Setting], folder: &Path) -> Result<PathBuf> {
    let file = folder.join("worker.vars");
    let lines: Vec<String> = settings.iter().map(|(name, value)| format!("{name}=\"{value}\"\n")).collect();
    fs::write(&file, lines.concat())?;
    Ok(file)
}

/// The user's own credentials.
pub(super) fn own_file() -> PathBuf {
    root().join(".dev.vars")
}

/// A setting of the user's own.
pub(super) fn own(name: &str) -> Option<String> {
    value(&fs::read_to_string(own_file()).unwrap_or_default(), name).map(str::to_owned)
}

/// An API token of the user's own that may do everything.
pub(super) fn api_token() -> Result<String> {
    let text = fs::read_to_string(own_file()).unwrap_or_default();
    let missing: Vec<&str> = NEEDED.into_iter().filter(|name| value(&text, name).is_none()).collect();
    if !missing.is_empty() {
        bail!("--real reads credentials from the file .dev.vars, a line NAME=value each; missing: {}", missing.join(", "));
    }
    let tokens = value(&text, "API_TOKENS").unwrap_or_default();
    let mut tokens = tokens.split(',').map(str::trim);
    let token = tokens.find_map(|token| match token.split_once(':') {
        None => Some(token),
        Some(("admin", token)) => Some(token),
        Some(_) => None,
    });
    token.map(str::to_owned).context("--real needs a token of scope admin in API_TOKENS of .dev.vars")
}

/// The value of `name` in a file of lines `NAME=value`, with or without quotes.
fn value<'a>(text: &'a str, name: &str) -> Option<&'a str> {
    let lines = text.lines().filter_map(|line| line.split_once('='));
    let value = lines.filter(|(key, _)| key.trim() == name).map(|(_, value)| value).next_back()?;
    Some(value.trim().trim_matches(['"', '\''])).filter(|value| !value.is_empty())
}

#[cfg(test)]
mod tests {
    use super::value;

    #[test]
    fn a_value_is_read_with_and_without_quotes() {
        let text = "# RC_JWT=no\nRC_JWT = \"a=b\"\nAPI_TOKENS=x\nEMPTY=\n";
        assert_eq!(value(text, "RC_JWT"), Some("a=b"));
        assert_eq!(value(text, "API_TOKENS"), Some("x"));
        assert_eq!(value(text, "EMPTY"), None);
        assert_eq!(value(text, "SIGNING_KEYS"), None);
    }
}

//! What of a result was asked for.

use crate::engine::Input;
use crate::json::Value;

/// Whether a flag of the input is set, `default` where it is not given.
#[must_use]
pub fn flag(input: &Input, name: &str, default: bool) -> bool {
    input.field(name).map_or(default, |json| json == "true")
}

/// Whether an insight was asked for: by its name, by `All`, or by naming none.
#[must_use]
pub fn is_wanted(input: &Input, name: &str) -> bool {
    let asked = input.field("insights").and_then(|json| Value::parse(json.as_bytes())).unwrap_or_default();
    let asked = asked.entries();
    asked.is_empty() || asked.iter().any(|asked| asked.text().is_some_and(|asked| asked == name || asked == "All"))
}

//! The numbers of an answer.

use serde_json::Value;

use super::pools::Item;

/// How far from a bound that is itself not allowed.
const BESIDE: f64 = 0.001;

/// A time, the number of a line, or how certain something is, moved to where it is allowed.
#[must_use]
pub fn number(schema: &Value, name: &str, item: Option<&Item>) -> f64 {
    let [start, end] = item.map_or([0.0; 2], |item| item.span);
    let number = match name.to_lowercase().as_str() {
        name if name.contains("start") => start,
        name if name.contains("end") => end,
        name if name.contains("confidence") || name.contains("score") => 0.9,
        name if name.contains("speaker") => item.and_then(|item| item.speaker.parse().ok()).unwrap_or_default(),
        _ => item.map_or(0.0, |item| item.number as f64),
    };
    let [least, most] = bounds(schema);
    let number = number.min(most).max(least);
    schema["multipleOf"].as_f64().map_or(number, |step| (number / step).ceil() * step)
}

/// The least and the most that a number may be.
fn bounds(schema: &Value) -> [f64; 2] {
    let bound = |name: &str| schema[name].as_f64();
    let least = bound("minimum").or(bound("exclusiveMinimum").map(|bound| bound + BESIDE));
    let most = bound("maximum").or(bound("exclusiveMaximum").map(|bound| bound - BESIDE));
    [least.unwrap_or(f64::MIN), most.unwrap_or(f64::MAX)]
}

/// The same without a fraction.
#[must_use]
#[allow(clippy::cast_possible_truncation, reason = "a bound of a schema, or the number of a line")]
pub fn whole(schema: &Value, name: &str, item: Option<&Item>) -> i64 {
    let number = number(schema, name, item);
    let below = number.floor();
    (if below < bounds(schema)[0] { number.ceil() } else { below }) as i64
}

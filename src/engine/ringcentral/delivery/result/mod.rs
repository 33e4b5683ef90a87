//! The results of the six jobs, typed as RingCentral documents them.
//!
//! Names are RingCentral's and times are its seconds. What it does not document is kept in `other`;
//! what it leaves out is `None` or empty, never an error.

mod interaction;
mod speakers;
mod speech;
mod text;

pub use interaction::{Insight, Interaction, SpeakerInsights};
pub use speakers::{Diarization, Identification, SpeakerTime};
pub use speech::{SpeechToText, Utterance, WordTiming};
pub use text::{Punctuation, Summary, SummaryEntry, SummaryValue};

use crate::json::{Owned, Value};
use alloc::borrow::ToOwned;
use alloc::string::{String, ToString};
use alloc::vec::Vec;

/// Fields that nobody has documented, as they came.
pub type Other = Vec<(String, Owned)>;

/// An id: a text in every sample, a number in the wild.
fn id(value: &Value<'_>) -> Option<String> {
    match value {
        Value::Text(text) => Some(text.to_string()),
        Value::Number(digits) => Some((*digits).to_owned()),
        _ => None,
    }
}

/// A number, also where it was written as a text.
fn number(value: &Value<'_>) -> Option<f64> {
    match value {
        Value::Number(digits) => digits.parse().ok(),
        Value::Text(text) => text.trim().parse().ok(),
        _ => None,
    }
}

/// A count, also where it was written as a text; anything else is unknown.
fn count(value: &Value<'_>) -> Option<u64> {
    match value {
        Value::Number(digits) => digits.parse().ok(),
        Value::Text(text) => text.trim().parse().ok(),
        _ => None,
    }
}

/// A text, empty where there is none.
fn text(value: &Value<'_>) -> String {
    value.text().unwrap_or_default().to_owned()
}

/// A list, empty where there is none; it has not its shape where one of its entries has not.
fn list<T>(value: &Value<'_>, read: impl Fn(&Value<'_>) -> Option<T>) -> Option<Vec<T>> {
    match value {
        Value::Null => Some(Vec::new()),
        Value::List(entries) => entries.iter().map(read).collect(),
        _ => None,
    }
}

/// The fields of an object that are not among those that are known.
fn other(value: &Value<'_>, known: &[&str]) -> Option<Other> {
    let unknown = value.fields().iter().filter(|(name, _)| !known.contains(&&**name));
    value.is_object().then(|| unknown.map(|(name, value)| (name.to_string(), value.into())).collect())
}

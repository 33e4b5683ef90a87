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

use alloc::string::String;
use alloc::string::ToString;
use alloc::vec::Vec;
use serde::{Deserialize, Deserializer};
use serde_json::{Map, Value};

/// Fields that nobody has documented, as they came.
pub type Other = Map<String, Value>;

/// An id: a text in every sample, a number in the wild.
fn id<'de, D: Deserializer<'de>>(deserializer: D) -> Result<Option<String>, D::Error> {
    Ok(match Value::deserialize(deserializer)? {
        Value::String(text) => Some(text),
        Value::Number(number) => Some(number.to_string()),
        _ => None,
    })
}

/// A number, also where it was written as a text.
fn number<'de, D: Deserializer<'de>>(deserializer: D) -> Result<Option<f64>, D::Error> {
    Ok(match Value::deserialize(deserializer)? {
        Value::Number(number) => number.as_f64(),
        Value::String(text) => text.trim().parse().ok(),
        _ => None,
    })
}

/// A count, also where it was written as a text; anything else is unknown.
fn count<'de, D: Deserializer<'de>>(deserializer: D) -> Result<Option<u64>, D::Error> {
    Ok(match Value::deserialize(deserializer)? {
        Value::Number(number) => number.as_u64(),
        Value::String(text) => text.trim().parse().ok(),
        _ => None,
    })
}

/// A text, empty where there is none.
fn text<'de, D: Deserializer<'de>>(deserializer: D) -> Result<String, D::Error> {
    Ok(if let Value::String(text) = Value::deserialize(deserializer)? { text } else { String::new() })
}

/// A list, empty where there is none.
fn list<'de, D: Deserializer<'de>, T: Deserialize<'de>>(deserializer: D) -> Result<Vec<T>, D::Error> {
    Ok(Option::deserialize(deserializer)?.unwrap_or_default())
}

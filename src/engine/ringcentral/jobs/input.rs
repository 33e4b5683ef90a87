//! What RingCentral's jobs are asked with: its own request fields, its name for an encoding, and the body that they become.

use super::field_rules::rules;
use crate::engine::ringcentral::media::Encoding;
use crate::engine::{Input, Seen, Task, Untold, media_type};
use crate::error::{Error, Result};
use crate::json::Value;
use alloc::string::String;

const ENCODING: &str = "encoding";

/// Reads and checks the fields of a job, without `contentUri` and `webhook`; `prefix` stands before a field's name in an error,
/// as in `input.encoding`. `encoding` may be left out here and is asked for when the job is sent.
///
/// # Errors
/// [`Error::InvalidField`] naming the first field that RingCentral would refuse or does not have.
pub fn check_input(task: Task, fields: &Value<'_>, prefix: &str) -> Result<Input> {
    Input::check(&rules(task), task.name(), fields, prefix)
}

/// The encoding, where it is known.
#[must_use]
pub fn encoding_of(input: &Input) -> Option<Encoding> {
    Encoding::named(input.field(ENCODING)?.trim_matches('"'))
}

/// The same with the encoding that was found, where none was given.
#[must_use]
pub fn with_encoding(input: Input, found: Option<Encoding>) -> Input {
    match found {
        Some(encoding) => input.with(ENCODING, ["\"", encoding.name(), "\""].concat()),
        None => input,
    }
}

/// The same with the encoding that a look at the media shows, where none was given: its bytes tell, before what its server or its name
/// say of them. Bytes of a type that has no encoding have none, whatever else is said.
#[must_use]
pub fn told(input: Input, seen: &Seen) -> Input {
    let said = || seen.content_type.as_deref().and_then(Encoding::of_content_type).or_else(|| Encoding::of_path(&seen.path));
    with_encoding(input, media_type(&seen.beginning).map_or_else(said, Encoding::of_content_type))
}

/// The encoding as a field that nobody named.
#[must_use]
pub fn untold() -> Untold {
    Untold { field: ENCODING, takes: Encoding::NAMES.join(", ") }
}

/// Whether all is there that a request has to have.
///
/// # Errors
/// [`Error::InvalidField`] naming what is missing.
pub(super) fn check_whole(task: Task, input: &Input) -> Result<()> {
    match input.missing(&rules(task)) {
        Some(missing) => Err(Error::invalid(missing.name, "it is missing, and the media does not tell")),
        None => Ok(()),
    }
}

/// The request's body; `content_uri` is the address that RingCentral fetches, where the task has media.
///
/// # Errors
/// [`Error::InvalidField`] naming a field that is missing, or `contentUri` where the task has no media.
pub(super) fn body(task: Task, input: &Input, content_uri: Option<&str>) -> Result<String> {
    check_whole(task, input)?;
    task.check_media(content_uri.is_some(), "contentUri")?;
    Ok(input.object().optional_text("contentUri", content_uri).write())
}

#[cfg(test)]
#[path = "input_tests.rs"]
mod tests;

//! Who spoke when.

use super::fields::{id, tells_speakers, timed};
use crate::json::Object;
use crate::speech::Speech;
use alloc::string::String;

/// The response; none where speakers were not told apart. How sure a service is of its words says nothing about who said them:
/// no `confidence` is written.
pub(super) fn response(speech: &Speech) -> Option<String> {
    let utterances = speech.utterances();
    let said = utterances.iter().filter_map(|said| {
        let speaker = id(&speech.speakers, said.speaker)?;
        Some(timed(said.start_ms, said.end_ms).text("speakerId", speaker).write())
    });
    let object = Object::new().number("speakerCount", speech.speakers.len() as u64).list("utterances", said);
    tells_speakers(speech).then(|| object.write())
}

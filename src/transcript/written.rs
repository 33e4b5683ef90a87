//! What this room wrote as JSON, read back as it stands: no time in it is doubted or estimated once more.

use super::letters::tokens;
use super::node::{ms, text};
use super::{Segment, Transcript, Word};
use crate::json::Value;
use alloc::borrow::ToOwned;
use alloc::vec::Vec;

/// The transcript, where everything is as it was written; nothing where somebody has changed it so that it contradicts itself.
pub(super) fn read(root: &Value<'_>) -> Option<Transcript> {
    let Value::List(nodes) = root.get("segments") else { return None };
    let mut transcript = Transcript { segments: Vec::with_capacity(nodes.len()), names: Vec::new() };
    let mut latest_ms = 0;
    for node in nodes {
        let segment = segment(node).filter(|segment| segment.start_ms >= latest_ms)?;
        latest_ms = segment.start_ms;
        if let (Some(id), Some(name), None) = (&segment.speaker, node.get("name").text(), transcript.name(&segment)) {
            transcript.names.push((id.clone(), name.to_owned()));
        }
        transcript.segments.push(segment);
    }
    Some(transcript)
}

fn segment(node: &Value<'_>) -> Option<Segment> {
    let speaker = match node.get("speaker") {
        Value::Null => None,
        speaker => Some(speaker.text()?.to_owned()),
    };
    let (start_ms, end_ms) = (ms(node, "start")?, ms(node, "end")?);
    let nodes = node.get("words").entries();
    let mut words = Vec::with_capacity(nodes.len());
    let mut latest_ms = start_ms;
    for node in nodes {
        words.push(word(node).filter(|word| latest_ms <= word.start_ms && word.start_ms <= word.end_ms)?);
        latest_ms = words.last()?.end_ms;
    }
    let segment = Segment { speaker, start_ms, end_ms, words };
    let is_whole = !segment.words.is_empty() && latest_ms <= end_ms && segment.text() == text(node, "text");
    is_whole.then_some(segment)
}

fn word(node: &Value<'_>) -> Option<Word> {
    let text = text(node, "word");
    let is_one = tokens(text).next().as_deref() == Some(text);
    Some(Word { start_ms: ms(node, "start")?, end_ms: ms(node, "end")?, text: text.to_owned() }).filter(|_| is_one)
}

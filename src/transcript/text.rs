//! Plain text: a line per paragraph, the speaker in front where there is one.

use super::breaks::{Ending, ending};
use super::speaker::{AFTER_LABEL, label};
use super::{Options, Transcript, Word};
use alloc::string::String;

/// A paragraph ends with a sentence once it is so long, with a part of one once it is longer, and anywhere at last.
const SENTENCE_BYTES: usize = 500;
const CLAUSE_BYTES: usize = 1000;
const ANY_BYTES: usize = 1500;

/// The transcript as text; every line ends with a line feed.
pub(super) fn write(transcript: &Transcript, options: &Options) -> String {
    let mut out = String::new();
    for segment in &transcript.segments {
        let speaker = transcript.called(segment).filter(|_| options.speaker_labels);
        let name = speaker.and_then(|id| label(id, usize::MAX, options.clusters));
        let mut rest = segment.words.as_slice();
        while !rest.is_empty() {
            let (paragraph, after) = rest.split_at(paragraph(rest));
            if let Some(name) = &name {
                out.extend([name, AFTER_LABEL]);
            }
            push_words(&mut out, paragraph);
            out.push('\n');
            rest = after;
        }
    }
    out
}

/// How many of the words the next paragraph takes.
fn paragraph(words: &[Word]) -> usize {
    let mut bytes = 0;
    for (index, pair) in words.windows(2).enumerate() {
        bytes += pair[0].text.len() + 1;
        let is_enough = bytes >= SENTENCE_BYTES
            && match ending(&pair[0].text, &pair[1].text) {
                Ending::Sentence => true,
                Ending::Clause => bytes >= CLAUSE_BYTES,
                Ending::Open | Ending::Title => bytes >= ANY_BYTES,
            };
        if is_enough {
            return index + 1;
        }
    }
    words.len()
}

/// Appends words with one space between them.
pub(super) fn push_words(out: &mut String, words: &[Word]) {
    for (index, word) in words.iter().enumerate() {
        if index > 0 {
            out.push(' ');
        }
        out.push_str(&word.text);
    }
}

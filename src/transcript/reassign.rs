//! Who speaks in a segment, where a reader knows better: among the names, those of segments stand for `@` and a time.

use super::Transcript;
use alloc::string::String;
use alloc::vec::Vec;
use core::mem;

/// Gives such segments to who is named there: whoever has that id or that name, or somebody who is new.
pub(super) fn reassign(transcript: &mut Transcript) {
    type Names = Vec<(String, String)>;
    let (turns, mut names): (Names, Names) =
        mem::take(&mut transcript.names).into_iter().partition(|(key, _)| start_ms(key).is_some());
    let heard: Vec<Option<String>> = transcript.segments.iter().map(|segment| segment.speaker.clone()).collect();
    for (key, who) in turns {
        // Of two that start at once it is the first.
        let Some(segment) = transcript.segments.iter_mut().find(|segment| Some(segment.start_ms) == start_ms(&key)) else {
            continue;
        };
        let is_heard = heard.iter().flatten().any(|id| *id == who);
        let called = names.iter().find(|(_, name)| *name == who).map(|(id, _)| id.clone()).filter(|_| !is_heard);
        if !is_heard && called.is_none() {
            names.push((who.clone(), who.clone())); // a name, and no id that is shown as one
        }
        segment.speaker = Some(called.unwrap_or(who));
    }
    transcript.names = names;
}

/// The start that a key stands for.
fn start_ms(key: &str) -> Option<u64> {
    let digits = key.strip_prefix('@')?;
    // A sign would be parsed too.
    digits.bytes().all(|byte| byte.is_ascii_digit()).then(|| digits.parse().ok())?
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::transcript::Format;
    use alloc::borrow::ToOwned;

    const SAID: &str = r#"{"response":{"utterances":[
        {"speakerId":"0","start":0.5,"end":1,"text":"Hello."},
        {"speakerId":"1","start":1.25,"end":2,"text":"Hi."},
        {"speakerId":"0","start":2.5,"end":3,"text":"Bye."}]}}"#;

    fn speakers(names: &[(&str, &str)]) -> Vec<(Option<String>, Option<String>)> {
        let names = names.iter().map(|(key, name)| ((*key).to_owned(), (*name).to_owned())).collect();
        let transcript = Transcript::read(SAID.as_bytes()).unwrap().named(names);
        let again = Transcript::read(transcript.write(Format::Json).as_bytes()).unwrap();
        assert_eq!(again.segments, transcript.segments, "what is written is read back");
        transcript.segments.iter().map(|one| (one.speaker.clone(), transcript.called(one).map(ToOwned::to_owned))).collect()
    }

    fn pairs(of: &[(&str, &str)]) -> Vec<(Option<String>, Option<String>)> {
        of.iter().map(|(id, name)| (Some((*id).to_owned()), Some((*name).to_owned()))).collect()
    }

    #[test]
    fn a_segment_is_given_to_who_has_that_name_or_id_or_is_new() {
        let named = [("0", "Ann"), ("1", "Bo")];
        let with = |more: &[(&str, &str)]| speakers(&[&named, more].concat());
        assert_eq!(with(&[("@2500", "Bo")]), pairs(&[("0", "Ann"), ("1", "Bo"), ("1", "Bo")]));
        assert_eq!(with(&[("@2500", "1"), ("@500", "Eve")]), pairs(&[("Eve", "Eve"), ("1", "Bo"), ("1", "Bo")]));
        assert_eq!(speakers(&[("@1250", "0")]), pairs(&[("0", "0"), ("0", "0"), ("0", "0")]));
        assert_eq!(speakers(&[("0", "1"), ("@2500", "1")]), pairs(&[("0", "1"), ("1", "1"), ("1", "1")]), "an id before a name");
        let last = [("@1250", "Eve"), ("@2500", "1")];
        let transcript = Transcript::read(SAID.as_bytes()).unwrap();
        let transcript = transcript.named(last.map(|(key, name)| (key.to_owned(), name.to_owned())).into());
        assert_eq!(transcript.names, [("Eve".to_owned(), "Eve".to_owned())], "who was heard has no name by that");
    }

    #[test]
    fn where_no_segment_starts_nothing_changes() {
        let untouched = pairs(&[("0", "0"), ("1", "1"), ("0", "0")]);
        for key in ["@", "@0", "@501", "@-500", "@+500", "@500.0", "@18446744073709551616", "@x"] {
            assert_eq!(speakers(&[(key, "1")]), untouched, "{key}");
        }
    }
}

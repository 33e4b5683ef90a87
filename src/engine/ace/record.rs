//! A record of RingCentral's analyses: the domain that it is of, and its id there.

use crate::engine::recording_id::Place;
use crate::engine::{Media, RecordingId};
use alloc::string::String;

const CALLS: &str = "pbx";
const MEETINGS: &str = "rcv";

/// A record.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Record {
    pub(super) domain: &'static str,
    pub(super) id: String,
}

impl Record {
    /// The record of a recording: a call's has the recording's id, a meeting's that of the meeting. Of nothing else there is one.
    pub(super) fn of(media: &Media) -> Option<Self> {
        let Media::Recording(id) = media else { return None };
        match id.place() {
            Place::Call(id) => Some(Self { domain: CALLS, id: id.clone() }),
            Place::Meeting { meeting, .. } => Some(Self { domain: MEETINGS, id: meeting.clone() }),
            Place::Voicemail { .. } => None,
        }
    }

    /// The record as a job's id, as in `pbx/2728084995017`.
    pub(super) fn write(&self) -> String {
        [self.domain, "/", &self.id].concat()
    }

    /// Reads such an id again.
    pub(super) fn parse(text: &str) -> Option<Self> {
        let (domain, id) = text.split_once('/')?;
        let domain = [CALLS, MEETINGS].into_iter().find(|known| *known == domain)?;
        // A meeting's id is read as that of any of its recordings.
        let id = if domain == MEETINGS { ["meeting-", id, "-0"].concat() } else { id.into() };
        Self::of(&Media::Recording(RecordingId::parse(&id, "").ok()?)).filter(|record| record.domain == domain)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_record_goes_through_its_text() {
        for (recording, text) in [
            ("2728084995017", "pbx/2728084995017"),
            ("meeting-0fd2-7461!us-11-pdx10@us-11-only", "rcv/0fd2-7461!us-11-pdx10@us-11"),
        ] {
            let media = Media::Recording(RecordingId::parse(recording, "").unwrap());
            let record = Record::of(&media).unwrap();
            assert_eq!((record.write().as_str(), Record::parse(text).as_ref()), (text, Some(&record)));
        }
        for text in ["", "pbx", "pbx/", "pbx/a/b", "pbx/../x", "rcv/..", "rcv/", "nice/1", "pbx/meeting-a-b", "pbx/voicemail-1-2"]
        {
            assert_eq!(Record::parse(text), None, "{text}");
        }
    }
}

//! The form of a transcription (RFC 7578): what stands before the media, and what behind it.

use crate::engine::hearing::phrases;
use crate::engine::recording_id::Place;
use crate::engine::ringcentral::jobs::encoding_of;
use crate::engine::ringcentral::media::Encoding;
use crate::engine::{Job, Media};
use crate::http::{HttpRequest, LONGEST_PATIENCE_MS, Streamed, Url};
use alloc::borrow::ToOwned;
use alloc::string::String;
use alloc::vec::Vec;

/// OpenAI takes bodies of 25 MiB; the rest of the form has its share of them. What other servers take they say themselves.
const MAX_BYTES: u64 = 26_214_400 - 16_384;
/// How the names of files may end that OpenAI takes.
const ENDINGS: [&str; 10] = ["flac", "m4a", "mp3", "mp4", "mpeg", "mpga", "oga", "ogg", "wav", "webm"];
/// How a name ends where nothing tells. Assumption: OpenAI looks at the ending of the name, but decodes by the bytes.
const USUAL_ENDING: &str = "mp3";

/// What is asked of a transcription.
#[derive(Debug)]
pub(super) struct Form {
    fields: Vec<(&'static str, String)>,
    ending: String,
    max_bytes: u64,
}

impl Form {
    /// What a job asks for, but for the form of the answer.
    pub(super) fn of(model: &str, job: &Job, is_openais: bool) -> Self {
        let language = job.input.field("languageCode").unwrap_or_default().trim_matches('"');
        // OpenAI names languages without a region (ISO 639-1).
        let language = language.split('-').next().unwrap_or_default().to_ascii_lowercase();
        let mut fields = [("model", model.to_owned()), ("language", language)].to_vec();
        let phrases = phrases(&job.input);
        if !phrases.is_empty() {
            fields.push(("prompt", phrases.join(", ")));
        }
        Self { fields, ending: ending(job), max_bytes: if is_openais { MAX_BYTES } else { u64::MAX } }
    }

    /// The request with the form as its body, the parts divided by something that stands nowhere in the media.
    pub(super) fn fill(&self, request: HttpRequest, answer: &[(&'static str, &str)], divider: &str) -> HttpRequest {
        let mut before = String::new();
        let own = self.fields.iter().map(|(name, value)| (*name, value.as_str()));
        for (name, value) in own.chain(answer.iter().copied()) {
            let head = "\r\ncontent-disposition: form-data; name=\"";
            before.push_str(&["--", divider, head, name, "\"\r\n\r\n", value, "\r\n"].concat());
        }
        let file = "\r\ncontent-disposition: form-data; name=\"file\"; filename=\"recording.";
        let kind = "\"\r\ncontent-type: application/octet-stream\r\n\r\n";
        before.push_str(&["--", divider, file, &self.ending, kind].concat());
        let behind = ["\r\n--", divider, "--\r\n"].concat();
        let request = request.header("content-type", ["multipart/form-data; boundary=", divider].concat());
        request.streaming(before, Streamed { behind, max_bytes: self.max_bytes }).patient(LONGEST_PATIENCE_MS)
    }
}

/// How the media's name ends: by its encoding where that is given, else by what RingCentral's recordings are, or by its own name.
fn ending(job: &Job) -> String {
    if let Some(known) = encoding_of(&job.input).and_then(Encoding::extension) {
        return known.to_owned();
    }
    let ending = match &job.media {
        Some(Media::Recording(id)) if matches!(id.place(), Place::Meeting { .. }) => "mp4".to_owned(),
        Some(Media::Address(address) | Media::Guarded(address, _)) => {
            // Of the address goes on how its path ends.
            let url = Url::parse(address.expose(), "");
            let ending = url.ok().and_then(|url| Some(url.path().rsplit_once('.')?.1.to_ascii_lowercase()));
            ending.filter(|ending| ENDINGS.contains(&ending.as_str())).unwrap_or_default()
        }
        _ => String::new(),
    };
    if ending.is_empty() { USUAL_ENDING.to_owned() } else { ending }
}

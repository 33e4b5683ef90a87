//! `GET /v1/jobs/{id}/transcript.{txt,srt,vtt,json}`: made by the core from the stored result.

use super::stored::{Ended, ended};
use crate::edge::context::RequestContext;
use crate::edge::reply::Reply;
use crate::kv::Given;
use crate::limits::{
    MAX_TRANSCRIBED_BYTES, MAX_TRANSCRIPT_MEMORY_BYTES, OBJECT_MEMORY_BYTES, VALUE_MEMORY_BYTES, WORD_MEMORY_BYTES,
};
use crate::problem::Problem;
use crate::results::Stored;
use crate::share::Share;
use ringcentral_ai::error::{Code, Error};
use ringcentral_ai::transcript::{Format, Options, Transcript};
use worker::wasm_bindgen::prelude::wasm_bindgen;

/// The one parameter that is no option: what admits the holder of a link.
const TOKEN: &str = "token";

/// Answers 200 with the transcript in the format that the path's extension names; its options are the query.
pub(crate) async fn answer(context: RequestContext<'_>) -> Result<Reply, Problem> {
    let format =
        Format::named(context.part(1)).ok_or_else(|| Problem::not_found("a transcript comes as txt, srt, vtt or json"))?;
    let mut values = context.address.query.clone();
    values.retain(|(name, _)| name != TOKEN);
    let options = Options::new(clusters).with(&values)?;
    let Ended::Stored(stored, names) = ended(&context).await? else {
        return Err(Problem::new(Code::NoTranscript, "the job ended without a result, so there are no words"));
    };
    let _share = share(&stored)?; // held until the answer
    let result = stored.bytes().await?;
    if memory_bytes(&result) > MAX_TRANSCRIPT_MEMORY_BYTES {
        return Err(too_large("fewer words"));
    }
    let transcript = Transcript::read(&result).map_err(problem)?.named(names);
    Ok(Reply::text(200, format.content_type(), transcript.write_with(format, &options)))
}

// The platform has Unicode's tables; ours would be a tenth of what is uploaded.
#[wasm_bindgen(module = "/../www/package/clusters.mjs")]
extern "C" {
    #[wasm_bindgen(js_name = clusters)]
    fn parted(text: &str) -> String;
}

fn clusters(text: &str) -> Vec<usize> {
    parted(text).split('\0').map(str::len).collect()
}

/// Room for a result and what is made of it.
fn share(stored: &Stored<Given>) -> Result<Share, Problem> {
    if stored.bytes > MAX_TRANSCRIBED_BYTES {
        return Err(too_large(&format!("{} MiB at most", MAX_TRANSCRIBED_BYTES >> 20)));
    }
    let mut share = Share::of_read();
    share.hold(stored.bytes)?;
    Ok(share)
}

/// What is made of a result takes so much memory, about: the smaller its parts, the more they weigh.
fn memory_bytes(result: &[u8]) -> usize {
    let (mut bytes, mut in_text, mut is_escaped, mut was_space) = (0, false, false, false);
    for c in result.utf8_chunks().flat_map(|chunk| chunk.valid().chars()) {
        let is_space = c.is_whitespace();
        bytes += match c {
            _ if is_escaped => 0,
            '\\' if in_text => WORD_MEMORY_BYTES, // it may be a white space
            _ if in_text && was_space && !is_space => WORD_MEMORY_BYTES,
            '{' if !in_text => OBJECT_MEMORY_BYTES,
            '[' | ',' if !in_text => VALUE_MEMORY_BYTES,
            _ => 0,
        };
        in_text ^= c == '"' && !is_escaped;
        is_escaped = c == '\\' && in_text && !is_escaped;
        was_space = is_space;
    }
    bytes
}

fn too_large(limit: &str) -> Problem {
    let message = [
        "a transcript is made here of a result of ",
        limit,
        ": take GET /v1/jobs/{id}/result, and the npm package ringcentral-ai makes it of that, as in new Transcript(text).srt()",
    ];
    Problem::new(Code::TooLarge, message.concat())
}

/// Why there is no transcript: the task has no words, or what came cannot be read.
fn problem(error: Error) -> Problem {
    const UNREADABLE: &str =
        "what RingCentral sent cannot be read as JSON, so its words are not known: GET /v1/jobs/{id}/result has its bytes";
    match error {
        Error::NoTranscript => error.into(),
        _ => Problem::new(Code::UnreadableCallback, UNREADABLE),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_weighs_much_in_memory_is_known_before_it_is_read() {
        let (object, word, value) = (OBJECT_MEMORY_BYTES, WORD_MEMORY_BYTES, VALUE_MEMORY_BYTES);
        let table: [(&str, usize); 9] = [
            ("", 0),
            ("{}", object),
            ("[1,2]", 2 * value),
            ("[{},\n    {} ]", 2 * object + 2 * value),
            (r#"{"transcript":"One, {two} [three]"}"#, object + 2 * word),
            (r#"["a\nb","c"]"#, 2 * value + word),
            (r#"["a\"","b c"]"#, 2 * value + 2 * word),
            (r#"["a\\","b c"]"#, 2 * value + 2 * word),
            ("\"a\u{3000}b\"", word),
        ];
        for (text, bytes) in table {
            assert_eq!(memory_bytes(text.as_bytes()), bytes, "{text}");
        }
    }
}

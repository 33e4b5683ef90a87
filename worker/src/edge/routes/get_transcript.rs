//! `GET /v1/jobs/{id}/transcript.{txt,srt,vtt,json}`: made by the core from the stored result.

use super::stored::{Ended, ended};
use crate::edge::context::RequestContext;
use crate::edge::reply::Reply;
use crate::problem::Problem;
use ringcentral_ai::error::{Code, Error};
use ringcentral_ai::transcript::{Format, Options, Transcript};

/// The one parameter that is no option: what admits the holder of a link.
const TOKEN: &str = "token";

/// Answers 200 with the transcript in the format that the path's extension names; its options are the query.
pub(crate) async fn answer(context: RequestContext<'_>) -> Result<Reply, Problem> {
    let format =
        Format::named(context.part(1)).ok_or_else(|| Problem::not_found("a transcript comes as txt, srt, vtt or json"))?;
    let mut values = context.address.query.clone();
    values.retain(|(name, _)| name != TOKEN);
    let options = Options::default().with(&values)?;
    let Ended::Stored(stored, names) = ended(&context).await? else {
        return Err(Problem::new(Code::NoTranscript, "the job ended without a result, so there are no words"));
    };
    let transcript = Transcript::read(&stored.bytes().await?).map_err(problem)?.named(names);
    Ok(Reply::text(200, format.content_type(), transcript.write_with(format, &options)))
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

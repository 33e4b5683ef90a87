//! `GET /v1/jobs/{id}/transcript.{txt,srt,vtt,json}`: made by the core from the stored result.

use super::stored::{Ended, ended};
use crate::edge::context::RequestContext;
use crate::edge::reply::Reply;
use crate::edge::share::Share;
use crate::limits::MAX_TRANSCRIBED_BYTES;
use crate::problem::Problem;
use crate::results::Stored;
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
    let Ended::Stored(stored) = ended(&context).await? else {
        return Err(Problem::new(Code::NoTranscript, "the job ended without a result, so there are no words"));
    };
    let _share = share(&stored)?; // held until the answer
    let transcript = Transcript::read(&stored.bytes().await?).map_err(problem)?;
    Ok(Reply::text(200, format.content_type(), transcript.write_with(format, &options)))
}

/// Room for a result and what is made of it.
fn share(stored: &Stored) -> Result<Share, Problem> {
    if stored.bytes > MAX_TRANSCRIBED_BYTES {
        return Err(Problem::new(Code::TooLarge, too_large()));
    }
    let mut share = Share::of_read();
    share.hold(stored.bytes)?;
    Ok(share)
}

fn too_large() -> String {
    let limit = MAX_TRANSCRIBED_BYTES >> 20;
    format!(
        "a transcript is made here of a result of {limit} MiB at most: take GET /v1/jobs/{{id}}/result, and the npm package \
         ringcentral-ai makes it of that, as in new Transcript(text).srt()"
    )
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

//! `GET /v1/jobs/{id}/events`: the Job whenever it has changed, as server-sent events.
//!
//! The first event is the job as it stands. A comment every 15 seconds keeps proxies from ending the stream; it ends with the job, or after
//! five minutes: whoever comes again is told at once how the job stands.

use crate::clock::Clock;
use crate::edge::ask::ask;
use crate::edge::context::{Disclosure, RequestContext};
use crate::edge::reply::Reply;
use crate::job::Job;
use crate::limits::{COMMENT_EVERY_S, MAX_STREAM_MS};
use crate::problem::Problem;
use crate::question::WatchJob;
use futures_util::stream::{self, Stream};
use worker::{Env, Response};

/// Who is cut off comes again after so long.
const BEGINNING: &str = "retry: 2000\n\n";
const COMMENT: &str = ": the job has not changed\n\n";

/// Answers 200 with the events.
pub(crate) async fn answer(context: RequestContext<'_>) -> Result<Reply, Problem> {
    let watch = Watch {
        env: context.env.clone(),
        id: context.part(0).to_owned(),
        disclosure: context.disclosure(),
        seen: None,
        ends_ms: Clock::REAL.now_ms() + MAX_STREAM_MS,
    };
    let first = watch.ask(0).await?.ok_or_else(Problem::no_such_job)?;
    let failed = |_| Problem::internal("the events could not be streamed");
    let (_, body) = Response::from_stream(events(watch, first)).map_err(failed)?.into_parts();
    Ok(Reply::typed(200, "text/event-stream", body))
}

/// Somebody who watches a job.
struct Watch {
    env: Env,
    id: String,
    disclosure: Disclosure,
    seen: Option<u64>,
    ends_ms: u64,
}

/// Where a stream stands.
enum Stage {
    /// The job is to be told as it stands.
    First(Job),
    /// The next change is waited for.
    Watching,
}

impl Watch {
    /// The job, when it has changed or the time is over.
    async fn ask(&self, wait_s: u32) -> Result<Option<Job>, Problem> {
        ask(&self.env, WatchJob { id: self.id.clone(), seen: self.seen, wait_s }).await
    }

    /// The job as an event, and whether it was the last.
    fn event(&mut self, job: Job) -> (String, bool) {
        self.seen = Some(job.look());
        let is_last = job.is_finished;
        (["data: ", &self.disclosure.show(job).write(), "\n\n"].concat(), is_last)
    }
}

fn events(watch: Watch, first: Job) -> impl Stream<Item = worker::Result<Vec<u8>>> {
    stream::unfold(Some((watch, Stage::First(first))), |state| async {
        let (mut watch, stage) = state?;
        let (text, is_last) = match stage {
            Stage::First(job) => {
                let (event, is_last) = watch.event(job);
                ([BEGINNING, &event].concat(), is_last)
            }
            Stage::Watching if Clock::REAL.now_ms() >= watch.ends_ms => return None,
            // Without an answer, or without a job, the stream ends: whoever comes again is told why.
            Stage::Watching => match watch.ask(COMMENT_EVERY_S).await {
                Ok(Some(job)) if Some(job.look()) == watch.seen => (COMMENT.to_owned(), false),
                Ok(Some(job)) => watch.event(job),
                Ok(None) | Err(_) => return None,
            },
        };
        Some((Ok(text.into_bytes()), (!is_last).then_some((watch, Stage::Watching))))
    })
}

//! `GET /v1/jobs/{id}`: the Job, at once or, with `?wait=N`, when it has finished or N seconds have passed.

use crate::edge::ask::ask;
use crate::edge::context::RequestContext;
use crate::edge::reply::Reply;
use crate::limits::{MAX_WAIT_S, UNFINISHED_RETRY_AFTER_S, WAITED_RETRY_AFTER_S};
use crate::problem::Problem;
use crate::question::ReadJob;

/// Answers 200 with the Job.
pub(crate) async fn answer(context: RequestContext<'_>) -> Result<Reply, Problem> {
    let wait_s = wait_s(context.address.parameter("wait"))?;
    let question = ReadJob { id: context.part(0).to_owned(), wait_s };
    let Some(job) = ask(context.env, question).await? else {
        return Err(Problem::no_such_job());
    };
    let job = context.show(job);
    let is_finished = job.is_finished;
    let reply = Reply::json(200, job.write());
    if is_finished {
        return Ok(reply);
    }
    let retry_after_s = if wait_s == 0 { UNFINISHED_RETRY_AFTER_S } else { WAITED_RETRY_AFTER_S };
    Ok(reply.with("retry-after", retry_after_s.to_string()))
}

fn wait_s(parameter: Option<&str>) -> Result<u32, Problem> {
    let Some(text) = parameter else { return Ok(0) };
    if text.is_empty() || !text.bytes().all(|byte| byte.is_ascii_digit()) {
        return Err(Problem::field("wait", "it must be a whole number of seconds"));
    }
    Ok(text.parse().unwrap_or(MAX_WAIT_S).min(MAX_WAIT_S))
}

#[cfg(test)]
mod tests {
    use super::wait_s;

    #[test]
    fn a_wait_is_a_number_and_never_longer_than_55_seconds() {
        let given = [None, Some("0"), Some("5"), Some("56"), Some("99999999999999999999")];
        assert_eq!(given.map(|text| wait_s(text).unwrap()), [0, 0, 5, 55, 55]);
        for text in ["", "-1", "1.5", "5s", "+5"] {
            assert!(wait_s(Some(text)).is_err(), "{text}");
        }
    }
}

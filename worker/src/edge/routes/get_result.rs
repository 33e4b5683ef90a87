//! `GET /v1/jobs/{id}/result`: the stored body byte for byte; a job that ended without one is answered in RingCentral's form of a Fail.

use super::stored::{Ended, ended, fail_body};
use crate::edge::context::RequestContext;
use crate::edge::reply::Reply;
use crate::problem::Problem;

/// Answers 200 with the body, or 304.
pub(crate) async fn answer(context: RequestContext<'_>) -> Result<Reply, Problem> {
    Ok(given(&context, ended(&context).await?))
}

/// What is stored, with a tag that tells it from any other.
pub(super) fn given(context: &RequestContext<'_>, ended: Ended) -> Reply {
    let stored = match ended {
        Ended::Stored(stored, _) | Ended::Failed(stored) => stored,
        Ended::Without(error) => return Reply::json(200, fail_body(error)),
    };
    let tag = ["\"", &stored.sha256, "\""].concat();
    let is_known = context.header("if-none-match").is_some_and(|known| matches(&known, &tag));
    let reply = if is_known { Reply::empty(304) } else { Reply::typed(200, "application/json", stored.body.0) };
    reply.with("etag", tag)
}

/// Whether one of the tags that a client knows is this one; a proxy that compresses makes it a weak one.
fn matches(known: &str, tag: &str) -> bool {
    known.split(',').map(str::trim).any(|known| known == "*" || known.strip_prefix("W/").unwrap_or(known) == tag)
}

#[cfg(test)]
mod tests {
    use super::matches;

    #[test]
    fn a_known_tag_is_found_in_a_list() {
        for known in ["\"ab\"", "W/\"ab\"", "\"x\", \"ab\"", "*"] {
            assert!(matches(known, "\"ab\""), "{known}");
        }
        assert!(!matches("\"abc\"", "\"ab\"") && !matches("ab", "\"ab\"") && !matches("", "\"ab\""));
    }
}

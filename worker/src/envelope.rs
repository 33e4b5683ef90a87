//! A job as RingCentral would tell of it: its envelope, with what was delivered in it, or with what says why there is nothing.

use crate::job::{parse_error, said};
use crate::kv::{Given, WorkersKv};
use crate::limits::MAX_READ_BYTES_AT_ONCE;
use crate::problem::Problem;
use crate::question::{Found, FoundResult};
use crate::results::{self, Stored};
use crate::share::Share;
use futures_util::future::LocalBoxFuture;
use worker::Env;

/// The envelope, for a reader at `place`.
///
/// # Errors
/// `result_delayed` where KV does not give what was delivered, `busy` where there is no room for it.
pub(crate) async fn written(env: &Env, Found { head, result }: Found, place: &str) -> Result<Vec<u8>, Problem> {
    let (key, copy) = match result {
        FoundResult::Stored { key, has_copy, copy, .. } => (key, has_copy.then_some(copy)),
        FoundResult::Nowhere { error } => return Ok(head.failed(&said(error.as_deref().and_then(parse_error))).into_bytes()),
        FoundResult::Unfinished => return Ok(head.running().into_bytes()),
    };
    let stored = delivered(env, &key, place, copy).await?;
    let mut share = Share::of_read();
    // What is longer than all that may be read at once is read alone.
    share.hold(stored.bytes.min(MAX_READ_BYTES_AT_ONCE))?;
    Ok(head.around(&stored.bytes().await?))
}

/// What was delivered, see [`results::find`]; in a box, so that it is compiled once.
pub(crate) fn delivered<'a>(
    env: &'a Env,
    key: &'a str,
    place: &'a str,
    copy: Option<Vec<u8>>,
) -> LocalBoxFuture<'a, Result<Stored<Given>, Problem>> {
    Box::pin(async move { results::find(&WorkersKv::of(env)?, key, place, copy).await })
}

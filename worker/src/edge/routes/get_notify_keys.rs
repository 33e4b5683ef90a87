//! `GET /v1/notify-keys`: what a receiver of notices checks their signatures with.

use crate::edge::context::RequestContext;
use crate::edge::reply::Reply;
use crate::problem::Problem;
use ringcentral_ai::json::{Object, push_text};
use ringcentral_ai::signing::notice_secrets;
use std::future::{Ready, ready};

/// Answers 200 with `{"keys":["whsec_…"]}`, the one in use first.
pub(crate) fn answer(RequestContext { config, .. }: RequestContext<'_>) -> Ready<Result<Reply, Problem>> {
    let keys = notice_secrets(&config.keys);
    let keys = keys.iter().map(|key| {
        let mut text = String::new();
        // The secret goes to an admin, who gives it to the receiver.
        push_text(&mut text, key.expose());
        text
    });
    ready(Ok(Reply::json(200, Object::new().list("keys", keys).write())))
}

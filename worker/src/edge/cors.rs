//! Which pages of other origins may call the API, told to their browsers.

use crate::config::Config;
use crate::edge::reply::Reply;

/// What a page may send.
const HEADERS: &str = "Authorization, Content-Type, Idempotency-Key, Range, X-Request-Id";
/// What a page may see.
const EXPOSED: &str = "ETag, Retry-After, Location, X-Request-Id";
/// Browsers may remember a permission for an hour: then a changed setting is seen.
const MAX_AGE_S: &str = "3600";

/// The answer, readable for the page that asks if its origin is allowed.
pub(crate) fn allow(reply: Reply, config: &Config, origin: Option<&str>) -> Reply {
    let reply = if config.allowed_origins.is_empty() { reply } else { reply.with("vary", "Origin") };
    match origin.filter(|origin| config.allows_origin(origin)) {
        Some(origin) => reply.with("access-control-allow-origin", origin).with("access-control-expose-headers", EXPOSED),
        None => reply,
    }
}

/// The answer to a browser that asks before it sends, for a path with these methods; to a page whose origin is not allowed it
/// means nothing.
pub(crate) fn preflight(methods: &str) -> Reply {
    Reply::empty(204)
        .with("access-control-allow-methods", methods)
        .with("access-control-allow-headers", HEADERS)
        .with("access-control-max-age", MAX_AGE_S)
}

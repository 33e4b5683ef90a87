//! Which pages of other origins may call the API, told to their browsers.

use crate::config::Config;
use crate::edge::reply::Reply;

/// What a page may send; the last two are those of RingCentral's own client.
const HEADERS: &str = "Authorization, Content-Type, Idempotency-Key, Range, X-Request-Id, Client-Id, X-User-Agent";
/// What a page may see.
const EXPOSED: &str = "ETag, Retry-After, Location, X-Request-Id";
/// Browsers may remember a permission for an hour: then a changed setting is seen.
const MAX_AGE_S: &str = "3600";

/// The answer, readable for the page that asks if its origin is allowed. With what RingCentral serves its own client sends cookies, of
/// which there are none here; a browser wants them allowed all the same.
pub(crate) fn allow(reply: Reply, config: &Config, origin: Option<&str>, has_credentials: bool) -> Reply {
    let reply = if config.allowed_origins.is_empty() { reply } else { reply.with("vary", "Origin") };
    let Some(origin) = origin.filter(|origin| config.allows_origin(origin)) else { return reply };
    let reply = if has_credentials { reply.with("access-control-allow-credentials", "true") } else { reply };
    reply.with("access-control-allow-origin", origin).with("access-control-expose-headers", EXPOSED)
}

/// The answer to a browser that asks before it sends, for a path with these methods; to a page whose origin is not allowed it
/// means nothing.
pub(crate) fn preflight(methods: &str) -> Reply {
    Reply::empty(204)
        .with("access-control-allow-methods", methods)
        .with("access-control-allow-headers", HEADERS)
        .with("access-control-max-age", MAX_AGE_S)
}

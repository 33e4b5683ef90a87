//! The answer to who wants a token of a session.

use super::Token;
use crate::http::HttpRequest;

/// Who logs in: the number of one login.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Login(pub(super) u64);

/// The answer to who wants a token.
#[derive(Debug)]
pub(crate) enum Want {
    /// Here it is.
    Token(Token),
    /// Log in with this request and tell the session how it went.
    Login(Login, HttpRequest),
    /// Somebody logs in: ask again in so many milliseconds.
    Wait(u64),
}

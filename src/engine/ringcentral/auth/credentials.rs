//! What a session begins with.

use super::{JwtLogin, Pkce, Token};

/// What a session is made from.
#[derive(Debug, Clone)]
pub enum Credentials {
    /// A JWT credential: the session logs in by itself.
    Jwt(JwtLogin),
    /// A user who signed in: the session refreshes.
    Pkce(Pkce),
    /// A token that another program holds and replaces.
    Token(Token),
    /// The same, which is still to come.
    Supplied,
}

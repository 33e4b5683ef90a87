//! The session with RingCentral: a JWT login shared by all who wait for it, or a token that somebody else holds.

mod jwt_login;
mod scope;
mod session;
mod token;

pub use jwt_login::JwtLogin;
pub use session::{Credentials, Session};
pub(crate) use session::{Login, Want};
pub use token::Token;

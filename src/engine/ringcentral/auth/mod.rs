//! The session with RingCentral: a login shared by all who wait for it, or a token that somebody else holds.

mod code_login;
mod credentials;
mod grant;
mod jwt_login;
mod login_url;
mod refresh_login;
mod revoke;
mod scope;
mod session;
mod token;
mod token_request;
mod want;

pub use code_login::CodeLogin;
pub use credentials::Credentials;
pub use grant::Pkce;
pub use jwt_login::JwtLogin;
pub use login_url::{challenge, code_of, login_url, verifier};
pub use refresh_login::{RefreshLogin, RefreshToken};
pub use session::Session;
pub use token::Token;
pub(crate) use token_request::without;
pub(crate) use want::{Login, Want};

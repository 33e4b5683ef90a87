//! Who may come with an access token of RingCentral's in the place of one of ours: its own clients have no other.

use super::ask::ask;
use crate::edge::access::{Holder, Shown, Who};
use crate::problem::Problem;
use crate::question::FindUser;
use ringcentral_ai::error::Code;
use worker::Env;

/// Lets in whoever was not, where the route is for them and the Desk knows whose the token is; `problem` is why they were not.
///
/// # Errors
/// That, else `unauthorized` and `forbidden` as RingCentral's answer has it, or why there was none.
pub(crate) async fn admit(env: &Env, who: Who, shown: &Shown, problem: Problem) -> Result<Holder, Problem> {
    let is_unknown = problem.failure().code == Code::Unauthorized;
    let (Who::Client(_), Some(token), true) = (who, &shown.bearer, is_unknown) else { return Err(problem) };
    // The token goes to the Desk, which asks RingCentral whose it is.
    Ok(Holder::User(ask(env, FindUser { token: token.expose().to_owned() }).await?))
}

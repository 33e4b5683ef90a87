//! Who may do what: API tokens with their scopes, and the read token of one job.

use crate::config::Config;
use crate::problem::Problem;
use crate::question::User;
use crate::tokens::{ApiToken, Scope, digest};
use ringcentral_ai::error::Code;
use ringcentral_ai::secret::Secret;
use ringcentral_ai::signing::verify_read;

/// Whom a route is for.
#[derive(Debug, Clone, Copy)]
pub(crate) enum Who {
    /// Anyone, without a token.
    Anyone,
    /// RingCentral, by the signature in the path.
    Signed,
    /// Whoever fetches a job's media, by the signature in the path.
    Fetcher,
    /// An engine that has news, by the signature in the path.
    Teller,
    /// Holders of an API token of one of these scopes; an admin always.
    Api(&'static [Scope]),
    /// Holders of an API token of one of these scopes, and of an access token of RingCentral's, as its own clients have.
    Client(&'static [Scope]),
    /// Those who read every job, and the holder of this job's read token.
    Reader,
    /// The same; a link may carry the read token.
    LinkedReader,
}

impl Who {
    /// Who has jobs done.
    pub(crate) const SUBMIT: Self = Self::Api(&[Scope::Submit]);
    /// Who reads every job.
    pub(crate) const READ: Self = Self::Api(&[Scope::Read]);
    /// Who has jobs done as RingCentral does them.
    pub(crate) const CLIENT_SUBMIT: Self = Self::Client(&[Scope::Submit]);
    /// Who asks what became of those.
    pub(crate) const CLIENT_READ: Self = Self::Client(&[Scope::Read]);
    /// Who runs this Worker.
    pub(crate) const ADMIN: Self = Self::Api(&[]);
    /// Who reserves callbacks, pages among them.
    pub(crate) const RESERVE: Self = Self::Api(&[Scope::Submit, Scope::Reserve]);
}

/// What a request shows of itself.
#[derive(Debug, Default)]
pub(crate) struct Shown {
    /// The token of its `Authorization` header.
    pub(crate) bearer: Option<Secret>,
    /// The `token` of its query.
    pub(crate) linked: Option<Secret>,
    /// Its `Origin` header.
    pub(crate) origin: Option<String>,
}

/// Who was let in.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Holder {
    /// The holder of an API token, with its digest.
    Api([u8; 32]),
    /// A page, by a token that anybody can read in it.
    Page([u8; 32]),
    /// A user of RingCentral's.
    User(User),
    /// The holder of this job's read token, or one who needs no token.
    Other,
}

/// Lets a request in, or not; `id` is the job that its path names.
///
/// # Errors
/// `unauthorized` without a token of ours, `forbidden` with one that may not do this, `not_found` where a read token is another job's.
pub(crate) fn admit(config: &Config, who: Who, shown: &Shown, id: Option<&str>) -> Result<Holder, Problem> {
    let (needed, takes_link) = match who {
        Who::Anyone | Who::Signed | Who::Fetcher | Who::Teller => return Ok(Holder::Other),
        Who::Api(needed) | Who::Client(needed) => (needed, false),
        Who::Reader => (&[Scope::Read][..], false),
        Who::LinkedReader => (&[Scope::Read][..], true),
    };
    if let (None, Some(token), true) = (&shown.bearer, &shown.linked, takes_link) {
        return read_only(config, token, id);
    }
    let Some(token) = &shown.bearer else {
        return Err(Code::Unauthorized.into());
    };
    let presented = digest(token);
    let held: Vec<&ApiToken> = config.tokens.iter().filter(|token| token.has(&presented)).collect();
    let is_allowed_page = shown.origin.as_ref().is_some_and(|origin| config.allows_origin(origin));
    let opening: Vec<_> = held.iter().filter(|token| token.opens(needed, is_allowed_page)).collect();
    if !opening.is_empty() {
        let is_page = opening.iter().all(|token| token.scope == Scope::Reserve);
        return Ok(if is_page { Holder::Page(presented) } else { Holder::Api(presented) });
    }
    if !held.is_empty() {
        return Err(Problem::new(Code::Forbidden, out_of_scope(&held, needed)));
    }
    read_only(config, token, id.filter(|_| !matches!(who, Who::Api(_) | Who::Client(_))))
}

/// Why a token of ours does not open this.
fn out_of_scope(held: &[&ApiToken], needed: &[Scope]) -> String {
    if needed.contains(&Scope::Reserve) && held.iter().any(|token| token.scope == Scope::Reserve) {
        return "a token of scope reserve is for pages of ALLOWED_ORIGINS, and this request does not come from one".into();
    }
    let needed: String = needed.iter().map(|scope| [scope.name(), " or "].concat()).collect();
    format!("this takes a token of scope {needed}admin: the scope is what stands before it in API_TOKENS")
}

/// A token that is none of the API's: the job's read token, or nothing of ours.
fn read_only(config: &Config, token: &Secret, id: Option<&str>) -> Result<Holder, Problem> {
    // The token's text goes into the comparison with the job's own.
    let token = token.expose();
    if !has_read_form(token) {
        return Err(Problem::new(
            Code::Unauthorized,
            "the token is none of API_TOKENS (it is sent without the scope before it), and no job's read token",
        ));
    }
    let Some(id) = id else {
        return Err(Problem::new(Code::Forbidden, "a read token reads its one job and nothing else"));
    };
    verify_read(&config.keys, id, token).map_err(|_| Problem::not_found("there is no such job for this token"))?;
    Ok(Holder::Other)
}

fn has_read_form(token: &str) -> bool {
    token.strip_prefix("r_").is_some_and(|hex| hex.len() == 64 && hex.bytes().all(|byte| byte.is_ascii_hexdigit()))
}

#[cfg(test)]
#[path = "access_tests.rs"]
mod tests;

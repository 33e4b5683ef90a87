//! Who may do what: API tokens with their scopes, and the read token of one job.

use crate::config::Config;
use crate::problem::Problem;
use ringcentral_ai::error::Code;
use ringcentral_ai::secret::Secret;
use ringcentral_ai::signing::verify_read;
use sha2::{Digest, Sha256};

/// What a token may do.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Scope {
    /// Everything.
    Admin,
    /// Submit jobs and reserve callbacks.
    Submit,
    /// Read every job, and list recordings.
    Read,
    /// Reserve callbacks, from the pages of `ALLOWED_ORIGINS` only.
    Reserve,
}

/// A token of `API_TOKENS`: only its digest is kept.
#[derive(Debug, Clone)]
pub(crate) struct ApiToken {
    scope: Scope,
    digest: [u8; 32],
}

/// Whom a route is for.
#[derive(Debug, Clone, Copy)]
pub(crate) enum Who {
    /// Anyone, without a token.
    Anyone,
    /// RingCentral, by the signature in the path.
    Signed,
    /// Holders of an API token of one of these scopes; an admin always.
    Api(&'static [Scope]),
    /// Those who read every job, and the holder of this job's read token.
    Reader,
    /// The same; a link may carry the read token.
    LinkedReader,
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
    /// The holder of this job's read token, or one who needs no token.
    Other,
}

impl ApiToken {
    /// Reads the comma list of `token` or `scope:token`.
    ///
    /// # Errors
    /// `not_configured` naming `API_TOKENS`.
    pub(crate) fn list(setting: &Secret) -> Result<Vec<Self>, Problem> {
        // The tokens' texts go into their digests, and nowhere else.
        setting.expose().split(',').map(|entry| Self::parse(entry.trim())).collect()
    }

    /// How many characters the shortest token has.
    pub(crate) fn shortest_chars(setting: &Secret) -> Option<usize> {
        // The tokens' texts are counted, and go nowhere.
        let tokens = setting.expose().split(',').map(|entry| entry.rsplit(':').next().unwrap_or_default());
        tokens.map(|token| token.trim().chars().count()).min()
    }

    fn parse(entry: &str) -> Result<Self, Problem> {
        let (scope, token) = match entry.split_once(':') {
            None => (Scope::Admin, entry),
            Some(("admin", token)) => (Scope::Admin, token),
            Some(("submit", token)) => (Scope::Submit, token),
            Some(("read", token)) => (Scope::Read, token),
            Some(("reserve", token)) => (Scope::Reserve, token),
            Some(_) => return Err(malformed("a scope must be one of admin, submit, read, reserve")),
        };
        let is_token = !token.is_empty() && token.bytes().all(|byte| byte.is_ascii_graphic() && byte != b':');
        if !is_token {
            return Err(malformed(
                "it must be a comma list of token or scope:token, a token of visible characters without : and comma",
            ));
        }
        Ok(Self { scope, digest: digest(token) })
    }

    fn serves(&self, needed: &[Scope], origin: Option<&str>, config: &Config) -> bool {
        let has_place = self.scope != Scope::Reserve || origin.is_some_and(|origin| config.allows_origin(origin));
        self.scope == Scope::Admin || (needed.contains(&self.scope) && has_place)
    }
}

fn malformed(reason: &str) -> Problem {
    Problem::not_configured("API_TOKENS", reason)
}

/// Lets a request in, or not; `id` is the job that its path names.
///
/// # Errors
/// `unauthorized` without a token of ours, `forbidden` with one that may not do this, `not_found` where a read token is another job's.
pub(crate) fn admit(config: &Config, who: Who, shown: &Shown, id: Option<&str>) -> Result<Holder, Problem> {
    let (needed, takes_link) = match who {
        Who::Anyone | Who::Signed => return Ok(Holder::Other),
        Who::Api(needed) => (needed, false),
        Who::Reader => (&[Scope::Read][..], false),
        Who::LinkedReader => (&[Scope::Read][..], true),
    };
    if let (None, Some(token), true) = (&shown.bearer, &shown.linked, takes_link) {
        return read_only(config, token, id);
    }
    let Some(token) = &shown.bearer else {
        return Err(Code::Unauthorized.into());
    };
    // The token's text goes into its digest.
    let presented = digest(token.expose());
    let held: Vec<&ApiToken> = config.tokens.iter().filter(|token| is_same(&token.digest, &presented)).collect();
    if held.iter().any(|token| token.serves(needed, shown.origin.as_deref(), config)) {
        return Ok(Holder::Api(presented));
    }
    if !held.is_empty() {
        return Err(Code::Forbidden.into());
    }
    read_only(config, token, id.filter(|_| !matches!(who, Who::Api(_))))
}

/// A token that is none of the API's: the job's read token, or nothing of ours.
fn read_only(config: &Config, token: &Secret, id: Option<&str>) -> Result<Holder, Problem> {
    // The token's text goes into the comparison with the job's own.
    let token = token.expose();
    if !has_read_form(token) {
        return Err(Problem::new(
            Code::Unauthorized,
            "this token is none of ours; an address takes the read token of its job only",
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

fn digest(token: &str) -> [u8; 32] {
    Sha256::digest(token).into()
}

/// Compares to the end, whatever differs.
fn is_same(one: &[u8; 32], other: &[u8; 32]) -> bool {
    one.iter().zip(other).fold(0, |differences, (a, b)| differences | (a ^ b)) == 0
}

#[cfg(test)]
#[path = "access_tests.rs"]
mod tests;

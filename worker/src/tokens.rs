//! The API tokens: what each may do; only digests of them are kept.

use crate::problem::Problem;
use ringcentral_ai::secret::Secret;
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

impl Scope {
    const ALL: [Self; 4] = [Self::Admin, Self::Submit, Self::Read, Self::Reserve];

    /// Its name in `API_TOKENS`.
    pub(crate) const fn name(self) -> &'static str {
        match self {
            Self::Admin => "admin",
            Self::Submit => "submit",
            Self::Read => "read",
            Self::Reserve => "reserve",
        }
    }

    fn named(name: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|scope| scope.name() == name)
    }
}

/// A token of `API_TOKENS`: only its digest is kept.
#[derive(Debug, Clone)]
pub(crate) struct ApiToken {
    pub(crate) scope: Scope,
    digest: [u8; 32],
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
            None => (Some(Scope::Admin), entry),
            Some((scope, token)) => (Scope::named(scope), token),
        };
        let scope = scope.ok_or_else(|| malformed("a scope must be one of admin, submit, read, reserve"))?;
        let is_token = !token.is_empty() && token.bytes().all(|byte| byte.is_ascii_graphic() && byte != b':');
        if !is_token {
            return Err(malformed(
                "it must be a comma list of token or scope:token, a token of visible characters without : and comma",
            ));
        }
        Ok(Self { scope, digest: digest(&Secret::new(token)) })
    }

    /// Whether it is the token with that digest; compares to the end, whatever differs.
    pub(crate) fn has(&self, digest: &[u8; 32]) -> bool {
        self.digest.iter().zip(digest).fold(0, |differences, (a, b)| differences | (a ^ b)) == 0
    }

    /// Whether it opens what one of these scopes opens, for a page of an allowed origin or for somebody else.
    pub(crate) fn opens(&self, scopes: &[Scope], is_allowed_page: bool) -> bool {
        let has_place = self.scope != Scope::Reserve || is_allowed_page;
        self.scope == Scope::Admin || (scopes.contains(&self.scope) && has_place)
    }
}

fn malformed(reason: &str) -> Problem {
    Problem::not_configured("API_TOKENS", reason)
}

/// What is kept of a token.
pub(crate) fn digest(token: &Secret) -> [u8; 32] {
    // The token's text goes into its digest.
    Sha256::digest(token.expose()).into()
}

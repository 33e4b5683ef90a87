//! Credentials that are good for one's own machine and for nothing else: what everybody knows, and what can be guessed.

use crate::problem::Problem;
use crate::tokens::ApiToken;
use ringcentral_ai::secret::Secret;

/// Shorter tokens can be guessed.
const MIN_TOKEN_CHARS: usize = 20;
/// Credentials that everybody knows: they open a Worker on one's own machine and nothing else.
const WELL_KNOWN: [&str; 2] = ["sandbox-token", "development-only-"];

/// What must not be open to other machines, if anything is.
pub(crate) fn weakness(api_tokens: &Secret, signing_keys: &Secret) -> Option<Problem> {
    const ADVICE: &str =
        ": make one with `openssl rand -base64 32`, or set PUBLIC_URL to an address of this machine, for it alone";
    // Both texts are looked at for what must not be in them, and go nowhere.
    let settings = [("API_TOKENS", api_tokens.expose()), ("SIGNING_KEYS", signing_keys.expose())];
    let known = settings.into_iter().find(|(_, text)| WELL_KNOWN.iter().any(|known| text.contains(known)));
    let known = known.map(|(name, _)| (name, "it holds a value that everybody knows"));
    let is_short = ApiToken::shortest_chars(api_tokens).is_some_and(|chars| chars < MIN_TOKEN_CHARS);
    let weak = known.or(is_short.then_some(("API_TOKENS", "a token is shorter than 20 characters")));
    weak.map(|(name, what)| Problem::not_configured(name, &[what, ADVICE].concat()))
}

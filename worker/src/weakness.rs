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
    const KNOWN: &str = "it holds a value that everybody knows";
    const SHORT: &str = "a token is shorter than 20 characters";
    const ADVICE: &str = ": make one with `openssl rand -base64 32`, or set PUBLIC_URL to an address of this machine, for it alone, as \
         in http://127.0.0.1:8787";
    let weak = |name, what: &str| Some(Problem::not_configured(name, &[what, ADVICE].concat()));
    // Both texts are looked at for what must not be in them, and go nowhere.
    for (name, text) in [("API_TOKENS", api_tokens.expose()), ("SIGNING_KEYS", signing_keys.expose())] {
        if WELL_KNOWN.iter().any(|known| text.contains(known)) {
            return weak(name, KNOWN);
        }
    }
    ApiToken::shortest_chars(api_tokens).filter(|chars| *chars < MIN_TOKEN_CHARS).and_then(|_| weak("API_TOKENS", SHORT))
}

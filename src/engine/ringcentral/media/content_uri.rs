//! Recording and token make an address that one anonymous GET can fetch.
//! <https://developers.ringcentral.com/guide/ai/media-files>

use crate::endpoint::Site;
use crate::error::{Error, Result};
use crate::http::{Url, encode, replaced};
use crate::secret::{Secret, SecretUrl};

/// The query parameter that carries the token.
pub(super) const PARAMETER: &str = "access_token";

/// Appends the token to a recording's content address, replacing an old one; everything else of it stays as it is.
///
/// # Errors
/// [`Error::InvalidField`] naming `contentUri` when it is no address, or when its host is not a media host: the token must
/// not go to a stranger, nor over plain `http` except to this machine itself.
pub fn content_uri(site: &Site, address: &str, token: &Secret) -> Result<SecretUrl> {
    const FIELD: &str = "contentUri";
    let url = Url::parse(address, FIELD)?;
    if !site.may_see_token(&url) {
        return Err(Error::invalid(FIELD, site.refusal(&url)));
    }
    let address = address.split('#').next().unwrap_or_default();
    let (base, query) = address.split_once('?').unwrap_or((address, ""));
    // The token goes into the address that RingCentral's AI fetches.
    let token = encode(token.expose());
    let whole = [base, "?", &replaced(query, PARAMETER, &token)].concat();
    let secret_from = whole.len() - token.len();
    Ok(SecretUrl::masked_from(whole, secret_from))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn with_token(address: &str) -> Result<SecretUrl> {
        let site = Site::new(Site::SERVER, &[]).unwrap();
        content_uri(&site, address, &Secret::new("T"))
    }

    #[track_caller]
    fn gives(address: &str, expected: &str) {
        assert_eq!(with_token(address).unwrap().expose(), expected);
    }

    #[test]
    fn the_token_is_appended() {
        gives("https://media.ringcentral.com/a/content", "https://media.ringcentral.com/a/content?access_token=T");
        gives("https://media.ringcentral.com/a?x=1&y", "https://media.ringcentral.com/a?x=1&y&access_token=T");
        gives("https://media.ringcentral.com:443/a?", "https://media.ringcentral.com:443/a?access_token=T");
        gives(
            "https://media.ringcentral.com/rcvideo/v1/recordings/ab==",
            "https://media.ringcentral.com/rcvideo/v1/recordings/ab==?access_token=T",
        );
    }

    #[test]
    fn an_old_token_is_replaced() {
        gives("https://media.ringcentral.com/a?access_token=old", "https://media.ringcentral.com/a?access_token=T");
        gives("https://media.ringcentral.com/a?access%5Ftoken=old", "https://media.ringcentral.com/a?access_token=T");
        gives(
            "https://media.ringcentral.com/a?access_token=o&x=1&access_token=p#f",
            "https://media.ringcentral.com/a?x=1&access_token=T",
        );
        gives(
            "https://media.ringcentral.com/a?my_access_token=1",
            "https://media.ringcentral.com/a?my_access_token=1&access_token=T",
        );
    }

    #[test]
    fn a_stranger_gets_no_token() {
        for address in [
            "https://evil.example/a",
            "http://media.ringcentral.com/a",
            "https://media.ringcentral.com.evil.example/a",
            "https://media.ringcentral.com@evil.example/a",
            "https://user@media.ringcentral.com/a",
            "https://media.ringcentral.com:8443/a",
            "https://evil.example\\@media.ringcentral.com/",
            "media.ringcentral.com/a",
        ] {
            assert!(matches!(with_token(address), Err(Error::InvalidField { field, .. }) if field == "contentUri"), "{address}");
        }
    }

    #[test]
    fn it_prints_masked() {
        let uri = with_token("https://media.ringcentral.com/a?x=1").unwrap();
        assert_eq!(
            format!("{uri} {uri:?}"),
            "https://media.ringcentral.com/a?x=1&access_token=[secret] https://media.ringcentral.com/a?x=1&access_token=[secret]"
        );
    }

    #[test]
    fn a_token_with_odd_characters_stays_one_parameter() {
        let site = Site::new(Site::SERVER, &[]).unwrap();
        let uri = content_uri(&site, "https://media.ringcentral.com/a", &Secret::new("a&b=c|d")).unwrap();
        assert_eq!(uri.expose(), "https://media.ringcentral.com/a?access_token=a%26b%3Dc%7Cd");
    }
}

//! GET /restapi/oauth/authorize: where a page sends its user to sign in, and what it brings back.
//! <https://developers.ringcentral.com/guide/authentication/auth-code-pkce-flow>

use crate::endpoint::Site;
use crate::error::{ApiError, Error, Result};
use crate::http::{Url, base64url, encode};
use crate::secret::Secret;
use alloc::string::String;
use alloc::vec;
use sha2::{Digest, Sha256};

/// A PKCE code verifier (RFC 7636), made of random bytes; whoever began the login keeps it until its end.
#[must_use]
pub fn verifier(random: [u8; 32]) -> Secret {
    Secret::new(base64url(&random))
}

/// What a verifier is proved by: its SHA-256, in base64url.
#[must_use]
pub fn challenge(verifier: &Secret) -> String {
    // Only a hash of the verifier is given out.
    base64url(&Sha256::digest(verifier.expose()))
}

/// The address that the user signs in at; `state` comes back unchanged and tells our own login from a forged one.
#[must_use]
pub fn login_url(site: &Site, client_id: &str, redirect_uri: &str, state: &str, challenge: &str) -> String {
    let query = [
        "/restapi/oauth/authorize?response_type=code&client_id=",
        &encode(client_id),
        "&redirect_uri=",
        &encode(redirect_uri),
        "&state=",
        &encode(state),
        "&code_challenge=",
        challenge,
        "&code_challenge_method=S256",
    ];
    site.at(&query.concat())
}

/// The code in the address that RingCentral sent the user back to.
///
/// # Errors
/// [`Error::InvalidField`] when it is no such address or belongs to another login; [`Error::LoginRefused`] when the user
/// or RingCentral said no.
pub fn code_of(redirected_to: &str, state: &str) -> Result<Secret> {
    const FIELD: &str = "redirect";
    let url = Url::parse(redirected_to, FIELD)?;
    let text = |name: &str| url.parameter(name);
    if text("state").is_none_or(|other| other != state) {
        return Err(Error::invalid(FIELD, "its state is not that of the login that was begun here: begin again"));
    }
    if let Some(error_code) = text("error") {
        let message = text("error_description").unwrap_or_default();
        let said = ApiError { error_code, message, parameter_name: None }.masked();
        return Err(Error::LoginRefused { ringcentral: vec![said], advice: "begin the login again" });
    }
    let code = text("code").filter(|code| !code.is_empty());
    code.map(Secret::new).ok_or_else(|| Error::invalid(FIELD, "there is no code in it"))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_verifier_of_the_standard_gives_its_challenge() {
        let random = [
            116, 24, 223, 180, 151, 153, 224, 37, 79, 250, 96, 125, 216, 173, 187, 186, 22, 212, 37, 77, 105, 214, 191, 240, 91,
            88, 5, 88, 83, 132, 141, 121,
        ];
        let verifier = verifier(random);
        assert_eq!(verifier.expose(), "dBjftJeZ4CVP-mB92K27uhbUJU1p1r_wW1gFWFOEjXk");
        let url =
            login_url(&Site::new(Site::SERVER, &[]).unwrap(), "my app", "https://p.example/?a=1", "s&t", &challenge(&verifier));
        assert_eq!(
            url,
            "https://platform.ringcentral.com/restapi/oauth/authorize?response_type=code&client_id=my%20app\
            &redirect_uri=https%3A%2F%2Fp.example%2F%3Fa%3D1&state=s%26t\
            &code_challenge=E9Melhoa2OwvFrEMTJguCHaoeK1t8URWbuGJSstw-cM&code_challenge_method=S256"
        );
    }

    #[test]
    fn only_our_own_login_comes_back() {
        let code = code_of("https://p.example/?a=1&code=U0pD%2FQ&state=s%26t&expires_in=60#x", "s&t").unwrap();
        assert_eq!(code.expose(), "U0pD/Q");
        for address in
            ["https://p.example/?code=S3CRET&state=other", "https://p.example/?code=S3CRET", "https://p.example/?state=s", "x"]
        {
            let error = code_of(address, "s").unwrap_err();
            assert!(matches!(&error, Error::InvalidField { field, .. } if field == "redirect"), "{address}");
            assert!(!error.to_string().contains("S3CRET"));
        }
        let refused = code_of("https://p.example/?error=access_denied&error_description=no+%26&state=s", "s").unwrap_err();
        let said = &refused.ringcentral()[0];
        assert_eq!((said.error_code.as_str(), said.message.as_str()), ("access_denied", "no &"));
    }
}

//! RingCentral itself, for JavaScript: each operation as a promise.

use super::drive::{Give, start};
use super::how::How;
use crate::browser::arguments::{arguments, site};
use crate::browser::fault::Result;
use crate::engine::ringcentral::auth::{Credentials, JwtLogin, Token};
use crate::engine::ringcentral::client::{Client, TokenUse};
use crate::engine::ringcentral::jobs::{JobStatus, SubmitJob};
use crate::engine::ringcentral::media::{ListPage, content_uri};
use crate::error::Error;
use crate::json::{Object, Value};
use crate::secret::Secret;
use alloc::borrow::ToOwned;
use alloc::string::String;
use js_sys::Promise;
use wasm_bindgen::prelude::*;

/// One user's session with RingCentral.
#[wasm_bindgen]
#[derive(Debug)]
pub struct RingCentral(pub(super) Client);

#[wasm_bindgen]
impl RingCentral {
    /// A session from `{clientId, clientSecret?, jwt}` or `{accessToken}`, each with `server?` and `mediaHosts?`.
    #[wasm_bindgen(constructor)]
    pub fn new(options: &str) -> Result<RingCentral> {
        Ok(Self(client(&arguments(options)?)?))
    }

    /// Logs in, unless there is a token already.
    pub fn login(&self, how: &How) -> Promise {
        let call = self.0.token(TokenUse::Header).map(|_| Ok(Object::new().write()));
        start(call, Give::Object, how, None)
    }

    /// Ends the session, here and at RingCentral.
    pub fn logout(&self, how: &How) -> Promise {
        let call = self.0.revoke().map(|()| Ok(Object::new().write()));
        start(call, Give::Object, how, None)
    }

    /// A page of a list of recordings, as RingCentral writes it.
    #[wasm_bindgen(js_name = listPage)]
    pub fn list_page(&self, target: String, how: &How) -> Result<Promise> {
        let call = self.0.call(ListPage::at(target)?);
        Ok(start(call, Give::Text, how, None))
    }

    /// A content address with the token appended: `{url, shown, validUntil?}`.
    #[wasm_bindgen(js_name = contentUri)]
    pub fn content_uri(&self, address: String, how: &How) -> Promise {
        let client = self.0.clone();
        let call = self.0.token(TokenUse::GivenOut).map(move |token| {
            let uri = content_uri(client.site(), &address, &token.access)?;
            // The address goes to JavaScript's ContentUri, which keeps it as this side does.
            let object = Object::new().text("url", uri.expose()).text("shown", uri.shown());
            Ok(object.optional_number("validUntil", token.expires_at_ms).write())
        });
        start(call, Give::Object, how, None)
    }

    /// Submits a job; `fields` are RingCentral's own, with `contentUri` and `webhook`.
    pub fn submit(&self, task: &str, fields: &str, how: &How) -> Result<Promise> {
        let job = SubmitJob::parse(self.0.site(), task, arguments(fields)?)?;
        let call = self.0.call(job).map(|accepted| Ok(Object::new().optional_text("jobId", accepted.job_id.as_deref()).write()));
        Ok(start(call, Give::Object, how, None))
    }

    /// Where a job stands: RingCentral's own answer.
    #[wasm_bindgen(js_name = jobStatus)]
    pub fn job_status(&self, job_id: &str, how: &How) -> Result<Promise> {
        let call = self.0.call(JobStatus::new(job_id)?);
        Ok(start(call, Give::Object, how, None))
    }
}

fn client(options: &Value<'_>) -> crate::error::Result<Client> {
    let text = |name: &str| options.get(name).text();
    let site = site(options)?;
    let credentials = if *options.get("isSupplied") == Value::Flag(true) {
        Credentials::Supplied
    } else if options.fields().iter().any(|(name, _)| name == "accessToken") {
        Credentials::Token(Token::foreign(access(options)?))
    } else {
        let secret = |name: &str| Secret::new(text(name).unwrap_or_default());
        let login = JwtLogin {
            client_id: text("clientId").unwrap_or_default().to_owned(),
            client_secret: text("clientSecret").map(Secret::new),
            jwt: secret("jwt"),
        };
        login.check()?;
        Credentials::Jwt(login)
    };
    Ok(Client::new(site, credentials))
}

/// A token that can stand in a header.
pub(super) fn access(options: &Value<'_>) -> crate::error::Result<Secret> {
    let access = options.get("accessToken").text().unwrap_or_default().trim();
    if access.is_empty() || !access.bytes().all(|byte| byte.is_ascii_graphic()) {
        return Err(Error::invalid("accessToken", "it must be the token alone, without \"Bearer\" before it"));
    }
    Ok(Secret::new(access))
}

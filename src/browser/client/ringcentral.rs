//! RingCentral itself, for JavaScript: each operation as a promise.

use super::drive::{Give, start};
use crate::browser::fault::{Result, arguments, pairs};
use crate::endpoint::Site;
use crate::engine::ringcentral::auth::{Credentials, JwtLogin, Token};
use crate::engine::ringcentral::client::{Client, TokenUse};
use crate::engine::ringcentral::jobs::{JobStatus, SubmitJob};
use crate::engine::ringcentral::media::{content_uri, recordings};
use crate::error::Error;
use crate::json::{Object, Value};
use crate::secret::Secret;
use alloc::borrow::ToOwned;
use alloc::string::String;
use alloc::vec::Vec;
use js_sys::Promise;
use wasm_bindgen::prelude::*;
use web_sys::AbortSignal;

/// One user's session with RingCentral.
#[wasm_bindgen]
#[derive(Debug)]
pub struct RingCentral(Client);

#[wasm_bindgen]
impl RingCentral {
    /// A session from `{clientId, clientSecret?, jwt}` or `{accessToken}`, each with `server?` and `mediaHosts?`.
    #[wasm_bindgen(constructor)]
    pub fn new(options: &str) -> Result<RingCentral> {
        Ok(Self(client(&arguments(options)?)?))
    }

    /// Logs in, unless there is a token already.
    pub fn login(&self, signal: Option<AbortSignal>) -> Promise {
        let call = self.0.token(TokenUse::Header).map(|_| Ok(Object::new().write()));
        start(call, Give::Object, signal, None)
    }

    /// Ends the session, here and at RingCentral.
    pub fn logout(&self, signal: Option<AbortSignal>) -> Promise {
        let call = self.0.revoke().map(|()| Ok(Object::new().write()));
        start(call, Give::Object, signal, None)
    }

    /// A page of recordings; `query` holds the filters or the cursor.
    pub fn recordings(&self, query: &str, signal: Option<AbortSignal>) -> Result<Promise> {
        let (call, _) = recordings(&self.0, &pairs(&arguments(query)?)?, |page| page.write())?;
        Ok(start(call, Give::Object, signal, None))
    }

    /// A content address with the token appended: `{url, shown, validUntil?}`.
    #[wasm_bindgen(js_name = contentUri)]
    pub fn content_uri(&self, address: String, signal: Option<AbortSignal>) -> Promise {
        let client = self.0.clone();
        let call = self.0.token(TokenUse::GivenOut).map(move |token| {
            let uri = content_uri(client.site(), &address, &token.access)?;
            // The address goes to JavaScript's ContentUri, which keeps it as this side does.
            let object = Object::new().text("url", uri.expose()).text("shown", uri.shown());
            Ok(object.optional_number("validUntil", token.expires_at_ms).write())
        });
        start(call, Give::Object, signal, None)
    }

    /// Submits a job; `fields` are RingCentral's own, with `contentUri` and `webhook`.
    pub fn submit(&self, task: &str, fields: &str, signal: Option<AbortSignal>) -> Result<Promise> {
        let job = SubmitJob::parse(self.0.site(), task, arguments(fields)?)?;
        let call = self.0.call(job).map(|accepted| Ok(Object::new().optional_text("jobId", accepted.job_id.as_deref()).write()));
        Ok(start(call, Give::Object, signal, None))
    }

    /// Where a job stands: RingCentral's own answer.
    #[wasm_bindgen(js_name = jobStatus)]
    pub fn job_status(&self, job_id: &str, signal: Option<AbortSignal>) -> Result<Promise> {
        let call = self.0.call(JobStatus::new(job_id)?);
        Ok(start(call, Give::Object, signal, None))
    }
}

fn client(options: &Value<'_>) -> crate::error::Result<Client> {
    let text = |name: &str| options.get(name).text();
    let hosts: Vec<&str> = options.get("mediaHosts").entries().iter().filter_map(Value::text).collect();
    let site = Site::new(text("server").unwrap_or(Site::SERVER), &hosts)?;
    let credentials = if options.fields().iter().any(|(name, _)| name == "accessToken") {
        let access = text("accessToken").unwrap_or_default().trim();
        if access.is_empty() || !access.bytes().all(|byte| byte.is_ascii_graphic()) {
            return Err(Error::invalid("accessToken", "it must be the token alone, without \"Bearer\" before it"));
        }
        Credentials::Token(Token::foreign(Secret::new(access)))
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

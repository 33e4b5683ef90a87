//! Finds out what an engine needs to know of a media file, when its submitter did not say: by one look at its beginning, with no
//! more than what opens it.

use crate::limits::LOOK_PATIENCE_S;
use crate::problem::Problem;
use futures_util::future::{Either, select};
use futures_util::{StreamExt, pin_mut};
use ringcentral_ai::engine::{LOOK_BYTES, Look, OpeningHeaders, look_range};
use ringcentral_ai::http::{HttpResponse, Url};
use ringcentral_ai::secret::SecretUrl;
use std::time::Duration;
use worker::web_sys::{Headers, Request, RequestInit, RequestRedirect};
use worker::{AbortController, Delay, Fetch, Response};

/// One look, anonymous but for what opens the media; whatever goes wrong, what was seen until then counts.
///
/// # Errors
/// `invalid_field` when the address is none.
pub(crate) async fn look_at(address: &SecretUrl, opening: Option<&OpeningHeaders>) -> Result<Look, Problem> {
    // The address goes into a request to its own host.
    let address = address.expose();
    let path = Url::parse(address, "media.contentUri")?.path().to_owned();
    let abort = AbortController::default();
    let mut seen = None;
    {
        let work = begin(address, opening, &abort, &mut seen);
        let deadline = Delay::from(Duration::from_secs(LOOK_PATIENCE_S));
        pin_mut!(work, deadline);
        match select(work, deadline).await {
            Either::Left(_) | Either::Right(_) => {}
        }
    }
    // Of a longer file the rest does not come.
    abort.abort();
    let unseen = || Look::unseen(&path);
    Ok(seen.map_or_else(unseen, |response| Look::of(&path, &response)))
}

/// Reads the beginning; what has come stands in `seen`, however this ends.
async fn begin(
    address: &str,
    opening: Option<&OpeningHeaders>,
    abort: &AbortController,
    seen: &mut Option<HttpResponse>,
) -> worker::Result<()> {
    let mut response = send(address, opening, abort).await?;
    let headers = response.headers().entries().collect();
    let response_seen = seen.insert(HttpResponse { status: response.status_code(), headers, body: Vec::new() });
    let mut stream = response.stream()?;
    while response_seen.body.len() < LOOK_BYTES
        && let Some(chunk) = stream.next().await
    {
        response_seen.body.extend_from_slice(&chunk?);
    }
    Ok(())
}

async fn send(address: &str, opening: Option<&OpeningHeaders>, abort: &AbortController) -> worker::Result<Response> {
    let headers = Headers::new()?;
    for (name, value) in opening.into_iter().flat_map(OpeningHeaders::iter) {
        // What opens the media goes into a header of the request for it.
        headers.set(name, value.expose())?;
    }
    headers.set("range", &look_range())?;
    let init = RequestInit::new();
    init.set_headers(&headers);
    // A redirect is not followed: nobody has checked where it leads, nor does anybody know whether RingCentral would follow it.
    init.set_redirect(RequestRedirect::Manual);
    Fetch::Request(Request::new_with_str_and_init(address, &init)?.into()).send_with_signal(&abort.signal()).await
}

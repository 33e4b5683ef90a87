//! Finds out what an engine needs to know of a media file, when its submitter did not say: by one anonymous look at its beginning.

use crate::problem::Problem;
use futures_util::future::{Either, select};
use futures_util::{StreamExt, pin_mut};
use ringcentral_ai::engine::{Seen, Untold, is_private};
use ringcentral_ai::http::Url;
use ringcentral_ai::secret::SecretUrl;
use std::time::Duration;
use worker::web_sys::{Headers, Request, RequestInit, RequestRedirect};
use worker::{AbortController, Delay, Fetch, Response};

/// So much of a file is looked at: enough for an ID3 tag without a picture.
const MAX_BYTES: usize = 4096;
/// How long the look may take, redirects and body included.
const PATIENCE: Duration = Duration::from_secs(5);
/// So many redirects are followed.
const MAX_REDIRECTS: usize = 3;

/// What one look has shown.
#[derive(Debug, Default)]
pub(crate) struct Look {
    /// What the media's server answered, if it did.
    status: Option<u16>,
    /// What an engine may be told of it.
    pub(crate) seen: Seen,
}

impl Look {
    /// The problem when the look did not tell what a field of the input needs.
    pub(crate) fn untold(&self, untold: &Untold) -> Problem {
        let Untold { field, takes } = untold;
        let seen = match self.status {
            Some(200..=299) => "neither the content type nor the first bytes nor the file's name tell the ".to_owned(),
            Some(status) => format!("the media's address answered {status}, and its file name does not tell the "),
            None => "the media could not be looked at, and its file name does not tell the ".to_owned(),
        };
        let place = ["input.", field].concat();
        let message = format!("{seen}{field}: give {place} ({takes})");
        Problem::encoding_unknown(place, &message)
    }
}

/// One anonymous look; whatever goes wrong, what was seen until then counts.
///
/// # Errors
/// `invalid_field` when the address is none.
pub(crate) async fn look_at(address: &SecretUrl, allow_private: bool) -> Result<Look, Problem> {
    // The address goes into a request to its own host.
    let address = address.expose();
    let path = Url::parse(address, "media.contentUri")?.path().to_owned();
    let abort = AbortController::default();
    let mut look = Look { seen: Seen { path, ..Seen::default() }, ..Look::default() };
    {
        let work = follow(address, allow_private, &abort, &mut look);
        let deadline = Delay::from(PATIENCE);
        pin_mut!(work, deadline);
        match select(work, deadline).await {
            Either::Left(((), _)) | Either::Right(((), _)) => {}
        }
    }
    abort.abort();
    Ok(look)
}

async fn follow(address: &str, allow_private: bool, abort: &AbortController, look: &mut Look) {
    let mut address = address.to_owned();
    for _ in 0..=MAX_REDIRECTS {
        let Ok(mut response) = send(&address, abort).await else { return };
        look.status = Some(response.status_code());
        let header = |name| response.headers().get(name).ok().flatten();
        match (response.status_code(), header("location")) {
            (301..=303 | 307 | 308, Some(location)) => {
                let Some(next) = redirected(&address, &location, allow_private) else { return };
                address = next;
            }
            (200..=299, _) => {
                look.seen.content_type = header("content-type");
                return begin(&mut response, look).await;
            }
            _ => return,
        }
    }
}

async fn send(address: &str, abort: &AbortController) -> worker::Result<Response> {
    let headers = Headers::new()?;
    headers.set("range", &format!("bytes=0-{}", MAX_BYTES - 1))?;
    let init = RequestInit::new();
    init.set_headers(&headers);
    init.set_redirect(RequestRedirect::Manual);
    Fetch::Request(Request::new_with_str_and_init(address, &init)?.into()).send_with_signal(&abort.signal()).await
}

async fn begin(response: &mut Response, look: &mut Look) {
    let Ok(mut stream) = response.stream() else { return };
    while let Some(Ok(chunk)) = stream.next().await {
        let room = MAX_BYTES - look.seen.beginning.len();
        look.seen.beginning.extend_from_slice(&chunk[..chunk.len().min(room)]);
        if look.seen.beginning.len() == MAX_BYTES {
            return;
        }
    }
}

/// Where a redirect leads, if it may be followed.
fn redirected(from: &str, location: &str, allow_private: bool) -> Option<String> {
    let base = Url::parse(from, "").ok()?;
    let target = if location.contains("://") {
        location.to_owned()
    } else if location.starts_with('/') && !location.starts_with("//") {
        [&base.origin(), location].concat()
    } else if location.starts_with("//") {
        [base.origin().split("//").next()?, location].concat()
    } else {
        let folder = &base.path()[..=base.path().rfind('/')?];
        [&base.origin(), folder, location].concat()
    };
    let url = Url::parse(&target, "").ok()?;
    (allow_private || !is_private(&url)).then_some(target)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_redirect_leads_where_a_browser_would_go() {
        let from = "https://h.example/a/b?c";
        let table = [
            ("https://i.example/x", "https://i.example/x"),
            ("//i.example/x", "https://i.example/x"),
            ("/x?y", "https://h.example/x?y"),
            ("x", "https://h.example/a/x"),
        ];
        for (location, target) in table {
            assert_eq!(redirected(from, location, false).as_deref(), Some(target), "{location}");
        }
    }

    #[test]
    fn a_redirect_to_a_private_address_is_not_followed() {
        for location in
            ["http://127.0.0.1/x", "http://169.254.169.254/latest", "http://router/x", "ftp://h.example/x", "http://[::1]/"]
        {
            assert_eq!(redirected("https://h.example/", location, false), None, "{location}");
        }
        assert!(redirected("https://h.example/", "http://127.0.0.1:9/x", true).is_some());
    }

    #[test]
    fn an_unknown_encoding_says_what_was_seen() {
        let look = Look { status: Some(404), ..Look::default() };
        let problem = look.untold(&Untold { field: "encoding", takes: "Mpeg, Wav".into() });
        assert_eq!((problem.code(), problem.failure().field.as_deref()), ("encoding_unknown", Some("input.encoding")));
        assert!(
            problem.failure().message.contains("404") && problem.failure().message.ends_with("give input.encoding (Mpeg, Wav)")
        );
    }
}

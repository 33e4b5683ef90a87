//! Finds out what a media file is encoded as, when its submitter did not say: by one anonymous look at its beginning.

use crate::problem::Problem;
use futures_util::future::{Either, select};
use futures_util::{StreamExt, pin_mut};
use ringcentral_ai::endpoint::Site;
use ringcentral_ai::engine::is_private;
use ringcentral_ai::engine::ringcentral::media::{Content, Encoding};
use ringcentral_ai::http::Url;
use ringcentral_ai::secret::SecretUrl;
use std::time::Duration;
use worker::{AbortController, Delay, Fetch, Headers, Method, Request, RequestInit, RequestRedirect, Response};

/// So much of a file is looked at: enough for an ID3 tag without a picture.
const MAX_BYTES: usize = 4096;
/// How long the look may take, redirects and body included.
const PATIENCE: Duration = Duration::from_secs(5);
/// So many redirects are followed.
const MAX_REDIRECTS: usize = 3;

/// What the media's server said of it.
#[derive(Debug, Default)]
struct Look {
    status: Option<u16>,
    content_type: Option<String>,
    beginning: Vec<u8>,
}

/// The encoding of the media at `address`: by its content type, its first bytes, its name. A protected recording shows nothing
/// to those without a token: unless its name tells, the Desk looks at it with one.
///
/// # Errors
/// `encoding_unknown` when nothing tells.
pub(crate) async fn encoding_of(address: &SecretUrl, site: &Site, allow_private: bool) -> Result<Option<Encoding>, Problem> {
    let content = Content::new(site, address.clone())?;
    // The address goes into a request to its own host.
    let address = address.expose();
    let url = Url::parse(address, "media.contentUri")?;
    if content.is_granted() {
        return Ok(Encoding::of_path(url.path()));
    }
    let look = look_at(address, allow_private).await;
    decide(&look, &url).map(Some).ok_or_else(|| unknown(&look))
}

fn decide(look: &Look, url: &Url) -> Option<Encoding> {
    let content_type = look.content_type.as_deref().and_then(Encoding::of_content_type);
    content_type.or_else(|| Encoding::of_bytes(&look.beginning)).or_else(|| Encoding::of_path(url.path()))
}

fn unknown(look: &Look) -> Problem {
    let seen = match look.status {
        Some(200..=299) => "neither the content type nor the first bytes nor the file's name tell the encoding".to_owned(),
        Some(status) => format!("the media's address answered {status}, and its file name does not tell the encoding"),
        None => "the media could not be looked at, and its file name does not tell the encoding".to_owned(),
    };
    Problem::encoding_unknown(&[&seen, ": give input.encoding (Mpeg, Mp4, Wav, Webm, Webp, Aac, Avi or Ogg)"].concat())
}

/// One look; whatever goes wrong, what was seen until then counts.
async fn look_at(address: &str, allow_private: bool) -> Look {
    let abort = AbortController::default();
    let mut look = Look::default();
    {
        let work = follow(address, allow_private, &abort, &mut look);
        let deadline = Delay::from(PATIENCE);
        pin_mut!(work, deadline);
        match select(work, deadline).await {
            Either::Left(((), _)) | Either::Right(((), _)) => {}
        }
    }
    abort.abort();
    look
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
                look.content_type = header("content-type");
                return begin(&mut response, look).await;
            }
            _ => return,
        }
    }
}

async fn send(address: &str, abort: &AbortController) -> worker::Result<Response> {
    let headers = Headers::new();
    headers.set("range", &format!("bytes=0-{}", MAX_BYTES - 1))?;
    let mut init = RequestInit::new();
    init.with_method(Method::Get).with_headers(headers).with_redirect(RequestRedirect::Manual);
    Fetch::Request(Request::new_with_init(address, &init)?).send_with_signal(&abort.signal()).await
}

async fn begin(response: &mut Response, look: &mut Look) {
    let Ok(mut stream) = response.stream() else { return };
    while let Some(Ok(chunk)) = stream.next().await {
        let room = MAX_BYTES - look.beginning.len();
        look.beginning.extend_from_slice(&chunk[..chunk.len().min(room)]);
        if look.beginning.len() == MAX_BYTES {
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

    fn url(text: &str) -> Url {
        Url::parse(text, "").unwrap()
    }

    #[test]
    fn the_content_type_is_asked_first_then_the_bytes_then_the_name() {
        let wav = b"RIFF\x24\0\0\0WAVEfmt ".to_vec();
        let mut look = Look { status: Some(200), content_type: Some("audio/mpeg".into()), beginning: wav };
        assert_eq!(decide(&look, &url("https://h/a.ogg")), Some(Encoding::Mpeg));
        look.content_type = Some("application/octet-stream".into());
        assert_eq!(decide(&look, &url("https://h/a.ogg")), Some(Encoding::Wav));
        look.beginning.clear();
        assert_eq!(decide(&look, &url("https://h/a.ogg?x=.wav")), Some(Encoding::Ogg));
        assert_eq!(decide(&look, &url("https://h/a")), None);
    }

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
        assert_eq!(unknown(&look).code(), "encoding_unknown");
        assert!(unknown(&look).reply("r").to_value().to_string().contains("404"));
    }
}

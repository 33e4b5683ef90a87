//! What a login is answered with: any status, any headers, any body. The call ends, and no wait on its way is longer than any that is
//! believed.
#![no_main]

use libfuzzer_sys::fuzz_target;
use ringcentral_ai::call::{Call, Event, Now, Step};
use ringcentral_ai::endpoint::Site;
use ringcentral_ai::engine::ringcentral::auth::{Credentials, JwtLogin};
use ringcentral_ai::engine::ringcentral::client::Client;
use ringcentral_ai::engine::ringcentral::jobs::JobStatus;
use ringcentral_ai::http::HttpResponse;
use ringcentral_ai::secret::Secret;

/// An hour, and what is added to it for rounding and jitter.
const LONGEST_WAIT_MS: u64 = 3_700_000;
const MARKER: &str = "S3CRET";

fuzz_target!(|data: &[u8]| {
    let Some((head, rest)) = data.split_first_chunk::<3>() else { return };
    let status = 100 + u16::from_le_bytes([head[0], head[1]]) % 500;
    let (value, body) = rest.split_at(usize::from(head[2]).min(rest.len()));
    let header = String::from_utf8_lossy(value).into_owned();
    let names = ["retry-after", "date", "x-rate-limit-limit", "x-rate-limit-window", "x-rate-limit-remaining"];
    let headers = names.map(|name| (name.to_owned(), header.clone())).to_vec();
    let login = JwtLogin { client_id: "id".into(), client_secret: Some(Secret::new(MARKER)), jwt: Secret::new(MARKER) };
    let Ok(site) = Site::new(Site::SERVER, &[]) else { return };
    let Ok(status_of) = JobStatus::new("7") else { return };
    let mut call = Client::new(site, Credentials::Jwt(login)).call(status_of);
    let (mut event, mut now) = (Event::Go, Now { ms: 1_795_000_000_000, random: 7 });
    for _ in 0..200 {
        event = match call.step(event, now) {
            Step::Send(_) => Event::Response(HttpResponse { status, headers: headers.clone(), body: body.to_vec() }),
            Step::Sleep(ms) => {
                assert!(ms <= LONGEST_WAIT_MS, "a wait of {ms} ms");
                now.ms += ms;
                Event::Go
            }
            Step::Report(_) => Event::Go,
            Step::Done(_) => return,
            Step::Fail(error) => {
                let is_told = body.windows(MARKER.len()).any(|window| window == MARKER.as_bytes());
                assert!(is_told || !error.to_string().contains(MARKER));
                return;
            }
        };
    }
    panic!("the call does not end");
});

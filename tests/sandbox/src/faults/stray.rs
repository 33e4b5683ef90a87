//! Deliveries that no job has made: made up, gone astray, or too large.

use axum::body::Bytes;
use axum::http::HeaderMap;
use reqwest::{Body, Client, Url, header};

use crate::callback::{Delivery, Webhook};
use crate::faults::Kind;
use crate::server::Sandbox;

/// A byte more than any result may have.
const OVERSIZED_BYTES: usize = 25 * 1024 * 1024 + 1;

/// One of them, ready to be sent.
#[derive(Debug)]
pub struct Stray {
    webhook: Webhook,
    body: Bytes,
    is_declared: bool,
}

impl Stray {
    /// The stray of that kind before `delivery`; none where its address has nothing to forge or no other job has ended.
    #[must_use]
    pub fn of(kind: Kind, number: u64, delivery: &Delivery, sandbox: &Sandbox) -> Option<Self> {
        let made_up = |id: &str| (delivery.webhook.habit.forged)(&delivery.body, id);
        let to = |body: Bytes| Self { webhook: delivery.webhook.clone(), body, is_declared: true };
        // A stranger knows no secret of the service's headers.
        let strange = |webhook: Webhook| Webhook { headers: HeaderMap::new(), ..webhook };
        Some(match kind {
            Kind::ForgedAddress => {
                let address = forged(&delivery.webhook.address, number)?;
                let webhook = strange(Webhook { address, ..delivery.webhook.clone() });
                Self { webhook, ..to(made_up(&delivery.job_id)) }
            }
            Kind::ForgedBody => {
                let id = sandbox.random().uuid_v1(sandbox.now_ms());
                Self { webhook: strange(delivery.webhook.clone()), ..to(made_up(&id)) }
            }
            Kind::AnotherJob => to(sandbox.jobs().another(&delivery.job_id)?),
            Kind::Garbage => to(garbage(&delivery.body, number)),
            _ => Self { is_declared: number.is_multiple_of(2), ..to(oversized(&delivery.body)) },
        })
    }

    /// Sends it once; none where no answer comes.
    pub async fn send(self, client: &Client) -> Option<u16> {
        let webhook = self.webhook;
        let request = client.request(webhook.method, &webhook.address).headers(webhook.headers);
        let request = request.header(header::CONTENT_TYPE, "application/json");
        let body = if self.is_declared {
            Body::from(self.body)
        } else {
            // Of a stream nobody knows the length.
            let parts: Vec<_> = self.body.chunks(64 << 10).map(|part| self.body.slice_ref(part)).collect();
            Body::wrap_stream(futures_util::stream::iter(parts.into_iter().map(Ok::<_, std::io::Error>)))
        };
        Some(request.body(body).send().await.ok()?.status().as_u16())
    }
}

/// The address with one sign of its last part changed, as a signature is that somebody has guessed.
fn forged(webhook: &str, number: u64) -> Option<String> {
    let mut url = Url::parse(webhook).ok()?;
    let (start, last) = url.path().rsplit_once('/')?;
    let place = usize::try_from(number >> 32).ok()? % last.len().max(1);
    let sign = *last.as_bytes().get(place)?;
    let other = if sign == b'0' { '1' } else { '0' };
    let path = format!("{start}/{}{other}{}", last.get(..place)?, last.get(place + 1..)?);
    url.set_path(&path);
    Some(url.into())
}

/// What is no result: a page, the first half of one, an empty list, or nothing.
fn garbage(body: &Bytes, number: u64) -> Bytes {
    match number >> 62 {
        0 => Bytes::from_static(b"<html><body><h1>502 Bad Gateway</h1></body></html>"),
        1 => body.slice(..body.len() / 2),
        2 => Bytes::from_static(b"[]"),
        _ => Bytes::new(),
    }
}

/// The envelope behind so much white space that it is too long.
fn oversized(envelope: &Bytes) -> Bytes {
    let mut body = vec![b' '; OVERSIZED_BYTES - envelope.len().min(OVERSIZED_BYTES)];
    body.extend_from_slice(envelope);
    body.into()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_forged_address_differs_in_one_sign_of_its_signature() {
        for number in [0, 7 << 32, u64::MAX] {
            let address = "http://h.example/callbacks/id/1/0123456789abcdef?x=1";
            let other = forged(address, number).unwrap();
            assert_eq!(other.len(), address.len());
            let differ: Vec<_> = (0..other.len()).filter(|at| other.as_bytes()[*at] != address.as_bytes()[*at]).collect();
            assert!(matches!(differ[..], [at] if (32..48).contains(&at)), "{other}");
        }
        assert_eq!(forged("http://h.example/", 1), None);
    }

    #[test]
    fn no_garbage_is_a_json_object() {
        let bodies: Vec<_> = (0..4).map(|kind: u64| garbage(&Bytes::from_static(b"{\"a\": 1}"), kind << 62)).collect();
        assert!(bodies.iter().all(|body| !serde_json::from_slice::<serde_json::Value>(body).is_ok_and(|json| json.is_object())));
        assert!(bodies[1..].iter().all(|body| body != &bodies[0]));
    }

    #[test]
    fn what_is_too_large_is_so_by_a_byte() {
        assert_eq!(oversized(&Bytes::from_static(b"{}")).len(), OVERSIZED_BYTES);
    }
}

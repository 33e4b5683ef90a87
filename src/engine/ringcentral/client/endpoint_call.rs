//! An endpoint under way: its request through the exchange, its response read.

use super::{Client, Exchange};
use crate::call::{Call, Event, Now, Step};
use crate::endpoint::Endpoint;

/// The call of one endpoint.
#[derive(Debug)]
pub struct EndpointCall<E> {
    endpoint: E,
    exchange: Exchange,
}

impl<E: Endpoint> EndpointCall<E> {
    /// The call, not begun yet.
    pub fn new(client: Client, endpoint: E) -> Self {
        let exchange = Exchange::new(client, endpoint.needs());
        Self { endpoint, exchange }
    }
}

impl<E: Endpoint> Call for EndpointCall<E> {
    type Output = E::Output;

    fn step(&mut self, event: Event, now: Now) -> Step<E::Output> {
        let step = self.exchange.step(event, now, &|site, token| self.endpoint.request(site, token));
        match step.done() {
            Ok(response) => self.endpoint.read(&response).map_or_else(Step::Fail, Step::Done),
            Err(step) => step,
        }
    }
}

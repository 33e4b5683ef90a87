//! Which recordings have been analysed, and when; and who is told of it.

use std::collections::HashMap;
use std::sync::Arc;
use std::time::Duration;

use tokio::time::Instant;

use crate::ace::subscriptions::{Subscription, tell_in};
use crate::server::Sandbox;

/// How long an analysis takes; `--speed` divides it.
const LATENCY: Duration = Duration::from_secs(10);

/// Each analysis that has begun.
#[derive(Debug, Default)]
pub struct Analyses {
    /// When it is ready, by the timer and by the sandbox's clock.
    ready: HashMap<String, (Instant, u64)>,
    /// Who is told of those that are.
    pub subscriptions: Vec<Subscription>,
}

impl Analyses {
    /// When a recording was analysed, if it was; what nobody has asked for yet is begun.
    pub fn ready(&mut self, record_id: &str, sandbox: &Arc<Sandbox>) -> Option<u64> {
        let latency = sandbox.hurried(LATENCY);
        let ready = || {
            tokio::spawn(tell_in(latency, Arc::clone(sandbox), record_id.to_owned()));
            (Instant::now() + latency, sandbox.now_ms() + u64::try_from(latency.as_millis()).unwrap_or_default())
        };
        let (at, at_ms) = *self.ready.entry(record_id.to_owned()).or_insert_with(ready);
        (Instant::now() >= at).then_some(at_ms)
    }
}

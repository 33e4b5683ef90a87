//! Which recordings have been analysed, and when.

use std::collections::HashMap;
use std::time::Duration;

use tokio::time::Instant;

use crate::server::Sandbox;

/// How long an analysis takes; `--speed` divides it.
const LATENCY: Duration = Duration::from_secs(10);

/// When each analysis that has begun is ready: by the timer, and by the sandbox's clock.
#[derive(Debug, Default)]
pub struct Analyses(HashMap<String, (Instant, u64)>);

impl Analyses {
    /// When a recording was analysed, if it was; what nobody has asked for yet is begun.
    pub fn ready(&mut self, record_id: &str, sandbox: &Sandbox) -> Option<u64> {
        let latency = sandbox.hurried(LATENCY);
        let ready = || (Instant::now() + latency, sandbox.now_ms() + u64::try_from(latency.as_millis()).unwrap_or_default());
        let (at, at_ms) = *self.0.entry(record_id.to_owned()).or_insert_with(ready);
        (Instant::now() >= at).then_some(at_ms)
    }
}

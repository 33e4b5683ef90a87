//! Stand-ins for the services that do the same jobs as RingCentral's AI, each under a path of its own.
//!
//! A service is one [`Service`] value and a folder. Keys, faults and the journal are the same for all.

pub mod assemblyai;
pub mod deepgram;
pub mod door;
pub mod openai;
pub mod sentiment;
pub mod spoken;

use std::sync::Arc;

use axum::Router;

use crate::server::Sandbox;
use door::Service;

/// The path under which each service is.
const SERVICES: [&Service; 3] = [&deepgram::SERVICE, &assemblyai::SERVICE, &openai::SERVICE];

/// The routes of this room.
pub fn routes(sandbox: &Arc<Sandbox>) -> Router<Arc<Sandbox>> {
    Router::new().merge(deepgram::routes(sandbox)).merge(assemblyai::routes(sandbox)).merge(openai::routes(sandbox))
}

/// Whether a path is a service's; every other is RingCentral's.
#[must_use]
pub fn own(path: &str) -> bool {
    SERVICES.iter().any(|service| path.strip_prefix(service.path).is_some_and(|rest| rest.starts_with('/')))
}

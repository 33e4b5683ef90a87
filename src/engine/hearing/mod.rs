//! What the services that hear have in common: RingCentral's fields, and the way through the door of the engines.

mod dialect;
mod engine;
mod rules;

pub(in crate::engine) use dialect::Dialect;
pub use engine::Hearing;
pub(in crate::engine) use rules::{Unable, check, honoured, phrases, tells_speakers};

//! What comes to a callback address: read or not, it never panics, and what is read is held to what the Worker relies on.
#![no_main]

use libfuzzer_sys::fuzz_target;
use ringcentral_ai::engine::ringcentral::delivery::{Envelope, Status, TypedResult};

fuzz_target!(|body: &[u8]| {
    let Ok(envelope) = Envelope::read(body) else { return };
    assert!(envelope.status == Status::Fail || envelope.errors.is_empty(), "errors are a failure's");
    let _ = TypedResult::read(body, envelope.task());
});

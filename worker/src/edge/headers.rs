//! How large a request's headers may be.

use crate::limits::MAX_HEADERS_BYTES;
use crate::problem::Problem;
use ringcentral_ai::error::Code;
use worker::Headers;

/// Refuses a request whose headers hold more than they may.
///
/// # Errors
/// `too_large`, saying how much they hold.
pub(crate) fn check(headers: &Headers) -> Result<(), Problem> {
    let bytes = headers.entries().map(|(name, value)| name.len() + value.len()).sum();
    if bytes <= MAX_HEADERS_BYTES { Ok(()) } else { Err(too_large(bytes)) }
}

fn too_large(bytes: usize) -> Problem {
    let limit = MAX_HEADERS_BYTES >> 10;
    let message = format!(
        "the headers hold {} KiB, and may hold {limit} KiB together: send fewer or shorter ones",
        bytes.div_ceil(1 << 10)
    );
    Problem::new(Code::TooLarge, message)
}

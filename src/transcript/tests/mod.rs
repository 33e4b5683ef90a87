//! Shared by the tests of this room: payloads, and small readers of what was written.

mod captions;
mod conversation;
mod division;
mod laws;
mod reading;
mod slices;
mod spelling;
mod times;

use super::{Format, Transcript};

fn read(body: &str) -> Transcript {
    Transcript::read(body.as_bytes()).unwrap()
}

fn text(body: &str) -> String {
    read(body).write(Format::Text)
}

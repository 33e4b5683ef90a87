//! Reads a request's body with a limit, into one buffer of JavaScript's, and with an account of how much of all bodies has arrived.

use crate::clock::Clock;
use crate::limits::{BODY_IDLE_MS, BODY_LEASE_MS, BUSY_RETRY_AFTER_S, UNWANTED_IDLE_MS, UNWANTED_LEASE_MS};
use crate::problem::Problem;
use crate::share::Share;
use futures_util::future::{Either, select};
use ringcentral_ai::error::Code;
use std::time::Duration;
use worker::js_sys::{ArrayBuffer, Uint8Array};
use worker::wasm_bindgen::JsCast;
use worker::wasm_bindgen_futures::JsFuture;
use worker::web_sys::{
    ReadableStreamByobReader, ReadableStreamGetReaderOptions, ReadableStreamReadResult, ReadableStreamReaderMode,
};
use worker::{Delay, Request};

/// So much room is made for a body before any of it has come: what is announced need not be true.
const FIRST_ROOM_BYTES: u32 = 256 << 10;
/// So much of a body that nobody wants is looked at at once.
const PASSING_BYTES: u32 = 64 << 10;

/// The body, whole; its share grows as it comes.
///
/// # Errors
/// `too_large` as soon as it is known to be longer than the limit; `busy` when there is no room for it, or it does not go on.
pub(crate) async fn read(request: &Request, max_bytes: u32, share: &mut Share) -> Result<Uint8Array, Problem> {
    let Some(reader) = reader(request) else {
        return Ok(Uint8Array::new_with_length(0)); // a request without any body
    };
    let body = receive(&reader, declared_bytes(request), max_bytes, share).await;
    if body.is_err() {
        let _ = reader.cancel(); // whatever it says, nobody waits for more
    }
    body
}

/// Lets a body go by that nobody wants: a sender that is cut off in the middle of it may never see its answer. For one that does
/// not go on nobody waits.
pub(crate) async fn let_pass(request: &Request) {
    if let Some(reader) = reader(request) {
        discard(&reader).await;
        let _ = reader.cancel();
    }
}

/// How long the body is said to be; one of unknown length says nothing.
pub(crate) fn declared_bytes(request: &Request) -> Option<u32> {
    let header = request.headers().get("content-length").ok().flatten();
    header.map(|text| text.parse().unwrap_or(u32::MAX))
}

fn reader(request: &Request) -> Option<ReadableStreamByobReader> {
    let options = ReadableStreamGetReaderOptions::new();
    options.set_mode(ReadableStreamReaderMode::Byob);
    request.inner().body().map(|stream| stream.get_reader_with_options(&options).unchecked_into())
}

async fn receive(
    reader: &ReadableStreamByobReader,
    declared: Option<u32>,
    max_bytes: u32,
    share: &mut Share,
) -> Result<Uint8Array, Problem> {
    if declared.is_some_and(|bytes| bytes > max_bytes) {
        discard(reader).await;
        return Err(too_large(max_bytes));
    }
    let ends_ms = Clock::REAL.now_ms() + BODY_LEASE_MS;
    let most = declared.unwrap_or(max_bytes + 1);
    let mut room = ArrayBuffer::new(most.min(FIRST_ROOM_BYTES));
    let mut held = 0;
    while declared != Some(held) {
        if held == room.byte_length() {
            room = larger(&room, most, declared.is_some() && share.makes_room(most));
        }
        let chunk = next(reader, &Uint8Array::new_with_byte_offset(&room, held), BODY_IDLE_MS).await?;
        let value: Option<Uint8Array> = chunk.get_value().dyn_into().ok();
        if let Some(value) = &value {
            room = value.buffer().unchecked_into(); // reading takes the buffer away and gives it back
            held += value.length();
        }
        let fits = if held > max_bytes { Err(too_large(max_bytes)) } else { share.hold(held) };
        if let Err(problem) = fits {
            drop(room);
            discard(reader).await;
            return Err(problem);
        }
        if chunk.get_done() == Some(true) || value.is_none() {
            break;
        }
        if Clock::REAL.now_ms() > ends_ms {
            return Err(given_up("the body takes too long: send it again"));
        }
    }
    Ok(Uint8Array::new_with_byte_offset_and_length(&room, 0, held))
}

/// Reads on without keeping anything, as long as the body comes at a good pace.
async fn discard(reader: &ReadableStreamByobReader) {
    let ends_ms = Clock::REAL.now_ms() + UNWANTED_LEASE_MS;
    let mut room = ArrayBuffer::new(PASSING_BYTES);
    while let Ok(piece) = next(reader, &Uint8Array::new(&room), UNWANTED_IDLE_MS).await {
        let value: Option<Uint8Array> = piece.get_value().dyn_into().ok();
        match value.filter(|_| piece.get_done() != Some(true) && Clock::REAL.now_ms() < ends_ms) {
            Some(value) => room = value.buffer().unchecked_into(),
            None => break,
        }
    }
}

/// The next piece of a body, which has to come within so long.
async fn next(reader: &ReadableStreamByobReader, into: &Uint8Array, within_ms: u64) -> Result<ReadableStreamReadResult, Problem> {
    let piece = JsFuture::from(reader.read_with_array_buffer_view(into));
    match select(piece, Delay::from(Duration::from_millis(within_ms))).await {
        Either::Left((Ok(piece), _)) => Ok(piece.unchecked_into()),
        Either::Left((Err(_), _)) => Err(Problem::stalled(Code::InvalidJson, "the body broke off")),
        Either::Right(_) => Err(given_up("the body does not go on: send it again")),
    }
}

/// The room for the whole, or else four times the room, with what was in it.
fn larger(room: &ArrayBuffer, most: u32, for_all: bool) -> ArrayBuffer {
    let more = ArrayBuffer::new(if for_all { most } else { room.byte_length().saturating_mul(4).min(most) });
    Uint8Array::new(&more).set(&Uint8Array::new(room), 0);
    more
}

fn given_up(why: &str) -> Problem {
    Problem::stalled(Code::Busy, why).retry_after(BUSY_RETRY_AFTER_S)
}

fn too_large(max_bytes: u32) -> Problem {
    Problem::new(Code::TooLarge, format!("the body may have {} MiB at most", max_bytes >> 20))
}

//! Lists of recordings, for JavaScript: where a page is asked for, and what it holds.

use crate::browser::arguments::{arguments, pairs, site};
use crate::browser::fault::Result;
use crate::engine::ringcentral::media::ListRecordings;
use alloc::borrow::ToOwned;
use alloc::string::String;
use wasm_bindgen::prelude::*;

/// Path and query of a page at RingCentral; `query` holds the filters or the cursor.
#[wasm_bindgen(js_name = recordingsTarget)]
#[expect(unreachable_pub, reason = "wasm-bindgen exports public functions only")]
pub fn recordings_target(query: &str) -> Result<String> {
    Ok(list(query)?.target().to_owned())
}

/// The same page, by the text that RingCentral answered with: `{items, skipped?, nextCursor?}`; `place` is `{server?, mediaHosts?}`.
#[wasm_bindgen(js_name = recordingsPage)]
#[expect(unreachable_pub, reason = "wasm-bindgen exports public functions only")]
pub fn recordings_page(query: &str, answer: &str, place: &str) -> Result<String> {
    let site = site(&arguments(place)?)?;
    Ok(list(query)?.page(answer.as_bytes())?.at(&site).write())
}

fn list(query: &str) -> Result<ListRecordings> {
    Ok(ListRecordings::parse(&pairs(&arguments(query)?)?)?)
}

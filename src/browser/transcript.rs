//! The words of a result, for JavaScript: written in the format that is asked for.

use super::fault::Result;
use crate::error::Error;
use crate::transcript::{Format, Transcript};
use alloc::string::String;
use wasm_bindgen::prelude::*;

/// The transcript of a result's text as `txt`, `srt`, `vtt` or `json`.
#[wasm_bindgen(js_name = writeTranscript)]
#[expect(unreachable_pub, reason = "wasm-bindgen exports public functions only")]
pub fn write_transcript(result: &str, format: &str) -> Result<String> {
    let format = Format::named(format).ok_or_else(|| Error::invalid("format", "it must be txt, srt, vtt or json"))?;
    Ok(Transcript::read(result.as_bytes())?.write(format))
}

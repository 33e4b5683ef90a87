//! The words of a result, for JavaScript: written in the format that is asked for.

use crate::browser::arguments::{arguments, pairs};
use crate::browser::fault::Result;
use crate::error::Error;
use crate::transcript::{Format, Options, Slice, Transcript};
use alloc::string::String;
use alloc::vec::Vec;
use wasm_bindgen::prelude::*;

// The tables of Unicode would be a fifth of what a page loads; the platform has its own.
#[wasm_bindgen(raw_module = "./clusters.mjs")]
extern "C" {
    #[wasm_bindgen(js_name = clusters)]
    fn parted(text: &str) -> String;
}

fn clusters(text: &str) -> Vec<usize> {
    parted(text).split('\0').map(str::len).collect()
}

/// The transcript of a result's text as `txt`, `srt`, `vtt` or `json`; `names` are speakers' names by their ids, `slice` is the part
/// that is written.
#[wasm_bindgen(js_name = writeTranscript)]
#[expect(unreachable_pub, reason = "wasm-bindgen exports public functions only")]
pub fn write_transcript(result: &str, format: &str, options: &str, names: &str, slice: &str) -> Result<String> {
    let format = Format::named(format).ok_or_else(|| Error::invalid("format", "it must be txt, srt, vtt or json"))?;
    let options = Options::new(clusters).with(&pairs(&arguments(options)?)?)?;
    let names = pairs(&arguments(names)?)?;
    let slice = Slice::with(&pairs(&arguments(slice)?)?)?;
    Ok(Transcript::read(result.as_bytes())?.named(names).slice(&slice).write_with(format, &options))
}

/// Whether a result's text has a transcript.
#[wasm_bindgen(js_name = hasTranscript)]
#[must_use]
#[expect(unreachable_pub, reason = "wasm-bindgen exports public functions only")]
pub fn has_transcript(result: &str) -> bool {
    Transcript::is_in(result.as_bytes())
}

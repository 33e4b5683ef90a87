//! The core as WebAssembly in Node: the rooms do the same where a `usize` has 32 bits.
#![cfg(target_arch = "wasm32")]
#![allow(clippy::unwrap_used, missing_docs)]

use ringcentral_ai::json::Value;
use ringcentral_ai::pace::{Group, Pacer, Rank, Slot};
use ringcentral_ai::secret::Secret;
use ringcentral_ai::signing::{Keys, callback_path, verify_callback};
use ringcentral_ai::transcript::{Format, Transcript};
use wasm_bindgen_test::wasm_bindgen_test;

const RESULT: &[u8] = include_bytes!("payloads/stt-success-no-diarization-2023-09-26.json");

#[wasm_bindgen_test]
fn a_result_becomes_captions() {
    let srt = Transcript::read(RESULT).unwrap().write(Format::Srt);
    assert!(srt.starts_with("1\n00:00:01,640 --> "), "{srt}");
    assert!(srt.contains("Thunderstorms could produce large hail,"), "{srt}");
}

#[wasm_bindgen_test]
fn a_callback_address_is_signed_and_known_again() {
    let keys = Keys::parse(&Secret::new("0123456789abcdef0123456789abcdef")).unwrap();
    let path = callback_path(&keys, "job", 1);
    let parts: Vec<&str> = path.split('/').collect();
    assert_eq!(verify_callback(&keys, parts[2], parts[3], parts[4]), Ok(1));
    assert!(verify_callback(&keys, parts[2], "2", parts[4]).is_err());
}

#[wasm_bindgen_test]
fn times_are_counted_in_64_bits() {
    let (mut pacer, now_ms) = (Pacer::default(), 1_800_000_000_000);
    for _ in 0..50 {
        let ticket = pacer.join(Group::Light, Rank::List, 1, 0);
        assert_eq!(pacer.try_take(ticket, now_ms), Slot::Go);
    }
    let ticket = pacer.join(Group::Light, Rank::List, 1, 0);
    assert_eq!(pacer.try_take(ticket, now_ms + 1), Slot::Wait(59_999));
}

#[wasm_bindgen_test]
fn deep_and_cut_json_is_refused_without_a_trap() {
    assert_eq!(Value::parse("[".repeat(1_000_000).as_bytes()), None);
    assert_eq!(Value::parse(&RESULT[..RESULT.len() - 2]), None);
}

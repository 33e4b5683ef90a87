//! How edge and Desk hand values to each other: written by `postcard`, and beside it bytes that need not be written again.
//!
//! For a few seconds after a deployment the two may be of different versions. A frame says which one wrote it, so that none is taken
//! for something else; whoever asked asks again.

use crate::failure::Failure;
use serde::{Serialize, de::DeserializeOwned};
use worker::js_sys::{Array, Uint8Array};
use worker::wasm_bindgen::{JsCast, JsValue};

/// What a frame's form depends on: every file with a type that goes into one.
const SOURCES: &[&str] = &[
    include_str!("change_job.rs"),
    include_str!("create_job.rs"),
    include_str!("dead_letters.rs"),
    include_str!("delivery.rs"),
    include_str!("frame.rs"),
    include_str!("learn_origin.rs"),
    include_str!("list_jobs.rs"),
    include_str!("media.rs"),
    include_str!("mod.rs"),
    include_str!("news.rs"),
    include_str!("read.rs"),
    include_str!("stats.rs"),
    include_str!("uploads.rs"),
    include_str!("user.rs"),
    include_str!("../failure.rs"),
    include_str!("../file.rs"),
    include_str!("../job.rs"),
    include_str!("../results.rs"),
    include_str!("../upload.rs"),
    include_str!("../../../src/engine/ringcentral/served/envelope.rs"),
];

/// The form's number: FNV-1a of all that.
const FORM: u32 = {
    let (mut form, mut file) = (0x811C_9DC5_u32, 0);
    while file < SOURCES.len() {
        let (text, mut at) = (SOURCES[file].as_bytes(), 0);
        while at < text.len() {
            form = (form ^ text[at] as u32).wrapping_mul(0x0100_0193);
            at += 1;
        }
        file += 1;
    }
    form
};

/// A value that fits into a frame.
pub(crate) trait Framed: Serialize + DeserializeOwned {
    /// What goes beside what is written; its field is skipped there.
    fn bytes(&self) -> &[u8] {
        &[]
    }

    /// Takes what came beside it.
    fn with_bytes(self, _bytes: Vec<u8>) -> Self {
        self
    }
}

impl Framed for () {}

/// An answer, or why there is none.
impl<T: Framed> Framed for Result<T, Failure> {
    fn bytes(&self) -> &[u8] {
        self.as_ref().map_or(&[], T::bytes)
    }

    fn with_bytes(self, bytes: Vec<u8>) -> Self {
        self.map(|answer| answer.with_bytes(bytes))
    }
}

/// A value on its way.
#[derive(Debug)]
pub(crate) struct Frame {
    written: Vec<u8>,
    bytes: Vec<u8>,
}

/// A value that cannot be written, or is not what was expected.
#[derive(Debug)]
pub(crate) struct NoFrame;

impl Frame {
    /// Writes a frame.
    ///
    /// # Errors
    /// When the value cannot be written.
    pub(crate) fn write(value: &impl Framed) -> Result<Self, NoFrame> {
        let written = postcard::to_allocvec(&(FORM, value)).map_err(|_| NoFrame)?;
        Ok(Self { written, bytes: value.bytes().to_vec() })
    }

    /// Reads it.
    ///
    /// # Errors
    /// When it is of another version, or not what was expected.
    pub(crate) fn parse<T: Framed>(self) -> Result<T, NoFrame> {
        let (form, rest) = postcard::take_from_bytes::<u32>(&self.written).map_err(|_| NoFrame)?;
        if form != FORM {
            return Err(NoFrame);
        }
        let value: T = postcard::from_bytes(rest).map_err(|_| NoFrame)?;
        Ok(value.with_bytes(self.bytes))
    }

    /// The two parts of a question as they came.
    pub(crate) fn of_parts(written: &Uint8Array, bytes: Option<&Uint8Array>) -> Self {
        Self { written: written.to_vec(), bytes: bytes.map(Uint8Array::to_vec).unwrap_or_default() }
    }

    /// What is written, as it goes.
    pub(crate) fn written(&self) -> Uint8Array {
        Uint8Array::from(self.written.as_slice())
    }

    /// An answer as it goes: what is written, or where there are bytes a list of both.
    pub(crate) fn to_js(&self) -> JsValue {
        let written = self.written();
        if self.bytes.is_empty() { written.into() } else { Array::of2(&written, &Uint8Array::from(self.bytes.as_slice())).into() }
    }

    /// Reads an answer as it came.
    pub(crate) fn of_js(value: &JsValue) -> Option<Self> {
        if let Some(written) = value.dyn_ref() {
            return Some(Self::of_parts(written, None));
        }
        let parts: &Array = value.dyn_ref()?;
        Some(Self::of_parts(parts.get(0).dyn_ref()?, parts.get(1).dyn_ref()))
    }
}

impl From<NoFrame> for worker::Error {
    fn from(_: NoFrame) -> Self {
        "a frame that cannot be written or read".into()
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::problem::Problem;
    use ringcentral_ai::error::Code;
    use serde::Deserialize;

    #[derive(Debug, PartialEq, Serialize, Deserialize)]
    struct Letter {
        to: String,
        #[serde(skip)]
        enclosed: Vec<u8>,
    }

    impl Framed for Letter {
        fn bytes(&self) -> &[u8] {
            &self.enclosed
        }

        fn with_bytes(self, enclosed: Vec<u8>) -> Self {
            Self { enclosed, ..self }
        }
    }

    fn letter() -> Letter {
        Letter { to: "a\nb".into(), enclosed: vec![0, b'\n', 255] }
    }

    #[test]
    fn bytes_go_beside_what_is_written_as_they_are() {
        let frame = Frame::write(&letter()).unwrap();
        assert!(frame.written.ends_with(b"\x03a\nb"), "{:?}", frame.written);
        assert_eq!(frame.bytes, b"\0\n\xff");
        assert_eq!(frame.parse::<Letter>().unwrap(), letter());
    }

    #[test]
    fn an_answer_crosses_with_its_bytes_and_a_failure_without() {
        let answered: Result<Letter, Failure> = Frame::write(&Ok(letter())).unwrap().parse().unwrap();
        assert_eq!(answered.unwrap(), letter());
        let failure = Problem::from(Code::Busy).failure().clone();
        let answered: Result<Letter, Failure> = Frame::write(&Err::<Letter, _>(failure)).unwrap().parse().unwrap();
        assert_eq!(answered.unwrap_err().code, Code::Busy);
    }

    #[test]
    fn what_is_no_frame_or_another_versions_is_refused() {
        let mut written = Frame::write(&letter()).unwrap().written;
        for length in 0..written.len() {
            let frame = Frame { written: written[..length].to_vec(), bytes: Vec::new() };
            assert!(frame.parse::<Letter>().is_err(), "{length}");
        }
        written[0] ^= 1;
        assert!(Frame { written, bytes: Vec::new() }.parse::<Letter>().is_err());
    }

    #[test]
    fn every_question_counts_for_the_form() {
        let files = std::fs::read_dir(concat!(env!("CARGO_MANIFEST_DIR"), "/src/question")).unwrap();
        for file in files.map(|file| std::fs::read_to_string(file.unwrap().path()).unwrap()) {
            assert!(SOURCES.contains(&file.as_str()), "{file}");
        }
    }
}

//! How edge and Desk hand values to each other: a line of JSON, and beside it bytes that would be costly as JSON.

use crate::failure::Failure;
use serde::{Serialize, de::DeserializeOwned};
use worker::js_sys::{Array, JsString, Uint8Array};
use worker::wasm_bindgen::{JsCast, JsValue};

/// A value that fits into a frame.
pub(crate) trait Framed: Serialize + DeserializeOwned {
    /// What goes beside the line; its field is skipped in the JSON.
    fn bytes(&self) -> &[u8] {
        &[]
    }

    /// Takes what came beside the line.
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
    line: String,
    bytes: Vec<u8>,
}

impl Frame {
    /// Writes a frame.
    ///
    /// # Errors
    /// When the value cannot be written as JSON.
    pub(crate) fn write(value: &impl Framed) -> serde_json::Result<Self> {
        Ok(Self { line: serde_json::to_string(value)?, bytes: value.bytes().to_vec() })
    }

    /// Reads it.
    ///
    /// # Errors
    /// When its line is not the JSON that was expected.
    pub(crate) fn parse<T: Framed>(self) -> serde_json::Result<T> {
        let value: T = serde_json::from_str(&self.line)?;
        Ok(value.with_bytes(self.bytes))
    }

    /// The two parts of a question as they came.
    pub(crate) fn of_parts(line: String, bytes: Option<&Uint8Array>) -> Self {
        Self { line, bytes: bytes.map(Uint8Array::to_vec).unwrap_or_default() }
    }

    /// An answer as it goes: the line, or where there are bytes a list of both.
    pub(crate) fn to_js(&self) -> JsValue {
        let line = JsString::from(self.line.as_str());
        if self.bytes.is_empty() { line.into() } else { Array::of2(&line, &Uint8Array::from(self.bytes.as_slice())).into() }
    }

    /// Reads an answer as it came.
    pub(crate) fn of_js(value: &JsValue) -> Option<Self> {
        if let Some(line) = value.as_string() {
            return Some(Self { line, bytes: Vec::new() });
        }
        let parts: &Array = value.dyn_ref()?;
        Some(Self::of_parts(parts.get(0).as_string()?, parts.get(1).dyn_ref()))
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
    fn bytes_go_beside_the_json_as_they_are() {
        let frame = Frame::write(&letter()).unwrap();
        assert_eq!((frame.line.as_str(), frame.bytes.as_slice()), (r#"{"to":"a\nb"}"#, &b"\0\n\xff"[..]));
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
    fn what_is_no_frame_is_refused() {
        for line in ["", "{}", "null"] {
            assert!(Frame::of_parts(line.into(), None).parse::<Letter>().is_err(), "{line}");
        }
    }
}

//! How edge and Desk hand values to each other: one line of JSON, then bytes that would be costly as JSON.

use crate::failure::Failure;
use serde::{Serialize, de::DeserializeOwned};

/// A value that fits into a frame.
pub(crate) trait Framed: Serialize + DeserializeOwned {
    /// What follows the line; its field is skipped in the JSON.
    fn bytes(&self) -> &[u8] {
        &[]
    }

    /// Takes what followed the line.
    fn with_bytes(self, _bytes: Vec<u8>) -> Self {
        self
    }
}

impl Framed for () {}

impl Framed for Failure {}

/// Writes a frame.
///
/// # Errors
/// When the value cannot be written as JSON.
pub(crate) fn write(value: &impl Framed) -> serde_json::Result<Vec<u8>> {
    let mut frame = serde_json::to_vec(value)?;
    frame.push(b'\n');
    frame.extend_from_slice(value.bytes());
    Ok(frame)
}

/// Reads a frame.
///
/// # Errors
/// When its line is not the JSON that was expected.
pub(crate) fn parse<T: Framed>(mut frame: Vec<u8>) -> serde_json::Result<T> {
    let end = frame.iter().position(|byte| *byte == b'\n').unwrap_or(frame.len());
    let value: T = serde_json::from_slice(&frame[..end])?;
    frame.drain(..frame.len().min(end + 1));
    Ok(value.with_bytes(frame))
}

#[cfg(test)]
mod tests {
    use super::*;
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

    #[test]
    fn bytes_go_beside_the_json_as_they_are() {
        let letter = || Letter { to: "a\nb".into(), enclosed: vec![0, b'\n', 255] };
        let frame = write(&letter()).unwrap();
        assert!(frame.ends_with(b"}\n\0\n\xff"));
        assert_eq!(parse::<Letter>(frame).unwrap(), letter());
    }

    #[test]
    fn a_frame_without_bytes_may_end_with_its_line() {
        assert!(parse::<()>(b"null".to_vec()).is_ok() && parse::<()>(b"null\n".to_vec()).is_ok());
        assert!(parse::<()>(Vec::new()).is_err());
    }
}

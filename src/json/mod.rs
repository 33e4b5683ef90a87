//! JSON without the weight: a value that borrows from its text, numbers kept as they stand, and a writer.
//!
//! `serde_json` with derived types would be more than half of the page's package; a call log, a token and a list of words
//! need no more than this. `tests/json.rs` holds it against `serde_json` on any text.

mod number;
mod owned;
mod parse;
mod scan;
mod skip;
mod utf8;
mod write;

pub use number::{digits, push_decimal, push_digits, thousandths, whole};
pub use owned::Owned;
pub use skip::pick;
pub use utf8::lossy;
pub use write::{Object, push_text};

use alloc::borrow::Cow;
use alloc::borrow::ToOwned;
use alloc::string::String;
use alloc::vec::Vec;
use number::integer;

/// A JSON value.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub enum Value<'a> {
    /// `null`, or no value at all.
    #[default]
    Null,
    /// `true` or `false`.
    Flag(bool),
    /// A number as it stands in the text.
    Number(&'a str),
    /// A text.
    Text(Cow<'a, str>),
    /// A list.
    List(Vec<Value<'a>>),
    /// An object's fields in their order.
    Object(Vec<(Cow<'a, str>, Value<'a>)>),
}

impl<'a> Value<'a> {
    /// Reads a text; `None` when it is not JSON, or nested deeper than 128.
    #[must_use]
    pub fn parse(text: &'a [u8]) -> Option<Self> {
        parse::parse(text, None)
    }

    /// The same, but of every object only the fields with these names; the others are only checked, at any depth.
    #[must_use]
    pub fn parse_only(text: &'a [u8], names: &[&str]) -> Option<Self> {
        parse::parse(text, Some(names))
    }

    /// A field's value, [`Value::Null`] where there is none; the last one counts where a name stands twice.
    #[must_use]
    pub fn get(&self, name: &str) -> &Self {
        let found = self.fields().iter().rev().find(|(key, _)| key == name);
        found.map_or(&Self::Null, |(_, value)| value)
    }

    /// An object's fields, none where it is no object.
    #[must_use]
    pub fn fields(&self) -> &[(Cow<'a, str>, Self)] {
        if let Self::Object(fields) = self { fields } else { &[] }
    }

    /// A list's entries, none where it is no list.
    #[must_use]
    pub fn entries(&self) -> &[Self] {
        if let Self::List(entries) = self { entries } else { &[] }
    }

    /// The text, where it is one.
    #[must_use]
    pub fn text(&self) -> Option<&str> {
        if let Self::Text(text) = self { Some(text) } else { None }
    }

    /// The text of a field, owned.
    #[must_use]
    pub fn text_of(&self, name: &str) -> Option<String> {
        self.get(name).text().map(ToOwned::to_owned)
    }

    /// A field's id: a text that is not empty, or a number as it stands, as some servers write ids.
    #[must_use]
    pub fn id_of(&self, name: &str) -> Option<&str> {
        match self.get(name) {
            Self::Text(text) => Some(&**text).filter(|text| !text.is_empty()),
            Self::Number(digits) => Some(digits),
            _ => None,
        }
    }

    /// The whole number, where it is one that fits.
    #[must_use]
    pub fn integer(&self) -> Option<i64> {
        if let Self::Number(digits) = self { integer(digits) } else { None }
    }

    /// The number rounded down to a whole one, where it is one that is not negative.
    #[must_use]
    pub fn whole(&self) -> Option<u64> {
        if let Self::Number(digits) = self { thousandths(digits).map(|thousandths| thousandths / 1_000) } else { None }
    }

    /// Whether it is an object.
    #[must_use]
    pub const fn is_object(&self) -> bool {
        matches!(self, Self::Object(_))
    }

    /// The value as a text.
    #[must_use]
    pub fn write(&self) -> String {
        let mut out = String::new();
        write::push(&mut out, self);
        out
    }
}

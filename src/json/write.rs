//! Value to text, and objects written field by field.

use super::{Value, push_decimal, push_digits};
use alloc::borrow::Cow;
use alloc::string::String;

/// An object under way, field by field.
#[derive(Debug, Default)]
pub struct Object(String);

impl Object {
    /// Begins one.
    #[must_use]
    pub fn new() -> Self {
        Self::default()
    }

    /// A text.
    #[must_use]
    pub fn text(self, name: &str, text: &str) -> Self {
        self.field(name, |out| push_text(out, text))
    }

    /// A text, where there is one.
    #[must_use]
    pub fn optional_text(self, name: &str, text: Option<&str>) -> Self {
        match text {
            Some(text) => self.text(name, text),
            None => self,
        }
    }

    /// A whole number.
    #[must_use]
    pub fn number(self, name: &str, number: u64) -> Self {
        self.field(name, |out| push_digits(out, number, 1))
    }

    /// A whole number, where there is one.
    #[must_use]
    pub fn optional_number(self, name: &str, number: Option<u64>) -> Self {
        match number {
            Some(number) => self.number(name, number),
            None => self,
        }
    }

    /// A number of which so many digits stand behind the point, as [`push_decimal`] writes it.
    #[must_use]
    pub fn decimal(self, name: &str, number: u64, places: u32) -> Self {
        self.field(name, |out| push_decimal(out, number, places))
    }

    /// The same, where there is one.
    #[must_use]
    pub fn optional_decimal(self, name: &str, number: Option<u64>, places: u32) -> Self {
        match number {
            Some(number) => self.decimal(name, number, places),
            None => self,
        }
    }

    /// `true` or `false`.
    #[must_use]
    pub fn flag(self, name: &str, flag: bool) -> Self {
        self.field(name, |out| out.push_str(if flag { "true" } else { "false" }))
    }

    /// A value that is JSON already.
    #[must_use]
    pub fn json(self, name: &str, json: &str) -> Self {
        self.field(name, |out| out.push_str(json))
    }

    /// A list of values that are JSON already.
    #[must_use]
    pub fn list(self, name: &str, entries: impl Iterator<Item = String>) -> Self {
        self.field(name, |out| push_list(out, '[', entries, |out, entry| out.push_str(&entry), ']'))
    }

    /// The whole object.
    #[must_use]
    pub fn write(mut self) -> String {
        if self.0.is_empty() {
            self.0.push('{');
        }
        self.0.push('}');
        self.0
    }

    fn field(mut self, name: &str, value: impl FnOnce(&mut String)) -> Self {
        self.0.push(if self.0.is_empty() { '{' } else { ',' });
        push_text(&mut self.0, name);
        self.0.push(':');
        value(&mut self.0);
        self
    }
}

/// Appends a text in quotes, escaped.
pub fn push_text(out: &mut String, text: &str) {
    out.push('"');
    for c in text.chars() {
        match c {
            '"' | '\\' => out.extend(['\\', c]),
            '\0'..='\x1f' => {
                let digit = |value: u32| char::from_digit(value, 16).unwrap_or('0');
                out.push_str("\\u00");
                out.extend([digit(u32::from(c) >> 4), digit(u32::from(c) & 15)]);
            }
            _ => out.push(c),
        }
    }
    out.push('"');
}

pub(super) fn push(out: &mut String, value: &Value<'_>) {
    match value {
        Value::Null => out.push_str("null"),
        Value::Flag(flag) => out.push_str(if *flag { "true" } else { "false" }),
        Value::Number(digits) => out.push_str(digits),
        Value::Text(text) => push_text(out, text),
        Value::List(entries) => push_list(out, '[', entries.iter(), push, ']'),
        Value::Object(fields) => push_list(out, '{', fields.iter(), push_field, '}'),
    }
}

fn push_field(out: &mut String, (name, value): &(Cow<'_, str>, Value<'_>)) {
    push_text(out, name);
    out.push(':');
    push(out, value);
}

fn push_list<T>(out: &mut String, open: char, entries: impl Iterator<Item = T>, push: impl Fn(&mut String, T), close: char) {
    out.push(open);
    for (index, entry) in entries.enumerate() {
        if index > 0 {
            out.push(',');
        }
        push(out, entry);
    }
    out.push(close);
}

//! Text to value, after RFC 8259, and what its writers get wrong: one odd character does not decide about the whole.
//!
//! A byte order mark is gone over; an unpaired surrogate and bytes that are not UTF-8 become U+FFFD; control characters in a
//! string and escapes that nobody knows stand for themselves; `NaN` and the infinities are no value.

use super::Value;
use super::scan::{byte, number_end, white_end};
use super::utf8::lossy;
use alloc::borrow::Cow;
use alloc::vec::Vec;
use core::char::REPLACEMENT_CHARACTER;

/// Deeper nesting is refused: the parser must not run out of stack.
const MAX_DEPTH: usize = 128;

/// Reads a whole text; `names` are the only fields that are kept, where they are given.
pub(super) fn parse<'a>(text: &'a [u8], names: Option<&[&str]>) -> Option<Value<'a>> {
    let mut parser = Parser::new(text, names);
    let value = parser.value(MAX_DEPTH)?;
    parser.skip_white();
    parser.is_at_end().then_some(value)
}

/// A text and how far it has been read.
pub(super) struct Parser<'a, 'n> {
    text: &'a [u8],
    at: usize,
    names: Option<&'n [&'n str]>,
}

impl<'a, 'n> Parser<'a, 'n> {
    pub(super) fn new(text: &'a [u8], names: Option<&'n [&'n str]>) -> Self {
        Self { text: text.strip_prefix(b"\xEF\xBB\xBF").unwrap_or(text), at: 0, names }
    }

    fn value(&mut self, depth: usize) -> Option<Value<'a>> {
        self.skip_white();
        match self.peek()? {
            b'{' => self.object(depth.checked_sub(1)?),
            b'[' => self.list(depth.checked_sub(1)?),
            _ => self.scalar(),
        }
    }

    /// A value that holds no others.
    pub(super) fn scalar(&mut self) -> Option<Value<'a>> {
        match self.peek()? {
            b'"' => self.string().map(Value::Text),
            b't' => self.word("true", Value::Flag(true)),
            b'f' => self.word("false", Value::Flag(false)),
            b'n' => self.word("null", Value::Null),
            b'N' => self.word("NaN", Value::Null),
            b'I' => self.word("Infinity", Value::Null),
            b'-' if byte(self.text, self.at + 1) == b'I' => self.word("-Infinity", Value::Null),
            _ => self.number(),
        }
    }

    fn object(&mut self, depth: usize) -> Option<Value<'a>> {
        let mut fields = Vec::new();
        self.at += 1;
        self.skip_white();
        if self.takes(b'}') {
            return Some(Value::Object(fields));
        }
        loop {
            let name = self.name()?;
            if self.names.is_none_or(|names| names.contains(&&*name)) {
                fields.push((name, self.value(depth)?));
            } else {
                self.skip()?;
            }
            self.skip_white();
            if self.takes(b'}') {
                return Some(Value::Object(fields));
            }
            self.takes(b',').then_some(())?;
        }
    }

    fn list(&mut self, depth: usize) -> Option<Value<'a>> {
        let mut entries = Vec::new();
        self.at += 1;
        self.skip_white();
        if self.takes(b']') {
            return Some(Value::List(entries));
        }
        loop {
            entries.push(self.value(depth)?);
            self.skip_white();
            if self.takes(b']') {
                return Some(Value::List(entries));
            }
            self.takes(b',').then_some(())?;
        }
    }

    /// A field's name, and the colon after it.
    pub(super) fn name(&mut self) -> Option<Cow<'a, str>> {
        self.skip_white();
        let name = self.string()?;
        self.skip_white();
        self.takes(b':').then_some(name)
    }

    fn string(&mut self) -> Option<Cow<'a, str>> {
        self.takes(b'"').then_some(())?;
        let plain = self.plain();
        if self.takes(b'"') {
            return Some(plain);
        }
        let mut owned = plain.into_owned();
        while !self.takes(b'"') {
            owned.push(self.escape()?);
            owned.push_str(&self.plain());
        }
        Some(Cow::Owned(owned))
    }

    /// What stands here as far as it needs no attention.
    fn plain(&mut self) -> Cow<'a, str> {
        let rest = &self.text[self.at..];
        let plain = &rest[..rest.iter().position(|byte| matches!(byte, b'"' | b'\\')).unwrap_or(rest.len())];
        self.at += plain.len();
        lossy(plain)
    }

    fn escape(&mut self) -> Option<char> {
        self.takes(b'\\').then_some(())?;
        let escaped = self.peek()?;
        if !escaped.is_ascii() {
            return Some('\\');
        }
        self.at += 1;
        Some(match escaped {
            b'b' => '\u{8}',
            b'f' => '\u{C}',
            b'n' => '\n',
            b'r' => '\r',
            b't' => '\t',
            b'u' => return self.code_point(),
            _ => char::from(escaped),
        })
    }

    fn code_point(&mut self) -> Option<char> {
        let Some(unit) = self.hex() else { return Some(REPLACEMENT_CHARACTER) };
        let is_high = (0xD800..0xDC00).contains(&unit);
        match self.low_surrogate().filter(|_| is_high) {
            Some(low) => {
                self.at += "\\u0000".len();
                char::from_u32(0x1_0000 + ((unit - 0xD800) << 10) + low)
            }
            None => Some(char::from_u32(unit).unwrap_or(REPLACEMENT_CHARACTER)),
        }
    }

    /// The ten bits of the surrogate that stands here, where one does.
    fn low_surrogate(&self) -> Option<u32> {
        let rest = self.text[self.at..].strip_prefix(b"\\u")?;
        let unit = Parser { text: rest, at: 0, names: None }.hex()?;
        unit.checked_sub(0xDC00).filter(|low| *low < 0x400)
    }

    fn hex(&mut self) -> Option<u32> {
        let digits = self.text.get(self.at..self.at + 4)?;
        let unit = digits.iter().try_fold(0, |code, digit| Some(code * 16 + char::from(*digit).to_digit(16)?))?;
        self.at += 4;
        Some(unit)
    }

    fn number(&mut self) -> Option<Value<'a>> {
        let start = self.at;
        self.at = number_end(self.text, start)?;
        core::str::from_utf8(self.since(start)).ok().map(Value::Number)
    }

    fn word(&mut self, word: &str, value: Value<'a>) -> Option<Value<'a>> {
        let is_there = self.text[self.at..].starts_with(word.as_bytes());
        self.at += word.len();
        is_there.then_some(value)
    }

    pub(super) fn takes(&mut self, byte: u8) -> bool {
        let is_there = self.peek() == Some(byte);
        self.at += usize::from(is_there);
        is_there
    }

    /// All of it.
    pub(super) const fn text(&self) -> &'a [u8] {
        self.text
    }

    /// Goes on there.
    pub(super) const fn go_to(&mut self, at: usize) {
        self.at = at;
    }

    pub(super) const fn at(&self) -> usize {
        self.at
    }

    pub(super) fn since(&self, start: usize) -> &'a [u8] {
        &self.text[start..self.at]
    }

    pub(super) const fn is_at_end(&self) -> bool {
        self.at == self.text.len()
    }

    pub(super) fn peek(&self) -> Option<u8> {
        self.text.get(self.at).copied()
    }

    #[inline]
    pub(super) fn skip_white(&mut self) {
        self.at = white_end(self.text, self.at);
    }
}

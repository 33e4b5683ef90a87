//! Text to value, after RFC 8259.

use super::Value;
use alloc::borrow::Cow;
use alloc::string::String;
use alloc::vec::Vec;

/// Deeper nesting is refused: the parser must not run out of stack.
const MAX_DEPTH: usize = 128;

/// Reads a whole text; `names` are the only fields that are kept, where they are given.
pub(super) fn parse<'a>(text: &'a [u8], names: Option<&[&str]>) -> Option<Value<'a>> {
    let mut parser = Parser::new(core::str::from_utf8(text).ok()?, names);
    let value = parser.value(MAX_DEPTH)?;
    parser.skip_white();
    parser.is_at_end().then_some(value)
}

/// A text and how far it has been read.
pub(super) struct Parser<'a, 'n> {
    text: &'a str,
    at: usize,
    names: Option<&'n [&'n str]>,
}

impl<'a, 'n> Parser<'a, 'n> {
    pub(super) const fn new(text: &'a str, names: Option<&'n [&'n str]>) -> Self {
        Self { text, at: 0, names }
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
        let start = self.at;
        self.at += self.plain();
        if self.takes(b'"') {
            return Some(Cow::Borrowed(&self.text[start..self.at - 1]));
        }
        let mut owned = String::from(&self.text[start..self.at]);
        loop {
            match self.peek()? {
                b'"' => {
                    self.at += 1;
                    return Some(Cow::Owned(owned));
                }
                b'\\' => owned.push(self.escape()?),
                _ => return None, // A control character.
            }
            let start = self.at;
            self.at += self.plain();
            owned.push_str(&self.text[start..self.at]);
        }
    }

    /// How many bytes stand here that need no attention.
    fn plain(&self) -> usize {
        let rest = &self.text.as_bytes()[self.at..];
        rest.iter().position(|byte| matches!(byte, b'"' | b'\\' | 0..=0x1F)).unwrap_or(rest.len())
    }

    fn escape(&mut self) -> Option<char> {
        self.at += 1;
        let escaped = self.peek()?;
        self.at += 1;
        Some(match escaped {
            b'"' | b'\\' | b'/' => char::from(escaped),
            b'b' => '\u{8}',
            b'f' => '\u{C}',
            b'n' => '\n',
            b'r' => '\r',
            b't' => '\t',
            b'u' => return self.code_point(),
            _ => return None,
        })
    }

    fn code_point(&mut self) -> Option<char> {
        let high = self.hex()?;
        if !(0xD800..0xDC00).contains(&high) {
            return char::from_u32(high);
        }
        (self.takes(b'\\') && self.takes(b'u')).then_some(())?;
        let low = self.hex()?.checked_sub(0xDC00).filter(|low| *low < 0x400)?;
        char::from_u32(0x1_0000 + ((high - 0xD800) << 10) + low)
    }

    fn hex(&mut self) -> Option<u32> {
        let digits = self.text.as_bytes().get(self.at..self.at + 4)?;
        self.at += 4;
        digits.iter().try_fold(0, |code, digit| Some(code * 16 + char::from(*digit).to_digit(16)?))
    }

    fn number(&mut self) -> Option<Value<'a>> {
        let start = self.at;
        self.takes(b'-');
        if !self.takes(b'0') {
            self.digits()?;
        }
        if self.takes(b'.') {
            self.digits()?;
        }
        if self.takes(b'e') || self.takes(b'E') {
            let _ = self.takes(b'+') || self.takes(b'-');
            self.digits()?;
        }
        Some(Value::Number(&self.text[start..self.at]))
    }

    fn digits(&mut self) -> Option<()> {
        let rest = &self.text.as_bytes()[self.at..];
        let count = rest.iter().position(|byte| !byte.is_ascii_digit()).unwrap_or(rest.len());
        self.at += count;
        (count > 0).then_some(())
    }

    fn word(&mut self, word: &str, value: Value<'a>) -> Option<Value<'a>> {
        let is_there = self.text.as_bytes()[self.at..].starts_with(word.as_bytes());
        self.at += word.len();
        is_there.then_some(value)
    }

    pub(super) fn takes(&mut self, byte: u8) -> bool {
        let is_there = self.peek() == Some(byte);
        self.at += usize::from(is_there);
        is_there
    }

    pub(super) const fn at(&self) -> usize {
        self.at
    }

    pub(super) fn since(&self, start: usize) -> &'a str {
        &self.text[start..self.at]
    }

    pub(super) const fn is_at_end(&self) -> bool {
        self.at == self.text.len()
    }

    fn peek(&self) -> Option<u8> {
        self.text.as_bytes().get(self.at).copied()
    }

    pub(super) fn skip_white(&mut self) {
        while matches!(self.peek(), Some(b' ' | b'\n' | b'\r' | b'\t')) {
            self.at += 1;
        }
    }
}

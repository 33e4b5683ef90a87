//! What is not kept: only checked, at any depth, with nothing of it in memory but a bit for each list or object that is open.

use super::parse::Parser;
use alloc::vec::Vec;

/// The fields of an object that have these names, each as it stands in the text, the last one where a name stands twice;
/// everything is checked, however deep it is nested. None where it is no JSON object, or only a part of one.
#[must_use]
pub fn pick<'a, const N: usize>(text: &'a [u8], names: [&str; N]) -> Option<[Option<&'a [u8]>; N]> {
    let mut parser = Parser::new(text, None);
    let mut found = [None; N];
    parser.skip_white();
    parser.takes(b'{').then_some(())?;
    parser.skip_white();
    let mut goes_on = !parser.takes(b'}');
    while goes_on {
        let name = parser.name()?;
        let value = parser.raw()?;
        if let Some(at) = names.iter().position(|wanted| *wanted == name) {
            found[at] = Some(value);
        }
        parser.skip_white();
        goes_on = parser.takes(b',');
        if !goes_on {
            parser.takes(b'}').then_some(())?;
        }
    }
    parser.skip_white();
    parser.is_at_end().then_some(found)
}

impl<'a> Parser<'a, '_> {
    /// A value as it stands in the text.
    fn raw(&mut self) -> Option<&'a [u8]> {
        self.skip_white();
        let start = self.at();
        self.skip()?;
        Some(self.since(start))
    }

    /// Goes over a value.
    pub(super) fn skip(&mut self) -> Option<()> {
        let mut open = Open::default();
        loop {
            self.skip_white();
            match self.peek()? {
                b'"' => self.skip_string()?,
                b'{' => {
                    self.takes(b'{');
                    self.skip_white();
                    if !self.takes(b'}') {
                        self.skip_name()?;
                        open.push(true);
                        continue;
                    }
                }
                b'[' => {
                    self.takes(b'[');
                    self.skip_white();
                    if !self.takes(b']') {
                        open.push(false);
                        continue;
                    }
                }
                b'-' | b'0'..=b'9' if !self.is_infinity() => self.skip_number()?,
                _ => _ = self.scalar()?,
            }
            if !self.goes_on(&mut open)? {
                return Some(());
            }
        }
    }

    /// After a value: closes what ends there; whether another value follows.
    fn goes_on(&mut self, open: &mut Open) -> Option<bool> {
        while let Some(is_object) = open.last() {
            self.skip_white();
            if self.takes(b',') {
                if is_object {
                    self.skip_name()?;
                }
                return Some(true);
            }
            self.takes(if is_object { b'}' } else { b']' }).then_some(())?;
            open.pop();
        }
        Some(false)
    }
}

/// Results of many megabytes are gone over here: nothing is made of what is skipped, and the steps for each byte are one piece of code.
impl Parser<'_, '_> {
    #[inline]
    fn skip_name(&mut self) -> Option<()> {
        self.skip_white();
        self.skip_string()?;
        self.skip_white();
        self.takes(b':').then_some(())
    }

    /// A string ends at the first quotation mark that no escape has taken, whatever the escapes stand for.
    #[inline]
    fn skip_string(&mut self) -> Option<()> {
        self.takes(b'"').then_some(())?;
        let mut rest = self.rest().iter();
        while let Some(byte) = rest.next() {
            match byte {
                b'"' => {
                    self.go_to(rest.as_slice());
                    return Some(());
                }
                // Of a character that is more than a byte long none is a quotation mark.
                b'\\' => _ = rest.next()?,
                _ => {}
            }
        }
        None
    }
}

/// What is open, outermost first: a set bit is an object.
#[derive(Default)]
struct Open {
    bits: Vec<u8>,
    depth: usize,
}

impl Open {
    fn push(&mut self, is_object: bool) {
        if self.depth.is_multiple_of(8) {
            self.bits.push(0);
        }
        if let Some(last) = self.bits.last_mut() {
            *last |= u8::from(is_object) << (self.depth % 8);
        }
        self.depth += 1;
    }

    fn last(&self) -> Option<bool> {
        let at = self.depth.checked_sub(1)?;
        Some(self.bits.last()? >> (at % 8) & 1 == 1)
    }

    fn pop(&mut self) {
        let Some(at) = self.depth.checked_sub(1) else { return };
        self.depth = at;
        if at.is_multiple_of(8) {
            self.bits.pop();
        } else if let Some(last) = self.bits.last_mut() {
            *last &= !(1 << (at % 8));
        }
    }
}

//! What is not kept: only checked, at any depth, with nothing of it in memory but a bit for each list or object that is open.

use super::parse::Parser;
use alloc::vec::Vec;

/// Why the fields of an object cannot be had.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Unfit {
    /// It is no JSON object, or only a part of one.
    NotAnObject,
    /// One of the wanted fields stands there twice.
    Twice,
}

/// The fields of an object that have these names, each as it stands in the text; everything is checked, however deep it is
/// nested.
///
/// # Errors
/// [`Unfit`], saying why.
pub fn pick<'a, const N: usize>(text: &'a [u8], names: [&str; N]) -> Result<[Option<&'a [u8]>; N], Unfit> {
    let mut parser = Parser::new(text, None);
    let mut found = [None; N];
    parser.skip_white();
    if !parser.takes(b'{') {
        return Err(Unfit::NotAnObject);
    }
    parser.skip_white();
    let mut goes_on = !parser.takes(b'}');
    while goes_on {
        let name = parser.name().ok_or(Unfit::NotAnObject)?;
        let value = parser.raw().ok_or(Unfit::NotAnObject)?;
        if let Some(at) = names.iter().position(|wanted| *wanted == name)
            && found[at].replace(value).is_some()
        {
            return Err(Unfit::Twice);
        }
        parser.skip_white();
        goes_on = parser.takes(b',');
        if !goes_on && !parser.takes(b'}') {
            return Err(Unfit::NotAnObject);
        }
    }
    parser.skip_white();
    if parser.is_at_end() { Ok(found) } else { Err(Unfit::NotAnObject) }
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
            if self.takes(b'{') {
                self.skip_white();
                if !self.takes(b'}') {
                    self.name()?;
                    open.push(true);
                    continue;
                }
            } else if self.takes(b'[') {
                self.skip_white();
                if !self.takes(b']') {
                    open.push(false);
                    continue;
                }
            } else {
                self.scalar()?;
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
                    self.name()?;
                }
                return Some(true);
            }
            self.takes(if is_object { b'}' } else { b']' }).then_some(())?;
            open.pop();
        }
        Some(false)
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

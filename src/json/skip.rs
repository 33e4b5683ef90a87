//! What is not kept: only checked, at any depth, with nothing of it in memory but a bit for each list or object that is open.

use super::parse::Parser;
use super::scan::{byte, number_end, string_end, white_end};
use alloc::vec::Vec;

/// The fields of an object that have these names, each as it stands in the text, the last one where a name stands twice;
/// everything is checked, however deep it is nested. None where it is no JSON object, or only a part of one.
#[must_use]
pub fn pick<'a, const N: usize>(text: &'a [u8], names: [&str; N]) -> Option<[Option<&'a [u8]>; N]> {
    let mut found = [None; N];
    find(text, &names, &mut found).map(|()| found)
}

/// The same for any number of names.
fn find<'a>(text: &'a [u8], names: &[&str], found: &mut [Option<&'a [u8]>]) -> Option<()> {
    let mut parser = Parser::new(text, None);
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
    parser.is_at_end().then_some(())
}

impl<'a> Parser<'a, '_> {
    /// A value as it stands in the text.
    fn raw(&mut self) -> Option<&'a [u8]> {
        self.skip_white();
        let start = self.at();
        self.skip()?;
        Some(self.since(start))
    }

    /// Goes over a value. Results of many megabytes are gone over here: nothing is made of what is skipped, and the steps for each byte
    /// are one piece of code over the text and one place in it, in which a string is read at one spot, be it a name or a value.
    pub(super) fn skip(&mut self) -> Option<()> {
        let text = self.text();
        let (mut at, mut open, mut is_name) = (self.at(), Open::default(), false);
        loop {
            at = white_end(text, at);
            match byte(text, at) {
                b'"' => {
                    at = string_end(text, at + 1)?;
                    if is_name {
                        at = white_end(text, at);
                        (byte(text, at) == b':').then_some(())?;
                        (at, is_name) = (at + 1, false);
                        continue;
                    }
                }
                _ if is_name => return None,
                b'0'..=b'9' => at = number_end(text, at)?,
                opening @ (b'{' | b'[') => {
                    let is_object = opening == b'{';
                    at = white_end(text, at + 1);
                    if byte(text, at) != closing(is_object) {
                        open.push(is_object);
                        is_name = is_object;
                        continue;
                    }
                    at += 1;
                }
                _ => {
                    self.go_to(at);
                    self.scalar()?;
                    at = self.at();
                }
            }
            // Behind a value: what ends there is closed, or another one follows.
            while let Some(is_object) = open.last() {
                at = white_end(text, at);
                let next = byte(text, at);
                at += 1;
                if next == b',' {
                    is_name = is_object;
                    break;
                }
                (next == closing(is_object)).then_some(())?;
                open.pop();
            }
            if open.depth == 0 {
                self.go_to(at);
                return Some(());
            }
        }
    }
}

/// What ends an object, or a list.
const fn closing(is_object: bool) -> u8 {
    if is_object { b'}' } else { b']' }
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

//! The calendar, and every spelling of a time that is read here, without a date library: whole milliseconds since 1970, `u64`.

mod calendar;
mod http_date;
mod iso;

pub use http_date::http_date;
pub use iso::{LAST_MS, iso, parse, unix_ms};

use crate::json;

/// Numbers of so many digits each, with a separator between them and nothing else.
fn numbers<const N: usize>(text: &str, separator: char, digits: [usize; N]) -> Option<[i64; N]> {
    let mut found = [0; N];
    let mut parts = text.split(separator);
    for (number, digits) in found.iter_mut().zip(digits) {
        *number = parts.next().filter(|part| part.len() == digits).and_then(whole)?;
    }
    parts.next().is_none().then_some(found)
}

/// A number of digits alone.
fn whole(text: &str) -> Option<i64> {
    json::whole(text).filter(|_| !text.starts_with('+')).and_then(|number| number.try_into().ok())
}

#[cfg(test)]
mod tests;

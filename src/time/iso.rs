//! ISO 8601, as callers write it, as RingCentral writes it and as it is written here.

use super::calendar::{DAY_MS, civil, since_1970_ms};
use super::{numbers, whole};
use crate::json::push_digits;
use alloc::borrow::ToOwned;
use alloc::string::String;

const MINUTE_MS: i64 = 60_000;
/// What a zone begins with.
const ZONE: [char; 4] = ['Z', 'z', '+', '-'];
/// The end of the year 9999: ISO 8601 has four digits for a year.
pub const LAST_MS: u64 = 253_402_300_799_999;

/// Milliseconds since 1970 as ISO 8601 in UTC, with milliseconds; what is after [`LAST_MS`] is shown as that.
#[must_use]
pub fn iso(unix_ms: u64) -> String {
    let ms = unix_ms.min(LAST_MS);
    let [year, month, day] = civil(ms.cast_signed() / DAY_MS).map(i64::unsigned_abs);
    let (hour, minute, second) = (ms / 3_600_000 % 24, ms / 60_000 % 60, ms / 1_000 % 60);
    let mut text = String::new();
    push_digits(&mut text, year, 4);
    for (separator, number) in [('-', month), ('-', day), ('T', hour), (':', minute), (':', second)] {
        text.push(separator);
        push_digits(&mut text, number, 2);
    }
    text.push('.');
    push_digits(&mut text, ms % 1_000, 3);
    text.push('Z');
    text
}

/// A time that somebody gives us, in full and with its zone, as milliseconds since 1970; none where it is no such time.
/// Before 1970 is 1970: nothing that is looked for lies there.
#[must_use]
pub fn unix_ms(text: &str) -> Option<u64> {
    let (date, time) = text.split_once(['T', 't'])?;
    let is_leap_second = time.get(5..8) == Some(":60");
    let ms = read(date, time).filter(|_| !is_leap_second)?;
    Some(u64::try_from(ms).unwrap_or(0))
}

/// A time as a server writes it, in milliseconds since 1970: a day alone begins at midnight, a space may stand for the `T`, and
/// without a zone it is UTC. None where it is no time, or one before 1970, which servers write for "never".
#[must_use]
pub fn parse(text: &str) -> Option<u64> {
    let (date, time) = text.trim().split_at_checked("2026-01-31".len())?;
    let time = if time.is_empty() { "00:00" } else { time.strip_prefix(['T', 't', ' '])? };
    let zone = if time.contains(ZONE) { "" } else { "Z" };
    u64::try_from(read(date, &[time, zone].concat())?).ok()
}

fn read(date: &str, time: &str) -> Option<i64> {
    let (clock, zone) = time.split_at(time.find(ZONE)?);
    let (clock, fraction) = clock.split_once('.').unwrap_or((clock, "0"));
    let seconds = if clock.len() == 5 { [clock, ":00"].concat() } else { clock.to_owned() };
    let ms = since_1970_ms(numbers(date, '-', [4, 2, 2])?, numbers(&seconds, ':', [2, 2, 2])?)?;
    Some(ms + thousandths(fraction)? - zone_minutes(zone)? * MINUTE_MS)
}

/// The first three digits of a fraction of one to nine.
fn thousandths(fraction: &str) -> Option<i64> {
    let is_fraction = (1..=9).contains(&fraction.len()) && fraction.bytes().all(|b| b.is_ascii_digit());
    whole([fraction, "00"].concat().get(..3)?).filter(|_| is_fraction)
}

/// `Z`, `+02:00` or `+0200`.
fn zone_minutes(zone: &str) -> Option<i64> {
    let (sign, digits) = match zone.split_at_checked(1)? {
        ("Z" | "z", "") => return Some(0),
        ("+", digits) => (1, digits),
        (_, digits) => (-1, digits),
    };
    let (hours, minutes) = digits.split_once(':').or_else(|| digits.split_at_checked(2))?;
    let two = |digits: &str| whole(digits).filter(|_| digits.len() == 2);
    let (hours, minutes) = (two(hours)?, two(minutes)?);
    (hours < 24 && minutes < 60).then_some(sign * (hours * 60 + minutes))
}

//! Hosts: names and IP addresses, told apart without `core::net`, whose readers weigh more than a page has for them.

use crate::json::whole;

/// Whether that is a host that every parser reads in the same way: a name, an IPv4 address, or an IPv6 address in brackets.
pub(super) fn is_host(host: &str) -> bool {
    if let Some(inner) = host.strip_prefix('[').and_then(|rest| rest.strip_suffix(']')) {
        return is_v6(inner);
    }
    !host.is_empty() && host.bytes().all(|b| b.is_ascii_alphanumeric() || b"-._".contains(&b))
}

/// Whether the host is this machine itself.
pub(super) fn is_loopback(host: &str) -> bool {
    (is_v4(host) && host.starts_with("127.")) || host == "localhost" || host == "[::1]"
}

/// Four numbers below 256, without zeros in front.
fn is_v4(text: &str) -> bool {
    let is_number = |part: &str| {
        let is_digits = !part.is_empty() && part.len() <= 3 && part.bytes().all(|b| b.is_ascii_digit());
        is_digits && (part == "0" || !part.starts_with('0')) && whole(part).is_some_and(|number| number < 256)
    };
    let mut numbers = 0;
    text.split('.').all(|part| {
        numbers += 1;
        is_number(part)
    }) && numbers == 4
}

/// Eight groups, or fewer with one gap.
fn is_v6(text: &str) -> bool {
    let Some(gap) = text.as_bytes().windows(2).position(|pair| pair == b"::") else {
        return groups(text) == Some(8);
    };
    let (head, tail) = (&text[..gap], &text[gap + 2..]);
    // An IPv4 address stands at the end, not before the gap.
    head.bytes().all(|b| b != b'.') && groups(head).zip(groups(tail)).is_some_and(|(head, tail)| head + tail < 8)
}

/// How many groups these are, each of one to four hexadecimal digits; an IPv4 address at the end counts as two.
fn groups(text: &str) -> Option<u32> {
    let mut rest = text;
    let mut count = 0;
    while !rest.is_empty() {
        let end = rest.find(':').unwrap_or(rest.len());
        let group = &rest[..end];
        let is_hex = (1..=4).contains(&end) && group.bytes().all(|b| b.is_ascii_hexdigit());
        let is_last = end == rest.len();
        count += if is_hex {
            1
        } else if is_last && is_v4(group) {
            2
        } else {
            return None;
        };
        // What ends in a colon has an empty group behind it.
        rest = rest.get(end + 1..).unwrap_or_default();
        if !is_last && rest.is_empty() {
            return None;
        }
    }
    Some(count)
}

#[cfg(test)]
mod tests {
    use super::*;
    use core::net::{Ipv4Addr, Ipv6Addr};
    use proptest::prelude::*;

    #[test]
    fn addresses_are_told_from_what_looks_like_them() {
        for host in
            ["[::]", "[::1]", "[1::]", "[2001:db8::7]", "[::ffff:127.0.0.1]", "[1:2:3:4:5:6:7:8]", "[1:2:3:4:5:6:1.2.3.4]"]
        {
            assert!(is_host(host), "{host}");
        }
        let wrong =
            ["", "[]", "[:]", "[:::]", "[1:2]", "[::g]", "[::1", "[1::2::3]", "[1.2.3.4::]", "[1:2:3:4:5:6:7:8:9]", "a b", "a]"];
        for host in wrong {
            assert!(!is_host(host), "{host}");
        }
    }

    #[test]
    fn this_machine_is_known() {
        for host in ["127.0.0.1", "127.255.0.9", "localhost", "[::1]"] {
            assert!(is_loopback(host), "{host}");
        }
        for host in [
            "127.0.0.1.evil.example",
            "127.1",
            "127.0.0.256",
            "127.0.0.01",
            "128.0.0.1",
            "localhost.",
            "[::2]",
            "[::ffff:127.0.0.1]",
        ] {
            assert!(!is_loopback(host), "{host}");
        }
    }

    proptest! {
        #[test]
        fn an_ipv6_address_is_what_the_standard_library_takes(text in "[0-9a-fA-Fg]{0,5}(:{1,3}[0-9a-f]{0,5}){0,9}(:?[0-9.]{0,16})?") {
            prop_assert_eq!(is_v6(&text), text.parse::<Ipv6Addr>().is_ok(), "{}", text);
        }

        #[test]
        fn one_that_it_writes_is_one(address: u128, zeros in 0..8_u32, from in 0..8_u32) {
            let mask = u128::MAX.checked_shr(zeros * 16).unwrap_or(0).rotate_left(from * 16);
            prop_assert!(is_v6(&Ipv6Addr::from(address & mask).to_string()));
        }

        #[test]
        fn an_ipv4_address_is_what_the_standard_library_takes(text in "[0-9]{0,4}(\\.[0-9]{0,4}){0,5}", address: u32) {
            prop_assert_eq!(is_v4(&text), text.parse::<Ipv4Addr>().is_ok(), "{}", text);
            prop_assert!(is_v4(&Ipv4Addr::from(address).to_string()));
        }
    }
}

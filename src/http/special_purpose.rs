//! Which hosts are on the internet: everything but what IANA has set aside.
//!
//! Of addresses: the IPv4 and the IPv6 Special-Purpose Address Registry
//! (<https://www.iana.org/assignments/iana-ipv4-special-registry>, `…/iana-ipv6-special-registry`), and multicast. Of names: the
//! Special-Use Domain Names (<https://www.iana.org/assignments/special-use-domain-names>), and the names that ICANN gives to nobody because
//! networks use them for themselves. `example.com` and its like are in that registry too, but lead somewhere.

use core::net::{IpAddr, Ipv4Addr, Ipv6Addr};

/// Whether the internet leads to a host, as an address holds it: a name, an IPv4 address, an IPv6 address in brackets.
pub(super) fn is_public(host: &str) -> bool {
    let host = host.trim_end_matches('.');
    match host.trim_matches(['[', ']']).parse() {
        Ok(IpAddr::V4(ip)) => is_public_ip(ip.to_ipv6_mapped()),
        Ok(IpAddr::V6(ip)) => is_public_ip(ip),
        Err(_) => is_public_name(host),
    }
}

/// Whether a network may have such a host for itself; one that nobody can have is neither that nor public.
pub(super) fn is_private(host: &str) -> bool {
    !is_public(host) && !NOWHERE.iter().any(|top| is_at_or_below(host.trim_end_matches('.'), top))
}

fn is_at_or_below(name: &str, top: &str) -> bool {
    let below = name.len().checked_sub(top.len()).map(|at| name.split_at(at));
    below.is_some_and(|(front, end)| end.eq_ignore_ascii_case(top) && (front.is_empty() || front.ends_with('.')))
}

fn is_public_name(name: &str) -> bool {
    // A host that ends in a number, be it decimal, octal or hexadecimal, is an IPv4 address to some.
    let ends_in_number = name.rsplit('.').next().is_none_or(|last| last.starts_with(|c: char| c.is_ascii_digit()));
    name.contains('.') && !ends_in_number && !NOWHERE.iter().chain(NAMES).any(|top| is_at_or_below(name, top))
}

/// IPv4 addresses are looked up as those that map them into IPv6. Where an address holds others, those count.
fn is_public_ip(ip: Ipv6Addr) -> bool {
    match within(ip) {
        [None, None] => NETWORKS.iter().find(|network| network.holds(ip)).is_some_and(|network| network.is_public),
        within => within.into_iter().flatten().all(|ip| is_public_ip(ip.to_ipv6_mapped())),
    }
}

/// The IPv4 addresses by which the packets to an IPv6 one go.
fn within(ip: Ipv6Addr) -> [Option<Ipv4Addr>; 2] {
    let v4 = |high: u16, low: u16| Some(Ipv4Addr::from_bits(u32::from(high) << 16 | u32::from(low)));
    match ip.segments() {
        // 6to4, NAT64
        [0x2002, a, b, ..] | [0x64, 0xFF9B, 0, 0, 0, 0, a, b] => [v4(a, b), None],
        // Teredo: its server, and its client, inverted
        [0x2001, 0, a, b, .., c, d] => [v4(a, b), v4(!c, !d)],
        _ => [None, None],
    }
}

/// A network, and whether the registry calls it globally reachable.
#[derive(Debug)]
struct Network {
    address: u128,
    /// How many of its bits are the network's.
    length: u32,
    is_public: bool,
}

impl Network {
    const fn holds(&self, ip: Ipv6Addr) -> bool {
        (ip.to_bits() ^ self.address) >> (128 - self.length) == 0
    }
}

const fn v4([a, b, c, d]: [u8; 4], length: u32, is_public: bool) -> Network {
    Network { address: Ipv4Addr::new(a, b, c, d).to_ipv6_mapped().to_bits(), length: 96 + length, is_public }
}

/// An IPv6 network by the groups in front; all others are zero.
const fn v6([a, b, c]: [u16; 3], length: u32, is_public: bool) -> Network {
    Network { address: Ipv6Addr::new(a, b, c, 0, 0, 0, 0, 0).to_bits(), length, is_public }
}

/// The first network that holds an address says what it is.
const NETWORKS: &[Network] = &[
    v4([0, 0, 0, 0], 8, false),        // this network
    v4([10, 0, 0, 0], 8, false),       // private use
    v4([100, 64, 0, 0], 10, false),    // shared address space
    v4([127, 0, 0, 0], 8, false),      // loopback
    v4([169, 254, 0, 0], 16, false),   // link local
    v4([172, 16, 0, 0], 12, false),    // private use
    v4([192, 0, 0, 9], 32, true),      // Port Control Protocol anycast
    v4([192, 0, 0, 10], 32, true),     // TURN anycast
    v4([192, 0, 0, 0], 24, false),     // IETF protocol assignments
    v4([192, 0, 2, 0], 24, false),     // documentation
    v4([192, 88, 99, 0], 24, false),   // 6to4 relay anycast, deprecated
    v4([192, 168, 0, 0], 16, false),   // private use
    v4([198, 18, 0, 0], 15, false),    // benchmarking
    v4([198, 51, 100, 0], 24, false),  // documentation
    v4([203, 0, 113, 0], 24, false),   // documentation
    v4([224, 0, 0, 0], 4, false),      // multicast
    v4([240, 0, 0, 0], 4, false),      // reserved, limited broadcast
    v4([0, 0, 0, 0], 0, true),         // every other IPv4 address
    v6([0x2001, 1, 0], 126, true),     // anycast of protocols
    v6([0x2001, 3, 0], 32, true),      // AMT
    v6([0x2001, 4, 0x112], 48, true),  // AS112
    v6([0x2001, 0x20, 0], 27, true),   // identifiers: ORCHIDv2, DRIP
    v6([0x2001, 0, 0], 23, false),     // IETF protocol assignments, benchmarking
    v6([0x2001, 0xDB8, 0], 32, false), // documentation
    v6([0x3FFF, 0, 0], 20, false),     // documentation
    v6([0x2000, 0, 0], 3, true),       // global unicast; nothing beside it is routed on the internet
];

/// Names that lead nowhere, or not by the internet's own names.
const NOWHERE: &[&str] = &[
    "alt", "arpa", // of which many names are special, and none has media
    "example", "invalid", "onion",
];

/// Names that networks use for themselves.
const NAMES: &[&str] = &[
    "local",
    "localhost",
    "test",
    // ICANN gives these to nobody; RFC 6762, appendix G, has most of them.
    "corp",
    "home",
    "internal",
    "intranet",
    "lan",
    "localdomain",
    "mail",
    "private",
];

#[cfg(test)]
mod tests {
    use super::*;

    fn is_public_v6(ip: &str) -> bool {
        is_public(&["[", ip, "]"].concat())
    }

    #[test]
    fn each_ipv4_network_is_what_the_registry_says_from_its_first_address_to_its_last() {
        for (first, last, expected) in [
            ("0.0.0.0", "0.255.255.255", false),
            ("10.0.0.0", "10.255.255.255", false),
            ("100.64.0.0", "100.127.255.255", false),
            ("127.0.0.0", "127.255.255.255", false),
            ("169.254.0.0", "169.254.255.255", false),
            ("172.16.0.0", "172.31.255.255", false),
            ("192.0.0.0", "192.0.0.8", false),
            ("192.0.0.9", "192.0.0.10", true),
            ("192.0.0.11", "192.0.0.255", false),
            ("192.0.2.0", "192.0.2.255", false),
            ("192.31.196.0", "192.31.196.255", true),
            ("192.52.193.0", "192.52.193.255", true),
            ("192.88.99.0", "192.88.99.255", false),
            ("192.168.0.0", "192.168.255.255", false),
            ("192.175.48.0", "192.175.48.255", true),
            ("198.18.0.0", "198.19.255.255", false),
            ("198.51.100.0", "198.51.100.255", false),
            ("203.0.113.0", "203.0.113.255", false),
            ("224.0.0.0", "255.255.255.255", false),
        ] {
            for ip in [first, last] {
                let [a, b, c, d] = ip.parse::<Ipv4Addr>().unwrap().octets();
                assert_eq!(is_public(ip), expected, "{ip}");
                for within in [
                    format!("::ffff:{ip}"),
                    format!("64:ff9b::{ip}"),
                    format!("2002:{a:02x}{b:02x}:{c:02x}{d:02x}::1"),
                    format!("2001:0:808:808:0:0:{:02x}{:02x}:{:02x}{:02x}", !a, !b, !c, !d),
                    format!("2001:0:{a:02x}{b:02x}:{c:02x}{d:02x}:0:0:f7f7:f7f7"),
                ] {
                    assert_eq!(is_public_v6(&within), expected, "{within}");
                }
                assert!(!is_public_v6(&format!("::{ip}")), "IPv4-compatible addresses are not routed");
            }
        }
        for ip in ["1.0.0.0", "9.255.255.255", "11.0.0.0", "100.63.255.255", "100.128.0.0", "126.255.255.255", "128.0.0.0"] {
            assert!(is_public(ip), "{ip}");
        }
        for ip in
            ["169.253.255.255", "172.15.255.255", "172.32.0.0", "192.0.1.0", "198.17.255.255", "198.20.0.0", "223.255.255.255"]
        {
            assert!(is_public(ip), "{ip}");
        }
    }

    #[test]
    fn each_ipv6_network_is_what_the_registry_says_from_its_first_address_to_its_last() {
        for (first, last, expected) in [
            ("::", "::1", false),
            ("64:ff9b:1::", "64:ff9b:1:ffff:ffff:ffff:ffff:ffff", false),
            ("100::", "100::ffff:ffff:ffff:ffff", false),
            ("100:0:0:1::", "100:0:0:1:ffff:ffff:ffff:ffff", false),
            ("2001:1::1", "2001:1::3", true),
            ("2001:2::", "2001:2:0:ffff:ffff:ffff:ffff:ffff", false),
            ("2001:3::", "2001:3:ffff:ffff:ffff:ffff:ffff:ffff", true),
            ("2001:4:112::", "2001:4:112:ffff:ffff:ffff:ffff:ffff", true),
            ("2001:10::", "2001:1f:ffff:ffff:ffff:ffff:ffff:ffff", false),
            ("2001:20::", "2001:2f:ffff:ffff:ffff:ffff:ffff:ffff", true),
            ("2001:30::", "2001:3f:ffff:ffff:ffff:ffff:ffff:ffff", true),
            ("2001:40::", "2001:1ff:ffff:ffff:ffff:ffff:ffff:ffff", false),
            ("2001:db8::", "2001:db8:ffff:ffff:ffff:ffff:ffff:ffff", false),
            ("2620:4f:8000::", "2620:4f:8000:ffff:ffff:ffff:ffff:ffff", true),
            ("3fff::", "3fff:fff:ffff:ffff:ffff:ffff:ffff:ffff", false),
            ("5f00::", "5f00:ffff:ffff:ffff:ffff:ffff:ffff:ffff", false),
            ("fc00::", "fdff:ffff:ffff:ffff:ffff:ffff:ffff:ffff", false),
            ("fe80::", "febf:ffff:ffff:ffff:ffff:ffff:ffff:ffff", false),
            ("fec0::", "ffff:ffff:ffff:ffff:ffff:ffff:ffff:ffff", false),
        ] {
            assert_eq!([is_public_v6(first), is_public_v6(last)], [expected; 2], "{first} {last}");
        }
        for ip in
            ["2000::", "2001:200::", "2606:4700::1", "2001:db9::", "3fff:1000::", "3ffe::1", "2003::", "2a00:1450:4001::200e"]
        {
            assert!(is_public_v6(ip), "{ip}");
        }
    }

    #[test]
    fn each_name_that_nobody_has_is_known_with_all_below_it() {
        for name in NOWHERE.iter().chain(NAMES) {
            for host in [[name, "."].concat(), ["a.", name].concat(), ["A.b.", &name.to_ascii_uppercase(), ".."].concat()] {
                assert!(!is_public(&host), "{host}");
            }
            let [like, unlike] = [["a.x", name].concat(), ["a.", name, "s"].concat()];
            assert!(is_public(&like) && is_public(&unlike), "{like} {unlike}");
            assert!(is_public(&["a.", name, ".com"].concat()), "{name}");
        }
        for host in ["router", "10.in-addr.arpa", "home.arpa", "2130706433", "0x7f.1", "127.1", "0177.0.0.1", "a.0x7f", "", "."] {
            assert!(!is_public(host), "{host}");
        }
        for (host, expected) in
            [("jobs.example.", false), ("a.invalid", false), ("a.internal", true), ("127.0.0.1", true), ("a.com", false)]
        {
            assert_eq!(is_private(host), expected, "{host}");
        }
        for host in ["example.com", "media.ringcentral.com", "3com.net", "xn--bcher-kva.de", "a_b.example.org"] {
            assert!(is_public(host), "{host}");
        }
    }
}

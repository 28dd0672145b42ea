//! The guard against several hundred ways of writing a forbidden address.

use std::cell::Cell;

use super::*;

struct Answers(Vec<&'static str>);

impl Resolve for Answers {
    fn resolve(&self, _: &str) -> Vec<IpAddr> {
        self.0.iter().map(|address| address.parse().unwrap()).collect()
    }
}

/// A resolver that must not be asked.
struct Silent;

impl Resolve for Silent {
    fn resolve(&self, name: &str) -> Vec<IpAddr> {
        panic!("`{name}` was resolved")
    }
}

/// One address of each block of IANA's special-purpose registries, and the first and last of the larger ones.
const FORBIDDEN_V4: [&str; 38] = [
    "0.0.0.0",
    "0.255.255.255",
    "10.0.0.0",
    "10.1.2.3",
    "10.255.255.255",
    "100.64.0.0",
    "100.127.255.255",
    "127.0.0.1",
    "127.255.255.255",
    "169.254.0.1",
    "169.254.169.254",
    "169.254.170.2",
    "172.16.0.0",
    "172.31.255.255",
    "192.0.0.1",
    "192.0.0.8",
    "192.0.0.170",
    "192.0.0.192",
    "192.0.2.1",
    "192.31.196.1",
    "192.52.193.1",
    "192.88.99.1",
    "192.168.0.1",
    "192.168.255.255",
    "192.175.48.1",
    "198.18.0.0",
    "198.19.255.255",
    "198.51.100.1",
    "203.0.113.1",
    "224.0.0.1",
    "239.255.255.250",
    "232.0.0.1",
    "240.0.0.1",
    "250.1.2.3",
    "255.255.255.255",
    "255.255.255.254",
    "100.100.100.200",
    "168.63.129.16",
];

const FORBIDDEN_V6: [&str; 40] = [
    "::",
    "::1",
    "::ffff:127.0.0.1",
    "::ffff:8.8.8.8",
    "::ffff:10.0.0.1",
    "::127.0.0.1",
    "::8.8.8.8",
    "::ffff:0:127.0.0.1",
    "64:ff9b::7f00:1",
    "64:ff9b::808:808",
    "64:ff9b:1::1",
    "100::1",
    "100:0:0:1::1",
    "2001::1",
    "2001:0:4136:e378::1",
    "2001:1::1",
    "2001:1::2",
    "2001:2::1",
    "2001:3::1",
    "2001:4:112::1",
    "2001:10::1",
    "2001:20::1",
    "2001:30::1",
    "2001:1ff:ffff::1",
    "2001:db8::1",
    "2001:db8:ffff::1",
    "2002::1",
    "2002:7f00:1::",
    "2002:a00:1::1",
    "2620:4f:8000::1",
    "3fff::1",
    "3fff:fff::1",
    "5f00::1",
    "fc00::1",
    "fd00:ec2::254",
    "fdff::1",
    "fe80::1",
    "febf::1",
    "fec0::1",
    "ff02::1",
];

const OPEN: [&str; 12] = [
    "1.1.1.1",
    "8.8.8.8",
    "9.255.255.255",
    "11.0.0.0",
    "100.63.255.255",
    "100.128.0.0",
    "172.15.255.255",
    "172.32.0.0",
    "192.0.1.0",
    "223.255.255.255",
    "2606:4700:4700::1111",
    "2001:200::1",
];

#[test]
fn every_special_purpose_block_is_closed_and_its_neighbours_are_open() {
    for address in FORBIDDEN_V4.iter().chain(&FORBIDDEN_V6) {
        assert!(!public(address.parse().unwrap()), "{address}");
    }
    for address in OPEN {
        assert!(public(address.parse().unwrap()), "{address}");
    }
}

/// The ways in which readers of URLs accept an IPv4 address.
fn spellings(address: Ipv4Addr) -> Vec<String> {
    let [a, b, c, d] = address.octets();
    let bits = address.to_bits();
    let low = bits & 0xff_ffff;
    vec![
        format!("{a}.{b}.{c}.{d}"),
        format!("{bits}"),
        format!("{bits:#x}"),
        format!("{bits:#X}"),
        format!("0{bits:o}"),
        format!("{a:#x}.{b:#x}.{c:#x}.{d:#x}"),
        format!("0{a:o}.0{b:o}.0{c:o}.0{d:o}"),
        format!("{a}.{low}"),
        format!("{a}.{b}.{}", bits & 0xffff),
        format!("{a:#x}.0{b:o}.{c}.{d}"),
        format!("{a}.{b}.{c}.{d}."),
        format!("%{:02x}{}", b'0' + a / 100, &format!("{a}.{b}.{c}.{d}")[1..]),
        format!("{a}。{b}。{c}。{d}"),
        format!("{a}．{b}．{c}．{d}"),
        format!("[::ffff:{a}.{b}.{c}.{d}]"),
        format!("[::{a}.{b}.{c}.{d}]"),
        format!("[64:ff9b::{a}.{b}.{c}.{d}]"),
        format!("[2002:{:x}:{:x}::]", bits >> 16, bits & 0xffff),
    ]
}

#[test]
fn no_spelling_of_a_forbidden_address_passes() {
    let mut tried = 0;
    for address in ["127.0.0.1", "10.1.2.3", "169.254.169.254", "192.168.1.1", "172.16.5.4", "100.64.7.7", "0.0.0.0"] {
        for spelling in spellings(address.parse().unwrap()) {
            for url in
                [format!("http://{spelling}/"), format!("https://{spelling}/a?b"), format!("HTTP://{spelling}:80")]
            {
                tried += 1;
                // A name that only looks like a number would be resolved: then its address is judged.
                let refused = Guard::default().allow(&url, &Answers(vec![address]));
                assert!(refused.is_err(), "{url}");
            }
        }
    }
    for address in FORBIDDEN_V6 {
        tried += 1;
        assert!(Guard::default().allow(&format!("http://[{address}]/"), &Silent).is_err(), "{address}");
    }
    assert!(tried >= 300, "{tried}");
}

#[test]
fn numbers_are_judged_without_asking_a_resolver() {
    for url in ["http://2130706433/", "http://0x7f.1/", "http://017700000001/", "http://127.1/", "http://[::1]/"] {
        assert!(matches!(Guard::default().allow(url, &Silent), Err(Refusal::Address(_))), "{url}");
    }
}

#[test]
fn other_schemes_ports_and_double_meanings_are_refused() {
    for url in [
        "file:///etc/passwd",
        "ftp://example.com/",
        "gopher://example.com/",
        "data:text/html,x",
        "javascript:alert(1)",
        "dict://example.com:11211/",
        "ws://example.com/",
        "//example.com/",
        "/etc/passwd",
        "example.com",
        "",
        "http://",
        "http:///",
        "http:example.com",
        "https:/example.com",
        "http://user@example.com/",
        "http://u:p@example.com/",
        "http://example.com@127.0.0.1/",
        "http://example.com\\@127.0.0.1/",
        "http://exa mple.com/",
        "http://example.com/a b",
        "http://example.com/\r\nHost: x",
        "http://example.com\t/",
        " http://example.com/",
        "http://example.com/\u{a0}",
        "http://example.com:22/",
        "http://example.com:8080/",
        "http://example.com:0/",
        "http://example.com:65536/",
        "http://localhost/",
        "http://LOCALHOST./",
        "http://a.localhost/",
        "http://printer.local/",
        "http://router.lan/",
        "http://metadata.google.internal/",
        "http://metadata/",
        "http://x.onion/",
        "http://1.0.0.127.in-addr.arpa/",
        "http://ｌｏｃａｌｈｏｓｔ/",
        "http://loc%61lhost/",
    ] {
        assert!(Guard::default().allow(url, &Answers(vec!["8.8.8.8"])).is_err(), "{url}");
    }
}

#[test]
fn one_forbidden_answer_among_several_refuses_the_name() {
    for answers in [vec!["127.0.0.1"], vec!["8.8.8.8", "10.0.0.1"], vec!["::ffff:8.8.8.8", "8.8.8.8"], vec![]] {
        assert!(Guard::default().allow("http://example.com/", &Answers(answers)).is_err());
    }
    let allowed = Guard::default().allow("https://example.com/a#b", &Answers(vec!["8.8.8.8", "2606:4700::1"])).unwrap();
    assert_eq!(allowed.url.as_str(), "https://example.com/a");
    let expected: [SocketAddr; 2] = ["8.8.8.8:443".parse().unwrap(), "[2606:4700::1]:443".parse().unwrap()];
    assert_eq!(allowed.addresses, expected);
}

#[test]
fn what_was_judged_is_what_is_connected_to() {
    struct Changing(Cell<u32>);
    impl Resolve for Changing {
        fn resolve(&self, _: &str) -> Vec<IpAddr> {
            self.0.set(self.0.get() + 1);
            vec![if self.0.get() == 1 { "8.8.8.8" } else { "127.0.0.1" }.parse().unwrap()]
        }
    }
    let resolver = Changing(Cell::new(0));
    let allowed = Guard::default().allow("http://rebind.example.com/", &resolver).unwrap();
    let judged: SocketAddr = "8.8.8.8:80".parse().unwrap();
    assert_eq!((allowed.addresses, resolver.0.get()), (vec![judged], 1));
    assert!(Guard::default().allow("http://rebind.example.com/", &resolver).is_err());
}

#[test]
fn an_exception_opens_one_address_and_port_only() {
    let guard = Guard::with_exceptions(vec!["127.0.0.1:8099".parse().unwrap()]);
    assert!(guard.allow("http://127.0.0.1:8099/a", &Silent).is_ok());
    assert!(guard.allow("http://own.example.com:8099/a", &Answers(vec!["127.0.0.1"])).is_ok());
    for url in ["http://127.0.0.1/", "http://127.0.0.1:8098/", "http://127.0.0.2:8099/", "http://8.8.8.8:8099/"] {
        assert!(guard.allow(url, &Silent).is_err(), "{url}");
    }
}

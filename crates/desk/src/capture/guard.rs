//! The guard in front of every connection: which addresses a fetcher may go to at all.
//!
//! A name is judged by what it resolves to, at the moment of connecting, and the connection is made to the judged
//! address. One forbidden address among several refuses the name: whoever answers so is trying something.

use std::net::{IpAddr, Ipv4Addr, Ipv6Addr, SocketAddr, ToSocketAddrs};

use url::{Host, Url};

/// What the public is told, whether an address was refused or did not answer: so that nobody can learn from us what
/// lies behind our walls.
pub const PUBLIC_MESSAGE: &str = "the address could not be captured";

/// Why an address is not gone to. For operators; the public reads [`PUBLIC_MESSAGE`].
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum Refusal {
    /// No absolute URL, or one that two readers would read differently.
    #[error("`{0}` is no plain address")]
    Spelling(String),
    /// Something else than `http` or `https`.
    #[error("the scheme `{0}` is not fetched")]
    Scheme(String),
    /// A port other than 80 and 443.
    #[error("port `{0}` is not fetched")]
    Port(u16),
    /// A name that never leads to the public Internet.
    #[error("the name `{0}` is not public")]
    Name(String),
    /// An address that is not public, or one beside others.
    #[error("the address `{0}` is not public")]
    Address(IpAddr),
    /// The name has no address.
    #[error("the name `{0}` has no address")]
    Unknown(String),
}

/// Turns names into addresses.
pub trait Resolve {
    /// All addresses of a name; empty if it has none.
    fn resolve(&self, name: &str) -> Vec<IpAddr>;
}

/// The system's resolver.
#[derive(Debug, Clone, Copy, Default)]
pub struct SystemResolver;

impl Resolve for SystemResolver {
    fn resolve(&self, name: &str) -> Vec<IpAddr> {
        (name, 0).to_socket_addrs().map(|found| found.map(|address| address.ip()).collect()).unwrap_or_default()
    }
}

/// What may be gone to. The exceptions are those that the operator named, address and port.
#[derive(Debug, Clone, Default)]
pub struct Guard {
    exceptions: Vec<SocketAddr>,
}

/// A URL that the guard has looked at, with the addresses to connect to.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Allowed {
    /// The URL without fragment.
    pub url: Url,
    /// Where to connect, in the resolver's order. Never empty.
    pub addresses: Vec<SocketAddr>,
}

impl Guard {
    /// A guard that also lets through to these addresses, which may be private: for one's own test pages.
    pub fn with_exceptions(exceptions: Vec<SocketAddr>) -> Self {
        Self { exceptions }
    }

    /// Judges a URL. Resolves its name once; what was resolved is what may be connected to.
    pub fn allow(&self, url: &str, resolver: &dyn Resolve) -> Result<Allowed, Refusal> {
        let mut url = plain(url)?;
        url.set_fragment(None);
        let port = url.port_or_known_default().ok_or_else(|| Refusal::Spelling(url.to_string()))?;
        let found = match url.host() {
            Some(Host::Ipv4(address)) => vec![IpAddr::V4(address)],
            Some(Host::Ipv6(address)) => vec![IpAddr::V6(address)],
            Some(Host::Domain(name)) => resolved(name, resolver)?,
            None => return Err(Refusal::Spelling(url.to_string())),
        };
        let addresses: Vec<SocketAddr> = found.into_iter().map(|ip| SocketAddr::new(ip, port)).collect();
        if let Some(forbidden) = addresses.iter().find(|address| !self.open(address)) {
            return Err(Refusal::Address(forbidden.ip()));
        }
        if !matches!(port, 80 | 443) && !addresses.iter().all(|address| self.exceptions.contains(address)) {
            return Err(Refusal::Port(port));
        }
        Ok(Allowed { url, addresses })
    }

    fn open(&self, address: &SocketAddr) -> bool {
        self.exceptions.contains(address) || public(address.ip())
    }
}

/// Reads a URL, refusing what only looks like one.
fn plain(text: &str) -> Result<Url, Refusal> {
    let refused = || Refusal::Spelling(text.chars().take(200).collect());
    // Readers of URLs drop or turn these characters, each in its own way.
    if text.chars().any(|c| c.is_control() || c.is_whitespace() || c == '\\') {
        return Err(refused());
    }
    let url = Url::parse(text).map_err(|_| refused())?;
    if !matches!(url.scheme(), "http" | "https") {
        return Err(Refusal::Scheme(url.scheme().to_owned()));
    }
    let strange = !url.username().is_empty() || url.password().is_some() || !text.contains("://");
    if strange { Err(refused()) } else { Ok(url) }
}

/// Endings that are never names of the public Internet (RFC 6761, RFC 6762, RFC 7686, RFC 8375, RFC 9476, ICANN's
/// `internal`) and those that home and office routers make up.
const PRIVATE_ENDINGS: [&str; 13] = [
    "localhost",
    "local",
    "internal",
    "intranet",
    "lan",
    "home",
    "corp",
    "private",
    "arpa",
    "onion",
    "alt",
    "invalid",
    "test",
];

fn resolved(name: &str, resolver: &dyn Resolve) -> Result<Vec<IpAddr>, Refusal> {
    let bare = name.trim_end_matches('.');
    let ending = bare.rsplit('.').next().unwrap_or_default();
    if !bare.contains('.') || PRIVATE_ENDINGS.contains(&ending) {
        return Err(Refusal::Name(name.to_owned()));
    }
    let found = resolver.resolve(bare);
    if found.is_empty() { Err(Refusal::Unknown(name.to_owned())) } else { Ok(found) }
}

/// Whether an address is one of the public Internet: none of IANA's special-purpose registries.
pub fn public(address: IpAddr) -> bool {
    match address {
        IpAddr::V4(address) => public_v4(address),
        IpAddr::V6(address) => public_v6(address),
    }
}

/// Blocks of IPv4 that are not gone to: first address and prefix length.
const CLOSED_V4: [([u8; 4], u32); 19] = [
    ([0, 0, 0, 0], 8),
    ([10, 0, 0, 0], 8),
    ([100, 64, 0, 0], 10),
    ([127, 0, 0, 0], 8),
    // A cloud's own services answer here, to its machines only.
    ([168, 63, 129, 16], 32),
    ([169, 254, 0, 0], 16),
    ([172, 16, 0, 0], 12),
    ([192, 0, 0, 0], 24),
    ([192, 0, 2, 0], 24),
    ([192, 31, 196, 0], 24),
    ([192, 52, 193, 0], 24),
    ([192, 88, 99, 0], 24),
    ([192, 168, 0, 0], 16),
    ([192, 175, 48, 0], 24),
    ([198, 18, 0, 0], 15),
    ([198, 51, 100, 0], 24),
    ([203, 0, 113, 0], 24),
    ([224, 0, 0, 0], 4),
    ([240, 0, 0, 0], 4),
];

fn public_v4(address: Ipv4Addr) -> bool {
    let bits = address.to_bits();
    !CLOSED_V4.iter().any(|(first, length)| (bits ^ Ipv4Addr::from(*first).to_bits()) >> (32 - length) == 0)
}

/// Blocks within 2000::/3 that are not gone to; outside of it nothing is global unicast.
const CLOSED_V6: [(u128, u32); 5] = [
    (0x2001_0000 << 96, 23),
    (0x2001_0db8 << 96, 32),
    (0x2002_0000 << 96, 16),
    (0x2620_004f_8000 << 80, 48),
    (0x3fff_0000 << 96, 20),
];

fn public_v6(address: Ipv6Addr) -> bool {
    let bits = address.to_bits();
    bits >> 125 == 1 && !CLOSED_V6.iter().any(|(first, length)| (bits ^ first) >> (128 - length) == 0)
}

#[cfg(test)]
mod tests;

//! What would tell a reader of the archive which machine captures: its addresses, its name, and what its operator adds.

use std::net::{IpAddr, UdpSocket};

/// The names and addresses that must be in nothing that is published.
pub fn words(added: &[String]) -> Vec<String> {
    let mut words: Vec<String> =
        added.iter().map(|word| word.trim().to_owned()).filter(|word| word.len() >= 4).collect();
    words.extend(addresses().map(|address| address.to_string()));
    words.extend(host());
    words.sort();
    words.dedup();
    words
}

/// The address from which packets would leave for the world. To connect a datagram socket sends none.
fn addresses() -> impl Iterator<Item = IpAddr> {
    let outward = [("0.0.0.0:0", "192.0.2.1:9"), ("[::]:0", "[2001:db8::1]:9")];
    let local = outward.into_iter().filter_map(|(from, to)| {
        let socket = UdpSocket::bind(from).ok()?;
        socket.connect(to).ok()?;
        Some(socket.local_addr().ok()?.ip())
    });
    local.filter(|address| !address.is_loopback() && !address.is_unspecified())
}

/// The machine's name, unless it is a plain word that stands in honest pages too.
fn host() -> Option<String> {
    let name = std::fs::read_to_string("/proc/sys/kernel/hostname").ok()?.trim().to_owned();
    let telling = name.len() >= 5 && name.contains(|c: char| c.is_ascii_digit() || c == '.' || c == '-');
    telling.then_some(name)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_the_operator_names_is_looked_for_and_no_loopback_is() {
        let words = words(&["desk.example".into(), " 203.0.113.9".into(), "x".into()]);
        assert!(words.contains(&"desk.example".into()) && words.contains(&"203.0.113.9".into()));
        assert!(!words.iter().any(|word| word == "x" || word == "127.0.0.1" || word == "::1"));
    }
}

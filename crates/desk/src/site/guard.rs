//! Who may knock at all: requests for our own host, and forms from our own pages.
//!
//! A browser says of every request whether it was made by a page of the same origin (`Sec-Fetch-Site`, Fetch Metadata)
//! or at least from which origin (`Origin`). A request that changes something and says neither comes from no browser
//! that an editor should use.

use axum::http::HeaderMap;
use axum::http::header::{HOST, HeaderName, ORIGIN};

const SITE: HeaderName = HeaderName::from_static("sec-fetch-site");

/// Whether the request is for this desk: for the host of its address, so that no other name that somebody points to
/// our machine leads here.
pub(crate) fn is_ours(headers: &HeaderMap, address: &str) -> bool {
    let host = text(headers, &HOST);
    host.eq_ignore_ascii_case(host_of(address)) || is_twin(host, host_of(address))
}

/// Whether a form was sent by one of our own pages.
pub(crate) fn is_from_ours(headers: &HeaderMap) -> bool {
    match text(headers, &SITE) {
        "" => {
            let (origin, host) = (text(headers, &ORIGIN), text(headers, &HOST));
            !host.is_empty() && origin.contains("://") && host_of(origin).eq_ignore_ascii_case(host)
        }
        site => site == "same-origin",
    }
}

/// The same loopback listener under its other name: passkeys need `localhost`, people type numbers.
fn is_twin(host: &str, own: &str) -> bool {
    let port = |of: &str| of.strip_prefix("127.0.0.1:").or_else(|| of.strip_prefix("localhost:")).map(str::to_owned);
    port(host).is_some_and(|p| port(own) == Some(p))
}

fn host_of(address: &str) -> &str {
    address.split_once("://").map_or(address, |(_, rest)| rest)
}

fn text<'h>(headers: &'h HeaderMap, name: &HeaderName) -> &'h str {
    // Two of them are as bad as none: whoever is in front of us may have read the other.
    let mut values = headers.get_all(name).iter();
    match (values.next(), values.next()) {
        (Some(value), None) => value.to_str().unwrap_or_default(),
        _ => "",
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn headers(lines: &[(&'static str, &str)]) -> HeaderMap {
        let mut map = HeaderMap::new();
        for (name, value) in lines {
            map.append(*name, value.parse().unwrap());
        }
        map
    }

    #[test]
    fn a_form_counts_only_from_our_own_origin() {
        let own = ("host", "desk.example");
        for good in [
            vec![own, ("sec-fetch-site", "same-origin"), ("origin", "null")],
            vec![own, ("origin", "https://desk.example")],
            vec![("host", "localhost:9000"), ("origin", "http://localhost:9000")],
        ] {
            assert!(is_from_ours(&headers(&good)), "{good:?}");
        }
        for bad in [
            vec![own],
            vec![own, ("sec-fetch-site", "cross-site")],
            vec![own, ("sec-fetch-site", "same-site")],
            vec![own, ("sec-fetch-site", "none")],
            vec![own, ("sec-fetch-site", "cross-site"), ("origin", "https://desk.example")],
            vec![own, ("origin", "https://evil.example")],
            vec![own, ("origin", "https://desk.example.evil.example")],
            vec![own, ("origin", "https://desk.example:444")],
            vec![own, ("origin", "null")],
            vec![own, ("origin", "desk.example")],
            vec![own, ("origin", "https://desk.example"), ("origin", "https://evil.example")],
            vec![("origin", "https://")],
        ] {
            assert!(!is_from_ours(&headers(&bad)), "{bad:?}");
        }
    }

    #[test]
    fn a_request_counts_only_for_our_own_host() {
        let asked = |host: &'static str, address| is_ours(&headers(&[("host", host)]), address);
        assert!(asked("desk.example", "https://desk.example"));
        assert!(asked("localhost:9000", "http://localhost:9000") && asked("127.0.0.1:9000", "http://localhost:9000"));
        for wrong in ["evil.example", "localhost:9001", "127.0.0.1", "", "desk.example:9000"] {
            assert!(!asked(wrong, "http://localhost:9000"), "{wrong}");
        }
        assert!(!asked("127.0.0.1:9000", "https://desk.example"));
    }
}

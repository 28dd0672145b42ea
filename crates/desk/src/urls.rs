//! Finds the web addresses in a cell that lists sources in one of many ways.

/// The distinct addresses in a text, in order, and whether anything else stands in it.
pub(crate) fn find(text: &str) -> (Vec<&str>, bool) {
    let mut found: Vec<&str> = Vec::new();
    let mut other = false;
    let mut rest = text;
    while let Some(start) = next_start(rest) {
        other |= has_words(&rest[..start]);
        let address = &rest[start..][..length(&rest[start..])];
        let tidy = trimmed(address);
        if tidy.len() > "https://".len() && !found.contains(&tidy) {
            found.push(tidy);
        }
        rest = &rest[start + address.len()..];
    }
    (found, other | has_words(rest))
}

/// The publisher's host, without `www.`.
pub(crate) fn host(url: &str) -> &str {
    let rest = url.split_once("://").map_or(url, |(_, rest)| rest);
    let host = rest.split(['/', '?', '#']).next().unwrap_or_default();
    let host = host.rsplit_once('@').map_or(host, |(_, h)| h);
    host.strip_prefix("www.").unwrap_or(host)
}

fn next_start(text: &str) -> Option<usize> {
    ["https://", "http://"].iter().filter_map(|scheme| text.find(scheme)).min()
}

/// Up to white space, a quote, a bracket of markup, a separator, or the next address.
fn length(text: &str) -> usize {
    let stop = |c: char| c.is_whitespace() || c.is_control() || matches!(c, '"' | '\'' | '<' | '>' | '|' | ';');
    let end = text.find(stop).unwrap_or(text.len());
    next_start(&text["http".len()..end.max("http".len())]).map_or(end, |next| next + "http".len())
}

fn trimmed(address: &str) -> &str {
    let mut tidy = address;
    loop {
        let closes = tidy.ends_with(')') && tidy.matches(')').count() > tidy.matches('(').count();
        let shorter = match closes {
            true => &tidy[..tidy.len() - 1],
            false => tidy.trim_end_matches([',', '.', ':', '!', ']', '}']),
        };
        if shorter == tidy {
            return tidy;
        }
        tidy = shorter;
    }
}

fn has_words(text: &str) -> bool {
    text.chars().filter(|c| c.is_alphanumeric()).count() > 2
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn addresses_are_found_however_they_are_listed() {
        for (cell, found) in [
            ("https://a.org/x; https://b.org/y", vec!["https://a.org/x", "https://b.org/y"]),
            ("https://a.org/x,https://b.org/y.", vec!["https://a.org/x", "https://b.org/y"]),
            ("https://a.org/x\nhttp://b.org https://a.org/x", vec!["https://a.org/x", "http://b.org"]),
            ("(see https://a.org/x_(y))", vec!["https://a.org/x_(y)"]),
            ("(https://a.org/x)", vec!["https://a.org/x"]),
            ("http://", vec![]),
        ] {
            let (urls, _) = find(cell);
            assert_eq!(urls, found, "{cell}");
        }
        assert_eq!(find("<a href=\"https://a.org\">").0, ["https://a.org"]);
        assert!(find("Annual report 2019, https://a.org").1);
        assert!(!find("https://a.org").1);
    }

    #[test]
    fn the_host_names_the_publisher() {
        assert_eq!(host("https://www.example.org/a?b"), "example.org");
        assert_eq!(host("http://user@example.org#x"), "example.org");
    }
}

//! What a site asks of robots (RFC 9309): noted with a capture, so that anyone can judge it.

use model::Robots;

/// The most of a `robots.txt` that is read, as the RFC has it.
const MOST: usize = 500 << 10;

/// What this `robots.txt` asks of robots that it does not name, for this path and query.
pub fn robots(text: &str, path: &str) -> Robots {
    let end = (0..=MOST.min(text.len())).rev().find(|end| text.is_char_boundary(*end)).unwrap_or_default();
    let rules = rules(&text[..end]);
    if rules.is_empty() {
        return Robots::None;
    }
    let matching = rules.iter().filter(|(_, pattern)| fits(pattern.as_bytes(), path.as_bytes()));
    // The longest rule is the one that counts, and of two that are as long the one that allows.
    match matching.map(|(allows, pattern)| (pattern.len(), *allows)).max() {
        Some((_, false)) => Robots::Disallowed,
        _ => Robots::Allowed,
    }
}

/// The rules for `*`: whether each allows, and its pattern. A rule without a pattern says nothing.
fn rules(text: &str) -> Vec<(bool, String)> {
    let (mut rules, mut ours, mut naming) = (Vec::new(), false, false);
    for line in text.lines() {
        let plain = line.split('#').next().unwrap_or_default();
        let Some((key, value)) = plain.split_once(':') else { continue };
        let value = value.trim();
        match key.trim().to_ascii_lowercase().as_str() {
            "user-agent" => {
                ours = (naming && ours) || value == "*";
                naming = true;
            }
            key @ ("allow" | "disallow") => {
                naming = false;
                if ours && !value.is_empty() {
                    rules.push((key == "allow", value.to_owned()));
                }
            }
            _ => {}
        }
    }
    rules
}

/// Whether a path begins with what a pattern says; `*` stands for anything, `$` at the end for the end.
fn fits(pattern: &[u8], path: &[u8]) -> bool {
    let (pattern, whole) = pattern.strip_suffix(b"$").map_or((pattern, false), |pattern| (pattern, true));
    let mut pieces = pattern.split(|byte| *byte == b'*');
    let first = pieces.next().unwrap_or_default();
    let Some(mut rest) = path.strip_prefix(first) else { return false };
    let mut last = None;
    for piece in pieces {
        last = Some(piece);
        let Some(at) = find(rest, piece) else { return false };
        rest = &rest[at + piece.len()..];
    }
    match last {
        _ if !whole => true,
        None => rest.is_empty(),
        // What follows the last star may stand later still: at the very end.
        Some(piece) => rest.is_empty() || rest.ends_with(piece) || piece.is_empty(),
    }
}

fn find(bytes: &[u8], piece: &[u8]) -> Option<usize> {
    if piece.is_empty() { Some(0) } else { bytes.windows(piece.len()).position(|window| window == piece) }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_examples_of_rfc_9309_hold() {
        // Section 5.1 and 5.2: groups by name, and the longest match.
        let text = "User-Agent: *\nDisallow: *.gif$\nDisallow: /example/\nAllow: /publications/\n\n\
                    User-Agent: foobot\nDisallow:/\nAllow:/example/page.html\n";
        for (path, expected) in [
            ("/a.gif", Robots::Disallowed),
            ("/a.gif?x", Robots::Allowed),
            ("/example/page.html", Robots::Disallowed),
            ("/publications/x.gif.png", Robots::Allowed),
            ("/", Robots::Allowed),
        ] {
            assert_eq!(robots(text, path), expected, "{path}");
        }
        let longest = "User-Agent: *\nAllow: /example/page/\nDisallow: /example/page/disallowed.gif\n";
        assert_eq!(robots(longest, "/example/page/disallowed.gif"), Robots::Disallowed);
        assert_eq!(robots(longest, "/example/page/x"), Robots::Allowed);
    }

    #[test]
    fn groups_may_share_rules_and_nothing_asked_is_told_apart_from_allowed() {
        assert_eq!(robots("User-agent: a\nUser-agent: *\nDisallow: /x", "/x"), Robots::Disallowed);
        assert_eq!(robots("User-agent: *\nUser-agent: a\nDisallow: /x", "/x"), Robots::Disallowed);
        assert_eq!(robots("User-agent: a\nDisallow: /x", "/x"), Robots::None);
        assert_eq!(robots("", "/x"), Robots::None);
        assert_eq!(robots("user-agent:*\ndisallow: # nothing", "/x"), Robots::None);
        assert_eq!(robots("User-agent: *\nAllow: /x\nDisallow: /x", "/x"), Robots::Allowed);
        assert_eq!(robots("User-agent: *\nDisallow: /a*b$", "/axbxb"), Robots::Disallowed);
        assert_eq!(robots("User-agent: *\nDisallow: /a*b$", "/axbc"), Robots::Allowed);
        assert_eq!(robots(&"é".repeat(300_000), "/x"), Robots::None);
    }
}

//! Icons: one sprite of our own symbols, used beside text and never instead of it.

use std::collections::HashSet;
use std::sync::LazyLock;

use maud::{Markup, html};

/// The sprite file; every symbol is drawn with lines on a grid of 24 and takes its colour from the page.
pub const SPRITE: &str = include_str!("../icons.svg");

/// The sprite's path. It carries a digest of the sprite, so that it may be cached for ever.
pub static SPRITE_URL: LazyLock<String> = LazyLock::new(|| format!("/assets/icons-{:016x}.svg", fnv1a(SPRITE)));

/// The mark of the site as a picture of its own, for browser tabs.
pub const FAVICON: &str = include_str!("../mark.svg");

/// The path of [`FAVICON`].
pub static FAVICON_URL: LazyLock<String> = LazyLock::new(|| format!("/assets/mark-{:016x}.svg", fnv1a(FAVICON)));

/// A symbol in the colour of the text around it. An unknown name gives the symbol `other`.
pub fn icon(name: &str) -> Markup {
    draw(name, None)
}

/// A symbol in a colour of the vocabulary (CSS hex).
pub fn tinted(name: &str, colour: &str) -> Markup {
    draw(name, Some(colour))
}

/// Whether the sprite has the symbol.
pub fn has_icon(name: &str) -> bool {
    static KNOWN: LazyLock<HashSet<&str>> = LazyLock::new(|| names().collect());
    KNOWN.contains(name)
}

/// The names of all symbols, in the order of the file.
pub fn names() -> impl Iterator<Item = &'static str> {
    SPRITE.split("<symbol id=\"").skip(1).filter_map(|rest| rest.split('"').next())
}

fn draw(name: &str, colour: Option<&str>) -> Markup {
    let known = if has_icon(name) { name } else { "other" };
    let href = format!("{}#{known}", *SPRITE_URL);
    html! {
        svg.icon.tinted[colour.is_some()] width="18" height="18" fill="none" stroke="currentColor"
            color=[colour] aria-hidden="true" focusable="false" { use href=(href) {} }
    }
}

/// FNV-1a, 64 bits: names a file by its content where nobody gains by a collision.
fn fnv1a(text: &str) -> u64 {
    text.bytes().fold(0xcbf2_9ce4_8422_2325, |hash, byte| (hash ^ u64::from(byte)).wrapping_mul(0x0100_0000_01b3))
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::collections::BTreeSet;
    use std::path::Path;

    #[test]
    fn every_icon_the_vocabulary_names_is_in_the_sprite() {
        let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../vocabulary");
        let mut seen = 0;
        for file in ["kinds.toml", "link-types.toml", "categories.toml", "choices.toml"] {
            let text = std::fs::read_to_string(folder.join(file)).expect(file);
            for line in text.lines().filter_map(|line| line.strip_prefix("icon = ")) {
                let name = line.trim().trim_matches('"');
                assert!(has_icon(name), "{file} names the icon `{name}`, which is not drawn");
                seen += 1;
            }
        }
        assert!(seen > 50, "only {seen} icons seen");
    }

    #[test]
    fn symbols_have_one_name_each_and_differ_in_shape() {
        let shapes: Vec<&str> =
            SPRITE.lines().filter_map(|line| line.split_once("24\">").map(|(_, shape)| shape)).collect();
        assert_eq!(names().collect::<BTreeSet<_>>().len(), shapes.len());
        assert_eq!(shapes.iter().collect::<BTreeSet<_>>().len(), shapes.len());
    }

    #[test]
    fn unknown_names_fall_back_and_hostile_ones_are_inert() {
        assert!(icon("no-such").0.contains("#other\""));
        assert!(!icon("\"><script>").0.contains("script"));
    }

    #[test]
    fn the_digest_is_fnv_1a() {
        // Test vectors of the FNV reference page.
        assert_eq!(fnv1a(""), 0xcbf2_9ce4_8422_2325);
        assert_eq!(fnv1a("a"), 0xaf63_dc4c_8601_ec8c);
        assert_eq!(fnv1a("foobar"), 0x8594_4171_f739_67e8);
    }
}

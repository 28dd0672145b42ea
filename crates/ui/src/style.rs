//! The style sheets against their promises: two equal dark themes, readable contrast, nothing from elsewhere.

use std::collections::BTreeMap;
use std::path::Path;

type Tokens = BTreeMap<String, String>;

fn sheet(name: &str) -> String {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../browser/style");
    std::fs::read_to_string(folder.join(name)).expect(name)
}

/// The custom properties of the first block behind `selector`.
fn tokens(selector: &str) -> Tokens {
    let text = sheet("tokens.css");
    let block = text.split(&format!("{selector} {{")).nth(1).expect(selector).split('}').next().expect("a block");
    let pairs = block.split(';').filter_map(|line| line.trim().split_once(':'));
    pairs.filter(|(name, _)| name.starts_with("--")).map(|(name, value)| (name.into(), value.trim().into())).collect()
}

fn themes() -> [(&'static str, Tokens); 2] {
    [("light", tokens(":root")), ("dark", tokens(":root[data-theme=\"dark\"]"))]
}

/// Relative luminance by WCAG 2.2 of `#rrggbb`.
fn luminance(colour: &str) -> f64 {
    let channel = |at: usize| {
        let value = f64::from(u8::from_str_radix(&colour[at..at + 2], 16).expect(colour)) / 255.0;
        if value <= 0.04045 { value / 12.92 } else { ((value + 0.055) / 1.055).powf(2.4) }
    };
    0.2126 * channel(1) + 0.7152 * channel(3) + 0.0722 * channel(5)
}

fn contrast(a: &str, b: &str) -> f64 {
    let (a, b) = (luminance(a), luminance(b));
    (a.max(b) + 0.05) / (a.min(b) + 0.05)
}

#[test]
fn contrast_is_the_one_of_the_standard() {
    // Values of the WCAG contrast formula: black on white, and the grey that just passes.
    assert!((contrast("#000000", "#ffffff") - 21.0).abs() < 0.001);
    assert!((contrast("#767676", "#ffffff") - 4.54).abs() < 0.01);
}

#[test]
fn the_dark_theme_is_the_same_by_system_and_by_choice() {
    assert_eq!(tokens(":root:not([data-theme=\"light\"])"), tokens(":root[data-theme=\"dark\"]"));
}

#[test]
fn every_text_colour_is_readable_on_every_paper_in_both_themes() {
    let papers = ["--paper", "--paper-raised", "--paper-sunk"];
    let inks = ["--ink", "--ink-soft", "--accent", "--confirmed", "--probable", "--reported", "--disputed"];
    for (theme, tokens) in themes() {
        let check = |ink: &str, paper: &str| {
            let ratio = contrast(&tokens[ink], &tokens[paper]);
            assert!(ratio >= 4.5, "{theme}: {ink} on {paper} has {ratio:.2}");
        };
        papers.iter().for_each(|paper| inks.iter().for_each(|ink| check(ink, paper)));
        check("--on-accent", "--accent");
        check("--ink", "--accent-soft");
        check("--ink-soft", "--accent-soft");
    }
}

#[test]
fn lines_of_controls_can_be_seen() {
    for (theme, tokens) in themes() {
        for mark in ["--line-strong", "--focus"] {
            let ratio = contrast(&tokens[mark], &tokens["--paper"]);
            assert!(ratio >= 3.0, "{theme}: {mark} has {ratio:.2}");
        }
    }
}

#[test]
fn the_vocabularys_colours_can_be_told_from_light_paper() {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../vocabulary");
    for file in ["kinds.toml", "categories.toml"] {
        let text = std::fs::read_to_string(folder.join(file)).expect(file);
        for colour in text.lines().filter_map(|line| line.strip_prefix("colour = ")) {
            let colour = colour.trim_matches('"');
            let ratio = contrast(colour, "#ffffff");
            assert!(ratio >= 3.0, "{file}: {colour} has {ratio:.2} on white");
        }
    }
}

#[test]
fn no_sheet_fetches_anything_or_moves_anything() {
    for name in ["tokens.css", "base.css", "components.css", "pages.css", "print.css"] {
        let text = sheet(name);
        for word in ["url(", "http", "@font-face", "animation", "transition"] {
            assert!(!text.contains(word), "{name} has `{word}`");
        }
    }
}

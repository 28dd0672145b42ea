//! What a page needs to be shown as it was: pictures, styles and scripts, from its HTML and from its styles.

use scraper::{Html, Selector};

/// Attributes that name one requisite each.
const NAMED: [(&str, &str); 7] = [
    ("img[src]", "src"),
    ("link[rel~=stylesheet][href]", "href"),
    ("link[rel~=icon][href]", "href"),
    ("script[src]", "src"),
    ("source[src]", "src"),
    ("video[poster]", "poster"),
    ("input[type=image][src]", "src"),
];

/// The requisites that the HTML names, in order of kind, each once.
pub(super) fn of_html(document: &Html) -> Vec<String> {
    let mut found = Vec::new();
    for (selector, attribute) in NAMED {
        let selector = Selector::parse(selector).expect("invariant: our own selectors parse");
        found.extend(document.select(&selector).filter_map(|element| element.attr(attribute)).map(str::to_owned));
    }
    let sets = Selector::parse("img[srcset], source[srcset]").expect("invariant: our own selectors parse");
    for set in document.select(&sets).filter_map(|element| element.attr("srcset")) {
        found.extend(set.split(',').filter_map(|one| one.split_whitespace().next()).map(str::to_owned));
    }
    let styles = Selector::parse("style").expect("invariant: our own selectors parse");
    document.select(&styles).for_each(|style| found.extend(of_css(&style.text().collect::<String>())));
    once(found)
}

/// The requisites that a style sheet names by `url(…)` and `@import`, in order.
pub(super) fn of_css(css: &str) -> Vec<String> {
    let mut found = Vec::new();
    let mut rest = css;
    while let Some((at, word)) = next(rest) {
        rest = &rest[at + word.len()..];
        let inner = match word {
            "url(" => rest.split(')').next().unwrap_or_default(),
            _ => rest.split(';').next().unwrap_or_default(),
        };
        // `@import url(…)` is met again as a `url(…)`.
        let plain = inner.trim().trim_matches(['"', '\'']);
        if !plain.is_empty() && !plain.contains(['(', '"', '\'', '\n', '{']) {
            found.push(plain.to_owned());
        }
    }
    once(found)
}

fn next(css: &str) -> Option<(usize, &'static str)> {
    ["url(", "@import"].into_iter().filter_map(|word| Some((css.find(word)?, word))).min()
}

fn once(mut found: Vec<String>) -> Vec<String> {
    let mut seen = std::collections::HashSet::new();
    found.retain(|one| !one.starts_with("data:") && !one.trim().is_empty() && seen.insert(one.clone()));
    found
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn pictures_styles_and_scripts_are_found_once() {
        let document = Html::parse_document(
            "<link rel='stylesheet alternate' href=a.css><link rel=next href=no><img src=b.png srcset='b.png 1x, c.png 2x'>\
             <img src='data:image/gif;base64,xx'><script src=/d.js></script><style>p{background:url( 'e.png' )}</style>",
        );
        assert_eq!(of_html(&document), ["b.png", "a.css", "/d.js", "c.png", "e.png"]);
    }

    #[test]
    fn styles_name_others() {
        let css = "@import 'a.css'; @import url(\"b.css\") print; .x{src:url(c.woff2) format('woff2'),url()} .y{}";
        assert_eq!(of_css(css), ["a.css", "b.css", "c.woff2"]);
        assert_eq!(of_css("@import"), Vec::<String>::new());
        assert_eq!(of_css("url("), Vec::<String>::new());
    }
}

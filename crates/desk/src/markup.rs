//! Reduces HTML to its text: captured or exported markup is data and is never shown as markup.

/// Elements whose content is no text.
const HIDDEN: [&str; 5] = ["script", "style", "template", "noscript", "iframe"];
/// Elements that part words.
const BLOCKS: [&str; 14] = ["p", "br", "div", "li", "ul", "ol", "tr", "td", "th", "h1", "h2", "h3", "h4", "blockquote"];

/// The text of an HTML fragment, on one line; entities are resolved, comments and tags dropped.
pub(crate) fn text(html: &str) -> String {
    let mut plain = String::with_capacity(html.len());
    let mut rest = html;
    while let Some(start) = rest.find('<') {
        plain.push_str(&rest[..start]);
        rest = &rest[start..];
        match tag(rest) {
            Some((name, length)) => {
                if BLOCKS.contains(&name.trim_start_matches('/')) {
                    plain.push(' ');
                }
                rest = behind_hidden(&rest[length..], &name);
            }
            None => {
                plain.push('<');
                rest = &rest[1..];
            }
        }
    }
    plain.push_str(rest);
    let decoded = html_escape::decode_html_entities(&plain);
    decoded.split(|c: char| c.is_whitespace() || c.is_control()).filter(|w| !w.is_empty()).collect::<Vec<_>>().join(" ")
}

/// Name and length of the tag or comment that the text begins with; `None` if `<` is only a sign.
fn tag(text: &str) -> Option<(String, usize)> {
    if let Some(comment) = text.strip_prefix("<!--") {
        return Some((String::new(), comment.find("-->").map_or(text.len(), |end| end + 7)));
    }
    let name: String =
        text[1..].chars().take_while(|c| c.is_ascii_alphanumeric() || matches!(c, '/' | '!' | '?')).collect();
    let first = name.chars().next()?;
    let real = first.is_ascii_alphabetic() || (matches!(first, '/' | '!' | '?') && name.len() > 1);
    real.then(|| (name.trim_end_matches('/').to_ascii_lowercase(), end_of_tag(text)))
}

/// Behind the `>` that stands in no quoted attribute.
fn end_of_tag(text: &str) -> usize {
    let mut quote = None;
    for (at, c) in text.char_indices() {
        match (quote, c) {
            (None, '>') => return at + 1,
            (None, '"' | '\'') => quote = Some(c),
            (Some(open), _) if open == c => quote = None,
            _ => {}
        }
    }
    text.len()
}

/// Skips the content of an element that holds no text.
fn behind_hidden<'t>(rest: &'t str, name: &str) -> &'t str {
    if !HIDDEN.contains(&name) {
        return rest;
    }
    let end = rest.to_ascii_lowercase().find(&format!("</{name}")).unwrap_or(rest.len());
    &rest[end..]
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn tags_go_and_words_stay() {
        for (html, plain) in [
            ("<p>A &amp; B</p><p>C&nbsp;D&#39;s</p>", "A & B C D's"),
            ("x<br/>y <a href=\"https://e.org/?a>b\">link</a>", "x y link"),
            ("<script>alert('<p>')</script>ok<!-- <b> -->!", "ok!"),
            ("5 < 6 and a<b", "5 < 6 and a"),
            ("<p onclick='x", ""),
            ("&lt;b&gt;", "<b>"),
            ("华为<strong>云</strong>", "华为云"),
        ] {
            assert_eq!(text(html), plain, "{html}");
        }
    }

    proptest! {
        #[test]
        fn no_fragment_makes_it_panic(html in "[<>/!a-c\"'&;=é -]{0,60}") {
            let plain = text(&html);
            prop_assert!(plain.len() <= html.len());
        }
    }
}

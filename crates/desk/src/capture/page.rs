//! What an HTML page says, without running any of it: its title, its language, its text by paragraphs, what it loads.

use scraper::{ElementRef, Html, Node, Selector};

use super::requisites;

/// A page as text.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Page {
    /// The title, or the first heading.
    pub title: String,
    /// The language it states of itself, as it writes it; empty if it states none.
    pub language: String,
    /// Its paragraphs, headings, list entries and table cells in reading order, white space made single.
    pub paragraphs: Vec<String>,
    /// What it loads to be shown: pictures, styles, scripts; absolute or relative, as written.
    pub requisites: Vec<String>,
    /// It asks for a password.
    pub asks_password: bool,
    /// It holds scripts.
    pub scripted: bool,
}

/// Reads a page. Linear in its length; any text is some page.
pub fn page(html: &str) -> Page {
    let document = Html::parse_document(html);
    let mut text = Text::default();
    if let Some(body) = first(&document, "body") {
        text.walk(body, 0);
    }
    text.close();
    let heading = || first(&document, "h1").map(|h1| single(&h1.text().collect::<String>()));
    let title = first(&document, "title").map(|title| single(&title.text().collect::<String>()));
    Page {
        title: title.filter(|title| !title.is_empty()).or_else(heading).unwrap_or_default(),
        language: document.root_element().attr("lang").unwrap_or_default().trim().to_owned(),
        paragraphs: text.paragraphs,
        requisites: requisites::of_html(&document),
        asks_password: first(&document, "input[type=password]").is_some(),
        scripted: first(&document, "script").is_some(),
    }
}

fn first<'d>(document: &'d Html, selector: &str) -> Option<ElementRef<'d>> {
    let selector = Selector::parse(selector).expect("invariant: our own selectors parse");
    document.select(&selector).next()
}

/// White space made single, ends trimmed.
fn single(text: &str) -> String {
    text.split_whitespace().collect::<Vec<_>>().join(" ")
}

/// Deeper than any page is written by people; deeper ones are written against parsers.
const DEPTH: usize = 256;

/// Elements whose text nobody reads.
const UNREAD: [&str; 13] = [
    "script", "style", "template", "noscript", "svg", "math", "iframe", "object", "canvas", "select", "datalist",
    "audio", "video",
];

/// Elements that stand within a line of text.
const INLINE: [&str; 33] = [
    "a", "abbr", "acronym", "b", "bdi", "bdo", "big", "cite", "code", "del", "dfn", "em", "font", "i", "ins", "kbd",
    "label", "mark", "q", "rp", "rt", "ruby", "s", "samp", "small", "span", "strike", "strong", "sub", "sup", "time",
    "u", "var",
];

#[derive(Default)]
struct Text {
    paragraphs: Vec<String>,
    open: String,
}

impl Text {
    fn walk(&mut self, element: ElementRef<'_>, depth: usize) {
        let name = element.value().name();
        let hidden = element.attr("hidden").is_some() || element.attr("aria-hidden") == Some("true");
        if depth > DEPTH || hidden || UNREAD.contains(&name) {
            return;
        }
        let block = !INLINE.contains(&name);
        if block {
            self.close();
        }
        for child in element.children() {
            match child.value() {
                Node::Text(text) => self.open.push_str(text),
                Node::Element(_) => ElementRef::wrap(child).into_iter().for_each(|child| self.walk(child, depth + 1)),
                _ => {}
            }
        }
        if block {
            self.close();
        }
    }

    fn close(&mut self) {
        let paragraph = single(&self.open);
        self.open.clear();
        if !paragraph.is_empty() {
            self.paragraphs.push(paragraph);
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn paragraphs_come_in_reading_order_without_what_nobody_reads() {
        let page = page(
            "<!doctype html><html lang=zh-CN><title> 平安 \n 城市 </title><body><h1>Head<b>ing</b></h1>\
             <p>One <i>two</i>\n three<br>four<ul><li>a<li>b</ul><script>x()</script><style>p{}</style><div hidden>no</div>\
             <table><tr><td>c<td>d</table><noscript>off</noscript>tail<form><input type=password></form>",
        );
        assert_eq!((page.title.as_str(), page.language.as_str()), ("平安 城市", "zh-CN"));
        assert_eq!(page.paragraphs, ["Heading", "One two three", "four", "a", "b", "c", "d", "tail"]);
        assert!(page.asks_password && page.scripted);
    }

    #[test]
    fn a_page_without_title_is_named_by_its_heading() {
        assert_eq!(page("<h1>Safe <em>City</em></h1>").title, "Safe City");
        assert_eq!(page(""), Page::default());
    }

    #[test]
    fn a_page_that_is_nested_without_end_is_read_to_a_depth() {
        let deep = format!("top{}deep", "<div>".repeat(20_000));
        assert_eq!(page(&deep).paragraphs, ["top"]);
    }

    proptest! {
        #[test]
        fn every_text_is_some_page(text in "[<>/a-z =\"'&;!\\-\\[\\]]{0,200}") {
            for paragraph in page(&text).paragraphs {
                prop_assert!(!paragraph.is_empty() && !paragraph.contains(['\n', '\t']));
            }
        }
    }
}

//! What a browser would make of a page: its elements with the names of their attributes, and of what kind each address is.

use scraper::{Html, Node};

/// What Markdown may make of a text.
pub const MARKDOWN: [&str; 20] = [
    "p ",
    "em ",
    "strong ",
    "code ",
    "pre ",
    "blockquote ",
    "ul ",
    "ol ",
    "ol start",
    "li ",
    "h1 ",
    "h2 ",
    "h3 ",
    "h4 ",
    "h5 ",
    "h6 ",
    "hr ",
    "br ",
    "del ",
    "a href=outside rel",
];

/// Attributes whose value is an address.
const ADDRESSES: [&str; 12] = [
    "href",
    "src",
    "action",
    "formaction",
    "poster",
    "data",
    "srcset",
    "ping",
    "background",
    "cite",
    "manifest",
    "xlink:href",
];

/// Every element in document order.
pub fn skeleton(page: &str) -> Vec<String> {
    let document = Html::parse_document(page);
    let elements = document.tree.nodes().filter_map(|node| match node.value() {
        Node::Element(element) => {
            let mut attributes: Vec<String> = element.attrs().map(|(name, value)| attribute(name, value)).collect();
            attributes.sort();
            Some(format!("{} {}", element.name(), attributes.join(" ")))
        }
        _ => None,
    });
    elements.collect()
}

/// The same without order, each once.
pub fn elements(page: &str) -> std::collections::BTreeSet<String> {
    skeleton(page).into_iter().collect()
}

fn attribute(name: &str, value: &str) -> String {
    if !ADDRESSES.contains(&name) {
        return name.to_owned();
    }
    let kind = match value {
        _ if value.starts_with("https://") || value.starts_with("http://") => "outside",
        // Two slashes would lead to another host.
        _ if value.starts_with('/') && !value.starts_with("//") && !value.starts_with("/\\") => "inside",
        _ if value.starts_with('#') || value.starts_with('?') => "inside",
        _ => value,
    };
    format!("{name}={kind}")
}

#[test]
fn an_element_an_attribute_and_an_address_that_runs_each_change_the_shape() {
    let shape = |inner: &str| skeleton(&format!("<p>{inner}</p>"));
    let plain = shape("<a href='/x'>y</a>");
    assert_eq!(plain, shape("<a href='/z?q'>&lt;script&gt;</a>"));
    for other in
        ["<a href='/x'>y</a><b>", "<a href='/x' id=z>y</a>", "<a href='javascript:x'>y</a>", "<a href='//x'>y</a>", "y"]
    {
        assert_ne!(plain, shape(other), "{other}");
    }
}

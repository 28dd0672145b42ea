//! Turns a page of the server into one that needs none: its addresses become relative to itself, what only a server can
//! do leads to one, and the headers that a server would send stand in the page as far as a page can say them.

use ui::{Arg, Lang};
use web::{is_data, is_page};

use super::place::Place;

/// Attributes that hold an address. Our pages write all of them in double quotes.
const ATTRIBUTES: [&str; 13] = [
    "href",
    "src",
    "srcset",
    "action",
    "data-columns",
    "data-names",
    "data-ids",
    "data-texts",
    "data-matches",
    "data-lines",
    "data-basemap",
    "data-icons",
    "data-base",
];

/// The server's policy, as far as a page may give it to itself.
const POLICY: &str = "default-src 'none'; script-src 'self'; worker-src 'self'; style-src 'self'; img-src 'self' data: blob:; \
     connect-src 'self'; form-action 'self'; base-uri 'none'";

/// A page of the copy.
pub struct Page {
    /// The document.
    pub html: String,
    /// Addresses of the site that it needs, as the server knows them.
    pub found: Vec<String>,
}

/// What is the same for all pages.
pub struct Rewriter {
    /// Where the atlas is served; empty if nowhere.
    address: String,
    edition: u64,
}

impl Rewriter {
    /// For the copy of this edition of an atlas that is served at this address, or nowhere.
    pub fn new(address: String, edition: u64) -> Self {
        Self { address, edition }
    }

    /// The page at a place.
    pub fn page(&self, html: &str, place: &Place) -> Page {
        let mut found = Vec::new();
        let html = without_filtered_pictures(html);
        let mut out = String::with_capacity(html.len() + 1024);
        let mut rest = html.as_str();
        while let Some((before, name, value, after)) = next_attribute(rest) {
            out.push_str(before);
            let value = value.replace("&amp;", "&");
            let new = match name {
                "srcset" => self.set(&value, place, &mut found),
                "data-base" => {
                    format!("{}{}", place.up(), value.trim_start_matches('/')).trim_end_matches('/').to_owned()
                }
                _ => self.address(&value, place, &mut found),
            };
            out.push_str(&new.replace('&', "&amp;"));
            rest = after;
        }
        out.push_str(rest);
        Page { html: self.noted(&out, place), found }
    }

    fn set(&self, value: &str, place: &Place, found: &mut Vec<String>) -> String {
        let one = |part: &str| {
            let (address, width) = part.trim().split_once(' ').unwrap_or((part.trim(), ""));
            format!("{} {width}", self.address(address, place, found)).trim_end().to_owned()
        };
        value.split(", ").map(one).collect::<Vec<_>>().join(", ")
    }

    /// An address as this page has to write it.
    fn address(&self, value: &str, place: &Place, found: &mut Vec<String>) -> String {
        if !value.starts_with('/') || value.starts_with("//") {
            return value.to_owned();
        }
        let (plain, fragment) =
            value.split_once('#').map_or((value, String::new()), |(plain, part)| (plain, format!("#{part}")));
        let (path, query) = plain.split_once('?').unwrap_or((plain, ""));
        let up = place.up();
        let to = Place::of(plain);
        if self.is_in_the_copy(path, query, &to) {
            // Assets and the log are copied whole.
            if !path.starts_with("/assets/") && !path.starts_with("/log/") {
                found.push(if is_page(path) && path == "/zh" { "/zh/".into() } else { plain.to_owned() });
            }
            let folder = if path.ends_with('/') && !is_page(path) { "/" } else { "" };
            return format!("{up}{}{folder}{fragment}", to.target());
        }
        if is_selection(path) {
            let home = Place::of(&format!("{}/", to.lang())).target();
            return format!("{up}{home}?{query}{fragment}");
        }
        match self.address.is_empty() {
            true => format!("{up}{}", Place::of(&format!("{}/static-copy", to.lang())).target()),
            false => format!("{}{value}", self.address),
        }
    }

    fn is_in_the_copy(&self, path: &str, query: &str, to: &Place) -> bool {
        // Citations are texts of the record's own page; one file more for each of their formats would be half the copy.
        let cited = path.contains("/cite/") || path.contains("/cite.");
        let known = is_page(path) || is_data(path) || is_chunked(path) || path.starts_with("/log/");
        let of_list =
            is_page(path) && query.strip_prefix("page=").is_some_and(|page| page.bytes().all(|b| b.is_ascii_digit()));
        let picture = path.ends_with(".png") && only_looks(query);
        let framed = to.path.ends_with("/embed") && query.is_empty();
        known && !cited && (query.is_empty() || of_list || picture || framed)
    }

    /// With the policy at its head and, at its foot, what a copy can't do.
    fn noted(&self, html: &str, place: &Place) -> String {
        let lang = if place.lang().is_empty() { Lang::En } else { Lang::ZhHans };
        let policy = format!("<head><meta http-equiv=\"Content-Security-Policy\" content=\"{POLICY}\">");
        let edition = self.edition.to_string();
        let words = lang.t_with("static-note", &[("number", Arg::Text(&edition))]);
        let more = format!("{}{}", place.up(), Place::of(&format!("{}/static-copy", place.lang())).target());
        let note = format!(
            "<p class=\"static-note\" role=\"note\">{words} <a href=\"{more}\">{}</a></p></main>",
            lang.t("static-note-more")
        );
        html.replacen("<head>", &policy, 1).replacen("</main>", &note, 1).replacen(
            "id=\"atlas-map\"",
            "id=\"atlas-map\" data-static",
            1,
        )
    }
}

/// Whether the map's script asks for numbered files below this path.
fn is_chunked(path: &str) -> bool {
    path.starts_with("/columns/") && path.ends_with('/')
}

/// The lists whose filter the first page's script knows too.
fn is_selection(path: &str) -> bool {
    matches!(path.strip_prefix("/zh").unwrap_or(path), "" | "/" | "/links" | "/map")
}

/// Whether a picture's query says only how it looks, and nothing of a filter.
fn only_looks(query: &str) -> bool {
    let looks = ["w=", "h=", "theme=", "marks="];
    query.split('&').all(|part| looks.iter().any(|look| part.starts_with(look)))
}

/// The page without pictures of a filter: there would be one for every record. Where script runs, the map stands there.
fn without_filtered_pictures(html: &str) -> String {
    let mut out = String::with_capacity(html.len());
    let mut rest = html;
    while let Some((before, picture)) = rest.split_once("<picture") {
        let (inside, after) = picture.split_once("</picture>").unwrap_or((picture, ""));
        out.push_str(before);
        let source = inside.split_once("<img src=\"").and_then(|(_, rest)| rest.split('"').next()).unwrap_or_default();
        let query = source.split_once('?').map_or("", |(_, query)| query).replace("&amp;", "&");
        if query.is_empty() || only_looks(&query) {
            out.push_str(&format!("<picture{inside}</picture>"));
        }
        rest = after;
    }
    out.push_str(rest);
    out
}

/// The text up to the next attribute's value, its name, its value, and the rest from the closing quote on.
fn next_attribute(text: &str) -> Option<(&str, &'static str, &str, &str)> {
    let mut from = 0;
    loop {
        let quote = from + text[from..].find("=\"")?;
        let start = quote + 2;
        let end = start + text[start..].find('"')?;
        let name = text[..quote].rsplit([' ', '\n', '<', '>', '"']).next().unwrap_or_default();
        if let Some(known) = ATTRIBUTES.iter().find(|known| **known == name) {
            return Some((&text[..start], known, &text[start..end], &text[end..]));
        }
        from = end + 1;
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn rewritten(html: &str, at: &str, address: &str) -> (String, Vec<String>) {
        let page = Rewriter::new(address.into(), 3).page(html, &Place::of(at));
        (page.html, page.found)
    }

    #[test]
    fn addresses_become_relative_to_the_page() {
        let html =
            "<a href=\"/item/zte\">x</a><a href=\"/\">y</a><use href=\"/assets/i.svg#a\"></use><a href=\"#main\">z</a>";
        let (out, found) = rewritten(html, "/zh/link/a", "");
        assert_eq!(
            out,
            "<a href=\"../../../item/zte/\">x</a><a href=\"../../../\">y</a>\
             <use href=\"../../../assets/i.svg#a\"></use><a href=\"#main\">z</a>"
        );
        assert_eq!(found, ["/item/zte", "/"]);
    }

    #[test]
    fn filters_lead_to_the_first_page_and_what_needs_a_server_to_one() {
        let html = "<a href=\"/links?country=KE&amp;poi=1\"></a><a href=\"/links?page=2\"></a><a href=\"/links.csv?poi=1\"></a>";
        let (out, found) = rewritten(html, "/country/KE", "https://a.example");
        assert!(out.contains("href=\"../../?country=KE&amp;poi=1\""), "{out}");
        assert!(
            out.contains("href=\"../../links/page-2/\"") && out.contains("href=\"https://a.example/links.csv?poi=1\""),
            "{out}"
        );
        assert_eq!(found, ["/links?page=2"]);
        let (out, _) = rewritten(html, "/", "");
        assert!(out.contains("href=\"./static-copy/\"") && out.contains("href=\"./?country=KE&amp;poi=1\""), "{out}");
        let (out, _) = rewritten("<a href=\"/zh/links?poi=1\"></a>", "/zh/", "");
        assert!(out.contains("href=\"../zh/?poi=1\""), "{out}");
    }

    #[test]
    fn the_map_knows_where_its_files_are_and_that_it_is_a_copy() {
        let html = "<head><main><div id=\"atlas-map\" data-base=\"/zh\" data-ids=\"/columns/a/ids/\"></div></main>";
        let (out, found) = rewritten(html, "/zh/", "");
        assert!(out.contains("data-static data-base=\"../zh\" data-ids=\"../columns/a/ids/\""), "{out}");
        assert!(out.contains("Content-Security-Policy") && out.contains("static-note"), "{out}");
        assert_eq!(found, ["/columns/a/ids/"]);
        let (out, _) = rewritten("<div id=\"atlas-map\" data-base=\"\"></div>", "/", "");
        assert!(out.contains("data-base=\".\""), "{out}");
    }

    #[test]
    fn pictures_of_a_filter_are_left_out_and_those_of_the_whole_stay() {
        let picture = |query: &str| format!("<picture class=\"p\"><img src=\"/map.png{query}\"></picture>");
        let (out, found) = rewritten(&format!("{}{}", picture("?w=480&amp;h=270"), picture("?country=KE")), "/", "");
        assert_eq!(out, "<picture class=\"p\"><img src=\"./map.w-480.h-270.png\"></picture>");
        assert_eq!(found, ["/map.png?w=480&h=270"]);
    }
}

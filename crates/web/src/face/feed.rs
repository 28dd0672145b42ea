//! Changes as feeds: Atom (RFC 4287) and JSON Feed 1.1, for any filter, in either language.

use model::Filter;
use serde_json::json;

use crate::ask::Ask;
use crate::page::changes::act;
use crate::reply::Reply;
use crate::url::question;
use crate::view::changes::Change;

/// An Atom feed. The ledger keeps days, so times are midnight. Addresses are whole where the atlas knows its own, and
/// otherwise relative to the feed, as Atom allows.
pub(crate) fn atom(ask: &Ask<'_>, of: &Of, changes: &[Change]) -> Reply {
    let whole = |path: &str| escape(&ask.site.imprint.whole(path));
    let (own, page) = (whole(&of.atom), whole(&of.page));
    let mut xml = String::from("<?xml version=\"1.0\" encoding=\"utf-8\"?>\n");
    xml += &format!("<feed xmlns=\"http://www.w3.org/2005/Atom\" xml:lang=\"{}\">\n", ask.lang.tag());
    xml += &format!("<id>{}</id>\n<title>{}</title>\n", escape(&of.id), escape(&of.title));
    xml += &format!("<updated>{}</updated>\n", moment(&day(ask)));
    xml += &format!("<author><name>{}</name></author>\n", escape(ask.site.imprint.name_in(ask.lang)));
    xml += &format!("<link rel=\"self\" href=\"{own}\"/>\n<link rel=\"alternate\" href=\"{page}\"/>\n");
    for change in changes {
        xml += "<entry>\n";
        xml += &format!("<id>{}</id>\n<title>{}</title>\n", escape(&id(ask, change)), escape(&words(ask, change)));
        xml += &format!("<updated>{}</updated>\n<link href=\"{}\"/>\n", moment(&change.day), whole(&change.url));
        xml += &format!("<category term=\"{}\"/>\n", change.act);
        xml += &format!("<summary>{}</summary>\n</entry>\n", escape(&detail(ask, change)));
    }
    xml += "</feed>\n";
    Reply::data("application/atom+xml; charset=utf-8", xml.into_bytes())
}

/// A JSON Feed, with addresses as in the Atom feed.
pub(crate) fn json(ask: &Ask<'_>, of: &Of, changes: &[Change]) -> Reply {
    let items: Vec<serde_json::Value> = changes
        .iter()
        .map(|change| {
            json!({
                "id": id(ask, change),
                "url": ask.site.imprint.whole(&change.url),
                "title": words(ask, change),
                "content_text": detail(ask, change),
                "date_published": moment(&change.day),
                "tags": [change.act],
            })
        })
        .collect();
    let feed = json!({
        "version": "https://jsonfeed.org/version/1.1",
        "title": of.title,
        "home_page_url": ask.site.imprint.whole(&of.page),
        "feed_url": ask.site.imprint.whole(&of.json),
        "language": ask.lang.tag(),
        "items": items,
    });
    let mut bytes = serde_json::to_vec_pretty(&feed).expect("invariant: texts are always JSON");
    bytes.push(b'\n');
    Reply::data("application/feed+json", bytes)
}

/// Which feed it is, and where it and its page are.
pub(crate) struct Of {
    /// The page.
    pub page: String,
    /// The feed as Atom.
    pub atom: String,
    /// The feed as JSON.
    pub json: String,
    title: String,
    id: String,
}

impl Of {
    /// The changes under a filter.
    pub fn changes(ask: &Ask<'_>, filter: &Filter) -> Self {
        let query = filter.query();
        let tail = if query.is_empty() { String::new() } else { format!(" ({query})") };
        Self {
            page: ask.urls().changes(filter, ""),
            atom: ask.urls().changes(filter, ".atom"),
            json: ask.urls().changes(filter, ".feed.json"),
            title: format!("{} · {}{tail}", ask.site.imprint.name_in(ask.lang), ask.lang.t("nav-changes")),
            id: id_of(ask, &format!("changes{}", question(&query))),
        }
    }

    /// The corrections.
    pub fn corrections(ask: &Ask<'_>) -> Self {
        let page = format!("{}/corrections", ask.lang.prefix());
        Self {
            atom: format!("{page}.atom"),
            json: format!("{page}.feed.json"),
            page,
            title: format!("{} · {}", ask.site.imprint.name_in(ask.lang), ask.lang.t("nav-corrections")),
            id: id_of(ask, "corrections"),
        }
    }
}

/// The ledger's name makes ids that are nobody else's.
fn id_of(ask: &Ask<'_>, what: &str) -> String {
    let origin = ask.edition().head().origin.replace('/', ":");
    format!("urn:counteratlas:{origin}:{what}")
}

fn id(ask: &Ask<'_>, change: &Change) -> String {
    let origin = ask.edition().head().origin.replace('/', ":");
    format!("urn:counteratlas:{origin}:{}:{}:{}", change.edition, change.record, change.id)
}

fn words(ask: &Ask<'_>, change: &Change) -> String {
    let (act, title) = (act(ask, change), ui::Arg::Text(&change.title));
    ask.lang.t_with("feed-title", &[("act", ui::Arg::Text(&act)), ("title", title)])
}

/// Why, and which properties: the values stand on the page with their evidence.
fn detail(ask: &Ask<'_>, change: &Change) -> String {
    let properties: Vec<&str> = change.values.iter().map(|value| value.property.label.as_str()).collect();
    let edition = ask.lang.t_with("footer-edition", &[("number", ui::Arg::Text(&change.edition.to_string()))]);
    let parts = [Some(edition), change.reason.clone(), Some(properties.join(&ask.lang.t("list-comma")))];
    parts.into_iter().flatten().filter(|part| !part.is_empty()).collect::<Vec<_>>().join(" · ")
}

fn day(ask: &Ask<'_>) -> String {
    ask.edition().head().day.clone()
}

/// RFC 3339; an atlas without any entry has no day of its own.
fn moment(day: &str) -> String {
    format!("{}T00:00:00Z", if day.is_empty() { "1970-01-01" } else { day })
}

/// For XML 1.0, which has no place for most control characters.
fn escape(text: &str) -> String {
    let mut safe = String::with_capacity(text.len());
    for letter in text.chars() {
        match letter {
            '&' => safe.push_str("&amp;"),
            '<' => safe.push_str("&lt;"),
            '>' => safe.push_str("&gt;"),
            '"' => safe.push_str("&quot;"),
            '\t' | '\n' | '\r' => safe.push(' '),
            c if c < ' ' || matches!(c, '\u{fffe}' | '\u{ffff}') => safe.push('\u{fffd}'),
            c => safe.push(c),
        }
    }
    safe
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn xml_holds_any_text() {
        assert_eq!(escape("a<b> & \"c\"\u{0}\n"), "a&lt;b&gt; &amp; &quot;c&quot;\u{fffd} ");
    }

    #[test]
    fn a_day_is_a_moment_in_universal_time() {
        assert_eq!(moment("2026-11-22"), "2026-11-22T00:00:00Z");
    }
}

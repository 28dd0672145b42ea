//! The page frame: a complete HTML document around a body, the same on every page and in both languages.
//!
//! No script or style stands in the document itself, nothing is loaded from elsewhere, nothing is stored.

use std::sync::Arc;

use maud::{DOCTYPE, Markup, html};

use crate::assets::AssetUrls;
use crate::date::date;
use crate::icon::{FAVICON_URL, icon};
use crate::imprint::Imprint;
use crate::lang::{Arg, Lang};

/// What every page of a site shares.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Site {
    /// Where style and scripts are.
    pub assets: AssetUrls,
    /// The edition on show; `None` while there is none.
    pub edition: Option<EditionStamp>,
    /// What its publisher says of it.
    pub imprint: Arc<Imprint>,
}

/// Which edition a page was made from.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct EditionStamp {
    /// The number of ledger entries in it.
    pub number: u64,
    /// The UTC day of its last entry, `YYYY-MM-DD`.
    pub date: String,
    /// The ledger's root hash in hexadecimal.
    pub root: String,
    /// Who besides its operator has signed for it.
    pub witnesses: Witnesses,
}

/// How many witnesses have cosigned an edition's checkpoint, and whether they are enough.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Witnesses {
    /// So many have.
    pub have: u64,
    /// So many the operator's policy knows.
    pub of: u64,
    /// Whether those who have are as many as the policy wants.
    pub met: bool,
    /// Whether they last said so more than a day ago.
    pub stale: bool,
    /// The UTC day as of which they were enough, `YYYY-MM-DD`; empty if they never were.
    pub day: String,
}

/// The part of the site that a page belongs to.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Section {
    /// The map with filter and results.
    Map,
    /// The list of links.
    Links,
    /// The list of items.
    Items,
    /// The stories.
    Stories,
    /// The figures.
    Figures,
    /// The glossary.
    Glossary,
    /// About the atlas.
    About,
    /// A record or anything else.
    Other,
}

/// How the page uses the width of the screen.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Layout {
    /// A column of text.
    Text,
    /// Tables and records.
    Wide,
    /// The map, edge to edge.
    Full,
}

/// One page.
pub struct Page<'a> {
    /// Its language.
    pub lang: Lang,
    /// The title without the site's name; empty on the first page.
    pub title: String,
    /// One sentence for search engines and previews.
    pub description: String,
    /// The path without language prefix, beginning with `/`.
    pub path: &'a str,
    /// The canonical query with its `?`, or empty.
    pub query: &'a str,
    /// Other faces of the same view: MIME type and URL; the JSON twin first.
    pub faces: Vec<(&'static str, String)>,
    /// The whole address of a picture of the page for previews elsewhere; empty for none.
    pub preview: String,
    /// Which part of the site.
    pub section: Section,
    /// How wide.
    pub layout: Layout,
    /// Logical names of module scripts.
    pub scripts: &'a [&'a str],
    /// Whether search engines should keep out (errors, odd queries).
    pub noindex: bool,
    /// The page itself, inside `main`.
    pub body: Markup,
}

/// The whole document.
pub fn document(site: &Site, page: &Page<'_>) -> Markup {
    html! {
        (DOCTYPE)
        html lang=(page.lang.tag()) dir=(page.lang.dir()) {
            head { (head(site, page)) }
            body.(body_class(page.layout)) {
                a.skip href="#main" { (page.lang.t("skip")) }
                (header(site, page))
                main #main tabindex="-1" { (page.body) }
                (footer(site, page))
            }
        }
    }
}

/// The citation line of a record: name, title, edition, day, address and the start of the root hash.
pub fn citation(site: &Site, page_title: &str, lang: Lang, url: &str) -> Markup {
    let address = html! { a href=(url) rel="bookmark" { (url) } };
    let title = html! { cite { bdi { (page_title) } } };
    html! {
        p.citation {
            span.citation-mark { (lang.t("cite")) } " "
            @match &site.edition {
                Some(edition) => (lang.t_markup("citation", &[
                    ("title", title), ("number", html! { (edition.number) }), ("date", date(lang, &edition.date)),
                    ("root", html! { code { (edition.short_root()) } }), ("address", address),
                ])),
                None => (lang.t_markup("citation-no-edition", &[("title", title), ("address", address)])),
            }
        }
    }
}

impl EditionStamp {
    /// The first twelve digits of the root: enough to compare by eye.
    pub fn short_root(&self) -> &str {
        self.root.get(..12).unwrap_or(&self.root)
    }
}

fn body_class(layout: Layout) -> &'static str {
    match layout {
        Layout::Text => "layout-text",
        Layout::Wide => "layout-wide",
        Layout::Full => "layout-full",
    }
}

fn head(site: &Site, page: &Page<'_>) -> Markup {
    let lang = page.lang;
    let here = |lang: Lang| site.imprint.whole(&format!("{}{}{}", lang.prefix(), page.path, page.query));
    let name = site.imprint.name_in(lang);
    html! {
        meta charset="utf-8";
        meta name="viewport" content="width=device-width, initial-scale=1";
        title { @if page.title.is_empty() { (name) } @else { (page.title) " · " (name) } }
        meta name="description" content=(page.description);
        meta name="color-scheme" content="light dark";
        @if page.noindex { meta name="robots" content="noindex"; }
        (preview(page, name))
        link rel="canonical" href=(here(lang));
        @for language in Lang::ALL { link rel="alternate" hreflang=(language.tag()) href=(here(language)); }
        link rel="alternate" hreflang="x-default" href=(here(Lang::En));
        @for (mime, href) in &page.faces { link rel="alternate" type=(mime) href=(href); }
        link rel="icon" type="image/svg+xml" href=(*FAVICON_URL);
        link rel="stylesheet" href=(site.assets.url("main.css"));
        @if site.assets.has(SUGGEST_SCRIPT) { script type="module" src=(site.assets.url(SUGGEST_SCRIPT)) {} }
        @for script in page.scripts { script type="module" src=(site.assets.url(script)) {} }
    }
}

/// How other sites show a link to the page (the Open Graph protocol). They fetch the picture; we fetch nothing.
fn preview(page: &Page<'_>, name: &str) -> Markup {
    html! {
        meta property="og:title" content=(if page.title.is_empty() { name } else { &page.title });
        meta property="og:description" content=(page.description);
        meta property="og:site_name" content=(name);
        meta property="og:type" content="website";
        @if !page.preview.is_empty() {
            meta property="og:image" content=(page.preview);
            meta name="twitter:card" content="summary_large_image";
        }
    }
}
/// Completes what is typed into a search box, on every page.
const SUGGEST_SCRIPT: &str = "suggest.js";

fn header(site: &Site, page: &Page<'_>) -> Markup {
    let lang = page.lang;
    let other = lang.other();
    html! {
        header.site-header {
            a.wordmark href=(home(lang)) { (icon("mark")) span { (site.imprint.name_in(lang)) } }
            nav aria-label=(lang.t("nav")) {
                ul {
                    @for (section, path, key) in NAVIGATION {
                        li {
                            a href=(format!("{}{path}", lang.prefix()))
                                aria-current=[(page.section == section).then_some("page")] {
                                (lang.t(key))
                            }
                        }
                    }
                }
            }
            (site_search(lang))
            a.language href=(format!("{}{}{}", other.prefix(), page.path, page.query))
                hreflang=(other.tag()) lang=(other.tag()) {
                (icon("globe")) (other.own_name())
            }
        }
    }
}

/// The search box of every page; a plain form, which a script completes with suggestions.
fn site_search(lang: Lang) -> Markup {
    html! {
        form.site-search role="search" method="get" action=(format!("{}/search", lang.prefix())) {
            input type="search" name="q" aria-label=(lang.t("search")) placeholder=(lang.t("search"))
                maxlength="200" autocomplete="off" data-suggest=(lang.t("search-suggestions"));
            button type="submit" aria-label=(lang.t("search")) { (icon("search")) }
        }
    }
}

const NAVIGATION: [(Section, &str, &str); 7] = [
    (Section::Map, "/", "nav-map"),
    (Section::Links, "/links", "nav-links"),
    (Section::Items, "/items", "nav-items"),
    (Section::Stories, "/stories", "nav-stories"),
    (Section::Figures, "/figures", "nav-figures"),
    (Section::Glossary, "/glossary", "nav-glossary"),
    (Section::About, "/about", "nav-about"),
];

/// Pages that stand at the foot of every page.
const MORE: [(&str, &str); 14] = [
    ("/how-to", "nav-how-to"),
    ("/method", "nav-method"),
    ("/boundaries", "nav-boundaries"),
    ("/countries", "countries"),
    ("/categories", "categories"),
    ("/sources", "sources"),
    ("/lists", "lists"),
    ("/changes", "nav-changes"),
    ("/corrections", "nav-corrections"),
    ("/notices", "nav-notices"),
    ("/transparency", "nav-transparency"),
    ("/quality", "nav-quality"),
    ("/suggestion", "nav-suggest"),
    ("/suggestion/status", "nav-suggestion-status"),
];

fn home(lang: Lang) -> String {
    format!("{}/", lang.prefix())
}

fn footer(site: &Site, page: &Page<'_>) -> Markup {
    let lang = page.lang;
    html! {
        footer.site-footer {
            p.notice { (lang.t("notice")) }
            nav aria-label=(lang.t("nav-more")) {
                ul.footer-nav {
                    @for (path, key) in MORE { li { a href=(format!("{}{path}", lang.prefix())) { (lang.t(key)) } } }
                }
            }
            div.footer-columns {
                p { (lang.t("footer-privacy")) }
                p { (lang.t_with("footer-licence", &[("licence", Arg::Text(&site.imprint.licence))])) }
                p { (edition_line(lang, site.edition.as_ref())) }
            }
            p.report-error { a href=(report_error(page)) rel="nofollow" { (lang.t("nav-report-error")) } }
            @if !page.faces.is_empty() {
                p.faces {
                    (lang.t("footer-faces")) " " @for (mime, href) in &page.faces {
                        a href=(href) type=(mime) { (face_name(mime)) } " "
                    }
                }
            }
        }
    }
}

/// The form for an error on this page, which names the page.
fn report_error(page: &Page<'_>) -> String {
    let prefix = page.lang.prefix();
    let plain = |byte: u8| byte.is_ascii_alphanumeric() || b"-._~,:/".contains(&byte);
    let piece = |byte: u8| if plain(byte) { char::from(byte).to_string() } else { format!("%{byte:02X}") };
    let here: String = format!("{prefix}{}{}", page.path, page.query).bytes().map(piece).collect();
    format!("{prefix}/suggestion?about=page{here}")
}

fn edition_line(lang: Lang, edition: Option<&EditionStamp>) -> Markup {
    html! {
        @match edition {
            None => (lang.t("footer-no-edition")),
            Some(edition) => {
                (lang.t_with("footer-edition", &[("number", Arg::Text(&edition.number.to_string()))]))
                (lang.t("list-comma")) (date(lang, &edition.date)) (lang.t("list-comma"))
                (lang.t("footer-root")) " " code title=(edition.root) { (edition.short_root()) }
                br;
                (witness_line(lang, &edition.witnesses)) " "
                a href=(format!("{}/verify", lang.prefix())) { (lang.t("footer-verify")) }
            }
        }
    }
}

/// "Witnessed by 2 of 3 (22 November 2026)", or that it is not.
pub fn witness_line(lang: Lang, witnesses: &Witnesses) -> Markup {
    let counts = [("have", html! { (witnesses.have) }), ("of", html! { (witnesses.of) })];
    let key = match witnesses {
        Witnesses { met: true, stale: false, .. } => "witnessed",
        Witnesses { met: true, .. } => "witnessed-stale",
        Witnesses { of: 0, .. } => "unwitnessed-nobody",
        _ => "unwitnessed",
    };
    let [have, of] = counts;
    let day = html! { @if !witnesses.day.is_empty() { (date(lang, &witnesses.day)) } };
    lang.t_markup(key, &[have, of, ("date", day)])
}

fn face_name(mime: &str) -> &'static str {
    match mime {
        "application/json" => "JSON",
        "text/csv" => "CSV",
        "application/geo+json" => "GeoJSON",
        "application/atom+xml" => "Atom",
        "application/feed+json" => "JSON Feed",
        _ => "file",
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn page(lang: Lang) -> Page<'static> {
        Page {
            lang,
            title: "Huawei <b>".into(),
            description: "A \"company\"".into(),
            path: "/item/huawei",
            query: "",
            faces: vec![("application/json", format!("{}/item/huawei.json", lang.prefix()))],
            preview: "https://atlas.example/map.png".into(),
            section: Section::Items,
            layout: Layout::Wide,
            scripts: &["map.js"],
            noindex: false,
            body: html! { h1 { "Huawei" } },
        }
    }

    fn site() -> Site {
        let edition = EditionStamp {
            number: 3,
            date: "2026-11-21".into(),
            root: "0123456789abcdef0123".into(),
            witnesses: Witnesses::default(),
        };
        Site { edition: Some(edition), ..Site::default() }
    }

    #[test]
    fn the_document_names_its_language_twin_and_other_language() {
        let html = document(&site(), &page(Lang::ZhHans)).0;
        for part in [
            "<!DOCTYPE html><html lang=\"zh-Hans\" dir=\"ltr\">",
            "<link rel=\"canonical\" href=\"/zh/item/huawei\">",
            "<link rel=\"alternate\" hreflang=\"en\" href=\"/item/huawei\">",
            "<link rel=\"alternate\" type=\"application/json\" href=\"/zh/item/huawei.json\">",
            "<script type=\"module\" src=\"/assets/map.js\"></script>",
            "<title>Huawei &lt;b&gt; · ",
            "content=\"A &quot;company&quot;\"",
            "<meta property=\"og:image\" content=\"https://atlas.example/map.png\">",
            "aria-current=\"page\"",
            "href=\"/zh/suggestion?about=page/zh/item/huawei\"",
            "<code title=\"0123456789abcdef0123\">0123456789ab</code>",
        ] {
            assert!(html.contains(part), "{part}\n{html}");
        }
    }

    #[test]
    fn nothing_in_the_frame_is_inline_script_inline_style_or_from_elsewhere() {
        let html = document(&site(), &page(Lang::En)).0;
        for part in ["<style", " style=", "javascript:", " onload", "src=\"http", "rel=\"stylesheet\" href=\"http"] {
            assert!(!html.contains(part), "{part}");
        }
    }

    #[test]
    fn the_notice_stands_on_every_page() {
        for lang in Lang::ALL {
            assert!(document(&Site::default(), &page(lang)).0.contains(&lang.t("notice")));
        }
        assert!(Lang::En.t("notice").contains("does not imply wrongdoing"));
    }

    #[test]
    fn every_page_says_how_many_witnesses_have_signed() {
        let said = |have, of, met, stale| {
            let day = if met { "2026-11-22".to_owned() } else { String::new() };
            witness_line(Lang::En, &Witnesses { have, of, met, stale, day }).0
        };
        assert!(said(0, 0, false, false).starts_with("Unwitnessed"));
        assert!(said(1, 3, false, false).starts_with("Unwitnessed: 1 of 3"));
        assert!(said(2, 3, true, false).starts_with("Witnessed by 2 of 3"));
        assert!(said(2, 3, true, true).contains("more than a day"));
        assert!(document(&site(), &page(Lang::ZhHans)).0.contains("未见证"));
    }

    #[test]
    fn a_citation_names_edition_day_root_and_address() {
        let html = citation(&site(), "Huawei", Lang::En, "/item/huawei").0;
        for part in ["edition 3", "21 November 2026", "0123456789ab", "href=\"/item/huawei\""] {
            assert!(html.contains(part), "{part}\n{html}");
        }
    }
}

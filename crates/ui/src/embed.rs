//! The frame of a page that stands inside another site: no navigation, no form, links open outside of it.

use maud::{DOCTYPE, Markup, html};

use crate::icon::FAVICON_URL;
use crate::lang::Lang;
use crate::page::Site;

/// A page to stand in a frame.
pub struct Embedded<'a> {
    /// Its language.
    pub lang: Lang,
    /// The title without the site's name; may be empty.
    pub title: String,
    /// The same page in every language.
    pub languages: Vec<(Lang, String)>,
    /// Logical names of module scripts.
    pub scripts: &'a [&'a str],
    /// The page itself.
    pub body: Markup,
}

/// The whole document. Search engines keep out: the same slice has a page of its own.
pub fn embedded(site: &Site, page: &Embedded<'_>) -> Markup {
    let name = site.imprint.name_in(page.lang);
    html! {
        (DOCTYPE)
        html lang=(page.lang.tag()) dir=(page.lang.dir()) {
            head {
                meta charset="utf-8";
                meta name="viewport" content="width=device-width, initial-scale=1";
                title { @if !page.title.is_empty() { (page.title) " · " } (name) }
                meta name="color-scheme" content="light dark";
                meta name="robots" content="noindex";
                base target="_blank";
                @for (lang, href) in &page.languages { link rel="alternate" hreflang=(lang.tag()) href=(href); }
                link rel="icon" type="image/svg+xml" href=(*FAVICON_URL);
                link rel="stylesheet" href=(site.assets.url("main.css"));
                @for script in page.scripts { script type="module" src=(site.assets.url(script)) {} }
            }
            body.embed { main { (page.body) } }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_page_in_a_frame_has_no_form_and_opens_links_outside() {
        let languages = vec![(Lang::En, "/embed".to_owned())];
        let body = html! { p { "x" } };
        let page = Embedded { lang: Lang::ZhHans, title: "<b>".into(), languages, scripts: &["map.js"], body };
        let text = embedded(&Site::default(), &page).0;
        assert!(text.contains("<base target=\"_blank\">") && text.contains("lang=\"zh-Hans\""), "{text}");
        assert!(text.contains("hreflang=\"en\" href=\"/embed\""), "{text}");
        for absent in ["<form", "<nav", "<b>", "style="] {
            assert!(!text.contains(absent), "{absent}: {text}");
        }
    }
}

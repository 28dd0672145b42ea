//! The pages of an evidence bundle: captures for whoever has them as a folder, without a server, a script or a network.

use edition::Edition;
use maud::{DOCTYPE, Markup, html};
use model::{OperationNumber, Texts};
use ui::{Arg, Lang};

use crate::page::captured::{moment, particulars, stamped, still};
use crate::view::Maker;
use crate::view::capture::{CaptureWhole, Quote, Words};

/// A capture in a bundle.
pub struct Packed {
    /// Which.
    pub capture: OperationNumber,
    /// Where its pieces lie, from the bundle's folder: the message that says what each is, and the path.
    pub files: Vec<(&'static str, String)>,
    /// The picture among them.
    pub picture: Option<String>,
}

/// What stands at the head of a bundle.
pub struct Cover<'a> {
    /// The language of its pages.
    pub lang: Lang,
    /// The name of the atlas.
    pub atlas: &'a str,
    /// The name of its log.
    pub log: &'a str,
    /// When it was made: UTC.
    pub made: &'a str,
}

/// How the pages look. A file of its own: they hold no style.
pub const STYLE: &str = "body { max-width: 46rem; margin: 2rem auto; padding: 0 1rem; font: 1rem/1.5 system-ui, sans-serif; }\n\
code { overflow-wrap: anywhere; }\nimg { display: block; max-width: 100%; height: auto; border: 1px solid; }\n\
dt { font-weight: 600; }\ndd { margin: 0 0 .5rem; }\nli { margin: .5rem 0; }\nh2 { margin-top: 2rem; }\n";

/// `index.html`, and a page for each capture below `captures/`.
pub fn bundle_pages(
    edition: &Edition,
    cover: &Cover<'_>,
    packed: &[Packed],
    texts: &dyn Texts,
) -> Vec<(String, String)> {
    let maker = Maker { edition, lang: cover.lang };
    let whole = |one: &Packed| Some(maker.capture_whole(edition.state().capture(one.capture)?, Some(texts)));
    let all: Vec<(&Packed, CaptureWhole)> = packed.iter().filter_map(|one| Some((one, whole(one)?))).collect();
    let index = ("index.html".to_owned(), index(cover, &all).into_string());
    let pages = all.iter().map(|(one, whole)| (page_of(one), capture(cover, one, whole).into_string()));
    std::iter::once(index).chain(pages).collect()
}

fn page_of(one: &Packed) -> String {
    format!("captures/{}.html", one.capture)
}

/// Nothing on these pages runs, sends or frames anything, whatever a capture says.
const POLICY: &str = "script-src 'none'; object-src 'none'; frame-src 'none'; connect-src 'none'; form-action 'none'";

fn document(lang: Lang, title: &str, up: &str, body: &Markup) -> Markup {
    html! {
        (DOCTYPE)
        html lang=(lang.tag()) {
            head {
                meta charset="utf-8";
                meta http-equiv="Content-Security-Policy" content=(POLICY);
                meta name="viewport" content="width=device-width, initial-scale=1";
                meta name="referrer" content="no-referrer";
                title { (title) }
                link rel="stylesheet" href={ (up) "style.css" };
            }
            body { main { (body) } }
        }
    }
}

fn index(cover: &Cover<'_>, all: &[(&Packed, CaptureWhole)]) -> Markup {
    let lang = cover.lang;
    let title = lang.t_with("packet-title", &[("atlas", Arg::Text(cover.atlas))]);
    let body = html! {
        h1 { (title) }
        p { (lang.t("packet-what")) }
        p { (lang.t("archive-why")) }
        dl {
            dt { (lang.t("about-origin")) } dd { code { (cover.log) } }
            dt { (lang.t("packet-made")) } dd { (moment(lang, cover.made)) }
        }
        h2 { (lang.t("packet-check")) }
        p { (lang.t("packet-check-1")) }
        pre tabindex="0" { "sha256sum -c SHA256SUMS\npython3 check.py --key '" (cover.log) "+…'" }
        p { (lang.t("packet-check-2")) " " a href="README.txt" { "README.txt" } }
        h2 { (lang.t_with("packet-captures", &[("n", Arg::Count(all.len() as u64))])) }
        ol {
            @for (one, whole) in all {
                li {
                    a href=(page_of(one)) { (named(whole)) } br;
                    (moment(lang, &whole.capture.at)) " · " bdi { (whole.capture.answered) }
                }
            }
        }
    };
    document(lang, &title, "", &body)
}

/// The source's title, or the address.
fn named(whole: &CaptureWhole) -> String {
    whole.source.as_ref().map_or(whole.capture.address.clone(), |source| source.title.clone())
}

fn capture(cover: &Cover<'_>, one: &Packed, whole: &CaptureWhole) -> Markup {
    let lang = cover.lang;
    let title = lang.t_with("archive-of", &[("title", Arg::Text(&named(whole)))]);
    let body = html! {
        p { a href="../index.html" { (lang.t("packet-back")) } }
        h1 { (title) }
        p { (moment(lang, &whole.capture.at)) }
        @for finding in &whole.capture.rechecks { p { (still(lang, finding)) } }
        @for stamp in &whole.capture.stamps { p { (stamped(lang, stamp)) } }
        @if let (Some(path), Some(picture)) = (&one.picture, &whole.capture.picture) {
            figure {
                img src={ "../" (path) } width=(picture.width) height=(picture.height) alt=(lang.t("archive-picture-alt"));
                figcaption { (lang.t("archive-picture")) }
            }
        }
        h2 { (lang.t("packet-files")) }
        ul { @for (key, path) in &one.files { li { (lang.t(key)) " " a href={ "../" (path) } { code { (path) } } } } }
        dl { @for (label, value) in particulars(lang, &whole.capture) { dt { (label) } dd { (value) } } }
        @if !whole.quotes.is_empty() {
            h2 { (lang.t("archive-quotes")) }
            ul { @for quote in &whole.quotes { li { (quoted(lang, quote)) } } }
        }
        h2 { (lang.t("archive-words")) }
        @match &whole.words {
            Some(words) => (shown(lang, words)),
            None => p { (lang.t("archive-no-words")) },
        }
    };
    document(lang, &title, "../", &body)
}

fn quoted(lang: Lang, quote: &Quote) -> Markup {
    let proof = format!("proofs/{}.tlog-proof", quote.evidence);
    html! {
        q lang=[Some(&quote.lang).filter(|lang| !lang.is_empty())] dir="auto" { (quote.exact) } " "
        @match &quote.place {
            Some(place) => a href={ "#at-" (place.start) } { (lang.t("archive-quote-found")) },
            None => (lang.t("archive-quote-gone")),
        }
        " " a href={ "../" (proof) } { code { (proof) } }
    }
}

fn shown(lang: Lang, words: &Words) -> Markup {
    html! {
        div lang=[Some(&words.language).filter(|lang| !lang.is_empty())] dir="auto" {
            @for paragraph in &words.shown {
                p { @for (start, marked, text) in &paragraph.pieces {
                    @if *marked { mark id={ "at-" (start) } { (text) } } @else { (text) }
                } }
            }
        }
        @if words.more > 0 { p { (lang.t_with("archive-more-words", &[("n", Arg::Count(words.more as u64))])) } }
    }
}

//! The map as a picture with a numbered legend: a page of its own for whoever has no script, and for paper.

use maud::{Markup, html};
use model::Filter;
use serde::Serialize;
use ui::{Arg, Layout, Section};

use crate::ask::{Ask, Face};
use crate::face::picture::{described, legend_of, picture, wanted};
use crate::filtering::ignored_note;
use crate::page::filter::chips;
use crate::page::links::downloads;
use crate::page::{Frame, cite, framed, rows};
use crate::picture::{Legend, Look, Numbers, Theme};
use crate::reply::{Failure, Reply};
use crate::view::list::Selected;
use crate::view::{Maker, citable};

#[derive(Serialize)]
struct Map {
    filter: String,
    total: u32,
    located: u32,
    #[serde(flatten)]
    legend: Legend,
    /// The picture whose numbers the legend explains.
    picture: String,
}

pub(crate) fn map(ask: &Ask<'_>) -> Result<Reply, Failure> {
    let wanted = wanted(ask)?;
    let look = match ask.face {
        Face::Png | Face::Svg => return picture(ask, &wanted.asked.filter, wanted.look),
        _ => Look { numbers: Numbers::Keys, ..wanted.look },
    };
    let selected = Maker::of(ask).select(wanted.asked.filter.clone());
    let legend = legend_of(ask, &selected, look);
    if ask.face == Face::Json {
        let (total, located) = (selected.counts.total, selected.counts.located);
        let picture = ask.urls().picture("png", &selected.filter, look);
        let view = Map { filter: selected.filter.query(), total, located, legend, picture };
        return Ok(Reply::json(&citable(ask, ask.urls().map(&selected.filter), view)));
    }
    let ignored = ignored_note(ask, &wanted.asked.ignored, &ask.urls().map(&selected.filter));
    Ok(page(ask, &selected, &legend, look, ignored))
}

fn page(ask: &Ask<'_>, selected: &Selected<'_>, legend: &Legend, look: Look, ignored: Markup) -> Reply {
    let (lang, filter) = (ask.lang, &selected.filter);
    let title = lang.t("map-page");
    let file = |ending| {
        ask.urls().picture(ending, filter, Look { numbers: Numbers::Counts, width: 1600, height: 900, ..look })
    };
    let body = html! {
        h1 { (title) }
        (ignored)
        p role="status" { (rows::count(lang, selected.counts.total, selected.counts.located)) }
        (chips(ask, filter, |filter| ask.urls().map(filter)))
        figure.map-figure {
            (image(ask, filter, look, &described(ask, selected)))
            figcaption.soft { (described(ask, selected)) " " (lang.t("map-numbers")) }
        }
        p.downloads {
            (ui::icon("download")) (lang.t("map-files"))
            a href=(file("png")) { "PNG" } a href=(file("svg")) { "SVG" }
        }
        (in_words(ask, selected, legend))
        (downloads(ask, filter))
        p { a href=(ask.urls().home(filter)) { (lang.t("results-map")) } }
        (cite(ask, &title, &filter.query()))
    };
    framed(ask, Frame { query: filter.query(), ..Frame::new(&title, Section::Map, Layout::Wide, body) })
}

/// The marks of the picture as a list whose numbers are theirs.
fn in_words(ask: &Ask<'_>, selected: &Selected<'_>, legend: &Legend) -> Markup {
    let lang = ask.lang;
    html! {
        @if !legend.marks.is_empty() {
            h2 { (lang.t("map-legend-marks")) }
            ol.picture-legend {
                @for mark in &legend.marks {
                    li value=(mark.number) {
                        @if mark.places.is_empty() { (lang.t("map-unnamed")) }
                        @for (at, place) in mark.places.iter().enumerate() { @if at > 0 { "; " } bdi { (place) } }
                        @if mark.more { " …" }
                        " " a href=(mark.links) data-links=(mark.count) { (count(lang, mark.count as u64)) }
                    }
                }
            }
        }
        @if !legend.plates.is_empty() {
            h2 { (lang.t("map-legend-countries")) }
            ol.picture-legend start=(legend.marks.len() + 1) {
                @for plate in &legend.plates {
                    li value=(plate.number) {
                        @for (at, country) in plate.countries.iter().enumerate() {
                            @if at > 0 { "; " }
                            (country.name) " " a href=(country.links) data-links=(country.count) { (count(lang, country.count.into())) }
                        }
                    }
                }
            }
        }
        @if legend.placeless > 0 {
            p.map-placeless data-links=(legend.placeless) {
                (lang.t("map-placeless")) " "
                a href=(ask.urls().links(&selected.filter, 1)) { (count(lang, legend.placeless.into())) }
            }
        }
    }
}

fn count(lang: ui::Lang, n: u64) -> String {
    lang.t_with("map-count", &[("n", Arg::Count(n))])
}

/// The picture itself, smaller on narrow screens, in the reader's theme.
pub(crate) fn image(ask: &Ask<'_>, filter: &Filter, look: Look, alt: &str) -> Markup {
    let sized = |width: u16, theme| {
        let height = (u32::from(look.height) * u32::from(width) / u32::from(look.width)) as u16;
        ask.urls().picture("png", filter, Look { width, height, theme, ..look })
    };
    let set = |theme| match look.numbers {
        // The numbers of a legend hold for one size alone.
        Numbers::Keys => sized(look.width, theme),
        Numbers::Counts => format!("{} 480w, {} {}w", sized(480, theme), sized(look.width, theme), look.width),
    };
    let sizes = format!("(max-width: 40rem) 480px, {}px", look.width);
    html! {
        picture.map-picture {
            source media="(prefers-color-scheme: dark)" srcset=(set(Theme::Dark)) sizes=(sizes);
            img src=(sized(look.width, Theme::Light)) srcset=(set(Theme::Light)) sizes=(sizes)
                width=(look.width) height=(look.height) alt=(alt) loading="lazy" decoding="async";
        }
    }
}

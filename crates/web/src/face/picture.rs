//! The map of any filter as PNG and SVG, drawn once and kept.

use axum::body::Bytes;
use edition::select::RowSet;
use model::Filter;
use ui::Arg;

use crate::ask::{Ask, Face};
use crate::filtering::{Asked, asked};
use crate::picture::{Labels, Legend, Look, Notes, Numbers, Picture, Theme, legend, png, svg};
use crate::reply::{Body, Failure, Reply};
use crate::view::Maker;
use crate::view::list::Selected;

/// So wide, so high may a picture be, in pixels.
const WIDTH: std::ops::RangeInclusive<u16> = 200..=1600;
const HEIGHT: std::ops::RangeInclusive<u16> = 150..=1200;

/// What a request for a picture asks for.
pub(crate) struct Wanted {
    /// The filter, and what of the query had no meaning.
    pub asked: Asked,
    /// How it shall look.
    pub look: Look,
}

/// Reads filter and look. `w` and `h` are pixels, `theme` is `light` or `dark`, `marks` is `counts` or `keys`.
pub(crate) fn wanted(ask: &Ask<'_>) -> Result<Wanted, Failure> {
    let mut look = Look::PAGE;
    let mut rest = Vec::new();
    for (key, value) in &ask.query {
        match key.as_str() {
            "w" => look.width = pixels("w", value, &WIDTH)?,
            "h" => look.height = pixels("h", value, &HEIGHT)?,
            "theme" => look.theme = Theme::parse(value).ok_or(refused("theme", "light | dark"))?,
            "marks" => look.numbers = Numbers::parse(value).ok_or(refused("marks", "counts | keys"))?,
            _ => rest.push((key.clone(), value.clone())),
        }
    }
    let asked = asked(&ask.with_query(rest), false)?;
    Ok(Wanted { asked, look })
}

fn pixels(key: &'static str, value: &str, range: &std::ops::RangeInclusive<u16>) -> Result<u16, Failure> {
    let number = value.parse().ok().filter(|number| range.contains(number));
    number.ok_or_else(|| refused(key, &format!("{}–{}", range.start(), range.end())))
}

pub(crate) fn refused(key: &'static str, allowed: &str) -> Failure {
    Failure::Parameter(key, allowed.to_owned())
}

/// A selection laid out as a picture.
pub(crate) fn laid_out(ask: &Ask<'_>, selected: &Selected<'_>, look: Look) -> Picture {
    let among = RowSet::of(ask.edition().rows().len(), selected.rows().iter().map(|row| *row as u32));
    let cables = super::tiles::cables(ask, selected.filter.is_empty(), |row| among.contains(row));
    Picture::of(ask.edition(), selected, &cables, look)
}

/// The legend of a filter's picture.
pub(crate) fn legend_of(ask: &Ask<'_>, selected: &Selected<'_>, look: Look) -> Legend {
    legend(&Maker::of(ask), &laid_out(ask, selected, look), &selected.filter)
}

/// The picture, as the face asks.
pub(crate) fn picture(ask: &Ask<'_>, filter: &Filter, look: Look) -> Result<Reply, Failure> {
    kept(ask, &format!("map {look:?}"), filter, || draw(ask, filter, look))
}

/// What is drawn under a name for a filter in this language and face: once, and then from the store.
pub(crate) fn kept(
    ask: &Ask<'_>,
    name: &str,
    filter: &Filter,
    draw: impl FnOnce() -> Vec<u8>,
) -> Result<Reply, Failure> {
    let mime = if ask.face == Face::Png { "image/png" } else { "image/svg+xml" };
    let name = format!("{mime} {name} {} {}", ask.lang.tag(), filter.query());
    let bytes = match ask.live.pictures.get(&name) {
        Some(kept) => kept,
        None => {
            let _pass = ask.live.studio.enter().ok_or(Failure::Busy)?;
            let drawn: Bytes = draw().into();
            ask.live.pictures.put(name, drawn.clone());
            drawn
        }
    };
    let body = Body::Ready { plain: bytes, brotli: None };
    Ok(Reply { body, ..Reply::data(mime, Vec::new()) })
}

fn draw(ask: &Ask<'_>, filter: &Filter, look: Look) -> Vec<u8> {
    let selected = Maker::of(ask).select(filter.clone());
    let picture = laid_out(ask, &selected, look);
    let notes = notes(ask, &selected);
    let ground = ask.live.studio.ground();
    let written = |labels| svg(&picture, ask.edition(), ground, look, labels, &notes);
    if ask.face == Face::Svg { written(Labels::In(ask.lang)).into_bytes() } else { rastered(ask, written, &notes) }
}

/// The PNG of a picture that is written with words, or without them where no font can draw them.
pub(crate) fn rastered(ask: &Ask<'_>, written: impl Fn(Labels) -> String, notes: &Notes) -> Vec<u8> {
    let texts = [("Title", &notes.title), ("Description", &notes.description), ("Copyright", &notes.credit)];
    let texts = texts.map(|(key, text)| (key, text.clone()));
    let fonts = ask.live.studio.fonts();
    let drawn =
        png(&written(Labels::In(ask.lang)), fonts, &texts).or_else(|_| png(&written(Labels::None), fonts, &texts));
    drawn.unwrap_or_default()
}

/// Title, description and credit of a picture of the map.
fn notes(ask: &Ask<'_>, selected: &Selected<'_>) -> Notes {
    let filter = crate::page::filter::words(ask, &selected.filter);
    Notes {
        title: if filter.is_empty() { ask.site.imprint.name.clone() } else { filter },
        description: described(ask, selected),
        credit: format!("{} · {}", credit(ask), ask.lang.t("map-credit")),
    }
}

/// Atlas, edition, day and licence.
pub(crate) fn credit(ask: &Ask<'_>) -> String {
    let stamp = ask.site.edition.as_ref();
    let edition =
        stamp.map(|stamp| ask.lang.t_with("footer-edition", &[("number", Arg::Text(&stamp.number.to_string()))]));
    let date = stamp.map(|stamp| ui::date_text(ask.lang, &stamp.date));
    let imprint = &ask.site.imprint;
    let parts = [Some(imprint.name.clone()), edition, date, Some(imprint.licence.clone())];
    parts.into_iter().flatten().collect::<Vec<_>>().join(" · ")
}

/// How many links stand where, in one sentence.
pub(crate) fn described(ask: &Ask<'_>, selected: &Selected<'_>) -> String {
    let counts = &selected.counts;
    let country: u32 = counts.badges.iter().sum();
    let args = [
        ("total", Arg::Count(counts.total.into())),
        ("located", Arg::Count(counts.located.into())),
        ("country", Arg::Count(country.into())),
        ("placeless", Arg::Count(counts.placeless.into())),
    ];
    ask.lang.t_with("map-described", &args)
}

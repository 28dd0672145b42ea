//! The filter form, the chips and the map container: the contract with the browser part.

use edition::select::Counts;
use maud::{Markup, html};
use model::{Filter, FilterKey};
use ui::{Chip, Choice, Facet, FilterForm};

use crate::ask::Ask;
use crate::filtering::key_label;
use crate::page::picture::image;
use crate::picture::Look;
use crate::url;
use crate::view::Maker;
use crate::view::list::FACETS;

/// The logical name of the map's script.
pub(crate) const MAP_SCRIPT: &str = "map.js";

/// The form with every choice that the edition has and its count under all other filters.
pub(crate) fn form(ask: &Ask<'_>, action: String, filter: &Filter, counts: &Counts) -> Markup {
    let one = |key| filter.values(key).next().unwrap_or_default().to_owned();
    let kept = [FilterKey::Item, FilterKey::Source, FilterKey::Bbox];
    let form = FilterForm {
        action,
        q: one(FilterKey::Q),
        from: one(FilterKey::From),
        to: one(FilterKey::To),
        poi: filter.poi(),
        poi_count: counts.poi.into(),
        undated: counts.undated.into(),
        kept: kept
            .iter()
            .flat_map(|key| filter.values(*key).map(|value| (key.name().to_owned(), value.to_owned())))
            .chain(filter.values(FilterKey::Q).skip(1).map(|value| (FilterKey::Q.name().to_owned(), value.to_owned())))
            .collect(),
        facets: FACETS.map(|key| facet(ask, key, filter, counts)).into(),
    };
    ui::filter_form(ask.lang, &form)
}

/// The active filters, each with the address of the page without it.
pub(crate) fn chips(ask: &Ask<'_>, filter: &Filter, address: impl Fn(&Filter) -> String) -> Markup {
    let maker = Maker::of(ask);
    let chip = |(key, value): (FilterKey, &str)| Chip {
        key: key_label(ask.lang, key),
        label: maker.value_term(key, value).label,
        remove: address(&filter.without(key, value)),
    };
    let chips: Vec<Chip> = filter.pairs().map(chip).collect();
    ui::chips(ask.lang, &chips, &address(&Filter::default()))
}

/// A filter in words: "Country: Kenya · Category: 5G"; nothing for no filter.
pub(crate) fn words(ask: &Ask<'_>, filter: &Filter) -> String {
    let maker = Maker::of(ask);
    let word = |(key, value): (FilterKey, &str)| {
        format!("{}{}{}", key_label(ask.lang, key), ask.lang.t("list-colon"), maker.value_term(key, value).label)
    };
    filter.pairs().map(word).collect::<Vec<_>>().join(" · ")
}

/// The container that the map's script fills. It says where everything is that the script needs.
///
/// A map with a filter of its own keeps it; without one it follows the address. Until then, and where there is no
/// script, a picture of the same links stands in it.
pub(crate) fn map(ask: &Ask<'_>, own: Option<&Filter>, shown: &Filter) -> Markup {
    let name = &ask.live.columns.name;
    html! {
        div #atlas-map .small-map[own.is_some()] role="region" aria-label=(ask.lang.t("map"))
            data-columns=(url::columns(name)) data-names=(url::columns_part(name, "names.json"))
            data-ids=(url::columns_part(name, "ids/"))
            data-texts=(url::columns_part(name, &format!("texts/{}/", ask.lang.tag()))) data-matches=(url::columns_part(name, "matches"))
            data-lines=(url::LINES) data-basemap=(ask.site.assets.url("basemap.json"))
            data-icons=(*ui::SPRITE_URL) data-lang=(ask.lang.tag()) data-base=(ask.lang.prefix())
            data-filter=[own.map(Filter::query)] {
            (image(ask, shown, Look::PAGE, &ask.lang.t("map-picture-alt")))
            p.map-note {
                (ask.lang.t("map-note")) " "
                a data-filtered[own.is_none()] href=(ask.urls().map(shown)) { (ask.lang.t("map-note-legend")) }
            }
        }
    }
}

fn facet(ask: &Ask<'_>, key: FilterKey, filter: &Filter, counts: &Counts) -> Facet {
    let maker = Maker::of(ask);
    let (ids, all) = (ask.edition().choices(key), &ask.live.counts);
    let mut choices: Vec<Choice> = ids
        .iter()
        .enumerate()
        .filter(|(index, id)| all.of(key, *index) > 0 || filter.has(key, id))
        .map(|(index, id)| {
            let term = maker.value_term(key, id);
            let (count, checked) = (counts.of(key, index).into(), filter.has(key, id));
            Choice { value: term.id, label: term.label, icon: term.icon, colour: term.colour, count, checked }
        })
        .collect();
    if matches!(key, FilterKey::Country | FilterKey::List) {
        choices.sort_by(|a, b| b.count.cmp(&a.count).then_with(|| a.label.cmp(&b.label)));
    }
    Facet { key: key.name(), legend: key_label(ask.lang, key), choices }
}

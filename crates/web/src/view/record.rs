//! Records whole: an item, a source, a country, a category, each with what belongs to it.

use std::collections::BTreeMap;

use edition::{Cites, Item, LinkView, SourceView};
use model::{Filter, FilterKey, Stance, Value};
use serde::Serialize;

use crate::view::Maker;
use crate::view::capture::{Capture, Destroyed};
use crate::view::claim::{Claim, SourceRef};
use crate::view::link::Row;
use crate::view::profile::Part;
use crate::view::reply::Asked;
use crate::view::terms::{ItemRef, Term};

/// An item with everything that is known of it.
#[derive(Serialize)]
pub(crate) struct ItemWhole {
    /// Its id.
    pub id: String,
    /// Its name in the language of the view, or the name it has.
    pub name: String,
    /// What it is.
    pub kind: Term,
    /// A group that the sources do not break down, not an organisation.
    pub collective: bool,
    /// Everything claimed of it, names included.
    pub claims: Vec<Claim>,
    /// Properties of which nothing is claimed.
    pub gaps: Vec<Term>,
    /// Replies that were asked for on it.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub replies: Vec<Asked>,
    /// Links that go from it, by type.
    pub links_out: Vec<Group>,
    /// Links that go to it, by type.
    pub links_in: Vec<Group>,
    /// The parts of its profile with the links that stand in them; empty for kinds without a profile.
    pub sections: Vec<Part>,
    /// The lists it is on.
    pub listings: Vec<Listing>,
    /// Statements it made about others.
    pub responses: Vec<Row>,
    /// Items that name it as their parent.
    pub parts: Vec<ItemRef>,
    /// Links by year.
    pub years: Vec<YearCount>,
    /// Links without any date.
    pub undated: u64,
    /// The dated links, the latest first.
    #[serde(skip)]
    pub timeline: Vec<Row>,
    /// Whether anything of it has a position.
    #[serde(skip)]
    pub located: bool,
}

/// Links of one type in one direction.
#[derive(Serialize)]
pub(crate) struct Group {
    /// The link type; the label reads in the direction of the group.
    #[serde(rename = "type")]
    pub link_type: Term,
    /// How many there are.
    pub total: usize,
    /// The latest of them, at most [`MOST`].
    pub links: Vec<Row>,
    /// The list of all links of this type of this item.
    pub url: String,
}

/// So many links of one group stand on a record's page; the rest is in the list.
pub(crate) const MOST: usize = 20;

/// An entry on a control or sanctions list.
#[derive(Serialize)]
pub(crate) struct Listing {
    #[serde(flatten)]
    pub row: Row,
    /// The name as the list prints it.
    pub printed: Vec<String>,
    /// The law and notice it rests on.
    pub citations: Vec<String>,
    /// EDTF dates from which it holds.
    pub effective: Vec<String>,
}

/// A year with a count.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub(crate) struct YearCount {
    pub year: i16,
    pub count: u64,
}

/// A source with what rests on it.
#[derive(Serialize)]
pub(crate) struct SourceWhole {
    #[serde(flatten)]
    pub source: SourceRef,
    /// What it is.
    pub kind: Term,
    /// BCP 47.
    pub language: String,
    /// Where it was published.
    pub address: String,
    /// A note for readers.
    pub note: String,
    /// The sources it relays: it and they are one piece of evidence.
    pub relays: Vec<SourceRef>,
    /// The sources that relay it.
    pub relayed_by: Vec<SourceRef>,
    /// What the archive holds of it, the latest first.
    pub captures: Vec<Capture>,
    /// What it held of it and was destroyed, the latest first.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub destroyed: Vec<Destroyed>,
    /// What it is cited for, by stance.
    pub uses: Vec<Uses>,
}

/// The records that a source is cited for in one way.
#[derive(Serialize)]
pub(crate) struct Uses {
    /// `supports`, `contradicts` or `context`.
    pub stance: &'static str,
    #[serde(skip)]
    pub points: Stance,
    /// How many links.
    pub total_links: usize,
    /// The first of them, at most [`MOST`].
    pub links: Vec<Row>,
    /// How many items.
    pub total_items: usize,
    /// The first of them, at most ten times [`MOST`].
    pub items: Vec<ItemRef>,
}

impl Maker<'_> {
    /// An item with its links.
    pub fn item_whole(&self, item: Item<'_>) -> ItemWhole {
        let (out, into) = (item.links_out(), item.links_in());
        let (years, undated) = by_year(out.iter().chain(&into));
        let sections = self.parts(item, &out, &into);
        let timeline = self.timeline(&out, &into);
        let located = out.iter().chain(&into).any(|link| link.position().is_some()) || !item.landings().is_empty();
        let rows = |links: Vec<LinkView<'_>>| links.into_iter().map(|link| self.row(link)).collect::<Vec<_>>();
        let (responses, out): (Vec<_>, Vec<_>) = out.into_iter().partition(|link| link.link_type() == "responds");
        let out = out.into_iter().filter(|link| link.link_type() != "listed-on").collect();
        let claims: Vec<Claim> = item.claims().iter().map(|claim| self.claim(claim)).collect();
        let gaps = if item.collective() { Vec::new() } else { self.gaps("item", item.kind(), &claims) };
        ItemWhole {
            id: item.id().into(),
            name: item.name(self.lang.tag()).into(),
            kind: self.kind(item.kind()),
            collective: item.collective(),
            claims,
            gaps,
            replies: self.asked_on_item(item),
            links_out: self.groups(item, out, |link_type| &link_type.plural),
            links_in: self.groups(item, into, |link_type| &link_type.inverse),
            sections,
            listings: item.listings().into_iter().map(|link| self.listing(link)).collect(),
            responses: rows(responses),
            parts: item.children().into_iter().map(|child| self.item_ref(child)).collect(),
            years,
            undated,
            timeline,
            located,
        }
    }

    pub(super) fn groups(
        &self,
        item: Item<'_>,
        links: Vec<LinkView<'_>>,
        label: impl Fn(&model::LinkType) -> &model::Words,
    ) -> Vec<Group> {
        let types = &self.edition.vocabulary().link_types;
        let mut by_type: BTreeMap<usize, Vec<LinkView<'_>>> = BTreeMap::new();
        for link in links {
            by_type.entry(types.position(link.link_type()).unwrap_or(usize::MAX)).or_default().push(link);
        }
        by_type.into_values().map(|links| self.group(item, links, &label)).collect()
    }

    fn group(
        &self,
        item: Item<'_>,
        mut links: Vec<LinkView<'_>>,
        label: &impl Fn(&model::LinkType) -> &model::Words,
    ) -> Group {
        let id = links[0].link_type();
        let mut link_type = self.link_type(id);
        if let Some(found) = self.edition.vocabulary().link_types.get(id) {
            link_type.label = label(found).get(self.lang.tag()).into();
        }
        links.sort_by_key(|link| (std::cmp::Reverse(link.years().map(|years| years.1)), link.number()));
        let filter = Filter::default().with(FilterKey::Item, item.id()).with(FilterKey::Link, id);
        Group {
            link_type,
            total: links.len(),
            links: links.into_iter().take(MOST).map(|link| self.row(link)).collect(),
            url: self.urls().links(&filter, 1),
        }
    }

    /// A source with its uses.
    pub fn source_whole(&self, view: SourceView<'_>) -> SourceWhole {
        let source = view.source();
        let refs = |views: Vec<SourceView<'_>>| views.iter().map(|view| self.source_ref(view.id())).collect();
        SourceWhole {
            source: self.source_ref(view.id()),
            kind: self.choice("source-kind", source.kind.as_str()),
            language: source.language.to_string(),
            address: source.url.to_string(),
            note: source.note.to_string(),
            relays: source.relays.iter().map(|id| self.source_ref(id.as_str())).collect(),
            relayed_by: refs(view.relayed_by()),
            captures: self.captures(view),
            destroyed: self.destroyed(view),
            uses: Stance::ALL.iter().filter_map(|stance| self.uses(view, *stance)).collect(),
        }
    }

    fn uses(&self, view: SourceView<'_>, stance: Stance) -> Option<Uses> {
        let (mut links, mut items) = (Vec::new(), Vec::new());
        for (_, cites) in view.uses().iter().filter(|(points, _)| *points == stance) {
            match cites {
                Cites::Link(number) => links.push(*number),
                Cites::Item(number) => items.push(*number),
            }
        }
        let some = !links.is_empty() || !items.is_empty();
        some.then(|| Uses {
            stance: stance.word(),
            points: stance,
            total_links: links.len(),
            links: links.iter().take(MOST).map(|n| self.row(self.edition.link_at(*n))).collect(),
            total_items: items.len(),
            items: items.iter().take(MOST * 10).map(|n| self.item_ref(self.edition.item_at(*n))).collect(),
        })
    }

    pub fn listing(&self, link: LinkView<'_>) -> Listing {
        let texts = |property| {
            link.values(property).filter_map(|value| match value {
                Value::Text(text) => Some(text.text().to_owned()),
                Value::Date(date) => Some(date.as_str().to_owned()),
                _ => None,
            })
        };
        Listing {
            row: self.row(link),
            printed: texts("list-entry-name").collect(),
            citations: texts("legal-citation").collect(),
            effective: texts("effective-date").collect(),
        }
    }

    /// How many links of a filter there are in each of its other facets, the most first.
    pub fn ranking(&self, counts: &edition::select::Counts, key: FilterKey) -> Vec<(Term, u64)> {
        let ids = self.edition.choices(key);
        let mut ranked: Vec<(usize, &str, u64)> = ids
            .iter()
            .enumerate()
            .map(|(index, id)| (index, *id, u64::from(counts.of(key, index))))
            .filter(|(_, _, count)| *count > 0)
            .collect();
        ranked.sort_by_key(|(index, _, count)| (std::cmp::Reverse(*count), *index));
        ranked.into_iter().map(|(_, id, count)| (self.value_term(key, id), count)).collect()
    }

    /// The label of a filter's value.
    pub fn value_term(&self, key: FilterKey, id: &str) -> Term {
        let named = |label: String| Term { id: id.into(), label, ..Term::default() };
        match key {
            FilterKey::ItemKind => self.kind(id),
            FilterKey::Link => self.link_type(id),
            FilterKey::Category => self.category(id),
            FilterKey::Topic => self.topic(id),
            FilterKey::Item | FilterKey::List => named(self.item_ref_by_id(id).map_or(id.into(), |item| item.name)),
            FilterKey::Source => named(self.source_ref(id).title),
            FilterKey::Country => named(self.country_name(id)),
            FilterKey::Status => self.choice("status", id),
            FilterKey::Confidence => self.choice("confidence", id),
            FilterKey::Precision => self.choice("precision", id),
            FilterKey::Poi => named(self.lang.t("highlight")),
            FilterKey::From | FilterKey::To | FilterKey::Bbox | FilterKey::Q => named(id.into()),
        }
    }
}

/// Links per year (each counts in every year of its span) and how many have no date.
fn by_year<'e>(links: impl Iterator<Item = &'e LinkView<'e>>) -> (Vec<YearCount>, u64) {
    let (mut years, mut undated): (BTreeMap<i16, u64>, u64) = (BTreeMap::new(), 0);
    for link in links {
        match link.years() {
            Some((first, last)) => (first..=last).for_each(|year| *years.entry(year).or_default() += 1),
            None => undated += 1,
        }
    }
    (years.into_iter().map(|(year, count)| YearCount { year, count }).collect(), undated)
}

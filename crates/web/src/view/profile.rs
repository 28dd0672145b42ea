//! The parts of a profile: which links of an item stand under which heading, by the rules of the vocabulary.

use std::cmp::Reverse;
use std::collections::BTreeMap;

use edition::{Item, LinkView};
use model::{Seen, Site, Way};
use serde::Serialize;

use crate::view::Maker;
use crate::view::link::Row;
use crate::view::record::Group;

/// So many links stand in the timeline of a profile.
const TIMELINE: usize = 80;

/// A part of a profile with what stands in it; never empty.
#[derive(Serialize)]
pub(crate) struct Part {
    /// Its id.
    pub id: String,
    /// Its heading.
    pub title: String,
    /// What stands under it.
    pub definition: String,
    /// The ids of its links.
    pub links: Vec<String>,
    /// Links from the item, by type.
    #[serde(skip)]
    pub out: Vec<Group>,
    /// Links to the item, by type.
    #[serde(skip)]
    pub into: Vec<Group>,
}

impl Maker<'_> {
    /// The parts of an item's profile in the order of the page. Listings have a place of their own and stand in none.
    pub(super) fn parts(&self, item: Item<'_>, out: &[LinkView<'_>], into: &[LinkView<'_>]) -> Vec<Part> {
        let known = self.edition.vocabulary().sections.all();
        let parts: Vec<&model::ProfilePart> =
            known.iter().filter(|part| part.kinds.iter().any(|kind| kind.as_str() == item.kind())).collect();
        let mut filled: BTreeMap<(u8, usize), [Vec<LinkView<'_>>; 2]> = BTreeMap::new();
        for (way, links) in [(Way::Out, out), (Way::In, into)] {
            for link in links.iter().filter(|link| link.link_type() != "listed-on") {
                if let Some(number) = place(&parts, item, *link, way) {
                    let both = filled.entry((parts[number].shown, number)).or_default();
                    both[usize::from(way == Way::In)].push(*link);
                }
            }
        }
        filled.into_iter().map(|((_, number), links)| self.part(item, parts[number], links)).collect()
    }

    fn part(&self, item: Item<'_>, part: &model::ProfilePart, [out, into]: [Vec<LinkView<'_>>; 2]) -> Part {
        let tag = self.lang.tag();
        Part {
            id: part.id.as_str().into(),
            title: part.label.get(tag).into(),
            definition: part.definition.get(tag).into(),
            links: out.iter().chain(&into).map(|link| link.id().to_owned()).collect(),
            out: self.groups(item, out, |link_type| &link_type.plural),
            into: self.groups(item, into, |link_type| &link_type.inverse),
        }
    }

    /// The dated links of an item, the latest first.
    pub(super) fn timeline(&self, out: &[LinkView<'_>], into: &[LinkView<'_>]) -> Vec<Row> {
        let mut dated: Vec<_> = out.iter().chain(into).filter_map(|link| Some((link.years()?, *link))).collect();
        dated.sort_by_key(|(years, link)| {
            let start = link.date("start").map(|date| date.as_str().to_owned()).unwrap_or_default();
            (Reverse(years.0), Reverse(start), link.number())
        });
        dated.into_iter().take(TIMELINE).map(|(_, link)| self.row(link)).collect()
    }
}

/// The first part one of whose rules the link fits.
fn place(parts: &[&model::ProfilePart], item: Item<'_>, link: LinkView<'_>, way: Way) -> Option<usize> {
    let other = if way == Way::Out { link.object() } else { link.subject() };
    let categories = link.terms("category");
    let seen = Seen {
        link_type: link.link_type(),
        way,
        categories: &categories,
        other_kind: other.kind(),
        place: site(item, link, other),
    };
    parts.iter().position(|part| part.rules.iter().any(|rule| rule.fits(&seen)))
}

/// At home or abroad: by the country of the fact, else by that of the other end.
fn site(item: Item<'_>, link: LinkView<'_>, other: Item<'_>) -> Option<Site> {
    let of_fact = link.country().filter(|(_, own)| *own).map(|(code, _)| code);
    let (home, there) = (item.country()?, of_fact.or(other.country())?);
    Some(if home == there { Site::Home } else { Site::Abroad })
}

//! Everything under one value of the filter, a country or a category: who does what for whom, counted in the ways that
//! say most, and the publications that it rests on.

use std::cmp::Reverse;
use std::collections::{BTreeMap, BTreeSet};

use edition::{Item, LinkView};
use model::{FilterKey, Stance, Way};
use serde::Serialize;

use crate::view::Maker;
use crate::view::claim::SourceRef;
use crate::view::figures::{ORGANISED, Table};
use crate::view::link::Row;
use crate::view::list::Selected;
use crate::view::terms::{ItemRef, Term};

/// So many of the latest links stand on the page.
const LATEST: usize = 20;

/// So many items stand in one table.
const PARTIES: usize = 15;

/// So many publications are named.
const SOURCES: usize = 10;

/// What stands on lists or in comments is no act.
const NO_ACTS: [&str; 5] = ["listed-on", "indexed-by", "responds", "asked-for-reply", "reviews"];

/// The kinds of what is built, run or carried out.
const SYSTEMS: [&str; 4] = ["product", "programme", "facility", "cable"];

/// A country or a category with what is in it.
#[derive(Serialize)]
pub(crate) struct Overview {
    /// The country's code or the category's id.
    pub id: String,
    /// Its name.
    pub name: String,
    /// How many links there are.
    pub total: u32,
    /// How many have a position.
    pub located: u32,
    /// How many have no date.
    pub undated: u32,
    /// Counts; each table has rows.
    pub tables: Vec<Table>,
    /// Organisations that act: suppliers, builders, operators, investors.
    pub doers: Parties,
    /// Organisations that something is done for.
    pub receivers: Parties,
    /// Products, programmes, facilities and cables.
    pub systems: Parties,
    /// The publications on which most links rest.
    pub sources: Vec<Used>,
    /// The latest links.
    pub links: Vec<Row>,
    /// All of them.
    pub more: String,
}

/// Items on one side of links, those with the most links first.
#[derive(Serialize)]
pub(crate) struct Parties {
    /// How many there are in all.
    pub total: usize,
    /// The first of them.
    pub first: Vec<Party>,
}

/// An item with what it does, or what is done with it.
#[derive(Serialize)]
pub(crate) struct Party {
    pub item: ItemRef,
    /// The links on this side by type; the label reads from the item.
    pub acts: Vec<Act>,
    /// All links with the item at either end.
    pub links: u64,
    /// The list of these.
    pub url: String,
    /// The lists it is on.
    pub lists: Vec<ItemRef>,
}

/// Links of a type.
#[derive(Serialize)]
pub(crate) struct Act {
    #[serde(flatten)]
    pub link_type: Term,
    /// How many.
    pub links: u64,
}

/// A publication with how many links it supports.
#[derive(Serialize)]
pub(crate) struct Used {
    pub source: SourceRef,
    /// How many.
    pub links: u64,
}

impl Maker<'_> {
    /// The overview of a selection. Linear in it and in its evidence.
    pub fn overview(&self, id: &str, name: &str, selected: &Selected<'_>, by: &[FilterKey]) -> Overview {
        let links: Vec<LinkView<'_>> =
            selected.links(0, usize::MAX).into_iter().map(|n| self.edition.link_at(n)).collect();
        let mut tables = vec![self.years_table(selected)];
        tables.extend(by.iter().map(|key| self.key_table(selected, *key)));
        tables.retain(|table| !table.rows.is_empty());
        let sides = Sides::of(&links);
        let parties = |way, kinds: &[&str]| self.parties(selected, &sides, way, kinds);
        Overview {
            id: id.into(),
            name: name.into(),
            total: selected.counts.total,
            located: selected.counts.located,
            undated: selected.counts.undated,
            tables,
            doers: parties(Way::Out, &ORGANISED),
            receivers: parties(Way::In, &ORGANISED),
            systems: parties(Way::In, &SYSTEMS),
            sources: self.used(&links),
            links: links.iter().take(LATEST).map(|link| self.row(*link)).collect(),
            more: self.urls().links(&selected.filter, 1),
        }
    }

    fn parties(&self, selected: &Selected<'_>, sides: &Sides<'_>, way: Way, kinds: &[&str]) -> Parties {
        let side = if way == Way::Out { &sides.out } else { &sides.into };
        let wanted = |item: &Item<'_>| kinds.contains(&item.kind()) && !item.collective();
        let mut all: Vec<(Item<'_>, u64, &BTreeMap<&str, u64>)> = side
            .iter()
            .map(|(number, acts)| (self.edition.item_at(*number), sides.ends[number], acts))
            .filter(|(item, ..)| wanted(item))
            .collect();
        all.sort_by_key(|(item, links, acts)| (Reverse(acts.values().sum::<u64>()), Reverse(*links), item.number()));
        let total = all.len();
        let first = all.into_iter().take(PARTIES).map(|(item, links, acts)| {
            let filter = selected.filter.with(FilterKey::Item, item.id());
            Party {
                item: self.item_ref(item),
                acts: self.acts(acts, way),
                links,
                url: self.urls().links(&filter, 1),
                lists: self.lists_of(item),
            }
        });
        Parties { total, first: first.collect() }
    }

    fn acts(&self, acts: &BTreeMap<&str, u64>, way: Way) -> Vec<Act> {
        let mut acts: Vec<(&str, u64)> = acts.iter().map(|(id, links)| (*id, *links)).collect();
        acts.sort_by_key(|(id, links)| (Reverse(*links), *id));
        let act = |(id, links): (&str, u64)| {
            let mut link_type = self.link_type(id);
            if let Some(known) = self.edition.vocabulary().link_types.get(id).filter(|_| way == Way::In) {
                link_type.label = known.inverse.get(self.lang.tag()).into();
            }
            Act { link_type, links }
        };
        acts.into_iter().map(act).collect()
    }

    fn lists_of(&self, item: Item<'_>) -> Vec<ItemRef> {
        let mut seen = BTreeSet::new();
        let lists = item.listings().into_iter().map(|link| link.object()).filter(|list| seen.insert(list.number()));
        lists.map(|list| self.item_ref(list)).collect()
    }

    fn used(&self, links: &[LinkView<'_>]) -> Vec<Used> {
        let mut counts: BTreeMap<String, u64> = BTreeMap::new();
        for claim in links.iter().filter_map(LinkView::asserted) {
            let supports =
                claim.evidence().iter().filter(|cited| cited.stance == Stance::Supports && cited.source.is_some());
            let ids: BTreeSet<&str> = supports.map(|cited| cited.source_id.as_str()).collect();
            ids.into_iter().for_each(|id| *counts.entry(id.to_owned()).or_default() += 1);
        }
        let mut ranked: Vec<(String, u64)> = counts.into_iter().collect();
        ranked.sort_by_key(|(id, links)| (Reverse(*links), id.clone()));
        ranked.into_iter().take(SOURCES).map(|(id, links)| Used { source: self.source_ref(&id), links }).collect()
    }
}

/// Items by the side of a link on which they stand.
struct Sides<'e> {
    /// What items do, by link type.
    out: BTreeMap<u32, BTreeMap<&'e str, u64>>,
    /// What is done with items.
    into: BTreeMap<u32, BTreeMap<&'e str, u64>>,
    /// All links with an item at either end.
    ends: BTreeMap<u32, u64>,
}

impl<'e> Sides<'e> {
    fn of(links: &[LinkView<'e>]) -> Self {
        let mut sides = Self { out: BTreeMap::new(), into: BTreeMap::new(), ends: BTreeMap::new() };
        for link in links {
            let (subject, object) = (link.subject().number(), link.object().number());
            BTreeSet::from([subject, object]).into_iter().for_each(|end| *sides.ends.entry(end).or_default() += 1);
            if !NO_ACTS.contains(&link.link_type()) {
                *sides.out.entry(subject).or_default().entry(link.link_type()).or_default() += 1;
                *sides.into.entry(object).or_default().entry(link.link_type()).or_default() += 1;
            }
        }
        sides
    }
}

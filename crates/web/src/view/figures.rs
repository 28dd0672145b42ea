//! Figures: how many links a filter lets through, counted in every way that has a filter of its own.

use std::collections::{BTreeMap, BTreeSet};

use model::FilterKey;
use serde::Serialize;

use crate::view::Maker;
use crate::view::list::Selected;

/// So many organisations are named.
const ORGANISATIONS: usize = 25;

/// The kinds whose items are counted as organisations.
pub(crate) const ORGANISED: [&str; 5] = ["company", "public-body", "university", "investor", "organisation"];

/// Counts of one sort.
#[derive(Serialize)]
pub(crate) struct Table {
    /// What is counted by, as in an address.
    pub id: &'static str,
    /// The same in the reader's language.
    pub title: String,
    /// The counts, the most first; years in their order.
    pub rows: Vec<Counted>,
}

/// One count, and the list of what was counted.
#[derive(Serialize)]
pub(crate) struct Counted {
    /// The value's id.
    pub id: String,
    /// Its label.
    pub label: String,
    /// How many links.
    pub links: u64,
    /// Where they stand.
    pub url: String,
}

/// The tables by a key of the filter, in the order of the page.
const BY_KEY: [FilterKey; 8] = [
    FilterKey::Country,
    FilterKey::Category,
    FilterKey::Link,
    FilterKey::Topic,
    FilterKey::List,
    FilterKey::Status,
    FilterKey::Confidence,
    FilterKey::Precision,
];

/// The keys whose labels are names, which keep their letters; others begin with a capital in a table.
const NAMED: [FilterKey; 2] = [FilterKey::Country, FilterKey::List];

/// The message that names a table.
pub(crate) fn title_of(key: FilterKey) -> &'static str {
    match key {
        FilterKey::Country => "figure-by-country",
        FilterKey::Category => "figure-by-category",
        FilterKey::Link => "figure-by-link",
        FilterKey::Topic => "figure-by-topic",
        FilterKey::List => "figure-by-list",
        FilterKey::Status => "figure-by-status",
        FilterKey::Confidence => "figure-by-confidence",
        _ => "figure-by-precision",
    }
}

impl Maker<'_> {
    /// Every table of a selection; none without rows.
    pub fn tables(&self, selected: &Selected<'_>) -> Vec<Table> {
        let mut tables = vec![self.years_table(selected)];
        tables.extend(BY_KEY.iter().map(|key| self.key_table(selected, *key)));
        tables.insert(3, self.organisations(selected));
        tables.push(self.source_kinds(selected));
        tables.retain(|table| !table.rows.is_empty());
        tables
    }

    /// The table of this id, which may have no rows; `None` if there is no such table.
    pub fn table(&self, selected: &Selected<'_>, id: &str) -> Option<Table> {
        let key = BY_KEY.iter().find(|key| key.name() == id);
        match (id, key) {
            ("year", _) => Some(self.years_table(selected)),
            ("item", _) => Some(self.organisations(selected)),
            ("source-kind", _) => Some(self.source_kinds(selected)),
            (_, Some(key)) => Some(self.key_table(selected, *key)),
            _ => None,
        }
    }

    /// The sources of the whole edition by kind and by language; the counts are sources here.
    pub fn source_mix(&self) -> Vec<Table> {
        let sources = self.edition.sources();
        let count = |value: &dyn Fn(&model::Source) -> String| {
            let mut counts: BTreeMap<String, u64> = BTreeMap::new();
            sources.iter().for_each(|view| *counts.entry(value(view.source())).or_default() += 1);
            let mut ranked: Vec<(String, u64)> = counts.into_iter().filter(|(id, _)| !id.is_empty()).collect();
            ranked.sort_by_key(|(_, count)| std::cmp::Reverse(*count));
            ranked
        };
        let row = |key: &str, id: String, label: String, links: u64| Counted {
            url: self.urls().sources(&format!("{key}={id}"), 1),
            id,
            label,
            links,
        };
        let kinds = count(&|source| source.kind.as_str().to_owned()).into_iter();
        let kinds = kinds.map(|(id, n)| row("kind", id.clone(), self.choice("source-kind", &id).label, n)).collect();
        let languages = count(&|source| source.language.to_string()).into_iter();
        let named = |id: &str| ui::language_name(self.lang, id).unwrap_or_else(|| id.to_owned());
        let languages = languages.map(|(id, n)| row("lang", id.clone(), named(&id), n)).collect();
        vec![
            Table { id: "source-kind", title: self.lang.t("glossary-source-kinds"), rows: kinds },
            Table { id: "source-language", title: self.lang.t("sources-language"), rows: languages },
        ]
    }

    pub fn years_table(&self, selected: &Selected<'_>) -> Table {
        let (from, to) = selected.filter.years();
        let within = |year: i16| from.is_none_or(|from| year >= from) && to.is_none_or(|to| year <= to);
        let some = selected.counts.years.iter().filter(|(year, count)| *count > 0 && within(*year));
        let rows = some.map(|(year, count)| {
            let label = year.to_string();
            let filter = selected.filter.without_key(FilterKey::From).without_key(FilterKey::To);
            let filter = filter.with(FilterKey::From, &label).with(FilterKey::To, &label);
            Counted { url: self.urls().links(&filter, 1), id: label.clone(), label, links: (*count).into() }
        });
        Table { id: "year", title: self.lang.t("by-year"), rows: rows.collect() }
    }

    /// A count beside a choice says what it gives under all other keys; of a key that is chosen from, only the chosen count.
    pub fn key_table(&self, selected: &Selected<'_>, key: FilterKey) -> Table {
        let filter = &selected.filter;
        let ranked = self.ranking(&selected.counts, key).into_iter();
        let chosen = ranked.filter(|(term, _)| !filter.has_key(key) || filter.has(key, &term.id));
        let rows = chosen.map(|(term, links)| {
            let url = self.urls().links(&filter.without_key(key).with(key, &term.id), 1);
            let label = if NAMED.contains(&key) { term.label } else { ui::capitalised(&term.label) };
            Counted { url, id: term.id, label, links }
        });
        Table { id: key.name(), title: self.lang.t(title_of(key)), rows: rows.collect() }
    }

    fn organisations(&self, selected: &Selected<'_>) -> Table {
        let (rows, numbers) = (selected.table(), selected.rows());
        let mut counts: BTreeMap<u32, u64> = BTreeMap::new();
        for row in numbers {
            for item in BTreeSet::from([rows.subject[*row], rows.object[*row]]) {
                *counts.entry(item).or_default() += 1;
            }
        }
        let organised = |number: &u32| {
            let item = self.edition.item_at(*number);
            ORGANISED.contains(&item.kind()) && !item.collective()
        };
        let mut ranked: Vec<(u32, u64)> = counts.into_iter().filter(|(number, _)| organised(number)).collect();
        ranked.sort_by_key(|(number, count)| (std::cmp::Reverse(*count), *number));
        let rows = ranked.into_iter().take(ORGANISATIONS).map(|(number, links)| {
            let item = self.item_ref(self.edition.item_at(number));
            let url =
                self.urls().links(&selected.filter.without_key(FilterKey::Item).with(FilterKey::Item, &item.id), 1);
            Counted { url, id: item.id, label: item.name, links }
        });
        let title = self.lang.t_with("figures-organisations", &[("n", ui::Arg::Count(ORGANISATIONS as u64))]);
        Table { id: "item", title, rows: rows.collect() }
    }

    /// A link counts once for every kind of source that supports it. Linear in the selection's evidence.
    fn source_kinds(&self, selected: &Selected<'_>) -> Table {
        let (rows, numbers) = (selected.table(), selected.rows());
        let mut counts: BTreeMap<&str, u64> = BTreeMap::new();
        for row in numbers {
            let Some(claim) = self.edition.link_at(rows.link[*row]).asserted() else { continue };
            let supports = claim.evidence().iter().filter(|cited| cited.stance == model::Stance::Supports);
            let kinds: BTreeSet<&str> = supports.filter_map(|cited| Some(cited.source?.kind.as_str())).collect();
            kinds.into_iter().for_each(|kind| *counts.entry(kind).or_default() += 1);
        }
        let mut ranked: Vec<(&str, u64)> = counts.into_iter().collect();
        ranked.sort_by_key(|(kind, count)| (std::cmp::Reverse(*count), *kind));
        let rows = ranked.into_iter().map(|(kind, links)| {
            let term = self.choice("source-kind", kind);
            Counted { url: self.urls().sources(&format!("kind={kind}"), 1), id: term.id, label: term.label, links }
        });
        Table { id: "source-kind", title: self.lang.t("figures-source-kinds"), rows: rows.collect() }
    }
}

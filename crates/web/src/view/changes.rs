//! What each entry added, changed and took back, record by record: the page of changes, its JSON and its feeds.

use std::collections::{BTreeMap, BTreeSet};

use edition::{Act, EntryNote, Note, Touched};
use model::{Filter, FilterKey, Notice, OperationNumber, Subject};
use serde::Serialize;

use crate::view::Maker;
use crate::view::claim::Said;
use crate::view::terms::Term;

/// An edition as history tells it.
#[derive(Serialize)]
pub(crate) struct Step {
    /// Its number: the count of entries up to and with this one.
    pub edition: u64,
    /// The UTC day.
    pub day: String,
    /// The role that wrote it.
    pub author: String,
    /// The datasets it brought.
    pub datasets: Vec<String>,
    /// New items, links, sources, glossary terms and stories.
    pub added: Added,
    /// How many records that were there before it changed, corrected or took back.
    pub touched: usize,
    /// What it says about publication.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub notices: Vec<StepNotice>,
    /// Its page.
    pub url: String,
}

/// An embargo, its end, or what was published although it was held back.
#[derive(Serialize, Default)]
pub(crate) struct StepNotice {
    /// `embargo`, `reveal`, `abandon` or `override`.
    pub notice: &'static str,
    /// The day until which this edition's operations are sealed.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub until: Option<String>,
    /// The edition that it is about.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub of: Option<u64>,
    /// How many records of that edition are missing.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub missing: Option<u32>,
    /// A class, or the editors' words.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub reason: Option<String>,
    /// The reference of the public notice.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub reference: Option<String>,
}

impl StepNotice {
    fn of(notice: &Notice) -> Self {
        let edition = |entry: &u32| Some(u64::from(*entry) + 1);
        match notice {
            Notice::Embargo { until } => Self { notice: "embargo", until: Some(until.to_string()), ..Self::default() },
            Notice::Reveal { entry } => Self { notice: "reveal", of: edition(entry), ..Self::default() },
            Notice::Abandon { entry, reason, notice } => Self {
                notice: "abandon",
                of: edition(entry),
                reason: Some(reason.to_string()),
                reference: Some(notice.to_string()),
                ..Self::default()
            },
            Notice::Override { since, lost, reason } => Self {
                notice: "override",
                of: Some((*since).into()),
                missing: Some(*lost),
                reason: Some(reason.to_string()),
                ..Self::default()
            },
        }
    }
}

/// How many records are new.
#[derive(Serialize)]
pub(crate) struct Added {
    pub items: u32,
    pub links: u32,
    pub sources: u32,
    pub terms: u32,
    pub stories: u32,
}

/// What one entry did to one record.
#[derive(Serialize)]
pub(crate) struct Change {
    /// The edition that brought it.
    pub edition: u64,
    /// Its UTC day.
    pub day: String,
    /// `item`, `link`, `source`, `term` or `story`.
    pub record: &'static str,
    /// The record's id.
    pub id: String,
    /// The record in words.
    pub title: String,
    /// Its page.
    pub url: String,
    /// `added`, `changed`, `corrected`, `withdrawn`, `redacted`, `captured` or `rechecked`.
    pub act: &'static str,
    /// Why it was taken back.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub reason: Option<String>,
    /// Values that took others' place, came or went.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub values: Vec<Correction>,
    /// Pieces of evidence that came or went without a change of value.
    #[serde(skip_serializing_if = "is_zero")]
    pub evidence: usize,
}

/// One property before and after.
#[derive(Serialize)]
pub(crate) struct Correction {
    pub property: Term,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub before: Option<Said>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub after: Option<Said>,
    /// Why the value before was taken back.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub reason: Option<String>,
}

#[expect(clippy::trivially_copy_pass_by_ref, reason = "serde asks for a reference")]
fn is_zero(count: &usize) -> bool {
    *count == 0
}

impl Maker<'_> {
    /// Every edition, the latest first.
    pub fn steps(&self) -> Vec<Step> {
        let journal = self.edition.state().journal();
        journal.iter().enumerate().rev().map(|(entry, note)| self.step(entry, note)).collect()
    }

    /// One edition by its number.
    pub fn step_at(&self, edition: u64) -> Option<Step> {
        let entry = usize::try_from(edition).ok()?.checked_sub(1)?;
        self.edition.state().journal().get(entry).map(|note| self.step(entry, note))
    }

    fn step(&self, entry: usize, note: &EntryNote) -> Step {
        let edition = entry as u64 + 1;
        let [items, links, sources, terms, stories] = note.added;
        let datasets = note.datasets.iter().map(|dataset| self.edition.state().dataset(*dataset).to_owned());
        let touched: BTreeSet<Key> = note.notes.iter().map(|note| Key::of(&note.record)).collect();
        Step {
            edition,
            day: note.day.to_string(),
            author: note.author.to_string(),
            datasets: datasets.collect(),
            added: Added { items, links, sources, terms, stories },
            touched: touched.len(),
            notices: note.notices.iter().map(StepNotice::of).collect(),
            url: self.urls().changes_of(edition),
        }
    }

    /// What editions did to the links, items and stories of a filter, the latest first, at most `most`. Linear in the records.
    ///
    /// A filter of links leaves items and stories out, but for the items that it names. What was withdrawn passes by type
    /// and ends alone, since nothing else is known of it any more: it is told rather than hidden.
    pub fn changes(&self, filter: &Filter, most: usize) -> Vec<Change> {
        let (set, _) = self.edition.select(filter);
        let mut keys: Vec<(u32, Key)> = Vec::new();
        let rows = self.edition.rows();
        let links: BTreeSet<u32> = set.iter().map(|row| rows.link[row]).collect();
        let state = self.edition.state();
        keys.extend(links.iter().map(|number| (state.links().at(*number).since, Key::Link(*number))));
        let items = self.edition.items();
        let wanted = items.iter().filter(|item| filter.is_empty() || filter.has(FilterKey::Item, item.id()));
        keys.extend(wanted.map(|item| (item.since(), Key::Item(item.number()))));
        if filter.is_empty() {
            let live = state.stories().values().filter(|story| story.gone.is_none());
            keys.extend(live.map(|record| (record.since, Key::Story(record.story.id.as_str().to_owned()))));
        }
        let mut all: BTreeSet<(u32, Key)> = keys.into_iter().collect();
        for (entry, note) in (0..).zip(state.journal()) {
            let of = |note: &Note| Key::of(&note.record);
            all.extend(
                note.notes.iter().map(of).filter(|key| self.passes(filter, key, &links)).map(|key| (entry, key)),
            );
        }
        let latest = all.into_iter().rev().take(most);
        latest.filter_map(|(entry, key)| self.change(entry, &key)).collect()
    }

    /// Everything that one edition did, records that it changed before those that it added; at most `most`.
    pub fn changes_in(&self, edition: u64, most: usize) -> Vec<Change> {
        let Some(entry) = edition.checked_sub(1).and_then(|entry| u32::try_from(entry).ok()) else { return Vec::new() };
        let state = self.edition.state();
        let Some(note) = state.journal().get(entry as usize) else { return Vec::new() };
        let touched: BTreeSet<Key> = note.notes.iter().map(|note| Key::of(&note.record)).collect();
        let stories = state.stories().values().filter(|record| record.since == entry);
        let stories: BTreeSet<Key> = stories.map(|record| Key::Story(record.story.id.as_str().to_owned())).collect();
        let links = state.links().iter().filter(|(_, record)| record.link.is_some() && record.since == entry);
        let items = state.items().iter().filter(|(_, record)| record.kind.is_some() && record.since == entry);
        let added = links.map(|(number, _)| Key::Link(number)).chain(items.map(|(number, _)| Key::Item(number)));
        let all = touched.into_iter().chain(stories).chain(added).take(most);
        all.filter_map(|key| self.change(entry, &key)).collect()
    }

    /// What was corrected, withdrawn or redacted, the latest first, at most `most`.
    pub fn put_right(&self, most: usize) -> Vec<Change> {
        let journal = self.edition.state().journal();
        let entries = (0u32..).zip(journal).collect::<Vec<_>>().into_iter().rev();
        let touched = entries.flat_map(|(entry, note)| {
            let keys: BTreeSet<Key> = note.notes.iter().map(|note| Key::of(&note.record)).collect();
            keys.into_iter().map(move |key| (entry, key))
        });
        let changes = touched.filter_map(|(entry, key)| self.change(entry, &key));
        changes.filter(|change| matches!(change.act, "corrected" | "withdrawn" | "redacted")).take(most).collect()
    }

    fn passes(&self, filter: &Filter, key: &Key, links: &BTreeSet<u32>) -> bool {
        let state = self.edition.state();
        match key {
            Key::Link(number) if links.contains(number) => true,
            Key::Link(number) => {
                let record = state.links().at(*number);
                let named = |key, ids: &[&str]| !filter.has_key(key) || ids.iter().any(|id| filter.has(key, id));
                record.link.as_ref().filter(|_| record.gone.is_some()).is_some_and(|link| {
                    named(FilterKey::Item, &[link.subject.as_str(), link.object.as_str()])
                        && named(FilterKey::Link, &[link.link_type.as_str()])
                })
            }
            Key::Item(number) => {
                filter.is_empty() || filter.has(FilterKey::Item, state.items().at(*number).id.as_str())
            }
            Key::Source(_) | Key::Term(_) | Key::Story(_) => filter.is_empty(),
        }
    }

    fn change(&self, entry: u32, key: &Key) -> Option<Change> {
        let state = self.edition.state();
        let journal = state.journal().get(entry as usize)?;
        let notes: Vec<&Note> = journal.notes.iter().filter(|note| Key::of(&note.record) == *key).collect();
        let (record, id, title, url, since, gone) = self.touched(key)?;
        let is = |act: Act| notes.iter().any(|note| note.act == act);
        let values = self.corrections(key, &notes);
        let evidence = notes.iter().filter(|note| matches!(note.act, Act::Evidenced | Act::Unevidenced(_))).count();
        let corrected = values.iter().any(|value| value.before.is_some());
        let act = match () {
            () if is(Act::Withdrawn) => "withdrawn",
            () if is(Act::Redacted) => "redacted",
            () if notes.is_empty() && since == entry => "added",
            () if corrected => "corrected",
            () if is(Act::Changed) => "changed",
            () if is(Act::Captured) => "captured",
            () if is(Act::Rechecked) => "rechecked",
            () => "changed",
        };
        let reason = gone.filter(|gone| gone.by.entry == entry).map(|gone| gone.reason.to_string());
        let day = journal.day.to_string();
        Some(Change { edition: u64::from(entry) + 1, day, record, id, title, url, act, reason, values, evidence })
    }

    /// Sort, id, words, page, first entry and withdrawal of a record.
    #[expect(clippy::type_complexity, reason = "read once, just above")]
    fn touched(&self, key: &Key) -> Option<(&'static str, String, String, String, u32, Option<&edition::Gone>)> {
        let (state, urls) = (self.edition.state(), self.urls());
        match key {
            Key::Item(number) => {
                let (record, item) = (state.items().at(*number), self.edition.item_at(*number));
                let id = item.id().to_owned();
                Some((
                    "item",
                    id.clone(),
                    item.name(self.lang.tag()).into(),
                    urls.item(&id),
                    record.since,
                    record.gone.as_ref(),
                ))
            }
            Key::Link(number) => {
                let record = state.links().at(*number);
                record.link.as_ref()?;
                let row = self.row(self.edition.link_at(*number));
                let title = crate::page::rows::sentence_text(self.lang, &row);
                Some(("link", row.id.clone(), title, row.url, record.since, record.gone.as_ref()))
            }
            Key::Source(number) => {
                let record = state.sources().at(*number);
                let (id, source) = (record.id.as_str().to_owned(), record.source.as_ref()?);
                Some((
                    "source",
                    id.clone(),
                    source.title.text().into(),
                    urls.source(&id),
                    record.since,
                    record.gone.as_ref(),
                ))
            }
            Key::Term(id) => {
                let record = state.terms().get(id.as_str())?;
                let name = record.term.names.first().map_or(id.as_str(), |name| name.text());
                let url = format!("{}/glossary#{id}", self.lang.prefix());
                Some(("term", id.clone(), name.into(), url, record.since, record.gone.as_ref()))
            }
            Key::Story(id) => {
                let records: Vec<_> =
                    state.stories().values().filter(|record| record.story.id.as_str() == id).collect();
                let own =
                    records.iter().find(|record| record.story.title.lang() == self.lang.tag()).or(records.first())?;
                let gone = records.iter().find_map(|record| record.gone.as_ref());
                Some(("story", id.clone(), own.story.title.text().into(), urls.story(id), own.since, gone))
            }
        }
    }

    /// Claims that came and went, joined by property.
    fn corrections(&self, key: &Key, notes: &[&Note]) -> Vec<Correction> {
        let state = self.edition.state();
        let subject = match key {
            Key::Item(number) => Subject::Item(state.items().at(*number).id.clone()),
            Key::Link(number) => Subject::Link(state.links().at(*number).id.clone()),
            _ => return Vec::new(),
        };
        let Some(body) = state.body(&subject) else { return Vec::new() };
        let claim = |number: OperationNumber| body.claims.iter().find(|claim| claim.number == number);
        let mut by_property: BTreeMap<(String, usize), Correction> = BTreeMap::new();
        let mut turns: BTreeMap<(String, bool), usize> = BTreeMap::new();
        for note in notes {
            let (found, came) = match note.act {
                Act::Claimed => (claim(note.by), true),
                Act::Unclaimed(number) => (claim(number), false),
                _ => continue,
            };
            let Some(found) = found else { continue };
            let property = state.property(found.property).as_str().to_owned();
            let turn = turns.entry((property.clone(), came)).or_default();
            let place = by_property.entry((property.clone(), *turn)).or_insert_with(|| Correction {
                property: self.property(&property),
                before: None,
                after: None,
                reason: None,
            });
            *turn += 1;
            let said = self.said(&property, &found.statement);
            match came {
                true => place.after = Some(said),
                false => {
                    place.before = Some(said);
                    place.reason = found.gone.as_ref().map(|gone| gone.reason.to_string());
                }
            }
        }
        by_property.into_values().collect()
    }
}

/// A record by its place: what changes are grouped by.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
enum Key {
    Source(u32),
    Term(String),
    Item(u32),
    Link(u32),
    Story(String),
}

impl Key {
    fn of(record: &Touched) -> Self {
        match record {
            Touched::Item(number) => Self::Item(*number),
            Touched::Link(number) => Self::Link(*number),
            Touched::Source(number) => Self::Source(*number),
            Touched::Term(id) => Self::Term(id.as_str().to_owned()),
            Touched::Story(id) => Self::Story(id.as_str().to_owned()),
        }
    }
}

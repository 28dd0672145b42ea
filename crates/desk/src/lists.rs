//! Restricted-party lists: `list_id,name,aliases,country,address,status,effective_date,federal_register,notes`.
//!
//! A row becomes a listing: a `listed-on` link from the organisation it means to the list's item.
//! Several rows that mean one organisation on one list are one link, whose claims join.

mod dates;
mod spelling;

use std::collections::{BTreeMap, BTreeSet, HashMap};

use edition::State;
use model::{CountryCode, Date, Id, Identifier, LangText, Link, ListEntry, Origin, Problem, Source, Value, Vocabulary};

use crate::facts::{Covers, EvidenceFacts, Facts, english, fixed_id, named};
use crate::matching::{Description, Matcher, links_between};
use crate::outcome::{Options, Refusal};
use crate::person;
use crate::table::{Row, Spot, Table};

const COLUMNS: [&str; 9] =
    ["list_id", "name", "aliases", "country", "address", "status", "effective_date", "federal_register", "notes"];

/// An alias longer than this, in bytes, is an extraction accident: an address or a sentence.
const LONGEST_ALIAS: usize = 240;

/// What the lists are read with.
pub(crate) struct Reading<'a> {
    pub vocabulary: &'a Vocabulary,
    pub state: &'a State,
    pub options: &'a Options,
    /// Names that a person has found to be organisations'.
    pub reviewed: &'a BTreeSet<String>,
    pub problems: &'a mut Vec<Problem>,
    pub refused: &'a mut BTreeMap<Refusal, u64>,
}

/// A list while its rows are read.
struct List<'a> {
    entry: &'a ListEntry,
    source: Id,
    matcher: Matcher<'a>,
    listings: HashMap<(Id, Id), Id>,
    facts: Facts,
}

/// The facts of one dataset's tables, which all hold the same list.
pub(crate) fn read(reading: &mut Reading<'_>, origin: Origin, tables: &[Table<'_>]) -> Facts {
    let vocabulary = reading.vocabulary;
    let mut facts = Facts::new(origin, Covers::everything());
    facts.add_editors();
    let mut unread = Some(facts);
    let mut list: Option<List<'_>> = None;
    for table in tables.iter().filter(|t| t.requires(&["list_id", "name"], reading.problems)).collect::<Vec<_>>() {
        table.knows(&COLUMNS, reading.problems);
        let mut rows = table.rows();
        while let Some(row) = rows.next(reading.problems) {
            let Some(entry) = known_list(reading, vocabulary, &row) else { continue };
            if let Some(facts) = unread.take() {
                list = Some(List::new(reading, entry, facts));
            }
            match list.as_mut() {
                Some(list) if list.entry.list_id == entry.list_id => list.row(reading, &row),
                Some(list) => mixed(reading, &row, list.entry, entry),
                None => {}
            }
        }
    }
    list.map(|l| l.facts).or(unread).expect("invariant: a list takes the facts over")
}

fn mixed(reading: &mut Reading<'_>, row: &Row<'_, '_>, first: &ListEntry, other: &ListEntry) {
    let what = format!("a file of the list `{}` has a row of `{}`", first.list_id, other.list_id);
    reading.problems.push(Problem::error(row.at("list_id"), what).hint("put each list into a file of its own"));
}

fn known_list<'v>(reading: &mut Reading<'_>, vocabulary: &'v Vocabulary, row: &Row<'_, '_>) -> Option<&'v ListEntry> {
    let id = row.get("list_id");
    let known = vocabulary.list(id);
    if known.is_none() {
        let near = crate::nearest::hint(id, vocabulary.lists.iter().map(|l| l.list_id.as_str()));
        let what = format!("unknown list `{}`", crate::native::short(id));
        reading.problems.push(Problem::error(row.at("list_id"), what).hint(near));
    }
    known
}

impl<'a> List<'a> {
    fn new(reading: &Reading<'a>, entry: &'a ListEntry, mut facts: Facts) -> Self {
        let (state, dataset) = (reading.state, facts.origin.dataset.clone());
        let source = fixed_id(&format!("list-{}", entry.list_id));
        let published =
            reading.options.as_of.map(|day| Date::parse(&day.to_string()).expect("invariant: a day is an EDTF date"));
        let live =
            state.sources().get(source.as_str()).and_then(|s| s.source.as_ref()).and_then(|s| s.published.clone());
        let record = Source {
            id: source.clone(),
            title: english(&entry.name_en),
            publisher: entry.publisher.as_str().into(),
            published: published.or(live),
            language: "en".into(),
            kind: fixed_id("government"),
            relays: Vec::new(),
            url: entry.url.as_str().into(),
            note: "".into(),
        };
        let _new = facts.add_source(record, Spot::default());
        let kinds = reading.vocabulary.link_types.get("listed-on").map_or(&[][..], |t| &t.subjects);
        let mut list = Self {
            entry,
            source,
            matcher: Matcher::new(state, &dataset, kinds),
            listings: links_between(state, "listed-on", &dataset),
            facts,
        };
        list.list_item(state, &dataset);
        list
    }

    /// The list's own item, unless another dataset already tells of it.
    fn list_item(&mut self, state: &State, dataset: &str) {
        let live = state.items().get(self.entry.item.as_str()).filter(|i| i.kind.is_some() && i.gone.is_none());
        if live.is_some_and(|i| state.dataset(i.dataset) != dataset) {
            return;
        }
        let item = self.facts.item(&self.entry.item, Spot::default());
        item.kind = Some(fixed_id("list"));
        let editors = [item.body.evidence(EvidenceFacts::support(fixed_id(model::EDITORS)))];
        item.body.text("name", named(&self.entry.name_en), &editors, Spot::default());
        if let Ok(name) = LangText::new(&self.entry.name_zh, "zh-Hans") {
            item.body.text("name", name, &editors, Spot::default());
        }
    }

    fn row(&mut self, reading: &mut Reading<'_>, row: &Row<'_, '_>) {
        let printed = row.get("name");
        if printed.is_empty() {
            return reading.problems.push(Problem::error(row.at("name"), "the name is missing"));
        }
        let aliases: Vec<&str> = row.list("aliases").collect();
        let name = spelling::name(printed);
        if let Some(why) = self.refusal(reading, &name, printed, &aliases, row.get("notes")) {
            *reading.refused.entry(why).or_default() += 1;
            return reading.problems.push(why.problem(row.line()));
        }
        let party = self.party(reading, row, &name, &aliases);
        let item = self.organisation(reading, row, &party);
        self.listing(reading, row, &item);
    }

    fn refusal(
        &self,
        reading: &Reading<'_>,
        name: &spelling::Name<'_>,
        printed: &str,
        aliases: &[&str],
        notes: &str,
    ) -> Option<Refusal> {
        if reading.reviewed.contains(printed) {
            return None;
        }
        let why = person::refusal(reading.vocabulary, name.plain, aliases, notes)?;
        let known = why == Refusal::LooksLikePerson && self.matcher.knows(name.plain);
        (!known).then_some(why)
    }

    /// What the row tells of the party, in clean spelling.
    fn party<'r>(
        &self,
        reading: &mut Reading<'_>,
        row: &'r Row<'_, '_>,
        name: &spelling::Name<'r>,
        aliases: &[&'r str],
    ) -> Party<'r> {
        let mut clean: Vec<&str> = name.other.into_iter().collect();
        for alias in aliases.iter().flat_map(|a| spelling::aliases(a)) {
            let person = person::is_doubtful_alias(reading.vocabulary, name.plain, alias);
            if alias.len() > LONGEST_ALIAS || spelling::is_address(alias) || person {
                reading.problems.push(Problem::warning(
                    row.at("aliases"),
                    "an alias that may be no organisation's name is left out",
                ));
            } else if alias != name.plain && !clean.contains(&alias) {
                clean.push(alias);
            }
        }
        Party {
            name: name.plain,
            short: name.without_abbreviation,
            aliases: clean,
            identifiers: identifiers(reading, row),
            country: country(reading, row),
        }
    }

    /// The item that the row means, with what the row tells of it.
    fn organisation(&mut self, reading: &Reading<'_>, row: &Row<'_, '_>, party: &Party<'_>) -> Id {
        let meant = Description {
            identifiers: party.identifiers.clone(),
            names: [Some(party.name), party.short].into_iter().flatten().collect(),
            aliases: party.aliases.clone(),
            country: party.country,
        };
        let found = self.matcher.find(&meant);
        let id = found.unwrap_or_else(|| self.matcher.give(party.name, &party.identifiers));
        let live = crate::live::item_kind(reading.state, &id).cloned();
        let own = self.matcher.brought(&id);
        let item = self.facts.item(&id, row.spot("name"));
        if own && item.kind.is_none() {
            item.kind = Some(live.unwrap_or_else(|| spelling::kind(reading.vocabulary, party.name)));
        }
        let source = [item.body.evidence(EvidenceFacts::support(self.source.clone()))];
        item.body.evidence_at = row.spot("name");
        item.body.text(self.matcher.property_of(&id, party.name), named(party.name), &source, row.spot("name"));
        for alias in &party.aliases {
            item.body.text(self.matcher.property_of(&id, alias), named(alias), &source, row.spot("aliases"));
        }
        // A further row of the same party is an alternate address; the first one's country is the seat's.
        let seated = item.body.claims.iter().any(|c| c.property.as_str() == "country");
        if let Some(code) = party.country.filter(|_| !seated) {
            item.body.is("country", Value::Country(code), &source, row.spot("country"));
        }
        if !row.get("address").is_empty() {
            item.body.text("address", english(&spelling::one_line(row.get("address"))), &source, row.spot("address"));
        }
        for identifier in &party.identifiers {
            item.body.is("identifier", Value::Identifier(identifier.clone()), &source, row.spot("notes"));
        }
        id
    }

    /// The link to the list, with what the row tells of the listing.
    fn listing(&mut self, reading: &mut Reading<'_>, row: &Row<'_, '_>, item: &Id) {
        let list = self.entry.item.clone();
        let known = self.listings.get(&(item.clone(), list.clone())).cloned();
        let id = known.unwrap_or_else(|| {
            let written = format!("{item}-on-{list}");
            Id::parse(&written).unwrap_or_else(|| crate::hash::id("listing", &written))
        });
        let link = Link { id: id.clone(), link_type: fixed_id("listed-on"), subject: item.clone(), object: list };
        // A further row for the same party finds its link there.
        let _known = self.facts.add_link(link, row.spot("name"));
        let source = self.source.clone();
        let Some(body) = self.facts.link_body(&id) else { return };
        let list = [body.evidence(EvidenceFacts::support(source))];
        body.evidence_at = row.spot("name");
        body.is("asserts", Value::Flag(true), &list, row.spot("name"));
        body.text("list-entry-name", named(&spelling::one_line(row.get("name"))), &list, row.spot("name"));
        if let Some(code) = CountryCode::parse(&self.entry.country) {
            body.is("country", Value::Country(code), &list, row.spot("list_id"));
            body.is("country-role", Value::Term(fixed_id("party")), &list, row.spot("list_id"));
        }
        for (date, column) in dates::effective(row.get("effective_date"), row.get("federal_register")) {
            body.is("effective-date", Value::Date(date), &list, row.spot(column));
        }
        let citations: Vec<String> =
            row.get("federal_register").split('\n').map(citation).filter(|c| !c.is_empty()).collect();
        for text in &citations {
            body.text("legal-citation", english(text), &list, row.spot("federal_register"));
        }
        if citations.is_empty() {
            // The row cites nothing, so the law that the list rests on stands for it.
            let editors = [body.evidence(EvidenceFacts::support(fixed_id(model::EDITORS)))];
            body.text("legal-citation", english(&self.entry.authority), &editors, row.spot("list_id"));
        }
        remarks(reading, row, body, &list);
    }
}

/// What a row tells of the listed party.
struct Party<'r> {
    name: &'r str,
    short: Option<&'r str>,
    aliases: Vec<&'r str>,
    identifiers: Vec<Identifier>,
    country: Option<CountryCode>,
}

/// Status and notes; what can't be read as a date or a status is kept as a note.
fn remarks(reading: &mut Reading<'_>, row: &Row<'_, '_>, body: &mut crate::facts::Body, list: &[u32]) {
    let mut notes: Vec<(String, &str)> = Vec::new();
    let status = row.get("status");
    match reading.vocabulary.resolve("status", &status.to_lowercase()) {
        Some(status) => body.is("status", Value::Term(status.id), list, row.spot("status")),
        None if status.is_empty() => {}
        None => notes.push((format!("status: {status}"), "status")),
    }
    let date = row.get("effective_date");
    if !date.is_empty() && dates::all(date).is_empty() {
        let what = format!("`{}` is not read as a date; it is kept as a note", crate::native::short(date));
        reading.problems.push(
            Problem::warning(row.at("effective_date"), what).hint("write `2021-03-12`, `3/12/21` or `March 12, 2021`"),
        );
        notes.push((format!("effective date: {date}"), "effective_date"));
    }
    if !row.get("notes").is_empty() {
        notes.push((spelling::one_line(row.get("notes")), "notes"));
    }
    for (text, column) in notes {
        body.text("note", english(&text), list, row.spot(column));
    }
}

/// A citation on one line, without a full stop at its end.
fn citation(text: &str) -> String {
    spelling::one_line(text).trim_end_matches(['.', ';']).to_owned()
}

/// `USCC: 9133…` and the like in the notes; a wrong check digit leaves the number in the notes only.
fn identifiers(reading: &mut Reading<'_>, row: &Row<'_, '_>) -> Vec<Identifier> {
    let mut found = Vec::new();
    for part in row.get("notes").split([';', '|', '\n']) {
        let Some((scheme, rest)) = part.split_once(':') else { continue };
        let scheme = scheme.trim().to_lowercase();
        let Some(known) = reading.vocabulary.schemes.get(&scheme) else { continue };
        let value = rest.split_whitespace().next().unwrap_or_default();
        match known.holds(value) {
            true => found.push(Identifier { scheme: known.id.clone(), value: value.into() }),
            false => {
                let what = format!(
                    "`{}` is not a valid {}; it is kept in the note only",
                    crate::native::short(value),
                    known.label.get("en")
                );
                reading.problems.push(Problem::warning(row.at("notes"), what));
            }
        }
    }
    found
}

fn country(reading: &mut Reading<'_>, row: &Row<'_, '_>) -> Option<CountryCode> {
    let name = row.get("country");
    if name.is_empty() {
        return None;
    }
    reading.vocabulary.country_named(name).unwrap_or_else(|| {
        let what = format!("unknown country `{}` is left out", crate::native::short(name));
        reading
            .problems
            .push(Problem::warning(row.at("country"), what).hint("add the spelling to `vocabulary/country-names.csv`"));
        None
    })
}

#[cfg(test)]
mod tests;

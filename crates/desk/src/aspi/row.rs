//! One row of the export: the thing, the company, and the link between them.

use model::{AspiType, CountryCode, Id, Link, Point, Problem, Source, Value};

use super::{COLUMNS, EXPORT, Export, cells};
use crate::facts::{Body, EvidenceFacts, english, fixed_id, named};
use crate::matching::Description;
use crate::native::{cell, short};
use crate::outcome::Refusal;
use crate::table::Row;
use crate::{markup, nearest, person, urls};

/// What is read of a row before anything is said.
struct Sound<'v> {
    id: Id,
    kind: &'v AspiType,
    company: Id,
    object: Id,
    country: Option<CountryCode>,
    point: Option<Point>,
    /// What could not be read, to be kept as notes, with its column.
    notes: Vec<(String, &'static str)>,
}

impl<'a> Export<'_, 'a> {
    /// Reads one row.
    pub(super) fn row(&mut self, row: &Row<'_, '_>) {
        if person::is_addressed_as_person(row.get("label"))
            || person::is_addressed_as_person(cells::label(row.get("company_id")))
        {
            *self.reading.refused.entry(Refusal::Honorific).or_default() += 1;
            return self.reading.problems.push(Refusal::Honorific.problem(row.line()));
        }
        let Some(mut sound) = self.sound(row) else { return };
        let sources = self.sources(row, &mut sound);
        let mut body = Body { evidence_at: row.spot("sources"), ..Body::default() };
        let grounds = lay(&mut body, &sources);
        body.is("asserts", Value::Flag(true), &grounds, row.spot("company_overseas_infrastructure_id"));
        self.subject_matter(row, &mut sound, &mut body, &grounds);
        self.place(row, &mut sound, &mut body, &grounds);
        self.time(row, &mut sound, &mut body, &grounds);
        let owns = self.ownership(row, &mut sound);
        keep_notes(row, &sound, &mut body, &grounds);
        let link = |id: &Id, link_type: &Id| Link {
            id: id.clone(),
            link_type: link_type.clone(),
            subject: sound.company.clone(),
            object: sound.object.clone(),
        };
        let Ok(added) = self
            .facts
            .add_link(link(&fixed_id(&format!("{}-link", sound.id)), &sound.kind.link_type), row.spot("company_id"))
        else {
            let what = format!("row id `{}` stands twice", short(row.get("company_overseas_infrastructure_id")));
            return self.reading.problems.push(Problem::error(row.at("company_overseas_infrastructure_id"), what));
        };
        added.body = body;
        if owns
            && let Ok(added) = self
                .facts
                .add_link(link(&fixed_id(&format!("{}-owns", sound.id)), &fixed_id("owns")), row.spot("cable_owner"))
        {
            let grounds = lay(&mut added.body, &sources);
            added.body.is("asserts", Value::Flag(true), &grounds, row.spot("cable_owner"));
            added.body.is(
                "category",
                Value::Term(sound.kind.category.clone()),
                &grounds,
                row.spot("infrastructure_type_id"),
            );
        }
        self.thing(row, &sound, &sources);
    }

    /// The parts without which a row says nothing; a problem and `None` if one is missing or absurd.
    fn sound(&mut self, row: &Row<'_, '_>) -> Option<Sound<'a>> {
        let id = self.row_id(row);
        let kind = self.kind(row);
        let company = self.company(row);
        let point = cell::point(row.get("overseas_infrastructure_lat"), row.get("overseas_infrastructure_lng"));
        let point = point.map_err(|bad| self.reading.problems.push(bad.at(row, "overseas_infrastructure_lat"))).ok();
        let mut notes = Vec::new();
        let country = self.country(row, &mut notes);
        let (id, kind) = (id?, kind?);
        let cable = Id::slug(row.get("cable_id")).filter(|_| kind.object_kind.as_str() == "cable");
        let object = cable.and_then(|c| Id::parse(&format!("aspi-cable-{c}"))).unwrap_or_else(|| id.clone());
        Some(Sound { id, kind, company: company?, object, country, point: point?, notes })
    }

    fn row_id(&mut self, row: &Row<'_, '_>) -> Option<Id> {
        let column = "company_overseas_infrastructure_id";
        let id = Id::slug(row.get(column)).and_then(|id| Id::parse(&format!("aspi-{id}")));
        if id.is_none() {
            self.reading.problems.push(Problem::error(row.at(column), "the row's id is missing"));
        }
        id
    }

    fn kind(&mut self, row: &Row<'_, '_>) -> Option<&'a AspiType> {
        let column = "infrastructure_type_id";
        let vocabulary = self.reading.vocabulary;
        let kind = cells::aspi_type(vocabulary, row.get(column));
        if kind.is_none() {
            let label = cells::label(row.get(column));
            let near = nearest::hint(label, vocabulary.aspi_types.iter().map(|t| t.label.as_str()));
            self.reading
                .problems
                .push(Problem::error(row.at(column), format!("unknown type `{}`", short(label))).hint(near));
        }
        kind
    }

    /// The company's item: the one with exactly this name, or a new one.
    fn company(&mut self, row: &Row<'_, '_>) -> Option<Id> {
        let name = cells::label(row.get("company_id"));
        if name.is_empty() {
            self.reading.problems.push(Problem::error(row.at("company_id"), "the company is missing"));
            return None;
        }
        if !self.companies.contains_key(name) {
            let meant = Description { names: vec![name], ..Description::default() };
            let id = self.matcher.find(&meant).unwrap_or_else(|| self.matcher.give(name, &[]));
            self.name_company(row, &id, name);
            self.companies.insert(name.to_owned(), id);
        }
        let id = self.companies.get(name).cloned();
        let kind = row.get("type_of_company_id_ref");
        if let Some(id) = id.as_ref().filter(|_| !kind.is_empty()) {
            let body = &mut self.facts.item(id, row.spot("company_id")).body;
            let grounds = lay(body, &[fixed_id(EXPORT)]);
            let text = english(&format!("type of company in the export: {}", cells::label(kind)));
            body.text("note", text, &grounds, row.spot("type_of_company_id_ref"));
        }
        id
    }

    fn name_company(&mut self, row: &Row<'_, '_>, id: &Id, name: &str) {
        let (brought, property) = (self.matcher.brought(id), self.matcher.property_of(id, name));
        let live = crate::live::item_kind(self.reading.state, id).cloned();
        let item = self.facts.item(id, row.spot("company_id"));
        if brought {
            item.kind = Some(live.unwrap_or_else(|| fixed_id("company")));
        }
        let grounds = lay(&mut item.body, &[fixed_id(EXPORT)]);
        item.body.evidence_at = row.spot("company_id");
        item.body.text(property, named(name), &grounds, row.spot("company_id"));
    }

    fn country(&mut self, row: &Row<'_, '_>, notes: &mut Vec<(String, &'static str)>) -> Option<CountryCode> {
        let name = cells::label(row.get("country_id"));
        if name.is_empty() {
            return None;
        }
        self.reading.vocabulary.country_named(name).unwrap_or_else(|| {
            let what = format!("unknown country `{}` is kept as a note", short(name));
            self.reading.problems.push(
                Problem::warning(row.at("country_id"), what).hint("add the spelling to `vocabulary/country-names.csv`"),
            );
            notes.push((format!("country: {name}"), "country_id"));
            None
        })
    }

    /// The sources of a row: one for each address in it, or else the export.
    fn sources(&mut self, row: &Row<'_, '_>, sound: &mut Sound<'_>) -> Vec<Id> {
        let cell = row.get("sources");
        let (found, other) = urls::find(cell);
        let ids: Vec<Id> = found.iter().map(|url| crate::hash::id("url", url)).collect();
        for (url, id) in found.iter().zip(&ids) {
            // The same address in another row is the same source.
            let _known = self.facts.add_source(web_source(id.clone(), url), row.spot("sources"));
        }
        if other && !cell.is_empty() {
            sound.notes.push((format!("sources: {}", markup::text(cell)), "sources"));
        }
        if ids.is_empty() { vec![fixed_id(EXPORT)] } else { ids }
    }

    fn subject_matter(&mut self, row: &Row<'_, '_>, sound: &mut Sound<'_>, body: &mut Body, grounds: &[u32]) {
        body.is("category", Value::Term(sound.kind.category.clone()), grounds, row.spot("infrastructure_type_id"));
        let second = row.get("secondary_infrastructure_type_id");
        match cells::aspi_type(self.reading.vocabulary, second) {
            Some(kind) => body.is(
                "category",
                Value::Term(kind.category.clone()),
                grounds,
                row.spot("secondary_infrastructure_type_id"),
            ),
            None if second.is_empty() => {}
            None => self.unread(row, "secondary_infrastructure_type_id", "type", sound),
        }
        for column in ["primary_topic", "secondary", "third_topic"] {
            let label = cells::label(row.get(column));
            match self.reading.vocabulary.aspi_topics.get(label).cloned() {
                Some(topic) => body.is("topic", Value::Term(topic), grounds, row.spot(column)),
                None if label.is_empty() => {}
                None => self.unread(row, column, "topic", sound),
            }
        }
        let text = markup::text(row.get("text"));
        if !text.is_empty() {
            body.text("description", english(&text), grounds, row.spot("text"));
        }
        if !cells::is_no(row.get("highlight")) {
            body.is("highlight", Value::Flag(true), grounds, row.spot("highlight"));
            if !cells::is_yes(row.get("highlight")) {
                sound.notes.push((format!("highlight: {}", markup::text(row.get("highlight"))), "highlight"));
            }
        }
    }

    /// Reports a cell whose word is not known, and keeps it as a note.
    fn unread(&mut self, row: &Row<'_, '_>, column: &'static str, what: &str, sound: &mut Sound<'_>) {
        let cell = row.get(column);
        let message = format!("`{}` is no known {what}; it is kept as a note", short(cell));
        self.reading.problems.push(Problem::warning(row.at(column), message));
        sound.notes.push((format!("{}: {cell}", column.replace('_', " ")), column));
    }

    /// A point without city or address may be the middle of a country, so it is only noted.
    fn place(&mut self, row: &Row<'_, '_>, sound: &mut Sound<'_>, body: &mut Body, grounds: &[u32]) {
        let (city, address) = (row.get("city"), row.get("street_address"));
        let precision = match (address.is_empty(), city.is_empty(), sound.country) {
            (false, ..) if sound.point.is_some() => "site",
            (_, false, _) => "city",
            (.., Some(_)) => "country",
            _ => "unknown",
        };
        let export = [body.evidence(EvidenceFacts::support(fixed_id(EXPORT)))];
        let spot = row.spot("overseas_infrastructure_lat");
        match sound.point {
            Some(point) if matches!(precision, "site" | "city") => body.is("point", Value::Point(point), &export, spot),
            Some(point) => {
                let what = "a point without a city or an address is kept as a note";
                self.reading.problems.push(Problem::note(row.at("overseas_infrastructure_lat"), what));
                sound.notes.push((format!("coordinates: {point}"), "overseas_infrastructure_lat"));
            }
            None => {}
        }
        body.is("precision", Value::Term(fixed_id(precision)), &export, spot);
        if !city.is_empty() {
            body.text("place", named(city), grounds, row.spot("city"));
        }
        if let Some(country) = sound.country {
            body.is("country", Value::Country(country), grounds, row.spot("country_id"));
            body.is("country-role", Value::Term(fixed_id("fact")), grounds, row.spot("country_id"));
        }
    }

    fn time(&mut self, row: &Row<'_, '_>, sound: &mut Sound<'_>, body: &mut Body, grounds: &[u32]) {
        for (column, property) in [("year_commenced", "start"), ("year_ended", "end")] {
            let text = row.get(column);
            match cells::year(text) {
                Some(date) => body.is(property, Value::Date(date), grounds, row.spot(column)),
                None if cells::is_no(text) => {}
                None => self.unread(row, column, "year", sound),
            }
        }
    }

    /// Whether the company owns the cable; an owner's name instead of a yes is kept as a note.
    fn ownership(&mut self, row: &Row<'_, '_>, sound: &mut Sound<'_>) -> bool {
        let owner = row.get("cable_owner");
        let yes = cells::is_yes(owner) && sound.kind.object_kind.as_str() == "cable";
        if !yes && !cells::is_no(owner) {
            sound.notes.push((format!("cable owner: {}", markup::text(owner)), "cable_owner"));
        }
        yes
    }

    /// The thing at the other end of the link.
    fn thing(&mut self, row: &Row<'_, '_>, sound: &Sound<'_>, sources: &[Id]) {
        let item = self.facts.item(&sound.object, row.spot("company_overseas_infrastructure_id"));
        item.kind = Some(sound.kind.object_kind.clone());
        item.body.evidence_at = row.spot("sources");
        let grounds = lay(&mut item.body, sources);
        let label = markup::text(row.get("label"));
        let name = match (label.is_empty(), row.get("city"), cells::label(row.get("country_id"))) {
            (false, ..) => named(&label),
            (true, "", "") => english(&sound.kind.label),
            (true, "", country) => english(&format!("{}, {country}", sound.kind.label)),
            (true, city, _) => english(&format!("{}, {city}", sound.kind.label)),
        };
        item.body.text("name", name, &grounds, row.spot("label"));
        if sound.kind.object_kind.as_str() == "cable" {
            return;
        }
        if let Some(country) = sound.country {
            item.body.is("country", Value::Country(country), &grounds, row.spot("country_id"));
        }
        for (column, property) in [("city", "city"), ("street_address", "address")] {
            if !row.get(column).is_empty() {
                item.body.text(property, named(&markup::text(row.get(column))), &grounds, row.spot(column));
            }
        }
    }
}

fn lay(body: &mut Body, sources: &[Id]) -> Vec<u32> {
    sources.iter().map(|s| body.evidence(EvidenceFacts::support(s.clone()))).collect()
}

fn keep_notes(row: &Row<'_, '_>, sound: &Sound<'_>, body: &mut Body, grounds: &[u32]) {
    for (text, column) in &sound.notes {
        body.text("note", english(text), grounds, row.spot(column));
    }
    for (column, cell) in row.others(&COLUMNS) {
        body.text("note", english(&format!("{column}: {}", markup::text(cell))), grounds, row.spot(column));
    }
}

/// A web page of which only the address is known.
fn web_source(id: Id, url: &str) -> Source {
    Source {
        id,
        title: model::LangText::plain(url),
        publisher: urls::host(url).into(),
        published: None,
        language: "".into(),
        kind: fixed_id("reference"),
        relays: Vec::new(),
        url: url.into(),
        note: "".into(),
    }
}

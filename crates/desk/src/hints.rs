//! What can be told about a row while it is being filled in: what was understood, what can't be right, and what is in the
//! atlas already. It stops nobody.

use std::collections::BTreeMap;

use edition::{Asker, Edition};
use model::{CountryCode, Date, Id, Point, Problem, Property, Value, ValueType, Vocabulary};

use crate::drafts::content::Content;
use crate::drafts::sheet::{Input, Sheet};
use crate::native::cell::{self, Unsound};

/// Names as like as this are told.
const LIKE: f32 = 0.5;

/// So many of each sort are told for one cell.
const MOST: usize = 5;

/// Something to tell.
#[derive(Debug, Clone, PartialEq)]
pub(crate) enum Hint {
    /// It can't be right.
    Wrong(Problem),
    /// A date, as it was understood: in EDTF.
    Date(String),
    /// A sum, as it was understood: amount and currency.
    Money(String, String),
    /// An identifier whose check digits hold.
    Holds(String),
    /// An item of the atlas with a name like this one: its id, its name, how like.
    Like(Id, String, f32),
    /// What an id means: its id and its name.
    Means(Id, String),
    /// The id belongs to something else already.
    Taken(Id),
    /// Nothing in the atlas or in the draft has this id.
    Nothing(String),
    /// A place that the atlas knows.
    Place(Place),
}

/// A place as the atlas knows it.
#[derive(Debug, Clone, PartialEq)]
pub(crate) struct Place {
    pub name: String,
    pub country: Option<CountryCode>,
    pub point: Option<Point>,
    /// The word of its precision; empty if it is not stated.
    pub precision: String,
    /// How many records are there.
    pub uses: usize,
}

/// Name, country, point in its units, and precision of a place, by which records in the same place are counted.
type Spot = (String, Option<CountryCode>, Option<(i32, i32)>, String);

/// What a row is looked at with.
pub(crate) struct Looking<'l> {
    pub edition: &'l Edition,
    pub vocabulary: &'l Vocabulary,
    /// The rows of the draft, which may name each other.
    pub content: &'l Content,
    pub sheet: &'static Sheet,
    /// The row's cells, in the sheet's order.
    pub cells: &'l [String],
}

/// What can be told of a row, by column.
pub(crate) fn of_row(looking: &Looking<'_>) -> Vec<(&'static str, Hint)> {
    if looking.cells.iter().all(|cell| cell.trim().is_empty()) {
        return Vec::new();
    }
    let mut asker = looking.edition.known().asker();
    let mut all = Vec::new();
    for (field, cell) in looking.sheet.fields.iter().zip(looking.cells).filter(|(_, cell)| !cell.trim().is_empty()) {
        let cell = cell.trim();
        let hints = match (looking.sheet.word, field.column) {
            (word, "id") => looking.taken(word, cell),
            (_, "subject" | "object" | "parent") => looking.item(cell, &mut asker),
            (_, "source" | "sources" | "reports_on") => cell.split('|').flat_map(|part| looking.source(part)).collect(),
            ("entities", "name" | "name_zh") => looking.like(cell, &mut asker),
            ("entities", "aliases") => cell.split('|').flat_map(|name| looking.like(name, &mut asker)).collect(),
            (_, "identifiers") => cell.split('|').flat_map(|part| looking.identifier(part.trim())).collect(),
            (_, "place" | "city") => looking.places(cell),
            (_, "amount") => money(cell, looking.cell("currency")),
            ("relations", "lat") => point(cell, looking.cell("lon")),
            ("claims", "about") => looking.about(cell),
            ("claims", "value") => looking.value(cell, &mut asker),
            _ if field.input == Input::Date => date(cell),
            _ if field.input == Input::Url => {
                cell::url(cell).err().map(wrong).into_iter().chain(looking.same_url(cell)).collect()
            }
            _ => Vec::new(),
        };
        all.extend(hints.into_iter().map(|hint| (field.column, hint)));
    }
    all
}

fn wrong(unsound: Unsound) -> Hint {
    Hint::Wrong(unsound.placeless())
}

fn date(text: &str) -> Vec<Hint> {
    match cell::stated(text, cell::date) {
        Ok(Some(model::Statement::Is(Value::Date(date)))) => vec![Hint::Date(Date::as_str(&date).to_owned())],
        Ok(_) => Vec::new(),
        Err(unsound) => vec![wrong(unsound)],
    }
}

fn money(amount: &str, currency: &str) -> Vec<Hint> {
    match cell::stated(amount, |amount| cell::money(amount, currency)) {
        Ok(Some(model::Statement::Is(Value::Money(_)))) => vec![Hint::Money(amount.to_owned(), currency.to_owned())],
        Ok(_) => Vec::new(),
        Err(unsound) => vec![wrong(unsound)],
    }
}

fn point(lat: &str, lon: &str) -> Vec<Hint> {
    cell::point(lat, lon).err().map(wrong).into_iter().collect()
}

impl Looking<'_> {
    fn cell(&self, column: &str) -> &str {
        self.sheet.column(column).and_then(|at| self.cells.get(at)).map_or("", |cell| cell.trim())
    }

    /// Whether an id is free for a record of this sheet.
    fn taken(&self, sheet: &str, text: &str) -> Vec<Hint> {
        let id = match cell::id(text) {
            Ok(id) => id,
            Err(unsound) => return vec![wrong(unsound)],
        };
        let state = self.edition.state();
        let known = match sheet {
            "sources" => state.sources().get(text).is_some_and(|source| source.source.is_some()),
            "entities" => state.items().get(text).is_some_and(|item| item.kind.is_some()),
            _ => state.links().get(text).is_some_and(|link| link.link.is_some()),
        };
        if known { vec![Hint::Taken(id)] } else { Vec::new() }
    }

    /// Items with names like this one.
    fn like(&self, name: &str, asker: &mut Asker<'_>) -> Vec<Hint> {
        let asked = asker.read(name);
        let mut found: Vec<Hint> = Vec::new();
        for likely in asker.likely(&asked, MOST).into_iter().filter(|likely| likely.comparison.score >= LIKE) {
            let id = self.edition.state().items().at(likely.item).id.clone();
            let known = self.edition.known().name(likely.name).text().to_owned();
            if !found.iter().any(|hint| matches!(hint, Hint::Like(other, ..) if *other == id)) {
                found.push(Hint::Like(id, known, likely.comparison.score));
            }
        }
        found
    }

    /// What item an id means; for a name instead of an id, the items that may be meant.
    fn item(&self, text: &str, asker: &mut Asker<'_>) -> Vec<Hint> {
        if let (Some(item), Some(id)) = (self.edition.item(text).live(), Id::parse(text)) {
            return vec![Hint::Means(id, item.name("en").to_owned())];
        }
        if self.is_new("entities", text) {
            return Vec::new();
        }
        let likely = self.like(text, asker);
        if likely.is_empty() { vec![Hint::Nothing(text.to_owned())] } else { likely }
    }

    /// What source an id means, its stance and anchor aside.
    fn source(&self, part: &str) -> Option<Hint> {
        let id = part.split(['#', ':']).next().unwrap_or_default().trim();
        if id.is_empty() || id == model::EDITORS || self.is_new("sources", id) {
            return None;
        }
        match (self.edition.source(id).live(), Id::parse(id)) {
            (Some(view), Some(id)) => Some(Hint::Means(id, view.source().title.text().to_owned())),
            _ => Some(Hint::Nothing(id.to_owned())),
        }
    }

    /// The record that a claim is about.
    fn about(&self, text: &str) -> Vec<Hint> {
        let named = match text.split_once('/') {
            Some(("item", id)) if self.is_new("entities", id) => return Vec::new(),
            Some(("link", id)) if self.is_new("relations", id) => return Vec::new(),
            Some(("item", id)) => self.edition.item(id).live().map(|item| item.name("en").to_owned()),
            Some(("link", id)) => self.edition.link(id).live().map(|link| {
                format!("{} – {} – {}", link.subject().name("en"), link.link_type(), link.object().name("en"))
            }),
            _ => None,
        };
        let id = text.split_once('/').and_then(|(_, id)| Id::parse(id));
        match (named, id) {
            (Some(name), Some(id)) => vec![Hint::Means(id, name)],
            _ => vec![Hint::Nothing(text.to_owned())],
        }
    }

    /// Whether the draft itself brings a record.
    fn is_new(&self, sheet: &str, id: &str) -> bool {
        Sheet::find(sheet).is_some_and(|sheet| self.content.rows(sheet).iter().any(|cells| cells[0] == id))
    }

    /// A claim's value, by what its property holds.
    fn value(&self, text: &str, asker: &mut Asker<'_>) -> Vec<Hint> {
        let Some(property) = self.vocabulary.properties.get(self.cell("property")) else { return Vec::new() };
        match property.value {
            ValueType::Name => self.like(text, asker),
            ValueType::Date => date(text),
            ValueType::Money => {
                let (amount, currency) = text.split_once(' ').unwrap_or((text, ""));
                money(amount, currency.trim())
            }
            ValueType::Point => {
                let (lat, lon) = text.split_once(',').unwrap_or((text, ""));
                point(lat.trim(), lon.trim())
            }
            ValueType::Identifier => self.identifier(text),
            ValueType::Item => self.item(text, asker),
            ValueType::Place => self.places(text),
            _ => self.other(property, text),
        }
    }

    fn other(&self, property: &Property, text: &str) -> Vec<Hint> {
        let read = |text: &str| match property.value {
            ValueType::Country => cell::country(self.vocabulary, text).map(Value::Country),
            ValueType::Url => cell::url(text).map(|()| Value::Url(text.into())),
            ValueType::Share => cell::share(text),
            _ => Ok(Value::Flag(true)),
        };
        cell::stated(text, read).err().map(wrong).into_iter().collect()
    }

    /// Whether an identifier's check digits hold, and whose it is.
    fn identifier(&self, text: &str) -> Vec<Hint> {
        match cell::identifier(self.vocabulary, text) {
            Err(unsound) => vec![wrong(unsound)],
            Ok(identifier) => match self.edition.known().identified(&identifier) {
                Some(number) => {
                    let item = self.edition.item_at(number);
                    let id = self.edition.state().items().at(number).id.clone();
                    vec![Hint::Like(id, item.name("en").to_owned(), 1.0)]
                }
                None => vec![Hint::Holds(text.to_owned())],
            },
        }
    }

    /// A source of the atlas with this very address.
    fn same_url(&self, url: &str) -> Option<Hint> {
        let same = self.edition.state().sources().iter().find(|(_, record)| {
            record.gone.is_none() && record.source.as_ref().is_some_and(|source| &*source.url == url)
        });
        same.map(|(_, record)| Hint::Taken(record.id.clone()))
    }

    /// The places of this name that the atlas holds, those with most records first.
    fn places(&self, text: &str) -> Vec<Hint> {
        let asked = names::fold(text);
        let mut found: BTreeMap<Spot, usize> = BTreeMap::new();
        let mut note = |name: &str, country, point: Option<Point>, precision: &str| {
            if names::fold(name).starts_with(&asked) {
                let key = (name.to_owned(), country, point.map(Point::units), precision.to_owned());
                *found.entry(key).or_default() += 1;
            }
        };
        for link in self.edition.links() {
            let country = link.country().filter(|(_, of_fact)| *of_fact).and_then(|(code, _)| CountryCode::parse(code));
            for value in link.values("place") {
                if let Value::Text(name) = value {
                    note(name.text(), country, link.position(), link.term("precision").unwrap_or_default());
                }
            }
        }
        for cable in self.edition.cables() {
            cable.landings().iter().for_each(|l| note(&l.name, Some(l.country), Some(l.point), "city"));
        }
        let mut found: Vec<Place> = found
            .into_iter()
            .map(|((name, country, point, precision), uses)| {
                let point = point.and_then(|(lat, lon)| Point::from_units(lat, lon));
                Place { name, country, point, precision, uses }
            })
            .collect();
        found.sort_by_key(|place| std::cmp::Reverse((place.point.is_some(), place.uses)));
        found.into_iter().take(MOST).map(Hint::Place).collect()
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::drafts::propose::propose;
    use crate::trial::{Atlas, VOCABULARY};

    const TABLES: [&str; 3] = [
        "id,title,publisher,kind,url\nnews-1,A report,The Paper,news,https://paper.example/1\n",
        "id,kind,name,country,sources\nacme,company,Acme Cameras,CN,news-1\nkenya-police,public-body,Police of Kenya,KE,news-1\n",
        "id,kind,subject,object,category,place,country,country_role,lat,lon,location_precision,start,sources\n\
         acme-kenya,supplies,acme,kenya-police,smart-city-public-security,Nairobi,KE,fact,-1.286,36.817,city,2014~,news-1\n",
    ];

    /// An atlas with one company, one authority, and one link with a place.
    fn edition() -> Edition {
        let mut content = Content::default();
        TABLES.iter().for_each(|table| assert!(content.paste(table.as_bytes()).is_ok()));
        let mut atlas = Atlas::default();
        let today = crate::trial::options().today;
        atlas.apply(propose(&content, [0; 32], &VOCABULARY, &atlas.state, today).operations);
        Edition::new(atlas.state, std::sync::Arc::new(VOCABULARY.clone()), edition::Head::default())
    }

    fn told(sheet: &str, cells: &[(&str, &str)]) -> Vec<(&'static str, Hint)> {
        let (edition, content) = (edition(), Content::default());
        let sheet = Sheet::find(sheet).unwrap();
        let cell =
            |column: &str| cells.iter().find(|(name, _)| *name == column).map_or("", |(_, cell)| cell).to_owned();
        let cells: Vec<String> = sheet.fields.iter().map(|field| cell(field.column)).collect();
        of_row(&Looking { edition: &edition, vocabulary: &VOCABULARY, content: &content, sheet, cells: &cells })
    }

    fn wrongs(told: &[(&'static str, Hint)]) -> Vec<&'static str> {
        told.iter().filter(|(_, hint)| matches!(hint, Hint::Wrong(_))).map(|(column, _)| *column).collect()
    }

    #[test]
    fn names_like_those_of_items_and_ids_that_are_taken_are_told() {
        let told = told("entities", &[("id", "acme"), ("name", "ACME CAMERAS LTD"), ("aliases", "Zorbax")]);
        assert_eq!(told[0], ("id", Hint::Taken(Id::parse("acme").unwrap())));
        assert!(
            matches!(&told[1], ("name", Hint::Like(id, name, score)) if id.as_str() == "acme" && name == "Acme Cameras" && *score > 0.5)
        );
        assert_eq!(told.len(), 2, "{told:?}");
    }

    #[test]
    fn dates_money_points_and_addresses_are_told_as_they_were_understood_or_why_not() {
        let row = [
            ("start", "2014~"),
            ("end", "15/08/2017"),
            ("amount", "12,000"),
            ("currency", "USD"),
            ("lat", "0"),
            ("lon", "0"),
        ];
        let told = told("relations", &row);
        assert!(told.contains(&("start", Hint::Date("2014~".into()))), "{told:?}");
        assert_eq!(wrongs(&told), ["lat", "end", "amount"]);
        let sound = money("12000.50", "USD");
        assert_eq!(sound, [Hint::Money("12000.50".into(), "USD".into())]);
        assert!(matches!(money("1", "Dollars")[..], [Hint::Wrong(_)]));
    }

    #[test]
    fn identifiers_are_checked_by_their_digits_and_one_that_is_known_names_its_item() {
        // The LEI of ISO 17442's own example, and the same with one digit changed.
        let told = told("entities", &[("identifiers", "lei:506700GE1G29325QX363|lei:506700GE1G29325QX364|nonsense")]);
        let kinds: Vec<bool> = told.iter().map(|(_, hint)| matches!(hint, Hint::Holds(_))).collect();
        assert_eq!(kinds, [true, false, false], "{told:?}");
        assert_eq!(wrongs(&told).len(), 2);
    }

    #[test]
    fn a_place_that_the_atlas_knows_comes_with_its_point_and_precision() {
        let told = told(
            "relations",
            &[
                ("place", "nairo"),
                ("subject", "acme"),
                ("object", "Police in Kenya"),
                ("sources", "news-1#p. 3|news-7"),
            ],
        );
        let place =
            told.iter().find_map(|(_, hint)| if let Hint::Place(place) = hint { Some(place) } else { None }).unwrap();
        assert_eq!((place.name.as_str(), place.precision.as_str(), place.uses), ("Nairobi", "city", 1));
        assert_eq!(place.country, CountryCode::parse("KE"));
        assert!(told.contains(&("subject", Hint::Means(Id::parse("acme").unwrap(), "Acme Cameras".into()))));
        assert!(
            told.iter().any(|(column, hint)| *column == "object"
                && matches!(hint, Hint::Like(id, ..) if id.as_str() == "kenya-police"))
        );
        assert!(told.contains(&("sources", Hint::Nothing("news-7".into()))));
        assert!(told.contains(&("sources", Hint::Means(Id::parse("news-1").unwrap(), "A report".into()))));
    }

    #[test]
    fn a_claim_s_value_is_judged_by_its_property() {
        for (property, value, is_wrong) in [
            ("start", "2014", false),
            ("start", "soon", true),
            ("amount", "5 USD", false),
            ("amount", "5", true),
            ("point", "1.5, 95", false),
            ("point", "95, 1.5", true),
            ("country", "Kenya", true),
            ("country", "KE", false),
            ("description", "anything", false),
        ] {
            let told = told("claims", &[("about", "link/acme-kenya"), ("property", property), ("value", value)]);
            assert_eq!(wrongs(&told) == ["value"], is_wrong, "{property} {value}: {told:?}");
        }
        let told = told("claims", &[("about", "link/nothing")]);
        assert_eq!(told, [("about", Hint::Nothing("link/nothing".into()))]);
    }
}

//! What the sample's tables say, read straight from the CSV files: the other side of every comparison.
//!
//! Nothing here calls the importer, the edition or the filter. The rules are those of
//! `sample/README.md`, `vocabulary/README.md` and the confidence rule of ARCHITECTURE.md, written a second time.

mod confidence;
mod filter;

use std::collections::{BTreeMap, BTreeSet};

use crate::atlas::SAMPLE;
use crate::tidy::root;

pub use filter::{Asked, folded};

/// A row of a table by column name.
pub type Row = BTreeMap<String, String>;

/// An item, joined over the folders.
#[derive(Debug, Default, Clone)]
pub struct Item {
    pub kind: String,
    pub texts: Vec<String>,
    pub lists: BTreeSet<String>,
}

/// A link.
#[derive(Debug, Default, Clone)]
pub struct Link {
    pub id: String,
    pub link_type: String,
    pub subject: String,
    pub object: String,
    pub categories: BTreeSet<String>,
    pub topics: BTreeSet<String>,
    /// The country of the fact; empty for a party's or none.
    pub country: String,
    pub status: String,
    pub confidence: String,
    pub precision: String,
    /// Latitude and longitude.
    pub point: Option<(f64, f64)>,
    pub years: Option<(i32, i32)>,
    pub highlight: bool,
    pub sources: BTreeSet<String>,
    pub texts: Vec<String>,
}

/// The sample.
pub struct Facts {
    pub links: BTreeMap<String, Link>,
    pub items: BTreeMap<String, Item>,
    pub sources: BTreeMap<String, Row>,
}

/// The rows of one table over the four folders.
pub fn rows(table: &str) -> Vec<Row> {
    let paths = SAMPLE.map(|folder| root().join("sample").join(folder).join(format!("{table}.csv")));
    paths.iter().filter(|path| path.exists()).flat_map(|path| rows_of(path)).collect()
}

fn rows_of(path: &std::path::Path) -> Vec<Row> {
    let mut reader = csv::Reader::from_path(path).unwrap_or_else(|error| panic!("{}: {error}", path.display()));
    let header = reader.headers().expect("a header").clone();
    let named =
        |record: csv::StringRecord| header.iter().map(str::to_owned).zip(record.iter().map(str::to_owned)).collect();
    reader.records().map(|record| named(record.expect("a row"))).collect()
}

/// The parts of a cell that holds a list.
fn parts(cell: &str) -> impl Iterator<Item = &str> {
    cell.split('|').map(str::trim).filter(|part| !part.is_empty())
}

impl Facts {
    /// Reads everything.
    pub fn read() -> Self {
        let words = Words::read();
        let sources: BTreeMap<String, Row> = rows("sources").into_iter().map(|row| (row["id"].clone(), row)).collect();
        let mut items = BTreeMap::new();
        for row in rows("entities") {
            add_item(&mut items, &words, &row);
        }
        let mut links: BTreeMap<String, Link> = BTreeMap::new();
        for row in rows("relations") {
            let link = link(&words, &sources, &row);
            assert!(links.insert(row["id"].clone(), link).is_none(), "{} stands twice", row["id"]);
        }
        for row in &rows("cables") {
            items
                .get_mut(&row["id"])
                .expect("a cable is an item")
                .texts
                .extend([row["name"].clone(), row["name_zh"].clone()]);
            add_parties(&mut links, &sources, row);
        }
        // A law may list companies too, but only items of the kind `list` are lists to filter by.
        let is_list = |id: &str| items[id].kind == "list";
        let listings: Vec<&Link> =
            links.values().filter(|l| l.link_type == "listed-on" && is_list(&l.object)).collect();
        for link in listings {
            items.get_mut(&link.subject).expect("an item").lists.insert(link.object.clone());
        }
        Self { links, items, sources }
    }

    /// The links that are on the map.
    pub fn located(&self) -> impl Iterator<Item = &Link> {
        self.links.values().filter(|link| link.point.is_some())
    }
}

/// The alias table: (table, spelling) to (id, whether the ends change places).
struct Words(BTreeMap<(String, String), (String, bool)>);

impl Words {
    fn read() -> Self {
        let rows = rows_of(&root().join("vocabulary/aliases.csv"));
        let entry = |row: Row| {
            ((row["table"].clone(), row["spelling"].to_lowercase()), (row["id"].clone(), row["swap"] == "yes"))
        };
        Self(rows.into_iter().map(entry).collect())
    }

    fn meaning(&self, table: &str, spelling: &str) -> (String, bool) {
        let known = self.0.get(&(table.to_owned(), spelling.to_lowercase()));
        known.cloned().unwrap_or_else(|| (spelling.to_owned(), false))
    }
}

fn add_item(items: &mut BTreeMap<String, Item>, words: &Words, row: &Row) {
    let item = items.entry(row["id"].clone()).or_default();
    item.kind = words.meaning("item-kind", &row["kind"]).0;
    item.texts.push(row["id"].clone());
    item.texts.extend(["name", "name_zh", "description"].map(|column| row[column].clone()));
    item.texts.extend(parts(&row["aliases"]).map(str::to_owned));
}

fn link(words: &Words, sources: &BTreeMap<String, Row>, row: &Row) -> Link {
    let (link_type, swap) = words.meaning("link-type", &row["kind"]);
    let ends = (row["subject"].clone(), row["object"].clone());
    let (subject, object) = if swap { (ends.1, ends.0) } else { ends };
    let terms = |table: &str, column: &str| parts(&row[column]).map(|word| words.meaning(table, word).0).collect();
    let or_unknown = |id: String| if id.is_empty() { "unknown".to_owned() } else { id };
    let precision = or_unknown(words.meaning("precision", &row["location_precision"]).0);
    let near = ["site", "city", "region"].contains(&precision.as_str());
    let degrees = |column: &str| row[column].parse::<f64>().ok();
    Link {
        id: row["id"].clone(),
        confidence: confidence::of(sources, &row["sources"], link_type == "responds").to_owned(),
        categories: terms("category", "category"),
        topics: terms("topic", "topics"),
        country: if row["country_role"] == "party" { String::new() } else { row["country"].clone() },
        status: or_unknown(words.meaning("status", &row["status"]).0),
        point: degrees("lat").zip(degrees("lon")).filter(|_| near),
        precision,
        years: years(&row["start"], &row["end"]),
        highlight: row["highlight"] == "yes",
        sources: cited(&row["sources"]),
        texts: [&row["description"], &row["place"]].map(String::clone).to_vec(),
        link_type,
        subject,
        object,
    }
}

/// The ids of the sources that a cell names, and the editors where the row has what only they know.
fn cited(cell: &str) -> BTreeSet<String> {
    parts(cell).map(|part| part.split([':', '#']).next().unwrap_or(part).to_owned()).collect()
}

/// A cable's owners and maker, where no row of `relations.csv` says the same.
fn add_parties(links: &mut BTreeMap<String, Link>, sources: &BTreeMap<String, Row>, row: &Row) {
    let cable = row["id"].clone();
    let to_cable = links.values().filter(|link| link.object == cable).flat_map(|link| &link.categories);
    let categories: BTreeSet<String> = to_cable.filter(|id| id.ends_with("-cable")).cloned().collect();
    for (column, link_type) in [("owners", "owns"), ("supplier", "supplies")] {
        for party in parts(&row[column]).map(str::to_owned).collect::<Vec<_>>() {
            let same = |l: &&Link| l.link_type == link_type && l.subject == party && l.object == cable;
            if links.values().any(|link| same(&link)) {
                continue;
            }
            let id = format!("{party}-{link_type}-{cable}");
            let link = Link {
                id: id.clone(),
                link_type: link_type.to_owned(),
                subject: party,
                object: cable.clone(),
                categories: categories.clone(),
                status: "unknown".to_owned(),
                precision: "unknown".to_owned(),
                confidence: confidence::of(sources, &row["sources"], false).to_owned(),
                sources: cited(&row["sources"]),
                ..Link::default()
            };
            links.insert(id, link);
        }
    }
}

/// First and last year that `start` and `end` touch together. The sample's dates are years, months and days.
fn years(start: &str, end: &str) -> Option<(i32, i32)> {
    let spans: Vec<(i32, i32)> = [start, end].into_iter().filter(|date| !date.is_empty()).map(span).collect();
    Some((spans.iter().map(|span| span.0).min()?, spans.iter().map(|span| span.1).max()?))
}

/// `2017-08~` is 2017; `201X` is 2010 to 2019.
fn span(date: &str) -> (i32, i32) {
    let year = &date[..4];
    let at = |digit: &str| year.replace('X', digit).parse().unwrap_or_else(|_| panic!("`{date}` has no year"));
    (at("0"), at("9"))
}

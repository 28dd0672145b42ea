//! Names and texts folded for the substring search of `q=`.

use model::Value;

use crate::fields::Fields;
use crate::rows::Rows;
use crate::select::RowSet;
use crate::state::{Body, State};

/// The folded texts of every item and link, by record number.
#[derive(Debug, Default)]
pub(crate) struct Texts {
    items: Vec<Box<str>>,
    links: Vec<Box<str>>,
}

/// The properties that `q=` looks into.
const SEARCHED: [&str; 5] = ["name", "alias", "description", "place", "list-entry-name"];

impl Texts {
    /// Folds every text once; memory is about that of the texts.
    pub(crate) fn new(state: &State) -> Self {
        let fields = Fields::new(state);
        let fold = |id: &str, body: &Body| folded(&fields, id, body);
        Self {
            items: state.items.iter().map(|(_, r)| fold(r.id.as_str(), &r.body)).collect(),
            links: state.links.iter().map(|(_, r)| fold("", &r.body)).collect(),
        }
    }

    /// The items whose texts hold the folded text.
    pub(crate) fn items(&self, folded: &str) -> Vec<u32> {
        let found = (0..).zip(&self.items).filter(|(_, text)| text.contains(folded));
        found.map(|(n, _)| n).collect()
    }

    /// The rows whose link, subject or object holds every one of the queries. Linear in the length of all texts.
    pub(crate) fn rows(&self, rows: &Rows, query: &str) -> RowSet {
        let folded = names::fold(query);
        let items = RowSet::of(self.items.len(), self.items(&folded));
        let mut set = RowSet::new(rows.len());
        for row in 0..rows.len() {
            let ends = items.contains(rows.subject[row] as usize) || items.contains(rows.object[row] as usize);
            if ends || self.links[rows.link[row] as usize].contains(&folded) {
                set.insert(row);
            }
        }
        set
    }
}

/// One text after the other with a line break between, so that nothing is found across two.
fn folded(fields: &Fields<'_>, id: &str, body: &Body) -> Box<str> {
    let texts = SEARCHED.iter().flat_map(|property| fields.values(body, property));
    let mut all = names::fold(id);
    for value in texts {
        if let Value::Text(text) = value {
            all.push('\n');
            all.push_str(&names::fold(text.text()));
        }
    }
    all.into()
}

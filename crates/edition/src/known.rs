//! Items by the names and identifiers they are known under, in any script and spelling.

use std::collections::HashMap;

use model::{Identifier, Value};
use names::{Comparison, Effort, Index, Name, Part, Reader, Scratch};

use crate::edition::Edition;
use crate::fields::{self, Fields};
use crate::state::{ItemRecord, State};

/// The properties that hold an item's names.
const NAMES: [&str; 2] = ["name", "alias"];

/// The names and identifiers of an edition's items.
#[derive(Debug)]
pub struct Known {
    index: Index,
    exact: HashMap<Box<str>, Vec<u32>>,
    identifiers: HashMap<Identifier, u32>,
}

/// An item that may be the one that a name means.
#[derive(Debug, Clone)]
pub struct Likely {
    /// The item's record number.
    pub item: u32,
    /// Its name that is likest.
    pub name: u32,
    /// How like the names are, and why.
    pub comparison: Comparison,
}

/// Asks for one name after the other, and remembers words; one for each thread.
pub struct Asker<'k> {
    known: &'k Known,
    reader: Reader,
    scratch: Scratch,
}

impl Edition {
    /// The items by their names; worked out when first asked for, some microseconds for each name.
    pub fn known(&self) -> &Known {
        self.known.get_or_init(|| Known::new(&self.state, &self.confidence))
    }
}

impl Known {
    fn new(state: &State, confidence: &[Option<model::Confidence>]) -> Self {
        let fields = Fields::new(state);
        let live = state.items.iter().filter(|(_, item)| item.gone.is_none() && item.kind.is_some());
        let (mut names, mut identifiers) = (Vec::new(), HashMap::new());
        for (number, item) in live {
            names.extend(own_names(&fields, item).map(|name| (number, name)));
            for value in fields.values(&item.body, "identifier") {
                if let Value::Identifier(identifier) = value {
                    identifiers.entry(identifier.clone()).or_insert(number);
                }
            }
        }
        names.extend(printed_names(state, &fields, confidence));
        names.sort_unstable();
        names.dedup();
        let mut exact: HashMap<Box<str>, Vec<u32>> = HashMap::new();
        for (number, name) in &names {
            let items = exact.entry(names::fold(name).into()).or_default();
            if !items.contains(number) {
                items.push(*number);
            }
        }
        let mut reader = Reader::new();
        let part = Part::new(names.iter().map(|(number, name)| (*number, reader.name(name))));
        Self { index: Index::new(vec![part]), exact, identifiers }
    }

    /// The items that bear exactly this name, letter case, accents and Han variants aside.
    pub fn exact(&self, name: &str) -> &[u32] {
        self.exact.get(names::fold(name).as_str()).map_or(&[], Vec::as_slice)
    }

    /// Up to `most` items with a word in a name that begins like this. Linear in the length of all names.
    pub fn beginning(&self, text: &str, most: usize) -> Vec<u32> {
        let folded = names::fold(text);
        let begins =
            |name: &str| name.match_indices(&folded).any(|(at, _)| !name[..at].ends_with(char::is_alphanumeric));
        let mut found: Vec<(usize, &str, u32)> = Vec::new();
        if folded.trim().is_empty() {
            return Vec::new();
        }
        for (name, items) in self.exact.iter().filter(|(name, _)| begins(name)) {
            found.extend(items.iter().map(|item| (name.chars().count(), &**name, *item)));
        }
        found.sort_unstable();
        let mut items: Vec<u32> = Vec::new();
        for (_, _, item) in found {
            if items.len() < most && !items.contains(&item) {
                items.push(item);
            }
        }
        items
    }

    /// The item that has an identifier.
    pub fn identified(&self, identifier: &Identifier) -> Option<u32> {
        self.identifiers.get(identifier).copied()
    }

    /// A name of the index.
    pub fn name(&self, number: u32) -> &Name {
        self.index.name(number)
    }

    /// How many names there are.
    pub fn len(&self) -> usize {
        self.index.len()
    }

    /// Whether there is none.
    pub fn is_empty(&self) -> bool {
        self.index.is_empty()
    }

    /// Begins to ask.
    pub fn asker(&self) -> Asker<'_> {
        Asker { known: self, reader: Reader::new(), scratch: Scratch::default() }
    }
}

impl Asker<'_> {
    /// A name made ready to be compared with those of the index.
    pub fn read(&mut self, name: &str) -> Name {
        self.known.index.query_with(&mut self.reader, name)
    }

    /// The `most` likeliest items for a name, likeliest first.
    pub fn likely(&mut self, name: &Name, most: usize) -> Vec<Likely> {
        let (hits, _) = self.known.index.find(name, most, Effort::default(), &mut self.scratch);
        hits.into_iter().map(|hit| Likely { item: hit.entity, name: hit.name, comparison: hit.comparison }).collect()
    }
}

fn own_names<'s>(fields: &Fields<'s>, item: &'s ItemRecord) -> impl Iterator<Item = &'s str> {
    let values = NAMES.map(|property| fields.values(&item.body, property));
    values.into_iter().flatten().filter_map(text)
}

/// What lists print for the items that are on them.
fn printed_names<'s>(
    state: &'s State,
    fields: &Fields<'s>,
    confidence: &[Option<model::Confidence>],
) -> Vec<(u32, &'s str)> {
    let published =
        state.links.iter().filter(|(n, link)| confidence[*n as usize].is_some() && fields::is_listing(link));
    published
        .flat_map(|(_, link)| {
            fields.values(&link.body, "list-entry-name").filter_map(text).map(|name| (link.subject, name))
        })
        .collect()
}

fn text(value: &Value) -> Option<&str> {
    if let Value::Text(text) = value { Some(text.text()) } else { None }
}

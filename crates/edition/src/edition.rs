//! An edition: a state, and everything that readers ask of it, worked out once.

use std::sync::{Arc, OnceLock};

use model::{Confidence, Problem, Vocabulary};

use crate::columns::{self, Dictionaries};
use crate::graph::Graph;
use crate::known::Known;
use crate::published::{self, PublishedClaim};
use crate::rows::Rows;
use crate::state::{Body, State};
use crate::{fields, joins, list};

/// What the ledger's head says of the prefix that an edition shows.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Head {
    /// The log's name.
    pub origin: String,
    /// Number of entries.
    pub size: u64,
    /// RFC 6962 root hash of the entries.
    pub root: [u8; 32],
    /// UTC day of the last entry as `YYYY-MM-DD`, or empty.
    pub day: String,
}

/// An immutable read model of a ledger prefix. Any number of readers share one.
#[derive(Debug)]
pub struct Edition {
    pub(crate) state: State,
    pub(crate) vocabulary: Arc<Vocabulary>,
    pub(crate) head: Head,
    pub(crate) origins: Vec<Vec<u32>>,
    pub(crate) rows: Rows,
    pub(crate) dictionaries: Dictionaries,
    pub(crate) confidence: Vec<Option<Confidence>>,
    pub(crate) joins: joins::Joins,
    pub(crate) texts: crate::text::Texts,
    pub(crate) graph: OnceLock<Graph>,
    pub(crate) known: OnceLock<Known>,
}

impl Edition {
    /// Works an edition out. Time and memory grow linearly with the state.
    pub fn new(state: State, vocabulary: Arc<Vocabulary>, head: Head) -> Self {
        let state = state.merged();
        let origins = published::origins(&state);
        let confidence = fields::confidences(&state, &origins);
        let joins = joins::Joins::new(&state, &confidence);
        let lists = list::lists(&state, &vocabulary);
        let dictionaries = list::dictionaries(&state, &vocabulary, &lists);
        let rows = fields::rows(&state, &vocabulary, &confidence, &lists);
        let texts = crate::text::Texts::new(&state);
        let (graph, known) = (OnceLock::new(), OnceLock::new());
        Self { state, vocabulary, head, origins, rows, dictionaries, confidence, joins, texts, graph, known }
    }

    /// The live records behind the views.
    pub fn state(&self) -> &State {
        &self.state
    }

    /// The words it is described in.
    pub fn vocabulary(&self) -> &Vocabulary {
        &self.vocabulary
    }

    /// Which ledger prefix it shows.
    pub fn head(&self) -> &Head {
        &self.head
    }

    /// The rows of the map and of every list of links.
    pub fn rows(&self) -> &Rows {
        &self.rows
    }

    /// What the indices of the rows mean.
    pub fn dictionaries(&self) -> &Dictionaries {
        &self.dictionaries
    }

    /// The files of the map's data path: columns, names and link ids. Linear in the rows; work it out once.
    pub fn publish(&self) -> columns::Published {
        let items: Vec<columns::ItemName<'_>> = (0..self.state.items.len() as u32).map(|n| self.item_name(n)).collect();
        columns::publish(&self.rows, &self.dictionaries, &items, |link| self.state.links.at(link).id.as_str())
    }

    fn item_name(&self, number: u32) -> columns::ItemName<'_> {
        let (en, chinese) = crate::name::names(&self.state, number);
        let zh = chinese.filter(|zh| *zh != en).unwrap_or("");
        columns::ItemName { id: self.state.items.at(number).id.as_str(), en, zh }
    }

    /// What was not understood in the ledger.
    pub fn problems(&self) -> &[Problem] {
        self.state.problems()
    }

    /// The published claims of a body, in the order of the vocabulary's properties, then by number.
    pub(crate) fn claims<'e>(&'e self, body: &'e Body, statement_only: bool) -> Vec<PublishedClaim<'e>> {
        let publish = |c| PublishedClaim::new(&self.state, &self.origins, body, c, statement_only);
        let mut claims: Vec<PublishedClaim<'e>> = body.claims.iter().filter_map(publish).collect();
        let place = |c: &PublishedClaim<'_>| self.vocabulary.properties.position(c.property()).unwrap_or(usize::MAX);
        claims.sort_by_key(|c| (place(c), c.number()));
        claims
    }
}

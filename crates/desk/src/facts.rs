//! What files say, in neutral form: no format's habits in it, and no decision yet.

use std::collections::{BTreeSet, HashMap};

use model::{
    GlossaryTerm, Id, LangText, Link, Origin, Passage, Qualifiers, Reference, Source, Stance, Statement, Story,
    Subject, Value,
};

use crate::table::Spot;

/// What one dataset says.
#[derive(Debug)]
pub(crate) struct Facts {
    pub origin: Origin,
    pub covers: Covers,
    pub sources: Vec<SourceFacts>,
    pub items: Vec<ItemFacts>,
    pub links: Vec<LinkFacts>,
    pub terms: Vec<TermFacts>,
    pub stories: Vec<StoryFacts>,
    /// Claims that are taken back by name.
    pub withdrawals: Vec<WithdrawalFacts>,
    places: Places,
}

/// Where each id stands in the lists of [`Facts`].
#[derive(Debug, Default)]
struct Places {
    sources: HashMap<Id, usize>,
    items: HashMap<Id, usize>,
    links: HashMap<Id, usize>,
}

/// What a dataset would say if it said nothing of a record: only that counts as taken back.
#[derive(Debug, Default, Clone)]
pub(crate) struct Covers {
    pub sources: bool,
    pub items: bool,
    pub links: bool,
    pub terms: bool,
    pub stories: bool,
    /// It adds to what is there and takes back only what it names: a draft, and no whole dataset.
    pub adds: bool,
    /// The properties of items it speaks of; `None` for all.
    pub properties: Option<BTreeSet<&'static str>>,
}

impl Covers {
    /// A dataset whose one file holds all it says.
    pub fn everything() -> Self {
        Self { sources: true, items: true, links: true, terms: true, stories: false, adds: false, properties: None }
    }

    /// What is only added to what is there.
    pub fn additions() -> Self {
        Self { adds: true, properties: Some(BTreeSet::new()), ..Self::default() }
    }

    /// Whether the dataset speaks of this property of items.
    pub fn property(&self, property: &str) -> bool {
        self.properties.as_ref().is_none_or(|p| p.contains(property))
    }
}

/// A source as a file gives it.
#[derive(Debug)]
pub(crate) struct SourceFacts {
    pub source: Source,
    pub at: Spot,
}

/// A glossary term as a file gives it.
#[derive(Debug)]
pub(crate) struct TermFacts {
    pub term: GlossaryTerm,
    pub at: Spot,
}

/// A claim that is taken back by name.
#[derive(Debug)]
pub(crate) struct WithdrawalFacts {
    /// Whose claim it is.
    pub subject: Subject,
    /// The claim.
    pub claim: Reference,
    /// Why: shown to readers.
    pub reason: Box<str>,
}

/// A case study as a file gives it.
#[derive(Debug)]
pub(crate) struct StoryFacts {
    pub story: Story,
    /// Where its text begins.
    pub at: Spot,
}

/// An item as a file gives it.
#[derive(Debug)]
pub(crate) struct ItemFacts {
    pub id: Id,
    /// `None` where the file only adds to an item that must be defined elsewhere.
    pub kind: Option<Id>,
    pub at: Spot,
    pub body: Body,
}

/// A link as a file gives it.
#[derive(Debug)]
pub(crate) struct LinkFacts {
    pub link: Link,
    pub at: Spot,
    /// Where subject and object are named.
    pub ends: [Spot; 2],
    pub body: Body,
}

/// Claims about one subject, and the evidence they share.
#[derive(Debug, Default)]
pub(crate) struct Body {
    pub evidence: Vec<EvidenceFacts>,
    pub claims: Vec<ClaimFacts>,
    /// Where the evidence is named.
    pub evidence_at: Spot,
}

/// A claim.
#[derive(Debug)]
pub(crate) struct ClaimFacts {
    pub property: Id,
    pub statement: Statement,
    pub qualifiers: Qualifiers,
    /// Positions in [`Body::evidence`], ascending.
    pub rests_on: Vec<u32>,
    pub at: Spot,
}

/// A source's bearing on claims of one subject.
#[derive(Debug, Clone, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub(crate) struct EvidenceFacts {
    pub source: Id,
    pub stance: Stance,
    pub passage: Passage,
    pub group: Option<Box<str>>,
    pub against_interest: bool,
}

impl EvidenceFacts {
    /// A source that supports, without a passage.
    pub fn support(source: Id) -> Self {
        Self { source, stance: Stance::Supports, passage: Passage::default(), group: None, against_interest: false }
    }
}

impl Body {
    /// The position of a piece of evidence, added if it is new.
    pub fn evidence(&mut self, evidence: EvidenceFacts) -> u32 {
        let known = self.evidence.iter().position(|e| *e == evidence);
        let position = known.unwrap_or_else(|| {
            self.evidence.push(evidence);
            self.evidence.len() - 1
        });
        u32::try_from(position).expect("invariant: a subject has fewer than 2^32 pieces of evidence")
    }

    /// Adds a claim; one that says the same joins the one already there.
    pub fn claim(&mut self, property: &str, statement: Statement, rests_on: &[u32], at: Spot) {
        self.qualified(property, statement, Qualifiers::default(), rests_on, at);
    }

    /// Adds a claim with qualifiers.
    pub fn qualified(
        &mut self,
        property: &str,
        statement: Statement,
        qualifiers: Qualifiers,
        rests_on: &[u32],
        at: Spot,
    ) {
        let same = |c: &&mut ClaimFacts| {
            c.property.as_str() == property && c.statement == statement && c.qualifiers == qualifiers
        };
        if let Some(claim) = self.claims.iter_mut().find(same) {
            claim.rests_on.extend_from_slice(rests_on);
            claim.rests_on.sort_unstable();
            claim.rests_on.dedup();
            return;
        }
        let property = fixed_id(property);
        self.claims.push(ClaimFacts { property, statement, qualifiers, rests_on: rests_on.to_vec(), at });
    }

    /// Adds a claim with a value.
    pub fn is(&mut self, property: &str, value: Value, rests_on: &[u32], at: Spot) {
        self.claim(property, Statement::Is(value), rests_on, at);
    }

    /// Adds a claim with a text.
    pub fn text(&mut self, property: &str, text: LangText, rests_on: &[u32], at: Spot) {
        self.is(property, Value::Text(text), rests_on, at);
    }
}

impl Facts {
    /// A dataset that says nothing yet.
    pub fn new(origin: Origin, covers: Covers) -> Self {
        let (sources, items, links, terms, stories) = (vec![], vec![], vec![], vec![], vec![]);
        let (withdrawals, places) = (vec![], Places::default());
        Self { origin, covers, sources, items, links, terms, stories, withdrawals, places }
    }

    /// Adds a source; the first one's spot if there is one with its id already.
    pub fn add_source(&mut self, source: Source, at: Spot) -> Result<(), Spot> {
        if let Some(known) = self.places.sources.get(&source.id) {
            return Err(self.sources[*known].at);
        }
        self.places.sources.insert(source.id.clone(), self.sources.len());
        self.sources.push(SourceFacts { source, at });
        Ok(())
    }

    /// The item with this id, added without a kind if it is new.
    pub fn item(&mut self, id: &Id, at: Spot) -> &mut ItemFacts {
        let items = &mut self.items;
        let place = *self.places.items.entry(id.clone()).or_insert_with(|| {
            items.push(ItemFacts { id: id.clone(), kind: None, at, body: Body::default() });
            items.len() - 1
        });
        &mut self.items[place]
    }

    /// Adds a link and gives it; the first one's spot if there is one with its id already.
    pub fn add_link(&mut self, link: Link, at: Spot) -> Result<&mut LinkFacts, Spot> {
        if let Some(known) = self.places.links.get(&link.id) {
            return Err(self.links[*known].at);
        }
        self.places.links.insert(link.id.clone(), self.links.len());
        self.links.push(LinkFacts { link, at, ends: [at; 2], body: Body::default() });
        Ok(self.links.last_mut().expect("invariant: just pushed"))
    }

    /// The body of a link that is already there.
    pub fn link_body(&mut self, id: &Id) -> Option<&mut Body> {
        let place = *self.places.links.get(id)?;
        Some(&mut self.links[place].body)
    }

    /// The source with this id.
    pub fn source(&self, id: &str) -> Option<&Source> {
        self.places.sources.get(id).map(|p| &self.sources[*p].source)
    }

    /// The item with this id.
    pub fn find_item(&self, id: &str) -> Option<&ItemFacts> {
        self.places.items.get(id).map(|p| &self.items[*p])
    }

    /// The link with this id.
    pub fn find_link(&self, id: &str) -> Option<&LinkFacts> {
        self.places.links.get(id).map(|p| &self.links[*p])
    }

    /// Adds the standing source for what no publication states.
    pub fn add_editors(&mut self) {
        let source = Source {
            id: fixed_id(model::EDITORS),
            title: LangText::new("Editors' general knowledge", "en").expect("invariant: `en` is a language tag"),
            publisher: "".into(),
            published: None,
            language: "".into(),
            kind: fixed_id(model::EDITORIAL),
            relays: Vec::new(),
            url: "".into(),
            note: "".into(),
        };
        // A file that brings this source itself has the last word.
        let _kept = self.add_source(source, Spot::default());
    }
}

/// An id that the program itself spells.
pub(crate) fn fixed_id(id: &str) -> Id {
    Id::parse(id).expect("invariant: ids in the program's own text are well formed")
}

/// An English text.
pub(crate) fn english(text: &str) -> LangText {
    LangText::new(text, "en").expect("invariant: `en` is a language tag")
}

/// A name in the language that its script tells.
pub(crate) fn named(name: &str) -> LangText {
    LangText::new(name, model::language_of_script(name)).expect("invariant: scripts give language tags")
}

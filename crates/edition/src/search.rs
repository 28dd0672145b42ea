//! Full-text search over an edition: one box over items, links, sources, stories and words, in any script.
//!
//! A [`Search`] is made from an edition once and shared. It holds no texts, only where which terms stand; what is
//! shown of a hit comes from the edition. Answers are a function of edition, query and filter: equal scores stand in
//! the order of groups and ids. Why an own index and not a library: see `DESIGN.md`.

mod documents;
mod lists;
mod mark;
mod near;
mod plan;
mod query;
mod score;
mod syllables;
mod tokens;

use std::hash::{DefaultHasher, Hash, Hasher};

use model::{Filter, FilterKey};

use crate::edition::Edition;
use crate::joins::Cites;
use crate::select::{Counts, RowSet};
use documents::Documents;
use lists::Lists;
use plan::{Node, Part};
use score::{Match, Scorer};

pub use documents::Group;
pub(crate) use documents::names as names_of;
pub use mark::Snippet;
pub use plan::By;
pub use query::{Clause, FIELDS, Field, parse};

/// The search index of one edition.
#[derive(Debug)]
pub struct Search {
    documents: Documents,
    lists: Lists,
    norms: Vec<f32>,
    /// For every document of a source, counted from the first, where its citing documents begin in `citing`.
    cited_starts: Vec<u32>,
    citing: Vec<u32>,
    /// Of every document of a link, counted from the first, its row; none is `u32::MAX`.
    rows: Vec<u32>,
}

/// A query, read and looked up in the terms of one index.
#[derive(Debug, Clone)]
pub struct Query {
    parts: Vec<Part>,
    name: Option<u64>,
}

/// What is found.
#[derive(Debug, Clone)]
pub struct Answer {
    /// How many in each group, in the order of [`Group::ALL`].
    pub totals: [usize; Group::ALL.len()],
    /// The best of each group asked for, best first.
    pub hits: Vec<Hit>,
    /// The rows of the links that match the query, whatever the filter; all if nothing is asked.
    matching: Option<RowSet>,
}

/// One thing found.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Hit {
    /// What it is.
    pub group: Group,
    /// Its record number; a term's place among the edition's terms, a story's among [`Edition::story_ids`].
    pub record: u32,
    /// How well it matches; comparable within one query.
    pub score: f32,
    document: u32,
}

/// Which hits are wanted.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Wanted {
    /// Of one group alone, or the best of each.
    pub group: Option<Group>,
    /// How many are passed over first.
    pub skip: usize,
    /// How many at most, in each group.
    pub take: usize,
}

/// What one part of a query added to a score.
#[derive(Debug, Clone, PartialEq)]
pub struct Share {
    /// The part as it was typed.
    pub typed: String,
    /// How it was found.
    pub by: By,
    /// The terms that were looked up and are there, as they stand in the index.
    pub terms: Vec<String>,
    /// What it added.
    pub score: f32,
}

/// Why a hit has its score: the sum of the shares, times what is known beforehand, times what a whole name is worth.
#[derive(Debug, Clone, PartialEq)]
pub struct Explanation {
    /// Part by part.
    pub shares: Vec<Share>,
    /// 1 and more, by how many links or citations a record has.
    pub known: f32,
    /// More than 1 if the query is one of its names, whole.
    pub whole_name: f32,
}

/// What it is worth that the query is a name, whole.
const WHOLE_NAME: f32 = 2.0;

impl Search {
    /// Makes the index. Linear in all texts: `bench/search` has the time for 100,000 documents of a paragraph or two.
    pub fn new(edition: &Edition) -> Self {
        let (documents, lists) = documents::read(edition);
        let norms = score::norms(&lists);
        let (cited_starts, citing, rows) = (vec![0], Vec::new(), Vec::new());
        let mut search = Self { documents, lists, norms, cited_starts, citing, rows };
        search.read_citations(edition);
        search.read_rows(edition);
        search
    }

    /// How many documents it holds.
    pub fn len(&self) -> usize {
        self.lists.documents()
    }

    /// True if nothing can be found.
    pub fn is_empty(&self) -> bool {
        self.len() == 0
    }

    /// Bytes of memory that the lists take, about.
    pub fn size(&self) -> usize {
        self.lists.size()
    }

    /// Reads what somebody typed. Nothing that can be typed is an error.
    pub fn query(&self, text: &str) -> Query {
        let clauses = parse(text);
        let plain = clauses.iter().all(|c| c.field.is_none() && !c.excluded && !c.beginning);
        let name = (plain && !clauses.is_empty()).then(|| {
            let words: Vec<&str> = clauses.iter().map(|c| c.text.as_str()).collect();
            fingerprint(&words.join(" "))
        });
        Query { parts: plan::plan(&self.lists, &clauses), name }
    }

    /// What matches the query and passes the filter. The filter's own `q` is not looked at.
    ///
    /// A filter speaks of links. An item passes if a link that passes goes from it or to it, and if it is itself of a
    /// kind and on a list that the filter names; a source passes if such a link cites it; a story or a word never does.
    pub fn find(&self, edition: &Edition, query: &Query, filter: &Filter, wanted: Wanted) -> Answer {
        let filter = filter.without_key(FilterKey::Q);
        let matches = self.matches(query);
        let matching = (!query.parts.is_empty()).then(|| self.matching_rows(edition, &matches));
        let passing = if filter.is_empty() { None } else { Some(self.passing(edition, &filter)) };
        let passes = |doc: u32| passing.as_ref().is_none_or(|set| set.contains(doc as usize));
        let found: Vec<Match> = matches.into_iter().filter(|(doc, _)| passes(*doc)).collect();
        let mut answer = Answer { totals: [0; Group::ALL.len()], hits: Vec::new(), matching };
        for group in Group::ALL {
            let range = self.documents.of(group);
            let from = found.partition_point(|(doc, _)| *doc < range.start);
            let to = found.partition_point(|(doc, _)| *doc < range.end);
            answer.totals[group as usize] = to - from;
            if wanted.group.is_none_or(|one| one == group) {
                answer.hits.extend(self.best(&found[from..to], wanted).into_iter().map(|m| self.hit(m)));
            }
        }
        answer
    }

    /// How many links of what is found every choice of the filter would leave.
    pub fn counts(&self, edition: &Edition, answer: &Answer, filter: &Filter) -> Counts {
        edition.select_among(&filter.without_key(FilterKey::Q), answer.matching.clone()).1
    }

    /// Reads what somebody is typing: it is asked of names, and its last word may be only begun.
    pub fn typing(&self, text: &str) -> Query {
        let mut clauses = parse(text);
        if let Some(last) = clauses.last_mut() {
            last.beginning = !last.quoted;
        }
        clauses.iter_mut().for_each(|clause| clause.field = clause.field.or(Some(Field::Name)));
        let mut parts = plan::plan(&self.lists, &clauses);
        plan::suggest_pinyin(&self.lists, &mut parts);
        Query { parts, name: None }
    }

    /// The items and words whose names begin with what was typed so far, best first; none for nothing.
    pub fn suggest(&self, text: &str, most: usize) -> Vec<Hit> {
        let query = self.typing(text);
        if query.is_empty() {
            return Vec::new();
        }
        let found = self.matches(&query);
        let wanted = Wanted { group: None, skip: 0, take: most };
        let of = |group| self.documents.of(group);
        let shown =
            found.into_iter().filter(|(doc, _)| of(Group::Items).contains(doc) || of(Group::Terms).contains(doc));
        self.best(&shown.collect::<Vec<_>>(), wanted).into_iter().map(|m| self.hit(m)).collect()
    }

    /// Why a hit has its score.
    pub fn explain(&self, query: &Query, hit: Hit) -> Explanation {
        let (doc, cited) = (hit.document, |doc| self.cited_by(doc));
        let scorer = Scorer::new(&self.lists, &self.norms, &cited);
        let wanted = query.parts.iter().filter(|part| !part.clause.excluded);
        let shares = wanted.filter_map(|part| self.share(&scorer, part, doc)).collect();
        let known = 1.0 + self.documents.priors[doc as usize];
        Explanation { shares, known, whole_name: self.whole_name(query.name, doc) }
    }

    fn share(&self, scorer: &Scorer<'_>, part: &Part, doc: u32) -> Option<Share> {
        let mut leaves = Vec::new();
        plan::leaves(&part.node, &mut leaves);
        let score_of = |node: &Node| scorer.find(node, Some(&[(doc, 0.0)])).first().map(|(_, score)| *score);
        let score = score_of(&part.node)?;
        let best = leaves.into_iter().filter_map(|leaf| Some((score_of(leaf.node)?, leaf)));
        let (_, leaf) = best.max_by(|a, b| a.0.total_cmp(&b.0)).or_else(|| Some((0.0, plan::Leaf::of(&part.node)?)))?;
        let here = |term: &u32| self.lists.list(*term).binary_search_by_key(&doc, |p| p.doc).is_ok();
        let terms = leaf.terms.iter().filter(|term| here(term)).map(|term| plan::shown(self.lists.term(*term)));
        Some(Share { typed: part.clause.text.clone(), by: leaf.by, terms: terms.take(8).collect(), score })
    }

    /// The parts of a query that nothing is spelt as, with what was looked up instead.
    pub fn corrections(&self, query: &Query) -> Vec<(String, Vec<String>)> {
        let mut found = Vec::new();
        for part in &query.parts {
            let mut leaves = Vec::new();
            plan::leaves(&part.node, &mut leaves);
            let spelt = leaves.iter().filter(|leaf| leaf.by == By::Spelling).flat_map(|leaf| leaf.terms.iter());
            let terms: Vec<String> = spelt.map(|term| plan::shown(self.lists.term(*term))).collect();
            if !terms.is_empty() {
                found.push((part.clause.text.clone(), terms));
            }
        }
        found
    }

    /// A text cut into pieces, those that the query matched marked.
    pub fn marked(&self, query: &Query, text: &str) -> Snippet {
        mark::marked(&self.lists, &query.parts, text)
    }

    /// All documents that match, ascending, each with its final score.
    fn matches(&self, query: &Query) -> Vec<Match> {
        let cited = |doc| self.cited_by(doc);
        let scorer = Scorer::new(&self.lists, &self.norms, &cited);
        let wanted = query.parts.iter().filter(|part| !part.clause.excluded).map(|part| &part.node);
        let mut found = match query.parts.iter().any(|part| !part.clause.excluded) {
            true => scorer.all(wanted, None),
            false => (0..self.len() as u32).map(|doc| (doc, 1.0)).collect(),
        };
        for part in query.parts.iter().filter(|part| part.clause.excluded) {
            found = score::without(found, &scorer.find(&part.node, None));
        }
        for (doc, score) in &mut found {
            *score *= 1.0 + self.documents.priors[*doc as usize];
        }
        for (_, doc) in self.bearers(query.name) {
            if let Ok(at) = found.binary_search_by_key(doc, |found| found.0) {
                found[at].1 *= WHOLE_NAME;
            }
        }
        found
    }

    /// The documents that bear a name, each once.
    fn bearers(&self, name: Option<u64>) -> &[(u64, u32)] {
        let names = &self.documents.names;
        let Some(name) = name else { return &[] };
        let from = names.partition_point(|(other, _)| *other < name);
        &names[from..from + names[from..].partition_point(|(other, _)| *other == name)]
    }

    fn whole_name(&self, name: Option<u64>, doc: u32) -> f32 {
        let whole = self.bearers(name).iter().any(|(_, bearer)| *bearer == doc);
        if whole { WHOLE_NAME } else { 1.0 }
    }

    fn best(&self, found: &[Match], wanted: Wanted) -> Vec<Match> {
        let order = |a: &Match, b: &Match| b.1.total_cmp(&a.1).then(a.0.cmp(&b.0));
        let mut best = found.to_vec();
        let end = wanted.skip.saturating_add(wanted.take);
        if end < best.len() {
            best.select_nth_unstable_by(end, order);
            best.truncate(end);
        }
        best.sort_unstable_by(order);
        best.into_iter().skip(wanted.skip).collect()
    }

    fn hit(&self, (document, score): Match) -> Hit {
        let record = self.documents.records[document as usize];
        Hit { group: self.documents.group(document), record, score, document }
    }

    fn cited_by(&self, doc: u32) -> &[u32] {
        let first = self.documents.of(Group::Sources).start;
        let at = doc.checked_sub(first).map(|at| at as usize);
        match at.and_then(|at| self.cited_starts.get(at..at + 2)) {
            Some([from, to]) => &self.citing[*from as usize..*to as usize],
            _ => &[],
        }
    }

    /// Which documents cite each source; a source is among its own.
    fn read_citations(&mut self, edition: &Edition) {
        let at = |group: Group, count: usize| {
            let mut documents = vec![u32::MAX; count];
            self.documents.of(group).for_each(|doc| documents[self.documents.records[doc as usize] as usize] = doc);
            documents
        };
        let (items, links) = (at(Group::Items, edition.state.items.len()), at(Group::Links, edition.state.links.len()));
        for doc in self.documents.of(Group::Sources) {
            self.citing.push(doc);
            for (_, cites) in edition.joins.uses.of(self.documents.records[doc as usize]) {
                let citing = match cites {
                    Cites::Item(item) => items[*item as usize],
                    Cites::Link(link) => links[*link as usize],
                };
                self.citing.extend((citing != u32::MAX).then_some(citing));
            }
            self.cited_starts.push(self.citing.len() as u32);
        }
    }

    /// Which row every link is.
    fn read_rows(&mut self, edition: &Edition) {
        let mut rows = vec![u32::MAX; edition.state.links.len()];
        (0..).zip(&edition.rows.link).for_each(|(row, link)| rows[*link as usize] = row);
        let links = self.documents.of(Group::Links);
        self.rows = links.map(|doc| rows[self.documents.records[doc as usize] as usize]).collect();
    }

    /// The rows of the links that are found.
    fn matching_rows(&self, edition: &Edition, matches: &[Match]) -> RowSet {
        let links = self.documents.of(Group::Links);
        let from = matches.partition_point(|(doc, _)| *doc < links.start);
        let to = matches.partition_point(|(doc, _)| *doc < links.end);
        let rows = matches[from..to].iter().map(|(doc, _)| self.rows[(doc - links.start) as usize]);
        RowSet::of(edition.rows.len(), rows)
    }

    /// The documents that pass a filter: links, and items and sources by any link that passes, whether or not a query
    /// finds that link too.
    fn passing(&self, edition: &Edition, filter: &Filter) -> RowSet {
        let rows = &edition.rows;
        let mut passing = RowSet::new(self.len());
        let all = edition.passing(filter);
        for (doc, row) in self.documents.of(Group::Links).zip(&self.rows) {
            if all.contains(*row as usize) {
                passing.insert(doc as usize);
            }
        }
        let ends = all.iter().flat_map(|row| [rows.subject[row], rows.object[row]]);
        let items = RowSet::of(edition.state.items.len(), ends);
        for doc in self.documents.of(Group::Items) {
            let record = self.documents.records[doc as usize];
            if items.contains(record as usize) && edition.is_itself(filter, record) {
                passing.insert(doc as usize);
            }
        }
        let links = RowSet::of(edition.state.links.len(), all.iter().map(|row| rows.link[row]));
        for doc in self.documents.of(Group::Sources) {
            let uses = edition.joins.uses.of(self.documents.records[doc as usize]);
            let cites = |cites: &Cites| matches!(cites, Cites::Link(link) if links.contains(*link as usize));
            if uses.iter().any(|(_, used)| cites(used)) {
                passing.insert(doc as usize);
            }
        }
        passing
    }
}

impl Query {
    /// Whether nothing is asked.
    pub fn is_empty(&self) -> bool {
        self.parts.is_empty()
    }
}

/// The tokens of a name as one number, so that names are compared without their spelling.
pub(crate) fn fingerprint(name: &str) -> u64 {
    let mut hasher = DefaultHasher::new();
    tokens::tokens(name, 0, &mut |token| token.text.hash(&mut hasher));
    hasher.finish()
}

#[cfg(test)]
mod scanned;
#[cfg(test)]
mod tests;

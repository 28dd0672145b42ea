//! Checks across everything that an import says, before any of it counts.

use std::collections::{BTreeMap, BTreeSet};

use edition::State;
use model::{Date, Id, Problem, Statement, Value, Vocabulary};

use crate::diff::place;
use crate::facts::{Body, ClaimFacts, Facts, ItemFacts, LinkFacts, StoryFacts};
use crate::live;
use crate::nearest;
use crate::stories::{self, Records};
use crate::table::Spot;

/// Suggestions cost a walk over all ids, so only the first problems get one.
const MOST_SUGGESTIONS: usize = 50;

/// All findings on these datasets together with what is live.
pub(crate) fn check(
    all: &[Facts],
    state: &State,
    vocabulary: &Vocabulary,
    files: &[String],
    problems: &mut Vec<Problem>,
) {
    let known = Known::new(all, state);
    let mut check = Check { all, state, vocabulary, files, known, problems, suggestions: MOST_SUGGESTIONS };
    check.kinds_agree();
    for facts in all {
        facts.sources.iter().for_each(|s| check.sources(s.at, &s.source.relays));
        facts.items.iter().for_each(|i| check.item(i));
        facts.links.iter().for_each(|l| check.link(l));
        facts.stories.iter().for_each(|s| check.story(s));
    }
    check.shares();
}

/// Kinds and sources by id, from the import and from the ledger.
struct Known<'a> {
    kinds: BTreeMap<&'a Id, &'a Id>,
    sources: BTreeSet<&'a Id>,
}

impl<'a> Known<'a> {
    fn new(all: &'a [Facts], state: &'a State) -> Self {
        let live =
            state.items().iter().filter(|(_, i)| i.gone.is_none()).filter_map(|(_, i)| Some((&i.id, i.kind.as_ref()?)));
        let mut kinds: BTreeMap<&Id, &Id> = live.collect();
        let items = all.iter().flat_map(|f| &f.items);
        for (id, kind) in items.filter_map(|i| Some((&i.id, i.kind.as_ref()?))) {
            let refines = kinds.get(id).is_none_or(|known| known.as_str() != "cable");
            if refines {
                kinds.insert(id, kind);
            }
        }
        let live = state.sources().iter().filter(|(_, s)| s.source.is_some()).map(|(_, s)| &s.id);
        let sources = live.chain(all.iter().flat_map(|f| &f.sources).map(|s| &s.source.id)).collect();
        Self { kinds, sources }
    }
}

/// The records that a story may name: those of this import and those of the ledger.
struct Named<'a> {
    known: &'a Known<'a>,
    all: &'a [Facts],
    state: &'a State,
}

impl Records for Named<'_> {
    fn item(&self, id: &Id) -> bool {
        self.known.kinds.contains_key(id)
    }

    fn link(&self, id: &Id) -> bool {
        let live = self.state.links().get(id.as_str()).is_some_and(|l| l.gone.is_none() && l.link.is_some());
        live || self.all.iter().any(|facts| facts.find_link(id.as_str()).is_some())
    }

    fn source(&self, id: &Id) -> bool {
        self.known.sources.contains(id)
    }
}

struct Check<'a> {
    all: &'a [Facts],
    state: &'a State,
    vocabulary: &'a Vocabulary,
    files: &'a [String],
    known: Known<'a>,
    problems: &'a mut Vec<Problem>,
    suggestions: usize,
}

impl Check<'_> {
    fn error(&mut self, at: Spot, what: String, hint: String) {
        self.problems.push(Problem::error(place(self.files, at), what).hint(hint));
    }

    fn suggest(&mut self, id: &Id, sources: bool) -> String {
        if self.suggestions == 0 {
            return String::new();
        }
        self.suggestions -= 1;
        match sources {
            true => nearest::hint(id.as_str(), self.known.sources.iter().map(|s| s.as_str())),
            false => nearest::hint(id.as_str(), self.known.kinds.keys().map(|s| s.as_str())),
        }
    }

    /// The same id must not be a company here and a product there.
    fn kinds_agree(&mut self) {
        let mut first: BTreeMap<&Id, (&Id, Spot)> = BTreeMap::new();
        for item in self.all.iter().flat_map(|f| &f.items) {
            let Some(kind) = item.kind.as_ref() else { continue };
            let (known, at) = *first.entry(&item.id).or_insert((kind, item.at));
            let cable = [known, kind].iter().any(|k| k.as_str() == "cable")
                && [known, kind].iter().any(|k| k.as_str() == "facility");
            if known != kind && !cable {
                let what = format!("item `{}` is a {kind} here and a {known} at {}", item.id, place(self.files, at));
                self.error(item.at, what, "one id is one thing".into());
            } else if live::item_kind(self.state, &item.id)
                .is_some_and(|l| l != kind && kind.as_str() != "cable" && l.as_str() != "cable")
            {
                let live = live::item_kind(self.state, &item.id).map_or("", Id::as_str);
                let what = format!("item `{}` is a {kind} here and a {live} in the ledger", item.id);
                self.problems.push(Problem::warning(place(self.files, item.at), what));
            }
        }
    }

    fn sources(&mut self, at: Spot, ids: &[Id]) {
        for id in ids.iter().filter(|id| !self.known.sources.contains(id)).collect::<Vec<_>>() {
            let hint = self.suggest(id, true);
            self.error(at, format!("unknown source `{id}`"), hint);
        }
    }

    fn item(&mut self, item: &ItemFacts) {
        let kind = self.known.kinds.get(&item.id).copied();
        match kind {
            None => {
                let hint = self.suggest(&item.id, false);
                self.error(item.at, format!("unknown item `{}`", item.id), hint);
            }
            Some(kind) => self.properties(&item.body, kind),
        }
        self.body(&item.body);
    }

    fn properties(&mut self, body: &Body, kind: &Id) {
        for claim in &body.claims {
            let property = self.vocabulary.properties.get(claim.property.as_str());
            if property.is_some_and(|p| !p.kinds.is_empty() && !p.kinds.contains(kind)) {
                self.error(claim.at, format!("a {kind} has no `{}`", claim.property), String::new());
            }
        }
    }

    /// A name that looks like another is kept as it is and pointed out.
    fn name(&mut self, claim: &ClaimFacts) {
        let text =
            claim.statement.value().and_then(|v| if let Value::Text(text) = v { Some(text.text()) } else { None });
        let named = ["name", "alias"].contains(&claim.property.as_str());
        if let Some(hidden) = text.filter(|_| named).and_then(names::hidden_character) {
            let what = format!("the name holds the invisible character U+{:04X}", u32::from(hidden));
            self.problems.push(
                Problem::warning(place(self.files, claim.at), what)
                    .hint("it may have been made to look like another name"),
            );
        }
    }

    fn body(&mut self, body: &Body) {
        for claim in &body.claims {
            self.name(claim);
            if let Some(Value::Item(id)) = claim.statement.value()
                && !self.known.kinds.contains_key(id)
            {
                let hint = self.suggest(id, false);
                self.error(claim.at, format!("unknown item `{id}`"), hint);
            }
        }
        for evidence in &body.evidence {
            self.sources(body.evidence_at, std::slice::from_ref(&evidence.source));
        }
    }

    fn link(&mut self, facts: &LinkFacts) {
        let link = &facts.link;
        let allowed = self.vocabulary.link_types.get(link.link_type.as_str());
        for (at, end, id, kinds) in [
            (facts.ends[0], "from", &link.subject, allowed.map(|t| &t.subjects)),
            (facts.ends[1], "to", &link.object, allowed.map(|t| &t.objects)),
        ] {
            match (self.known.kinds.get(id).copied(), kinds) {
                (None, _) => {
                    let hint = self.suggest(id, false);
                    self.error(at, format!("unknown item `{id}`"), hint);
                }
                (Some(kind), Some(kinds)) if !kinds.contains(kind) => {
                    let list = kinds.iter().map(Id::as_str).collect::<Vec<_>>().join(", ");
                    let what = format!("`{}` can't go {end} `{id}`, which is a {kind}", link.link_type);
                    self.error(at, what, format!("it goes {end} {list}"));
                }
                _ => {}
            }
        }
        if link.subject == link.object {
            self.error(facts.at, format!("`{}` is linked to itself", link.subject), String::new());
        }
        self.body(&facts.body);
        self.dates(&facts.body);
        self.concerns(&facts.body);
    }

    /// What a reply was asked for on is there.
    fn concerns(&mut self, body: &Body) {
        let named = Named { known: &self.known, all: self.all, state: self.state };
        let is_known = |text: &str| Id::parse(text).is_some_and(|id| named.item(&id) || named.link(&id));
        let records = body.claims.iter().filter(|claim| claim.property.as_str() == "concerns");
        let unknown: Vec<(Spot, String)> = records
            .filter_map(|claim| match claim.statement.value() {
                Some(Value::Text(text)) if !is_known(text.text()) => Some((claim.at, text.text().to_owned())),
                _ => None,
            })
            .collect();
        for (at, record) in unknown {
            self.error(at, format!("unknown record `{record}`"), "name an item or a link by its id".into());
        }
    }

    fn story(&mut self, facts: &StoryFacts) {
        let named = Named { known: &self.known, all: self.all, state: self.state };
        for (line, what) in stories::faults(&facts.story, &named, self.vocabulary) {
            let at = Spot { line: facts.at.line + line - 1, ..facts.at };
            self.error(at, what, String::new());
        }
    }

    fn dates(&mut self, body: &Body) {
        let date = |property: &str| {
            body.claims.iter().filter(|c| c.property.as_str() == property).find_map(|c| match &c.statement {
                Statement::Is(Value::Date(date)) => Some((date.clone(), c.at)),
                _ => None,
            })
        };
        if let (Some((start, _)), Some((end, at))) = (date("start"), date("end"))
            && ends_before(&start, &end)
        {
            self.error(
                at,
                format!("it ends (`{end}`) before it starts (`{start}`)"),
                "the two dates may have changed places".into(),
            );
        }
    }

    /// Shares of one thing that add up to more than the whole are worth a look.
    fn shares(&mut self) {
        let mut sums: BTreeMap<&Id, (f64, Spot)> = BTreeMap::new();
        for link in self
            .all
            .iter()
            .flat_map(|f| &f.links)
            .filter(|l| l.link.link_type.as_str() == "owns" && !has(&l.body, "end"))
        {
            let share = link.body.claims.iter().find_map(|c| match c.statement.value() {
                Some(Value::Share(share)) => Some((share.least.to_f64(), c.at)),
                _ => None,
            });
            let Some((share, at)) = share else { continue };
            let sum = sums.entry(&link.link.object).or_insert((0.0, at));
            *sum = (sum.0 + share, at);
        }
        for (object, (sum, at)) in sums.into_iter().filter(|(_, (sum, _))| *sum > 100.5) {
            let what = format!("the shares of `{object}` without an end date add up to {sum} per cent");
            self.problems.push(
                Problem::warning(place(self.files, at), what).hint("shares of different years may both be right"),
            );
        }
    }
}

fn has(body: &Body, property: &str) -> bool {
    body.claims.iter().any(|c| c.property.as_str() == property)
}

/// Whether the last day of `end` lies before the first day of `start`.
fn ends_before(start: &Date, end: &Date) -> bool {
    matches!((start.earliest_day(), end.latest_day()), (Some(first), Some(last)) if last < first)
}

#[cfg(test)]
mod tests;

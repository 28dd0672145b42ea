//! Finds the item that a list or an export means by a name: by identifiers and equal names, never by likeness.
//!
//! What the dataset itself said in an earlier import must not change what its rows mean now, or a
//! second import would differ from the first. So its own words count only as the names of the items
//! it brought; the words of all other datasets count as names and aliases.

use std::collections::{BTreeSet, HashMap, HashSet};

use edition::{ClaimRecord, State};
use model::{CountryCode, Id, Identifier, Value};
use names::organisation_key;

use crate::live;

/// Names and identifiers of the items there are.
pub(crate) struct Matcher<'s> {
    state: &'s State,
    own: Option<u16>,
    /// Names of items that this dataset brought, in this import or an earlier one.
    own_names: HashMap<String, BTreeSet<Id>>,
    names: HashMap<String, BTreeSet<Id>>,
    aliases: HashMap<String, BTreeSet<Id>>,
    identifiers: HashMap<Identifier, BTreeSet<Id>>,
    /// Ids given in this import.
    given: HashSet<Id>,
}

/// What a row tells of the organisation it means.
#[derive(Debug, Default)]
pub(crate) struct Description<'r> {
    pub identifiers: Vec<Identifier>,
    /// The name and its equals, such as the name without a bracketed abbreviation.
    pub names: Vec<&'r str>,
    pub aliases: Vec<&'r str>,
    pub country: Option<CountryCode>,
}

impl<'s> Matcher<'s> {
    /// Reads what is live of these kinds, as this dataset may use it.
    pub fn new(state: &'s State, dataset: &str, kinds: &[Id]) -> Self {
        let mut matcher = Self {
            state,
            own: live::dataset_number(state, dataset),
            own_names: HashMap::new(),
            names: HashMap::new(),
            aliases: HashMap::new(),
            identifiers: HashMap::new(),
            given: HashSet::new(),
        };
        let properties = ["name", "alias", "identifier"].map(|p| state.property_number(p));
        for (_, item) in
            state.items().iter().filter(|(_, i)| i.gone.is_none() && i.kind.as_ref().is_some_and(|k| kinds.contains(k)))
        {
            let own_item = Some(item.dataset) == matcher.own;
            for claim in item.body.claims.iter().filter(|c| c.gone.is_none()) {
                let Some(property) = properties.iter().position(|p| *p == Some(claim.property)) else { continue };
                let others = item.body.evidence_of(claim).any(|e| Some(e.dataset) != matcher.own);
                matcher.learn(&item.id, claim, property, own_item, others);
            }
        }
        matcher
    }

    fn learn(&mut self, item: &Id, claim: &ClaimRecord, property: usize, own_item: bool, others: bool) {
        let into = match (property, own_item) {
            (0, true) => &mut self.own_names,
            (0, false) if others => &mut self.names,
            (1, false) if others => &mut self.aliases,
            (2, _) => {
                if let Some(Value::Identifier(identifier)) = claim.statement.value() {
                    self.identifiers.entry(identifier.clone()).or_default().insert(item.clone());
                }
                return;
            }
            _ => return,
        };
        if let Some(Value::Text(text)) = claim.statement.value() {
            into.entry(organisation_key(text.text())).or_default().insert(item.clone());
        }
    }

    /// The one item that is meant, if exactly one can be.
    pub fn find(&self, meant: &Description<'_>) -> Option<Id> {
        let identified = meant.identifiers.iter().filter_map(|i| single(self.identifiers.get(i)));
        let first = identified.into_iter().next();
        first.or_else(|| self.by_name(meant)).or_else(|| self.by_alias(meant))
    }

    fn by_name(&self, meant: &Description<'_>) -> Option<Id> {
        let keys: Vec<String> = meant.names.iter().map(|n| organisation_key(n)).filter(|k| !k.is_empty()).collect();
        let own = keys.iter().find_map(|k| single(self.own_names.get(k)));
        let named = || keys.iter().find_map(|k| single(self.names.get(k)));
        let also_named =
            || keys.iter().find_map(|k| single(self.aliases.get(k)).filter(|id| self.plausible(k, id, meant.country)));
        own.or_else(named).or_else(also_named)
    }

    /// Only if all aliases of the row that are known point to one item.
    fn by_alias(&self, meant: &Description<'_>) -> Option<Id> {
        let mut found = BTreeSet::new();
        for key in meant.aliases.iter().map(|a| organisation_key(a)).filter(|k| !is_short(k)) {
            let known = [self.names.get(&key), self.aliases.get(&key)];
            let ids = known.into_iter().flatten().flatten();
            found.extend(ids.filter(|id| self.same_country(id, meant.country) != Some(false)).cloned());
        }
        single(Some(&found))
    }

    /// A short abbreviation that is all of a row's name counts only within one country.
    fn plausible(&self, key: &str, id: &Id, country: Option<CountryCode>) -> bool {
        !is_short(key) || self.same_country(id, country) == Some(true)
    }

    fn same_country(&self, id: &Id, country: Option<CountryCode>) -> Option<bool> {
        let (country, property) = (country?, self.state.property_number("country")?);
        let item = self.state.items().get(id.as_str())?;
        let known: Vec<CountryCode> = item
            .body
            .live(property)
            .filter_map(|c| match c.statement.value() {
                Some(Value::Country(code)) => Some(*code),
                _ => None,
            })
            .collect();
        (!known.is_empty()).then(|| known.contains(&country))
    }

    /// An id for a new item of this name, which further rows with the same name will find.
    pub fn give(&mut self, name: &str, identifiers: &[Identifier]) -> Id {
        let wanted = Id::slug(name).unwrap_or_else(|| crate::hash::id("named", name));
        let mut candidates =
            (1..).map(|n| if n == 1 { Some(wanted.clone()) } else { Id::parse(&format!("{wanted}-{n}")) });
        let free = |id: &Id| self.state.items().get(id.as_str()).is_none() && !self.given.contains(id);
        let id = candidates.by_ref().flatten().find(free).expect("invariant: there are more numbers than items");
        self.given.insert(id.clone());
        self.own_names.entry(organisation_key(name)).or_default().insert(id.clone());
        for identifier in identifiers {
            self.identifiers.entry(identifier.clone()).or_default().insert(id.clone());
        }
        id
    }

    /// Whether this dataset brought the item, in this import or an earlier one.
    pub fn brought(&self, id: &Id) -> bool {
        let live = self.state.items().get(id.as_str()).filter(|i| i.kind.is_some());
        live.map_or_else(|| self.given.contains(id), |i| Some(i.dataset) == self.own)
    }

    /// Whether any item has this name.
    pub fn knows(&self, name: &str) -> bool {
        let key = organisation_key(name);
        [&self.own_names, &self.names, &self.aliases].iter().any(|known| known.contains_key(&key))
    }

    /// The property under which a dataset states a name of an item: its name where it brought the
    /// item or that very name stands there, otherwise another name.
    pub fn property_of(&self, id: &Id, name: &str) -> &'static str {
        let Some((item, property)) = self.state.items().get(id.as_str()).zip(self.state.property_number("name")) else {
            return if self.own_names.get(&organisation_key(name)).is_some_and(|ids| ids.contains(id)) {
                "name"
            } else {
                "alias"
            };
        };
        let stands = |c: &ClaimRecord| matches!(c.statement.value(), Some(Value::Text(text)) if text.text() == name);
        if item.body.live(property).any(stands) { "name" } else { "alias" }
    }
}

/// An abbreviation stands for many things: `bgi` for a genomics group and a graphene institute.
fn is_short(key: &str) -> bool {
    key.len() <= 5 && key.is_ascii()
}

fn single(ids: Option<&BTreeSet<Id>>) -> Option<Id> {
    ids.filter(|ids| ids.len() == 1).and_then(|ids| ids.first().cloned())
}

/// Live links of a type by their ends: the dataset's own one, or the least id of several.
pub(crate) fn links_between(state: &State, link_type: &str, dataset: &str) -> HashMap<(Id, Id), Id> {
    let own = live::dataset_number(state, dataset);
    let mut links: Vec<_> = state.links().iter().map(|(_, l)| l).filter(|l| l.gone.is_none()).collect();
    links.sort_by_key(|l| (Some(l.dataset) != own, &l.id));
    let mut found = HashMap::new();
    for link in links.into_iter().filter_map(|l| l.link.as_ref()).filter(|l| l.link_type.as_str() == link_type) {
        found.entry((link.subject.clone(), link.object.clone())).or_insert_with(|| link.id.clone());
    }
    found
}

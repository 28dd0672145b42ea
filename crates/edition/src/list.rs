//! The dictionaries of an edition: what the indices in its rows mean, control lists included.

use model::{Terms, Vocabulary, Words};

use crate::columns::{Choice, Country, Dictionaries};
use crate::name;
use crate::state::State;

/// The most lists that rows have room for.
const MOST_LISTS: usize = 64;

/// Record numbers of the items of kind `list`, by id; those beyond the 64th are not filtered by.
pub(crate) fn lists(state: &State, vocabulary: &Vocabulary) -> Vec<u32> {
    let list = vocabulary.kinds.get("list").map(|k| k.id.clone());
    let live = state.items.iter().filter(|(_, item)| item.gone.is_none() && item.kind.is_some() && item.kind == list);
    let mut found: Vec<_> = live.map(|(n, item)| (&item.id, n)).collect();
    found.sort_unstable();
    found.into_iter().map(|(_, n)| n).take(MOST_LISTS).collect()
}

/// Labels, icons and colours for every index.
pub(crate) fn dictionaries(state: &State, v: &Vocabulary, lists: &[u32]) -> Dictionaries {
    Dictionaries {
        item_kind: choices(&v.kinds, |k| choice(k.id.as_str(), &k.label, &k.icon, &k.colour, "")),
        link: choices(&v.link_types, |t| choice(t.id.as_str(), &t.label, &t.icon, "", "")),
        category: choices(&v.categories, |c| choice(c.id.as_str(), &c.label, &c.icon, &c.colour, c.group.as_str())),
        topic: choices(&v.topics, |t| choice(t.id.as_str(), &t.label, "", "", "")),
        list: lists.iter().map(|n| list(state, *n)).collect(),
        status: set(v, "status"),
        confidence: set(v, "confidence"),
        precision: set(v, "precision"),
        country: v.countries.iter().map(country).collect(),
    }
}

fn choices<T>(terms: &Terms<T>, choice: impl Fn(&T) -> Choice) -> Vec<Choice> {
    terms.all().iter().map(choice).collect()
}

fn set(v: &Vocabulary, set: &str) -> Vec<Choice> {
    let optional = |text: &Option<String>| text.clone().unwrap_or_default();
    let one = |c: &model::Choice| choice(c.id.as_str(), &c.label, &optional(&c.icon), &optional(&c.colour), "");
    v.set(set).iter().map(one).collect()
}

fn choice(id: &str, label: &Words, icon: &str, colour: &str, group: &str) -> Choice {
    Choice {
        id: id.into(),
        en: label.get("en").into(),
        zh: label.get("zh-Hans").into(),
        icon: icon.into(),
        colour: colour.into(),
        group: group.into(),
    }
}

fn list(state: &State, number: u32) -> Choice {
    let (en, zh) = name::names(state, number);
    let zh = zh.unwrap_or_default();
    Choice { id: state.items.at(number).id.as_str().into(), en: en.into(), zh: zh.into(), ..Choice::default() }
}

fn country(c: &model::Country) -> Country {
    let (lat, lon) = c.badge.unwrap_or_default();
    Country { id: c.code.as_str().into(), en: c.english.clone(), zh: c.simplified.clone(), lon, lat }
}

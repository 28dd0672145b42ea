//! An item that a reader names in a form: by id, by name, or by something like its name, with suggestions where
//! it is not clear which is meant.

use maud::{Markup, html};

use crate::ask::Ask;
use crate::reply::Failure;
use crate::view::Maker;

/// What a field of a form holds, understood.
#[derive(Debug, Clone, Default)]
pub(crate) struct Picked {
    /// What was written.
    pub text: String,
    /// The item's record number, where it is clear which is meant.
    pub item: Option<u32>,
    /// Items that may be meant, the likeliest first.
    pub suggestions: Vec<u32>,
}

/// Longer texts name nothing.
const LONGEST: usize = 300;

/// So many suggestions are made.
const MOST: usize = 8;

/// Reads the field `key` of the query. A data face takes ids alone: it must not guess.
pub(crate) fn picked(ask: &Ask<'_>, key: &'static str) -> Result<Picked, Failure> {
    let given = ask.query.iter().find(|(name, value)| name == key && !value.trim().is_empty());
    let Some((_, text)) = given else { return Ok(Picked::default()) };
    let picked = understood(ask, text);
    if ask.face.is_data() && picked.item.is_none_or(|item| ask.edition().item_at(item).id() != text) {
        return Err(Failure::Parameter(key, suggested_ids(ask, &picked)));
    }
    Ok(picked)
}

/// Which item a text means.
pub(crate) fn understood(ask: &Ask<'_>, text: &str) -> Picked {
    let text = text.trim();
    let found = ask.edition().item(text).live().map(|item| item.number());
    if found.is_some() || text.len() > LONGEST {
        return Picked { text: text.chars().take(LONGEST).collect(), item: found, suggestions: Vec::new() };
    }
    let known = ask.edition().known();
    let exact = known.exact(text);
    if let [item] = exact {
        return Picked { text: text.into(), item: Some(*item), suggestions: Vec::new() };
    }
    let mut asker = known.asker();
    let name = asker.read(text);
    let mut suggestions = exact.to_vec();
    let likely = asker.likely(&name, MOST / 2).into_iter().map(|likely| likely.item);
    for item in likely.chain(known.beginning(text, MOST)) {
        if suggestions.len() < MOST && !suggestions.contains(&item) {
            suggestions.push(item);
        }
    }
    Picked { text: text.into(), item: None, suggestions }
}

fn suggested_ids(ask: &Ask<'_>, picked: &Picked) -> String {
    let ids = picked.item.iter().chain(&picked.suggestions).map(|item| ask.edition().item_at(*item).id());
    ids.collect::<Vec<_>>().join(" ")
}

impl Picked {
    /// The id of the item, or what was written.
    pub fn id(&self, ask: &Ask<'_>) -> Option<String> {
        let id = self.item.map(|item| ask.edition().item_at(item).id().to_owned());
        id.or_else(|| Some(self.text.clone()).filter(|text| !text.is_empty()))
    }

    /// The field of a form: what was written, and if that is not clear, links to the same page with each of the items
    /// that may be meant.
    pub fn field(&self, ask: &Ask<'_>, key: &str, label: &str) -> Markup {
        self.nth_field(ask, key, 0, label)
    }

    /// The same for one of several fields with the same key.
    pub fn nth_field(&self, ask: &Ask<'_>, key: &str, n: usize, label: &str) -> Markup {
        let (field, note) = (format!("field-{key}-{n}"), format!("note-{key}-{n}"));
        let unclear = self.item.is_none() && !self.text.is_empty();
        html! {
            div.end {
                label for=(field) { (label) }
                input id=(field) type="search" name=(key) value=(self.shown(ask)) maxlength=(LONGEST) autocomplete="off"
                    data-suggest=(ask.lang.t("search-suggestions")) data-suggest-item
                    aria-describedby=[unclear.then_some(&note)];
                @if unclear { div.picked-note id=(note) { (self.suggestions(ask, key)) } }
            }
        }
    }

    fn suggestions(&self, ask: &Ask<'_>, key: &str) -> Markup {
        let maker = Maker::of(ask);
        html! {
            @if self.suggestions.is_empty() { p { (ask.lang.t("picked-nothing")) } }
            @else {
                p { (ask.lang.t("picked-which")) }
                ul {
                    @for item in self.suggestions.iter().map(|item| maker.item_ref(ask.edition().item_at(*item))) {
                        li {
                            a href=(with(ask, key, &self.text, &item.id)) { bdi { (item.name) } } " "
                            span.soft { (maker.kind(&item.kind).label) }
                        }
                    }
                }
            }
        }
    }

    /// The item's name where it leads back to it, else its id.
    fn shown(&self, ask: &Ask<'_>) -> String {
        let Some(number) = self.item else { return self.text.clone() };
        let item = ask.edition().item_at(number);
        let name = item.name(ask.lang.tag());
        let clear = *ask.edition().known().exact(name) == [number];
        if clear { name } else { item.id() }.to_owned()
    }
}

/// This page with one value of a key replaced.
fn with(ask: &Ask<'_>, key: &str, old: &str, new: &str) -> String {
    let swap = |(k, value): &(String, String)| {
        let value = if k == key && value.trim() == old { new.to_owned() } else { value.clone() };
        (k.clone(), value)
    };
    let pairs: Vec<(String, String)> = ask.query.iter().filter(|(_, v)| !v.is_empty()).map(swap).collect();
    format!("{}?{}", crate::page::here(ask), crate::url::query(pairs))
}

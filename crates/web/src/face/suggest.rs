//! Names that begin like what was typed so far: for the search box, and for programs.

use edition::search::Group;
use model::FilterProblem;
use serde::Serialize;
use ui::Lang;

use crate::ask::Ask;
use crate::reply::{Failure, Reply};
use crate::url::Urls;
use crate::view::Maker;

/// So many suggestions are given.
const MOST: usize = 8;

#[derive(Serialize)]
struct Suggestions {
    query: String,
    suggestions: Vec<Suggestion>,
}

#[derive(Serialize)]
struct Suggestion {
    /// `items` or `terms`.
    group: &'static str,
    id: String,
    name: String,
    /// The name that begins so, where it is another one.
    #[serde(skip_serializing_if = "String::is_empty")]
    also: String,
    /// What kind of item or word it is, in the language asked for.
    kind: String,
    url: String,
}

pub(crate) fn suggest(ask: &Ask<'_>) -> Result<Reply, Failure> {
    let (mut text, mut lang) = (String::new(), Lang::En);
    for (key, value) in &ask.query {
        match key.as_str() {
            "q" => text = value.chars().take(100).collect(),
            "lang" => lang = language(value)?,
            _ => return Err(Failure::Filter(vec![FilterProblem::UnknownKey { key: key.clone() }])),
        }
    }
    Ok(Reply::json(&Suggestions { suggestions: suggestions(ask, lang, &text)?, query: text }))
}

fn language(tag: &str) -> Result<Lang, Failure> {
    let known = Lang::ALL.into_iter().find(|lang| lang.tag() == tag);
    known.ok_or_else(|| Failure::Parameter("lang", Lang::ALL.map(Lang::tag).join(" ")))
}

fn suggestions(ask: &Ask<'_>, lang: Lang, text: &str) -> Result<Vec<Suggestion>, Failure> {
    let search = ask.live.search()?;
    let (maker, urls, query) = (Maker { lang, ..Maker::of(ask) }, Urls { lang }, search.typing(text));
    let mut shown = Vec::new();
    for hit in search.suggest(text, MOST) {
        let found = |name: &&str| search.marked(&query, name).is_marked();
        if hit.group == Group::Items {
            let item = ask.edition().item_at(hit.record);
            let name = item.name(lang.tag());
            let also = if found(&name) { None } else { item.names().into_iter().find(found) };
            shown.push(Suggestion {
                group: hit.group.word(),
                id: item.id().to_owned(),
                name: name.to_owned(),
                also: also.unwrap_or_default().to_owned(),
                kind: maker.kind(item.kind()).label,
                url: urls.item(item.id()),
            });
        } else if let Some(term) = ask.edition().terms().nth(hit.record as usize) {
            let own = |text: &&model::LangText| text.lang().split('-').next() == lang.tag().split('-').next();
            let name = term.names.iter().find(own).or(term.names.first()).map_or("", model::LangText::text);
            shown.push(Suggestion {
                group: hit.group.word(),
                id: term.id.to_string(),
                name: name.to_owned(),
                also: String::new(),
                kind: maker.choice("glossary-category", term.category.as_str()).label,
                url: format!("{}#{}", urls.glossary(), term.id),
            });
        }
    }
    Ok(shown)
}

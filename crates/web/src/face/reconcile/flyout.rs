//! A few words about what is suggested, for clients that show them beside the list while somebody chooses.

use maud::{Markup, html};
use serde_json::json;

use crate::ask::Ask;
use crate::page::live;
use crate::reply::{Failure, Reply};
use crate::view::Maker;

use super::suggest;

/// About an item.
pub(crate) fn entity(ask: &Ask<'_>) -> Result<Reply, Failure> {
    let item = live(ask, ask.edition().item(id(ask)))?;
    let maker = Maker::of(ask);
    let names = item.names();
    let described = item.values("description").find_map(|value| match value {
        model::Value::Text(text) => Some(text.text()),
        _ => None,
    });
    Ok(shown(
        item.id(),
        &html! {
            p { strong { bdi { (item.name(ask.lang.tag())) } } }
            p { (maker.kind(item.kind()).label) }
            p { @for name in names.iter().filter(|name| **name != item.name(ask.lang.tag())).take(4) { bdi { (name) } " " } }
            @if let Some(text) = described { p { (text.chars().take(300).collect::<String>()) } }
        },
    ))
}

/// About a property.
pub(crate) fn property(ask: &Ask<'_>) -> Result<Reply, Failure> {
    let found = suggest::all(ask).into_iter().find(|(known, ..)| known == id(ask)).ok_or(Failure::Missing)?;
    Ok(defined(&found.0, &found.1, &found.2))
}

/// About a kind of item.
pub(crate) fn kind(ask: &Ask<'_>) -> Result<Reply, Failure> {
    let kind = ask.edition().vocabulary().kinds.get(id(ask)).ok_or(Failure::Missing)?;
    let tag = ask.lang.tag();
    Ok(defined(kind.id.as_str(), kind.label.get(tag), kind.definition.get(tag)))
}

fn id<'a>(ask: &'a Ask<'_>) -> &'a str {
    ask.query.iter().find(|(key, _)| key == "id").map_or("", |(_, value)| value)
}

fn defined(id: &str, name: &str, definition: &str) -> Reply {
    shown(id, &html! { p { strong { (name) } } p { (definition) } })
}

fn shown(id: &str, html: &Markup) -> Reply {
    Reply::json(&json!({ "id": id, "html": html.0 }))
}

//! Which of an item's names stands for it in a language.

use model::{LangText, Value};

use crate::fields::Fields;
use crate::state::State;

/// An item's name for readers of English, and its name in Chinese where it has one. The id where it has no name.
pub(crate) fn names(state: &State, number: u32) -> (&str, Option<&str>) {
    let item = state.items.at(number);
    let fields = Fields::new(state);
    let mut texts = fields.values(&item.body, "name").filter_map(text).peekable();
    let all: Vec<&LangText> = texts.by_ref().collect();
    let chinese = all.iter().find(|t| is_chinese(t.lang())).map(|t| t.text());
    let other = all.iter().find(|t| !is_chinese(t.lang())).map(|t| t.text());
    (other.or(chinese).unwrap_or(item.id.as_str()), chinese)
}

fn is_chinese(lang: &str) -> bool {
    lang == "zh" || lang.starts_with("zh-")
}

fn text(value: &Value) -> Option<&LangText> {
    match value {
        Value::Text(text) => Some(text),
        _ => None,
    }
}

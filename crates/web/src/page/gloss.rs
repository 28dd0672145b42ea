//! Words of the glossary where they stand in a text: each leads to its entry and tells its meaning on focus, without script.

use maud::{Markup, html};
use ui::Lang;

use crate::ask::Ask;

/// The glossary as texts need it: every spelling with the entry it belongs to, the longest first.
pub(crate) struct Gloss<'e> {
    lang: Lang,
    spellings: Vec<Spelling<'e>>,
}

struct Spelling<'e> {
    text: String,
    id: &'e str,
    definition: &'e model::LangText,
}

/// Terms that name a sort of data rather than a thing; they stand in every other sentence.
const TOO_COMMON: &str = "dataset-category";

/// Terms that are ordinary words: they are meant in small letters too.
const ORDINARY: &str = "technique";

impl<'e> Gloss<'e> {
    /// The glossary of an edition in the language of the page.
    pub fn of(ask: &Ask<'e>) -> Self {
        let lang = ask.lang;
        let mut spellings: Vec<Spelling<'e>> = ask
            .edition()
            .terms()
            .filter(|term| term.category.as_str() != TOO_COMMON)
            .flat_map(|term| spell(term, lang))
            .collect();
        spellings.sort_by(|a, b| b.text.len().cmp(&a.text.len()).then_with(|| a.text.cmp(&b.text)));
        Self { lang, spellings }
    }

    /// The text with each term marked where it first stands. `context` keeps ids of one page apart.
    pub fn marked(&self, text: &str, lang: &str, context: &str) -> Markup {
        if !lang.is_empty() && !same(lang, self.lang) {
            return html! { (text) };
        }
        let mut found: Vec<(usize, &Spelling<'_>)> = Vec::new();
        for spelling in &self.spellings {
            let taken = |at: usize| {
                found.iter().any(|(from, other)| at < from + other.text.len() && *from < at + spelling.text.len())
            };
            let known = found.iter().any(|(_, other)| other.id == spelling.id);
            if let Some(at) = first(text, &spelling.text).filter(|at| !known && !taken(*at)) {
                found.push((at, spelling));
            }
        }
        found.sort_by_key(|(at, _)| *at);
        let mut from = 0;
        let mut pieces = Vec::new();
        for (at, spelling) in found {
            let end = at + spelling.text.len();
            pieces.push((&text[from..at], &text[at..end], spelling));
            from = end;
        }
        html! {
            @for (before, word, spelling) in &pieces { (before) (self.term(word, spelling, context)) }
            (&text[from..])
        }
    }

    fn term(&self, word: &str, spelling: &Spelling<'_>, context: &str) -> Markup {
        let tip = format!("tip-{context}-{}", spelling.id);
        let address = format!("{}/glossary#{}", self.lang.prefix(), spelling.id);
        let definition = spelling.definition;
        html! {
            span.term {
                a href=(address) aria-describedby=(tip) { (word) }
                span.tip #(tip) role="tooltip" lang=[(!definition.lang().is_empty()).then_some(definition.lang())] { (definition.text()) }
            }
        }
    }
}

/// The ways in which a term is written: "Platform (IJOP)" is also "IJOP", "A / B" is either, a technique begins small.
fn spell<'e>(term: &'e model::GlossaryTerm, lang: Lang) -> Vec<Spelling<'e>> {
    let prefers = |text: &&model::LangText| same(text.lang(), lang);
    let (Some(name), Some(definition)) =
        (term.names.iter().find(prefers), term.definitions.iter().find(prefers).or(term.definitions.first()))
    else {
        return Vec::new();
    };
    let mut texts: Vec<String> = Vec::new();
    for part in name.text().split(" / ") {
        let (long, short) = part.split_once(" (").unwrap_or((part, ""));
        texts.extend([long.to_owned(), short.trim_end_matches(')').to_owned()]);
        if term.category.as_str() == ORDINARY {
            texts.push(small(long));
        }
    }
    texts.retain(|text| text.chars().count() > 1);
    texts.into_iter().map(|text| Spelling { text, id: term.id.as_str(), definition }).collect()
}

fn small(text: &str) -> String {
    let mut letters = text.chars();
    letters.next().map(|first| first.to_lowercase().chain(letters).collect()).unwrap_or_default()
}

/// Where a spelling first stands as a word of its own; Han is written without spaces and needs none.
fn first(text: &str, spelling: &str) -> Option<usize> {
    let alone = |at: &usize| {
        let before = text[..*at].chars().next_back();
        let after = text[at + spelling.len()..].chars().next();
        let joins = |c: Option<char>| c.is_some_and(|c| c.is_ascii_alphanumeric());
        !spelling.is_ascii() || (!joins(before) && !joins(after))
    };
    text.match_indices(spelling).map(|(at, _)| at).find(alone)
}

fn same(tag: &str, lang: Lang) -> bool {
    tag.split('-').next() == lang.tag().split('-').next()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_word_is_found_only_where_it_stands_alone() {
        assert_eq!(first("The BRI and BeiDou.", "BRI"), Some(4));
        assert_eq!(first("BRIDGE, then BRI", "BRI"), Some(13));
        assert_eq!(first("由公安局使用", "公安局"), Some(3));
        assert_eq!(first("nothing", "BRI"), None);
    }

    #[test]
    fn a_term_is_spelt_in_all_its_ways() {
        let text = |text: &str| model::LangText::new(text, "en").expect("a tag");
        let id = |text: &str| model::Id::parse(text).expect(text);
        let spelt = |name: &str, category: &str| {
            let term = model::GlossaryTerm {
                id: id("x"),
                names: vec![text(name)],
                definitions: vec![text("What it is.")],
                category: id(category),
            };
            spell(&term, Lang::En).into_iter().map(|s| s.text).collect::<Vec<_>>()
        };
        assert_eq!(spelt("Platform (IJOP)", "system"), ["Platform", "IJOP"]);
        assert_eq!(spelt("BXAQ / Fengcai", "system"), ["BXAQ", "Fengcai"]);
        assert_eq!(spelt("Facial recognition", "technique"), ["Facial recognition", "facial recognition"]);
    }
}

//! Reads what somebody typed: words, "phrases", -exclusions, field:values and beginnings*.
//!
//! Nothing that can be typed is an error: what has no special meaning is text to look for.

/// What a part of a query is asked of.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Field {
    /// Names of items, titles of sources, words of the glossary.
    Name,
    /// Running text.
    Text,
    /// Places and countries.
    Place,
    /// The sources that a record cites: their titles, publishers and ids.
    Source,
    /// Who published a source.
    Publisher,
    /// Ids.
    Id,
}

/// Every field with the words that stand for it in front of a colon.
pub const FIELDS: [(Field, &[&str]); 6] = [
    (Field::Name, &["name", "名称", "名稱"]),
    (Field::Text, &["text", "正文"]),
    (Field::Place, &["place", "地点", "地點"]),
    (Field::Source, &["source", "来源", "來源"]),
    (Field::Publisher, &["publisher", "出版者"]),
    (Field::Id, &["id"]),
];

/// One part of a query. A record has to meet all parts, and none that is excluded.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Clause {
    /// What is looked for, without the signs around it.
    pub text: String,
    /// Whether records with it are left out.
    pub excluded: bool,
    /// What it is asked of; everything if nothing is said.
    pub field: Option<Field>,
    /// Whether it stood in quotation marks: exactly so, in this order.
    pub quoted: bool,
    /// Whether an asterisk followed: the beginning of a word.
    pub beginning: bool,
}

/// More parts than this are passed over.
const MOST: usize = 24;

/// More characters than this are passed over.
const LONGEST: usize = 300;

/// Reads a query into its parts.
pub fn parse(text: &str) -> Vec<Clause> {
    let plain: Vec<char> = text.chars().take(LONGEST).map(plain).collect();
    let (mut rest, mut clauses) = (plain.as_slice(), Vec::new());
    while clauses.len() < MOST {
        rest = skip(rest, |c| c.is_whitespace());
        if rest.is_empty() {
            break;
        }
        let (clause, after) = clause(rest);
        rest = after;
        if !clause.text.trim().is_empty() {
            clauses.push(clause);
        }
    }
    clauses
}

/// The signs of Chinese keyboards mean what those of others do.
fn plain(c: char) -> char {
    match c {
        '“' | '”' | '„' | '«' | '»' | '「' | '」' | '『' | '』' | '＂' => '"',
        '：' => ':',
        '－' | '−' | '–' => '-',
        '＊' => '*',
        c => c,
    }
}

fn skip(text: &[char], passes: impl Fn(char) -> bool) -> &[char] {
    &text[text.iter().take_while(|c| passes(**c)).count()..]
}

fn clause(text: &[char]) -> (Clause, &[char]) {
    let mut clause = Clause::default();
    let mut rest = text;
    if let ['-', next, ..] = rest
        && !next.is_whitespace()
    {
        (clause.excluded, rest) = (true, &rest[1..]);
    }
    if let Some((field, after)) = field(rest) {
        (clause.field, rest) = (Some(field), after);
    }
    if let ['"', quoted @ ..] = rest {
        let end = quoted.iter().position(|c| *c == '"').unwrap_or(quoted.len());
        (clause.text, clause.quoted) = (quoted[..end].iter().collect(), true);
        return (clause, &quoted[(end + 1).min(quoted.len())..]);
    }
    let end = rest.iter().position(|c| c.is_whitespace() || *c == '"').unwrap_or(rest.len());
    let word = &rest[..end];
    let bare = word.iter().rposition(|c| *c != '*').map_or(0, |last| last + 1);
    clause.beginning = bare < word.len() && bare > 0;
    clause.text = word[..bare].iter().collect();
    (clause, &rest[end..])
}

/// A known word in front of a colon that something follows.
fn field(text: &[char]) -> Option<(Field, &[char])> {
    let colon = text.iter().take_while(|c| !c.is_whitespace() && **c != '"').position(|c| *c == ':')?;
    let rest = &text[colon + 1..];
    if rest.first().is_none_or(|c| c.is_whitespace()) {
        return None;
    }
    let word: String = text[..colon].iter().flat_map(|c| c.to_lowercase()).collect();
    let known = FIELDS.iter().find(|(_, words)| words.contains(&word.as_str()))?;
    Some((known.0, rest))
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    /// Parts as `-field:"text"*`.
    fn shown(text: &str) -> String {
        let part = |c: Clause| {
            let (minus, star) = (if c.excluded { "-" } else { "" }, if c.beginning { "*" } else { "" });
            let field = c.field.map(|f| format!("{f:?}:")).unwrap_or_default();
            let quote = if c.quoted { "\"" } else { "" };
            format!("{minus}{field}{quote}{}{quote}{star}", c.text)
        };
        parse(text).into_iter().map(part).collect::<Vec<_>>().join(" | ")
    }

    #[test]
    fn words_phrases_exclusions_fields_and_beginnings_are_told_apart() {
        assert_eq!(shown("huawei  nairobi"), "huawei | nairobi");
        assert_eq!(shown("\"safe city\" -kenya"), "\"safe city\" | -kenya");
        assert_eq!(shown("name:zte -source:\"daily a\" cam*"), "Name:zte | -Source:\"daily a\" | cam*");
        assert_eq!(shown("名称：海康 “智慧城市” －美国"), "Name:海康 | \"智慧城市\" | -美国");
        assert_eq!(shown("a\"b c\"d"), "a | \"b c\" | d");
    }

    #[test]
    fn what_has_no_meaning_is_text() {
        assert_eq!(shown("ratio:1 http://x name: - * \"\" -"), "ratio:1 | http://x | name: | - | -");
        assert_eq!(shown("\"open"), "\"open\"");
        assert_eq!(shown("co-op 5-*"), "co-op | 5-*");
    }

    proptest! {
        #[test]
        fn anything_can_be_typed(text in any::<String>()) {
            let clauses = parse(&text);
            prop_assert!(clauses.len() <= MOST);
            prop_assert!(clauses.iter().all(|c| !c.text.trim().is_empty()));
        }
    }
}

//! Checks that the vocabulary's files agree with each other and with what the program needs.

use super::{ValueType, Vocabulary};
use crate::{Id, Problem, Where};

/// The sets of words that the program itself relies on, with the words it must find there.
const NEEDED: [(&str, &[&str]); 6] = [
    ("status", &["announced", "operational", "completed", "suspended", "ended", "disputed", "unknown"]),
    ("confidence", &["confirmed", "probable", "reported", "disputed"]),
    ("precision", &["site", "city", "region", "country", "unknown"]),
    ("stance", &["supports", "contradicts", "context"]),
    ("source-kind", &["government", "leak", "editorial"]),
    ("country-role", &["fact", "party"]),
];

/// Words that would name a kind for a natural person.
const PERSONS: [&str; 6] = ["person", "people", "individual", "human", "citizen", "suspect"];

/// All findings.
pub(super) fn check(v: &Vocabulary) -> Vec<Problem> {
    let mut problems = Vec::new();
    sizes(v, &mut problems);
    sets(v, &mut problems);
    kinds(v, &mut problems);
    link_types(v, &mut problems);
    properties(v, &mut problems);
    targets(v, &mut problems);
    sections(v, &mut problems);
    labels(v, &mut problems);
    problems
}

fn error(file: &str, what: String) -> Problem {
    Problem::error(Where { file: format!("vocabulary/{file}"), line: 0, column: 0 }, what)
}

fn sizes(v: &Vocabulary, problems: &mut Vec<Problem>) {
    for (file, size, most) in [
        ("categories.toml", v.categories.all().len(), 64),
        ("topics.toml", v.topics.all().len(), 32),
        ("kinds.toml", v.kinds.all().len(), 32),
        ("link-types.toml", v.link_types.all().len(), 64),
    ] {
        if size > most {
            problems.push(error(file, format!("{size} terms, but the published columns have room for {most}")));
        }
    }
}

fn sets(v: &Vocabulary, problems: &mut Vec<Problem>) {
    for (set, words) in NEEDED {
        for word in words.iter().filter(|w| v.choice(set, w).is_none()) {
            problems.push(error("choices.toml", format!("set `{set}` lacks `{word}`")));
        }
    }
}

fn kinds(v: &Vocabulary, problems: &mut Vec<Problem>) {
    for kind in v.kinds.all().iter().filter(|k| k.id.as_str().split('-').any(|w| PERSONS.contains(&w))) {
        let hint = "the atlas documents organisations, products, programmes, facilities, laws and deals";
        problems.push(error("kinds.toml", format!("`{}` would be a kind for natural persons", kind.id)).hint(hint));
    }
}

fn link_types(v: &Vocabulary, problems: &mut Vec<Problem>) {
    for link_type in v.link_types.all() {
        for kind in link_type.subjects.iter().chain(&link_type.objects) {
            if v.kinds.get(kind.as_str()).is_none() {
                problems.push(error("link-types.toml", format!("`{}` joins the unknown kind `{kind}`", link_type.id)));
            }
        }
    }
}

fn properties(v: &Vocabulary, problems: &mut Vec<Problem>) {
    for property in v.properties.all() {
        let mut wrong = |what: String| problems.push(error("properties.toml", format!("`{}` {what}", property.id)));
        for kind in property.kinds.iter().filter(|k| v.kinds.get(k.as_str()).is_none()) {
            wrong(format!("names the unknown kind `{kind}`"));
        }
        for on in property.on.iter().filter(|on| *on != "item" && *on != "link") {
            wrong(format!("stands on `{on}`, which is neither `item` nor `link`"));
        }
        let set = property.set.as_deref().filter(|s| v.choices.contains_key(*s));
        if (property.value == ValueType::Choice) != set.is_some() {
            wrong("needs a known `set` exactly if its value is a choice".into());
        }
    }
}

fn targets(v: &Vocabulary, problems: &mut Vec<Problem>) {
    for (table, spelling, alias) in v.aliases() {
        if v.resolve(table, alias.id.as_str()).is_none() {
            problems.push(error("aliases.csv", format!("`{spelling}` stands for the unknown {table} `{}`", alias.id)));
        }
    }
    for t in &v.aspi_types {
        let known = [
            ("category", v.categories.get(t.category.as_str()).is_some()),
            ("link type", v.link_types.get(t.link_type.as_str()).is_some()),
            ("kind", v.kinds.get(t.object_kind.as_str()).is_some()),
        ];
        for (what, _) in known.iter().filter(|(_, known)| !known) {
            problems.push(error("aspi-types.csv", format!("`{}` names an unknown {what}", t.label)));
        }
    }
    for topic in v.aspi_topics.values().filter(|t| v.topics.get(t.as_str()).is_none()) {
        problems.push(error("aspi-topics.csv", format!("unknown topic `{topic}`")));
    }
    for category in v.categories.all().iter().filter(|c| v.choice("category-group", c.group.as_str()).is_none()) {
        problems
            .push(error("categories.toml", format!("`{}` is in the unknown group `{}`", category.id, category.group)));
    }
}

fn sections(v: &Vocabulary, problems: &mut Vec<Problem>) {
    let rules = v.sections.all().iter().flat_map(|s| s.rules.iter().map(move |rule| (&s.id, rule)));
    for (id, rule) in rules {
        let types = rule.link_types.iter().filter(|t| v.link_types.get(t.as_str()).is_none());
        let categories = rule.categories.iter().filter(|c| v.categories.get(c.as_str()).is_none());
        let kinds = rule.other_kinds.iter().filter(|k| v.kinds.get(k.as_str()).is_none());
        let unknown = types.chain(categories).chain(kinds);
        problems.extend(unknown.map(|word| error("sections.toml", format!("`{id}` names the unknown `{word}`"))));
    }
    let kinds = v.sections.all().iter().flat_map(|s| s.kinds.iter().map(move |kind| (&s.id, kind)));
    let unknown = kinds.filter(|(_, kind)| v.kinds.get(kind.as_str()).is_none());
    problems
        .extend(unknown.map(|(id, kind)| error("sections.toml", format!("`{id}` is for the unknown kind `{kind}`"))));
}

fn labels(v: &Vocabulary, problems: &mut Vec<Problem>) {
    let mut need = |file: &str, id: &Id, words: &[&super::Words]| {
        for lang in ["en", "zh-Hans"] {
            if words.iter().any(|w| w.0.get(lang).is_none_or(|t| t.trim().is_empty())) {
                problems.push(error(file, format!("`{id}` lacks a label or definition in `{lang}`")));
            }
        }
    };
    v.kinds.all().iter().for_each(|t| need("kinds.toml", &t.id, &[&t.label, &t.plural, &t.definition]));
    v.link_types
        .all()
        .iter()
        .for_each(|t| need("link-types.toml", &t.id, &[&t.label, &t.inverse, &t.plural, &t.definition]));
    v.categories.all().iter().for_each(|t| need("categories.toml", &t.id, &[&t.label, &t.definition]));
    v.topics.all().iter().for_each(|t| need("topics.toml", &t.id, &[&t.label, &t.definition]));
    v.properties.all().iter().for_each(|t| need("properties.toml", &t.id, &[&t.label, &t.definition]));
    v.sections.all().iter().for_each(|t| need("sections.toml", &t.id, &[&t.label, &t.definition]));
    v.schemes.all().iter().for_each(|t| need("schemes.toml", &t.id, &[&t.label, &t.definition]));
    for terms in v.choices.values() {
        terms.all().iter().for_each(|t| need("choices.toml", &t.id, &[&t.label, &t.definition]));
    }
}

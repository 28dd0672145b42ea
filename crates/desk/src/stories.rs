//! Reads case studies: Markdown files with a head of `key: value` lines (`docs/stories.md`).

use edition::story::{Pin, pairs, tell};
use model::{Allowed, Date, Filter, FilterKey, FilterProblem, Id, LangText, Problem, Story, Vocabulary, Where};

use crate::facts::{Covers, Facts, StoryFacts};
use crate::table::Spot;

/// What stands before and behind the head.
const RULE: &str = "---";

/// The keys of the head, all of them needed.
const KEYS: [&str; 5] = ["id", "lang", "title", "summary", "date"];

/// Whether a file is a case study by its name.
pub(crate) fn is_story(label: &str) -> bool {
    label.ends_with(".md")
}

/// The facts of one folder's stories; a file without a head, such as a README, is passed over with a note.
pub(crate) fn read(origin: model::Origin, files: &[(u32, &str, Option<&str>)], problems: &mut Vec<Problem>) -> Facts {
    let mut facts = Facts::new(origin, Covers { stories: true, ..Covers::default() });
    for (number, shown, text) in files {
        let Some(text) = text else { continue };
        let Some(sheet) = Sheet::cut(text) else {
            problems.push(Problem::note(at(shown, 1), "no head between two lines `---`, so it is no story"));
            continue;
        };
        let Some(story) = sheet.story(shown, problems) else { continue };
        let twice = |known: &&StoryFacts| known.story.id == story.id && known.story.title.lang() == story.title.lang();
        if let Some(first) = facts.stories.iter().find(twice) {
            let what = format!("story `{}` stands twice in `{}`", story.id, story.title.lang());
            problems.push(Problem::error(at(shown, 1), what).hint(format!("it is file {} too", first.at.file + 1)));
            continue;
        }
        let spot = Spot { file: *number, line: sheet.body_line, column: 0 };
        facts.stories.push(StoryFacts { story, at: spot });
    }
    facts
}

fn at(file: &str, line: u32) -> Where {
    Where { file: file.to_owned(), line: line.into(), column: 0 }
}

/// A file cut into head and body.
struct Sheet<'t> {
    head: Vec<(u32, &'t str)>,
    body: &'t str,
    body_line: u32,
}

impl<'t> Sheet<'t> {
    fn cut(text: &'t str) -> Option<Self> {
        let rest = text.strip_prefix(RULE)?.trim_start_matches('\r').strip_prefix('\n')?;
        let mut head = Vec::new();
        let mut from = 0;
        for (line, text) in (2..).zip(rest.split_inclusive('\n')) {
            from += text.len();
            if text.trim_end() == RULE {
                return Some(Self { head, body: &rest[from..], body_line: line + 1 });
            }
            head.push((line, text.trim_end()));
        }
        None
    }

    fn story(&self, file: &str, problems: &mut Vec<Problem>) -> Option<Story> {
        let before = problems.len();
        for (line, text) in self.head.iter().filter(|(_, text)| !text.is_empty()) {
            let key = text.split_once(": ").map_or(*text, |(key, _)| key);
            if !KEYS.contains(&key) {
                let what = format!("unknown key `{}` in the head", crate::native::short(key));
                problems
                    .push(Problem::error(at(file, *line), what).hint(format!("known keys are {}", KEYS.join(", "))));
            }
        }
        let id = self.sound(file, problems, "id", |text| Id::parse(text).ok_or("it is no id".to_owned()));
        let written = self.sound(file, problems, "date", |text| Date::parse(text).map_err(|e| e.to_string()));
        let summary = self.sound(file, problems, "summary", |text| Ok(text.into()));
        let lang = self.value("lang").map_or("", |(_, lang)| lang);
        let title = self.sound(file, problems, "title", |text| LangText::new(text, lang));
        if !["en", "zh-Hans"].contains(&lang) {
            let what = format!("`{}` is no language of this atlas", crate::native::short(lang));
            problems.push(Problem::error(at(file, 1), what).hint("`lang` is `en` or `zh-Hans`"));
        }
        if problems.len() > before {
            return None;
        }
        Some(Story { id: id?, title: title?, summary: summary?, written: written?, body: self.body.into() })
    }

    fn value(&self, key: &str) -> Option<(u32, &'t str)> {
        self.head.iter().find_map(|(line, text)| {
            let (own, value) = text.split_once(": ")?;
            (own == key).then_some((*line, value.trim()))
        })
    }

    fn sound<T>(
        &self,
        file: &str,
        problems: &mut Vec<Problem>,
        key: &str,
        read: impl FnOnce(&str) -> Result<T, String>,
    ) -> Option<T> {
        let Some((line, text)) = self.value(key).filter(|(_, text)| !text.is_empty()) else {
            problems.push(Problem::error(at(file, 1), format!("the head has no `{key}`")));
            return None;
        };
        let wrong = |why| problems.push(Problem::error(at(file, line), format!("`{key}` can't be read: {why}")));
        read(text).map_err(wrong).ok()
    }
}

/// What an importer knows of the records that stories may name.
pub(crate) trait Records {
    /// Whether there is an item of this id.
    fn item(&self, id: &Id) -> bool;
    /// Whether there is a link of this id.
    fn link(&self, id: &Id) -> bool;
    /// Whether there is a source of this id.
    fn source(&self, id: &Id) -> bool;
}

/// All that is wrong with a story: markup, sentences without source, records that are not there, filters without meaning.
pub(crate) fn faults(story: &Story, records: &dyn Records, vocabulary: &Vocabulary) -> Vec<(u32, String)> {
    let told = tell(&story.body);
    let mut faults: Vec<_> = told.faults.iter().map(|f| (f.line, f.what.clone())).collect();
    for pin in told.pins() {
        let known = match pin {
            Pin::Item(id) => records.item(id),
            Pin::Link(id) => records.link(id),
            Pin::Source(id) => records.source(id),
        };
        if !known {
            let line = line_of(&story.body, pin.id().as_str());
            faults.push((line, format!("story `{}` names `{pin}`, which is not there", story.id)));
        }
    }
    for query in told.maps() {
        let (_, problems) = Filter::parse(pairs(query), &Words { records, vocabulary });
        let line = line_of(&story.body, query);
        faults.extend(problems.iter().map(|problem| (line, refusal(problem))));
    }
    faults
}

fn line_of(body: &str, text: &str) -> u32 {
    let at = body.find(text).unwrap_or_default();
    u32::try_from(body[..at].matches('\n').count()).map_or(1, |lines| lines + 1)
}

fn refusal(problem: &FilterProblem) -> String {
    match problem {
        FilterProblem::UnknownKey { key } => format!("`{key}` is no filter"),
        FilterProblem::UnknownValue { key, value, .. } => format!("`{value}` is nothing to filter `{}` by", key.name()),
    }
}

/// What a filter may ask for while records are still on their way into the ledger.
struct Words<'a> {
    records: &'a dyn Records,
    vocabulary: &'a Vocabulary,
}

impl Allowed for Words<'_> {
    fn allowed(&self, key: FilterKey, value: &str) -> bool {
        let v = self.vocabulary;
        let is = |known: fn(&dyn Records, &Id) -> bool| Id::parse(value).is_some_and(|id| known(self.records, &id));
        match key {
            FilterKey::Item | FilterKey::List => is(|records, id| records.item(id)),
            FilterKey::Source => is(|records, id| records.source(id)),
            FilterKey::ItemKind => v.kinds.get(value).is_some(),
            FilterKey::Link => v.link_types.get(value).is_some(),
            FilterKey::Category => v.categories.get(value).is_some(),
            FilterKey::Topic => v.topics.get(value).is_some(),
            FilterKey::Country => v.country(value).is_some(),
            FilterKey::Status => v.choice("status", value).is_some(),
            FilterKey::Confidence => v.choice("confidence", value).is_some(),
            FilterKey::Precision => v.choice("precision", value).is_some(),
            FilterKey::From | FilterKey::To | FilterKey::Poi | FilterKey::Bbox | FilterKey::Q => true,
        }
    }

    fn suggestions(&self, _: FilterKey, _: &str) -> Vec<String> {
        Vec::new()
    }
}

#[cfg(test)]
mod tests;

//! The results of screening a list, as data: rows with verdict, score and reasons, and apart from them, each once, what
//! is known of the items that were found.

use std::collections::BTreeMap;

use edition::Item;
use edition::graph::{HopStep, Via};
use edition::screen::{Answer, But, Candidate, Exposure, Membership, Reason, Record, Screener, Verdict};
use model::{Asked, Value};
use serde::Serialize;

use crate::screening::{News, Screened, news};
use crate::view::Maker;
use crate::view::terms::ItemRef;
use crate::view::tie::{Chain, Tie};

/// Results, or a page of them.
#[derive(Serialize)]
pub(crate) struct Screening {
    /// The edition that the list was compared with: number, day, root.
    pub edition: [String; 3],
    /// The day as of which it is told.
    pub as_of: String,
    /// How many rows were looked for.
    pub rows: usize,
    /// How many rows by verdict.
    pub counts: BTreeMap<&'static str, usize>,
    /// How many rows were refused when the list was read, by reason.
    pub refused: BTreeMap<&'static str, u64>,
    /// Rows without a name.
    pub empty: u64,
    /// What is wrong with rows and cells.
    pub problems: Vec<String>,
    /// Whether the list was an earlier result, so that what is new is told.
    pub compared: bool,
    /// The rows.
    pub results: Vec<ResultRow>,
    /// What is known of the likeliest item of each row, by id.
    pub items: BTreeMap<String, Known>,
}

/// One row.
#[derive(Serialize)]
pub(crate) struct ResultRow {
    /// Its line in the list.
    pub line: u32,
    /// The name that was looked for; not kept if it may be a person's.
    #[serde(skip_serializing_if = "String::is_empty")]
    pub asked: String,
    /// `match`, `possible`, `none` or `refused`.
    pub verdict: &'static str,
    /// The items that may be meant, the likeliest first.
    pub candidates: Vec<Found>,
    /// What is new since an earlier result.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub news: Vec<String>,
    #[serde(skip)]
    pub told: Vec<News>,
    #[serde(skip)]
    pub rated: Verdict,
}

/// An item that may be meant.
#[derive(Serialize)]
pub(crate) struct Found {
    /// The item.
    pub item: ItemRef,
    /// From 0 to 1.
    pub score: f32,
    /// `identifier` or `name`.
    pub by: &'static str,
    /// Its likeliest name.
    #[serde(skip_serializing_if = "String::is_empty")]
    pub name: String,
    /// What keeps it from being a match: `country`, `identifier` or `rival`.
    #[serde(skip_serializing_if = "str::is_empty")]
    pub but: &'static str,
    /// Which part met which, by which rule, and what speaks against.
    pub reasons: Vec<Why>,
}

/// A reason.
#[derive(Serialize)]
pub(crate) struct Why {
    /// The part of the list's name.
    pub asked: String,
    /// The part of the item's name.
    pub known: String,
    /// The rule.
    pub rule: &'static str,
    /// Whether it speaks for the two being one.
    pub speaks_for: bool,
}

/// What is known of an item.
#[derive(Serialize)]
pub(crate) struct Known {
    /// The item.
    pub item: ItemRef,
    /// The lists it is, was or will be on.
    pub lists: Vec<Entry>,
    /// What it is documented to have done, the latest first; at most [`ACTS`].
    pub acts: Vec<Tie>,
    /// How many such links there are.
    pub acts_in_all: usize,
    /// How it hangs together with organisations on lists, what says most first; at most [`EXPOSURES`].
    pub exposures: Vec<Exposed>,
    /// With how many.
    pub exposures_in_all: usize,
    /// The ids of those organisations, at most twenty.
    pub exposed_to: Vec<String>,
}

/// An entry on a list.
#[derive(Clone, Serialize)]
pub(crate) struct Entry {
    /// The list.
    pub list: ItemRef,
    /// `current`, `past` or `later`, on the day asked about.
    pub standing: &'static str,
    /// The law and notice it rests on.
    pub citations: Vec<String>,
    /// The link that says so.
    pub tie: Tie,
}

/// A way to an organisation on a list.
#[derive(Serialize)]
pub(crate) struct Exposed {
    /// The organisation.
    pub item: ItemRef,
    /// The lists it is or was on.
    pub lists: Vec<ItemRef>,
    /// The way, with the evidence of every step.
    pub path: Chain,
}

/// So many links are told of an item.
const ACTS: usize = 8;

/// So many exposures are told of an item.
const EXPOSURES: usize = 5;

impl Maker<'_> {
    /// Some rows of a result, in the order given.
    pub fn screening<'s>(&self, done: &'s Screened, rows: impl Iterator<Item = (&'s Asked, &'s Answer)>) -> Screening {
        let mut screener = self.edition.screener();
        let (mut results, mut items) = (Vec::new(), BTreeMap::new());
        for (asked, answer) in rows {
            results.push(self.result_row(done, asked, answer, &mut screener));
            if let (Some(best), Some(record)) = (answer.candidates.first(), done.record(answer)) {
                let item = self.edition.item_at(best.item);
                items.entry(item.id().to_owned()).or_insert_with(|| self.known(item, record));
            }
        }
        let counts = Verdict::ALL.iter().map(|verdict| verdict.word()).zip(done.counts()).collect();
        Screening {
            edition: edition_of(done),
            as_of: day_text(done.as_of),
            rows: done.answers.len(),
            counts,
            refused: done.list.refused.clone(),
            empty: done.list.empty,
            problems: done.list.problems.iter().map(ToString::to_string).collect(),
            compared: done.list.asked.iter().any(|asked| asked.earlier.is_some()),
            results,
            items,
        }
    }

    fn result_row(&self, done: &Screened, asked: &Asked, answer: &Answer, screener: &mut Screener<'_>) -> ResultRow {
        let earlier = asked.earlier.as_deref();
        let told = earlier.map(|earlier| news(self.edition, earlier, answer, done.record(answer))).unwrap_or_default();
        ResultRow {
            line: asked.line,
            asked: asked.name.clone(),
            verdict: answer.verdict.word(),
            candidates: answer.candidates.iter().map(|one| self.found(asked, one, screener)).collect(),
            news: told.iter().map(News::word).collect(),
            told,
            rated: answer.verdict,
        }
    }

    fn found(&self, asked: &Asked, candidate: &Candidate, screener: &mut Screener<'_>) -> Found {
        let why = |reason: Reason| Why {
            asked: reason.asked,
            known: reason.known,
            rule: reason.rule,
            speaks_for: reason.speaks_for,
        };
        Found {
            item: self.item_ref(self.edition.item_at(candidate.item)),
            score: (candidate.score * 1000.0).round() / 1000.0,
            by: if candidate.name.is_none() { "identifier" } else { "name" },
            name: screener.name_of(candidate).map(|name| name.text().to_owned()).unwrap_or_default(),
            but: but_word(candidate.but),
            reasons: screener.reasons(asked, candidate).into_iter().map(why).collect(),
        }
    }

    /// What is known of an item.
    pub fn known(&self, item: Item<'_>, record: &Record) -> Known {
        Known {
            item: self.item_ref(item),
            lists: record.memberships.iter().map(|one| self.entry(one)).collect(),
            acts: record.acts.iter().take(ACTS).map(|link| self.tie_of_link(*link)).collect(),
            acts_in_all: record.acts.len(),
            exposures: record.exposures.iter().take(EXPOSURES).map(|one| self.exposed(one)).collect(),
            exposures_in_all: record.exposed_to,
            exposed_to: crate::screening::exposed(self.edition, record),
        }
    }

    fn entry(&self, membership: &Membership) -> Entry {
        let link = self.edition.link_at(membership.link);
        let texts = link.values("legal-citation").filter_map(|value| match value {
            Value::Text(text) => Some(text.text().to_owned()),
            _ => None,
        });
        Entry {
            list: self.item_ref(self.edition.item_at(membership.list)),
            standing: membership.standing.word(),
            citations: texts.collect(),
            tie: self.tie_of_link(membership.link),
        }
    }

    fn exposed(&self, exposure: &Exposure) -> Exposed {
        Exposed {
            item: self.item_ref(self.edition.item_at(exposure.item)),
            lists: exposure.lists.iter().map(|list| self.item_ref(self.edition.item_at(*list))).collect(),
            path: self.chain(&exposure.path),
        }
    }

    fn tie_of_link(&self, link: u32) -> Tie {
        let view = self.edition.link_at(link);
        let link_type = self.edition.vocabulary().link_types.position(view.link_type()).unwrap_or_default();
        let confidence = view.confidence() as u8;
        let link_type = u8::try_from(link_type).unwrap_or_default();
        self.tie(HopStep { via: Via::Link(link), against: false, link_type, confidence, until: None })
    }
}

fn edition_of(done: &Screened) -> [String; 3] {
    let stamp = crate::state::stamp(&done.edition);
    [stamp.number.to_string(), stamp.date, stamp.root]
}

/// Why a candidate is no match, as a word.
pub(crate) fn but_word(but: Option<But>) -> &'static str {
    match but {
        None => "",
        Some(But::Country) => "country",
        Some(But::Identifier) => "identifier",
        Some(But::Rival) => "rival",
    }
}

/// `20261122` as `2026-11-22`.
pub(crate) fn day_text(day: i32) -> String {
    format!("{:04}-{:02}-{:02}", day / 10_000, day / 100 % 100, day % 100)
}

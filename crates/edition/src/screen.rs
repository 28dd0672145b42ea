//! Which items a reader's list of organisations may mean, and what the atlas knows of those.
//!
//! Nothing of the list is kept here: a question comes in, an answer goes out.

mod record;

use model::{Asked, CountryCode, Value};
use names::{Name, Verdict as Likeness, Why};

use crate::edition::Edition;
use crate::fields::Fields;
use crate::known::{Asker, Known, Likely};

pub use record::{Exposure, Membership, Record, Standing, exposure_types};

/// What a reader is told about a row of the list.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Verdict {
    /// The list and the atlas mean the same organisation.
    Match,
    /// Somebody has to look.
    Possible,
    /// The atlas knows no such organisation.
    None,
    /// The name may be a natural person's: it was not looked for.
    Refused,
}

impl Verdict {
    /// Every verdict, as they are listed.
    pub const ALL: [Self; 4] = [Self::Match, Self::Possible, Self::None, Self::Refused];

    /// As a word.
    pub fn word(self) -> &'static str {
        match self {
            Self::Match => "match",
            Self::Possible => "possible",
            Self::None => "none",
            Self::Refused => "refused",
        }
    }
}

/// The answer to one row.
#[derive(Debug, Clone, PartialEq)]
pub struct Answer {
    /// What it amounts to.
    pub verdict: Verdict,
    /// The items that may be meant, the likeliest first; at most [`MOST`].
    pub candidates: Vec<Candidate>,
}

/// An item that may be meant.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Candidate {
    /// Its record number.
    pub item: u32,
    /// From 0 to 1: about so many of those with this score are the same organisation.
    pub score: f32,
    /// The number of its likeliest name, for [`Known::name`]; `None` if an identifier decided.
    pub name: Option<u32>,
    /// What keeps a good score from being a match.
    pub but: Option<But>,
}

/// Why a likely candidate is no match.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum But {
    /// The list gives another country.
    Country,
    /// The list gives another identifier of the same scheme.
    Identifier,
    /// Another item is just as likely.
    Rival,
}

/// One reason for or against, ready to be put into words of any language.
#[derive(Debug, Clone, PartialEq)]
pub struct Reason {
    /// The part of the list's name, or empty.
    pub asked: String,
    /// The part of the item's name, or empty.
    pub known: String,
    /// By which rule they meet: `same`, `translated`, `read` …; `alone` if a part has nothing to meet, `clash` if
    /// parts exclude each other.
    pub rule: &'static str,
    /// Whether it speaks for the two being one.
    pub speaks_for: bool,
}

/// So many candidates are kept for a row.
pub const MOST: usize = 3;

/// Kinds of items that a list of organisations can mean.
const ORGANISATIONS: [&str; 5] = ["company", "public-body", "university", "investor", "organisation"];

/// Less likely ones are not worth a reader's look: in a list most rows have nothing in the atlas to match.
const LEAST: f32 = 0.6;

/// Candidates this near to each other are equally likely.
const EQUAL: f32 = 0.005;

/// Answers one row after the other; one for each thread.
pub struct Screener<'e> {
    edition: &'e Edition,
    known: &'e Known,
    asker: Asker<'e>,
}

impl Edition {
    /// Begins to screen.
    pub fn screener(&self) -> Screener<'_> {
        let known = self.known();
        Screener { edition: self, known, asker: known.asker() }
    }

    /// The country that an item's sources give.
    pub fn country_of(&self, item: u32) -> Option<CountryCode> {
        let values = Fields::new(&self.state).values(&self.state.items.at(item).body, "country");
        values.into_iter().find_map(|value| if let Value::Country(code) = value { Some(*code) } else { None })
    }
}

impl Screener<'_> {
    /// Which items a row may mean.
    pub fn answer(&mut self, asked: &Asked) -> Answer {
        if asked.doubtful && !self.known.exact(&asked.name).iter().any(|item| self.is_organisation(*item)) {
            return Answer { verdict: Verdict::Refused, candidates: Vec::new() };
        }
        let mut candidates = self.identified(asked);
        let name = self.asker.read(&asked.name);
        let likely = self.asker.likely(&name, MOST * 2);
        candidates.extend(
            likely.into_iter().filter_map(|likely| self.candidate(asked, likely, &candidates)).collect::<Vec<_>>(),
        );
        candidates.truncate(MOST);
        rivals(&mut candidates);
        Answer { verdict: verdict(&candidates), candidates }
    }

    /// Why a candidate was chosen or not, strongest first.
    pub fn reasons(&mut self, asked: &Asked, candidate: &Candidate) -> Vec<Reason> {
        let Some(number) = candidate.name else { return Vec::new() };
        let (ours, theirs) = (self.asker.read(&asked.name), self.known.name(number));
        names::compare(&ours, theirs).reasons(&ours, theirs).iter().map(reason).collect()
    }

    /// The name by which a candidate was found.
    pub fn name_of(&self, candidate: &Candidate) -> Option<&Name> {
        candidate.name.map(|number| self.known.name(number))
    }

    fn identified(&self, asked: &Asked) -> Vec<Candidate> {
        let found = asked.identifiers.iter().find_map(|identifier| self.known.identified(identifier));
        let organisation = found.filter(|item| self.is_organisation(*item));
        organisation.map(|item| Candidate { item, score: 1.0, name: None, but: None }).into_iter().collect()
    }

    fn candidate(&self, asked: &Asked, likely: Likely, before: &[Candidate]) -> Option<Candidate> {
        let fits = self.is_organisation(likely.item)
            && likely.comparison.verdict() != Likeness::Different
            && likely.comparison.score >= LEAST
            && before.iter().all(|other| other.item != likely.item);
        let but = self.contradiction(asked, likely.item);
        let score = likely.comparison.score;
        fits.then_some(Candidate { item: likely.item, score, name: Some(likely.name), but })
    }

    fn contradiction(&self, asked: &Asked, item: u32) -> Option<But> {
        let values = Fields::new(&self.edition.state).values(&self.edition.state.items.at(item).body, "identifier");
        let other = |value: &Value| match value {
            Value::Identifier(own) => asked.identifiers.iter().any(|i| i.scheme == own.scheme && i.value != own.value),
            _ => false,
        };
        let same = |value: &Value| matches!(value, Value::Identifier(own) if asked.identifiers.contains(own));
        let values: Vec<&Value> = values.collect();
        if values.iter().any(|value| other(value)) && !values.iter().any(|value| same(value)) {
            return Some(But::Identifier);
        }
        let country = asked.country.zip(self.edition.country_of(item));
        country.filter(|(asked, own)| asked != own).map(|_| But::Country)
    }

    fn is_organisation(&self, item: u32) -> bool {
        let kind = self.edition.state.items.at(item).kind.as_ref().map_or("", |kind| kind.as_str());
        let collective =
            || Fields::new(&self.edition.state).flag(&self.edition.state.items.at(item).body, "collective");
        ORGANISATIONS.contains(&kind) && !collective()
    }
}

/// Two that are equally likely can't both be meant.
fn rivals(candidates: &mut [Candidate]) {
    if let [first, second, ..] = candidates
        && first.name.is_some()
        && first.but.is_none()
        && second.but.is_none()
        && first.score - second.score < EQUAL
    {
        first.but = Some(But::Rival);
    }
}

fn verdict(candidates: &[Candidate]) -> Verdict {
    match candidates.first() {
        None => Verdict::None,
        Some(best) if best.but.is_none() && (best.name.is_none() || Likeness::of(best.score) == Likeness::Same) => {
            Verdict::Match
        }
        Some(_) => Verdict::Possible,
    }
}

fn reason(reason: &names::Reason<'_>) -> Reason {
    Reason {
        asked: reason.left.to_owned(),
        known: reason.right.to_owned(),
        rule: match reason.why {
            Why::Met(rule) => rule_name(rule),
            Why::Alone => "alone",
            Why::Clash(_) => "clash",
        },
        speaks_for: reason.weight > 0.0,
    }
}

fn rule_name(rule: names::Rule) -> &'static str {
    match rule {
        names::Rule::Same => "same",
        names::Rule::Translated => "translated",
        names::Rule::Read => "read",
        names::Rule::Consonants => "consonants",
        names::Rule::Near => "near",
        names::Rule::Shortened => "shortened",
        names::Rule::Joined => "joined",
        names::Rule::Initials => "initials",
        names::Rule::OtherCharacter => "other-character",
    }
}

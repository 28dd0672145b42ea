//! What is measured on two names: how much of each is met, and what speaks against.

use crate::acronym::is_acronym;
use crate::class::Class;
use crate::like::Rule;
use crate::meet::Meetings;
use crate::name::{Name, tables};
use crate::script::Script;
use crate::token::{BRACKETED, Token};

/// How many measures there are.
pub(crate) const MEASURES: usize = 45;

/// The names of the measures, in their order; `data/model.tsv` uses them.
pub(crate) const NAMES: [&str; MEASURES] = [
    "own_least",
    "own_most",
    "own_left_least",
    "own_left_most",
    "own_met",
    "shared_least",
    "shared_most",
    "shared_left_least",
    "shared_left_most",
    "shared_met",
    "no_own_both",
    "no_own_one",
    "place_against",
    "place_one",
    "number_against",
    "number_one",
    "legal_against",
    "legal_same",
    "legal_one",
    "kind_against",
    "branch_one",
    "initials",
    "lone_acronym",
    "other_character",
    "fewest",
    "surplus",
    "scripts_differ",
    "consonantal",
    "dense",
    "both_dense",
    "all_met",
    "exact",
    "likeness",
    "country_against",
    "country_one",
    "field_against",
    "first_met",
    "joined",
    "near_only",
    "whole",
    "field_one",
    "kind_one",
    "reading_against",
    "surplus_before",
    "surplus_after",
];

/// The number of a measure; a wrong name does not compile.
pub(crate) const fn number_of(name: &str) -> usize {
    let mut i = 0;
    while i < MEASURES {
        if is_same(NAMES[i].as_bytes(), name.as_bytes()) {
            return i;
        }
        i += 1;
    }
    panic!("no such measure")
}

const fn is_same(a: &[u8], b: &[u8]) -> bool {
    let mut i = 0;
    while i < a.len() && i < b.len() && a[i] == b[i] {
        i += 1;
    }
    i == a.len() && i == b.len()
}

/// Sums over one side.
#[derive(Default, Clone, Copy)]
struct Side {
    own: f32,
    own_met: f32,
    shared: f32,
    shared_met: f32,
    places: Left,
    countries: Left,
    numbers: Left,
    kinds: Left,
    fields: Left,
    branches: Left,
    families: u8,
    forms: u32,
    count: f32,
    dense: bool,
    consonantal: bool,
    acronyms: u32,
    own_words: u32,
}

/// Parts of one class: how many were met, and the weight of those that were not.
#[derive(Default, Clone, Copy)]
struct Left {
    met: f32,
    open: f32,
}

impl Side {
    fn of(name: &Name, met: &[f32]) -> Side {
        let mut side = Side::default();
        for (token, met) in name.tokens.iter().zip(met) {
            side.add(token, *met);
        }
        side
    }

    fn add(&mut self, token: &Token, met: f32) {
        self.dense |= token.script.is_dense();
        self.consonantal |= token.script.is_consonantal();
        if token.class == Class::Legal {
            self.families = if self.forms == 0 { token.families } else { self.families & token.families };
            self.forms += 1;
        }
        if !token.counts() {
            return;
        }
        self.count += 1.0;
        let weight = if token.is(BRACKETED) { token.weight * 0.5 } else { token.weight };
        if token.is_distinctive() {
            self.own += weight;
            self.own_met += weight * met;
            self.own_words += 1;
            self.acronyms += u32::from(is_acronym(token));
            return;
        }
        self.shared += weight;
        self.shared_met += weight * met;
        let class = match token.class {
            Class::Place => &mut self.places,
            Class::Country => &mut self.countries,
            Class::Number => &mut self.numbers,
            Class::Kind => &mut self.kinds,
            Class::Field => &mut self.fields,
            Class::Branch => &mut self.branches,
            _ => return,
        };
        if met > 0.0 { class.met += met } else { class.open += weight }
    }
}

/// The measures of two names that met as given.
pub(crate) fn measure(left: &Name, right: &Name, meetings: &Meetings) -> [f32; MEASURES] {
    let (a, b) = (Side::of(left, &meetings.left), Side::of(right, &meetings.right));
    let (own_a, own_b) = (share(a.own_met, a.own), share(b.own_met, b.own));
    let (shared_a, shared_b) = (share(a.shared_met, a.shared), share(b.shared_met, b.shared));
    let (rest_a, rest_b) = (a.own - a.own_met, b.own - b.own_met);
    let (spare_a, spare_b) = (a.shared - a.shared_met, b.shared - b.shared_met);
    let total = a.own + b.own + a.shared + b.shared;
    let met = a.own_met + b.own_met + a.shared_met + b.shared_met;
    let seen = Seen::of(left, right, meetings);
    let forms = (a.forms > 0, b.forms > 0);
    let against = forms == (true, true) && a.families & b.families == 0;
    [
        own_a.min(own_b),
        own_a.max(own_b),
        rest_a.min(rest_b).min(3.0),
        rest_a.max(rest_b).min(5.0),
        ((a.own_met + b.own_met) / 2.0).min(4.0),
        shared_a.min(shared_b),
        shared_a.max(shared_b),
        spare_a.min(spare_b).min(2.0),
        spare_a.max(spare_b).min(4.0),
        ((a.shared_met + b.shared_met) / 2.0).min(3.0),
        flag(a.own_words == 0 && b.own_words == 0),
        flag((a.own_words == 0) != (b.own_words == 0)),
        both(a.places, b.places),
        one(a.places, b.places),
        both(a.numbers, b.numbers),
        one(a.numbers, b.numbers),
        flag(against),
        flag(forms == (true, true) && !against),
        flag(forms.0 != forms.1),
        flag(a.kinds.open > 0.0 && b.kinds.open > 0.0),
        one(a.branches, b.branches),
        seen.initials,
        flag((a.count <= 1.0 && a.acronyms > 0 || b.count <= 1.0 && b.acronyms > 0) && seen.initials == 0.0),
        seen.other_character,
        a.count.min(b.count).min(8.0),
        (a.count - b.count).abs().min(8.0),
        flag(seen.scripts_differ),
        flag(a.consonantal != b.consonantal),
        flag(a.dense != b.dense),
        flag(a.dense && b.dense),
        if total > 0.0 { met / total } else { 0.0 },
        seen.exact,
        seen.likeness,
        both(a.countries, b.countries),
        one(a.countries, b.countries),
        flag(a.fields.open > 0.0 && b.fields.open > 0.0),
        seen.first_met,
        seen.joined,
        seen.near,
        flag(spare_a + spare_b + rest_a + rest_b < 0.15),
        one(a.fields, b.fields),
        one(a.kinds, b.kinds),
        seen.reading_against,
        seen.before,
        seen.after,
    ]
}

/// What the meetings themselves tell.
#[derive(Default)]
struct Seen {
    initials: f32,
    joined: f32,
    exact: f32,
    near: f32,
    likeness: f32,
    other_character: f32,
    first_met: f32,
    scripts_differ: bool,
    reading_against: f32,
    before: f32,
    after: f32,
}

impl Seen {
    fn of(left: &Name, right: &Name, meetings: &Meetings) -> Seen {
        let mut seen = Seen::default();
        let list = meetings.list();
        for meeting in list {
            let own = left.tokens[meeting.left as usize].is_distinctive()
                || right.tokens[meeting.right as usize].is_distinctive();
            seen.likeness += meeting.likeness / list.len() as f32;
            match meeting.rule {
                Rule::Initials if meeting.left_span + meeting.right_span > 2 => {
                    seen.initials = seen.initials.max(meeting.likeness)
                }
                Rule::Joined => seen.joined = 1.0,
                Rule::Same => seen.exact += 1.0 / list.len() as f32,
                Rule::Near | Rule::Consonants | Rule::Read | Rule::Shortened if own => {
                    seen.near += 1.0 - meeting.likeness
                }
                _ => {}
            }
        }
        let first = |name: &Name| name.tokens.iter().position(|t| t.is_distinctive());
        if let (Some(i), Some(j)) = (first(left), first(right)) {
            seen.first_met = (flag(meetings.left[i] > 0.0) + flag(meetings.right[j] > 0.0)) / 2.0;
            let (a, b) = (&left.tokens[i], &right.tokens[j]);
            let apart = meetings.left[i] == 0.0 && meetings.right[j] == 0.0;
            seen.reading_against = flag(apart && (reads_otherwise(a, b) || reads_otherwise(b, a)));
            seen.other_character =
                flag(a.han.1 > 1 && b.han.1 > 1 && meetings.left[i] == 0.0 && meetings.right[j] == 0.0);
        }
        (seen.before, seen.after) = surplus(left, right, meetings);
        let script = |name: &Name| name.tokens.iter().filter(|t| t.counts()).map(|t| t.script).max();
        seen.scripts_differ = script(left) != script(right);
        seen
    }
}

/// Where the longer name has more, if all of the shorter one is met: only before (the body above it, in Chinese and
/// Japanese), or only after (a part of it).
fn surplus(left: &Name, right: &Name, meetings: &Meetings) -> (f32, f32) {
    let open = |name: &Name, met: &[f32]| name.tokens.iter().zip(met).filter(|(t, m)| t.counts() && **m == 0.0).count();
    let (name, met) = match (open(left, &meetings.left), open(right, &meetings.right)) {
        (0, n) if n > 0 => (right, &meetings.right),
        (n, 0) if n > 0 => (left, &meetings.left),
        _ => return (0.0, 0.0),
    };
    let met = || name.tokens.iter().zip(met).filter(|(t, _)| t.counts()).map(|(_, m)| *m > 0.0);
    let (gaps, starts, ends) =
        (met().zip(met().skip(1)).filter(|(a, b)| a != b).count(), met().next(), met().next_back());
    (flag(gaps == 1 && ends == Some(true)), flag(gaps == 1 && starts == Some(true)))
}

/// Han characters of which the other word, though Chinese by its spelling, is no reading.
fn reads_otherwise(han: &Token, word: &Token) -> bool {
    han.han.1 > 1
        && word.script == Script::Latin
        && word.concept == 0
        && word.spelling.len() >= 4
        && tables().lexicon.is_pinyin(word.spelling.letters())
}

fn share(met: f32, all: f32) -> f32 {
    if all > 0.0 { met / all } else { 0.5 }
}

fn flag(yes: bool) -> f32 {
    f32::from(u8::from(yes))
}

/// Both sides have such parts left over.
fn both(a: Left, b: Left) -> f32 {
    flag(a.open > 0.0 && b.open > 0.0)
}

/// Only one side has such a part left over.
fn one(a: Left, b: Left) -> f32 {
    flag((a.open > 0.0) != (b.open > 0.0))
}

//! Two names in, one answer out: how likely they are one organisation's, and why.

use std::fmt;

use crate::class::Class;
use crate::like::Rule;
use crate::measures::{MEASURES, NAMES, measure, number_of};
use crate::meet::{Meeting, Meetings, bits};
use crate::name::Name;
use crate::probability::model;
use crate::script::Script;
use crate::token::{EXPANDED, Token};

/// What a score amounts to.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Verdict {
    /// Taken for one organisation.
    Same,
    /// Somebody has to look.
    Possible,
    /// Taken for two.
    Different,
}

impl Verdict {
    /// The verdict on a score.
    pub fn of(score: f32) -> Verdict {
        let model = model();
        if score >= model.same {
            Verdict::Same
        } else if score >= model.possible {
            Verdict::Possible
        } else {
            Verdict::Different
        }
    }

    /// As a word: same, possible, different.
    pub fn word(self) -> &'static str {
        match self {
            Verdict::Same => "same",
            Verdict::Possible => "possible",
            Verdict::Different => "different",
        }
    }
}

/// The answer on two names; [`Comparison::reasons`] puts it into words.
#[derive(Debug, Clone, Copy)]
pub struct Comparison {
    /// From 0 to 1: of pairs with this score, about this share are one organisation
    /// (measured where half of hard pairs are; see `bench/names/README.md`).
    pub score: f32,
    bounds: (f32, f32),
    meetings: Meetings,
    measures: [f32; MEASURES],
}

/// Compares two names. The order does not matter.
///
/// ```
/// use names::{Name, Verdict, compare};
/// let same = compare(&Name::new("杭州海康威视数字技术股份有限公司"), &Name::new("HIKVISION DIGITAL TECHNOLOGY CO., LTD."));
/// assert_eq!(same.verdict(), Verdict::Same);
/// let other = compare(&Name::new("Hikvision"), &Name::new("Zorbax Technology"));
/// assert_eq!(other.verdict(), Verdict::Different);
/// ```
pub fn compare(left: &Name, right: &Name) -> Comparison {
    let (left, right) = if is_turned(left, right) { (right, left) } else { (left, right) };
    let meetings = Meetings::of(left, right);
    let measures = measure(left, right, &meetings);
    let bounds = bounds(left, right, &meetings, &measures);
    let score = model().probability(&measures).clamp(bounds.0, bounds.1);
    Comparison { score, bounds, meetings, measures }
}

/// One order for both ways to ask.
fn is_turned(left: &Name, right: &Name) -> bool {
    let key = |name: &Name| (name.tokens.len(), name.text().len());
    key(left).cmp(&key(right)).then_with(|| left.text().cmp(right.text())).is_gt()
}

const OWN_LEFT_MOST: usize = number_of("own_left_most");
const PLACE_AGAINST: usize = number_of("place_against");
const NUMBER_AGAINST: usize = number_of("number_against");
const NUMBER_ONE: usize = number_of("number_one");
const LEGAL_AGAINST: usize = number_of("legal_against");
const BRANCH_ONE: usize = number_of("branch_one");
const COUNTRY_AGAINST: usize = number_of("country_against");
const FIELD_AGAINST: usize = number_of("field_against");
const NO_OWN_BOTH: usize = number_of("no_own_both");
const FIELD_ONE: usize = number_of("field_one");
const SCRIPTS_DIFFER: usize = number_of("scripts_differ");

/// What no count of pairs should overrule, as the least and the most the score may be: rules that hold for names
/// as such.
fn bounds(left: &Name, right: &Name, meetings: &Meetings, measures: &[f32; MEASURES]) -> (f32, f32) {
    let of = |at: usize| measures[at];
    let model = model();
    if names_nobody(left) || names_nobody(right) {
        return (0.0, model.possible - 0.01);
    }
    if says_little(left) && says_little(right) {
        return (0.0, model.same - 0.01);
    }
    // A bank and a shipping line of one family, or a company and its successor of another form, are two.
    if of(LEGAL_AGAINST) + of(NUMBER_AGAINST) > 0.0 || of(FIELD_AGAINST) > 0.0 && of(SCRIPTS_DIFFER) == 0.0 {
        return (0.0, model.same - 0.01);
    }
    // Where a name is but a place and ranks, its field is what tells it from its neighbours.
    if of(NO_OWN_BOTH) > 0.0 && of(FIELD_ONE) > 0.0 && of(SCRIPTS_DIFFER) == 0.0 {
        return (0.0, model.same - 0.01);
    }
    let clashes = [PLACE_AGAINST, COUNTRY_AGAINST, FIELD_AGAINST, NUMBER_ONE, BRANCH_ONE];
    if meets_by_brand(left, right, meetings)
        && !names_a_seat(left, &meetings.left)
        && !names_a_seat(right, &meetings.right)
        && of(OWN_LEFT_MOST) < 0.6
        && clashes.iter().all(|m| of(*m) == 0.0)
    {
        return (KNOWN, 1.0);
    }
    (0.0, 1.0)
}

/// The score of two names that share the name of a company which is known by it.
const KNOWN: f32 = 0.9;

/// Both carry one brand that a single company bears.
fn meets_by_brand(left: &Name, right: &Name, meetings: &Meetings) -> bool {
    meetings.list().iter().any(|m| {
        let (a, b) = (&left.tokens[m.left as usize], &right.tokens[m.right as usize]);
        a.class == Class::Brand && a.families == 1 && a.concept == b.concept
    })
}

/// Huawei (Tianjin), Dahua Technology USA: what stands after the name of a company is the seat of a daughter.
fn names_a_seat(name: &Name, met: &[f32]) -> bool {
    let brand = name.tokens.iter().position(|t| t.class == Class::Brand).unwrap_or(name.tokens.len());
    let after = name.tokens.iter().zip(met).skip(brand);
    after.filter(|(_, met)| **met == 0.0).any(|(t, _)| matches!(t.class, Class::Place | Class::Country))
}

/// Nothing but a legal form.
fn names_nobody(name: &Name) -> bool {
    !name.tokens.iter().any(Token::counts)
}

/// A name of one or two shared words that names no place: `Technology Corp` could be anybody's.
fn says_little(name: &Name) -> bool {
    let mut words = 0;
    for token in name.tokens.iter().filter(|t| t.counts()) {
        if token.is_distinctive() || matches!(token.class, Class::Place | Class::Country) {
            return false;
        }
        words += 1;
    }
    words < 3
}

/// Measures that say that parts exclude each other, where to look for the parts, and the words for it.
const CLASHES: [(usize, Class, &str); 6] = [
    (PLACE_AGAINST, Class::Place, "other places"),
    (COUNTRY_AGAINST, Class::Country, "other countries"),
    (NUMBER_AGAINST, Class::Number, "other numbers"),
    (number_of("kind_against"), Class::Kind, "other kinds of body"),
    (LEGAL_AGAINST, Class::Legal, "legal forms that exclude each other"),
    (number_of("other_character"), Class::Distinctive, "other characters in a short name"),
];

impl Comparison {
    /// What the score amounts to.
    pub fn verdict(&self) -> Verdict {
        Verdict::of(self.score)
    }

    /// The measures behind the score, by name; for fitting and for the curious.
    pub fn measures(&self) -> impl Iterator<Item = (&'static str, f32)> {
        NAMES.into_iter().zip(self.measures)
    }

    /// The least and the most that the score can be by rules that no count of pairs overrules: shared words alone
    /// are never the same company, and the one company of a brand is.
    pub fn bounds(&self) -> (f32, f32) {
        self.bounds
    }

    /// Which part met which by which rule, then what speaks against; strongest first in each.
    /// Takes the two names that were compared, in the same order.
    pub fn reasons<'a>(&self, left: &'a Name, right: &'a Name) -> Vec<Reason<'a>> {
        let turned = is_turned(left, right);
        let (a, b) = if turned { (right, left) } else { (left, right) };
        let clashes = CLASHES.iter().filter(|(measure, ..)| self.measures[*measure] > 0.0).count();
        let open = self.meetings.left_open.count_ones() + self.meetings.right_open.count_ones();
        let mut reasons: Vec<Reason<'a>> = Vec::with_capacity(self.meetings.list().len() + open as usize + clashes);
        reasons.extend(self.meetings.list().iter().map(|m| met(m, a, b)));
        reasons.sort_by(|x, y| y.weight.total_cmp(&x.weight));
        reasons.extend(left_over(a, self.meetings.left_open).map(|(part, weight)| Reason::lone(part, "", weight)));
        reasons.extend(left_over(b, self.meetings.right_open).map(|(part, weight)| Reason::lone("", part, weight)));
        if clashes > 0 {
            self.against(a, b, &mut reasons);
        }
        if turned {
            reasons.iter_mut().for_each(Reason::turn);
        }
        reasons
    }

    /// Contradictions between parts that are there on both sides.
    fn against<'a>(&self, left: &'a Name, right: &'a Name, reasons: &mut Vec<Reason<'a>>) {
        for (_, class, what) in CLASHES.into_iter().filter(|(measure, ..)| self.measures[*measure] > 0.0) {
            let part = |name: &'a Name, met: &[f32]| {
                name.tokens
                    .iter()
                    .zip(met)
                    .find(|(t, m)| t.class == class && (**m == 0.0))
                    .map_or("", |(t, _)| name.span(t))
            };
            reasons.push(Reason {
                left: part(left, &self.meetings.left),
                right: part(right, &self.meetings.right),
                scripts: None,
                why: Why::Clash(what),
                weight: -1.0,
            });
        }
    }
}

/// One reason for or against; `Display` gives a sentence.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Reason<'a> {
    /// The part of the left name, or empty.
    pub left: &'a str,
    /// The part of the right name, or empty.
    pub right: &'a str,
    /// Their scripts, where parts meet.
    pub scripts: Option<(Script, Script)>,
    /// By which rule they meet, or what is wrong.
    pub why: Why,
    /// How much the part tells names apart: above 0 for, below 0 against.
    pub weight: f32,
}

/// Why a part speaks for or against.
#[derive(Debug, Clone, Copy, PartialEq)]
pub enum Why {
    /// The parts meet by this rule.
    Met(Rule),
    /// The part has nothing to meet.
    Alone,
    /// The parts exclude each other.
    Clash(&'static str),
}

impl<'a> Reason<'a> {
    fn lone(left: &'a str, right: &'a str, weight: f32) -> Reason<'a> {
        Reason { left, right, scripts: None, why: Why::Alone, weight: -weight }
    }

    fn turn(&mut self) {
        std::mem::swap(&mut self.left, &mut self.right);
        self.scripts = self.scripts.map(|(left, right)| (right, left));
    }
}

impl fmt::Display for Reason<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self.why {
            Why::Met(rule) => {
                write!(f, "`{}` = `{}`: {}", self.left, self.right, phrase(rule))?;
                match self.scripts.filter(|(left, right)| left != right) {
                    Some((left, right)) => write!(f, " ({}, {})", left.name(), right.name()),
                    None => Ok(()),
                }
            }
            Why::Alone => write!(f, "only one has `{}{}`", self.left, self.right),
            Why::Clash(what) if self.left.is_empty() && self.right.is_empty() => write!(f, "{what}"),
            Why::Clash(what) => write!(f, "{what}: `{}`, `{}`", self.left, self.right),
        }
    }
}

fn phrase(rule: Rule) -> &'static str {
    match rule {
        Rule::Same => "same word",
        Rule::Translated => "same meaning",
        Rule::Read => "same reading",
        Rule::Consonants => "same consonants",
        Rule::Near => "near spelling",
        Rule::Shortened => "shortened",
        Rule::Joined => "written together",
        Rule::Initials => "initials",
        Rule::OtherCharacter => "mostly the same characters",
    }
}

fn met<'a>(meeting: &Meeting, left: &'a Name, right: &'a Name) -> Reason<'a> {
    let (a, a_weight, a_script) = run(left, meeting.left, meeting.left_span);
    let (b, b_weight, b_script) = run(right, meeting.right, meeting.right_span);
    Reason {
        left: a,
        right: b,
        scripts: Some((a_script, b_script)),
        why: Why::Met(meeting.rule),
        weight: meeting.likeness * a_weight.max(b_weight),
    }
}

fn run(name: &Name, start: u8, span: u8) -> (&str, f32, Script) {
    let tokens = &name.tokens[start as usize..(start + span) as usize];
    let (first, last) = (&tokens[0], &tokens[tokens.len() - 1]);
    let text = name.text().get(first.from as usize..last.to as usize).unwrap_or("");
    (text, tokens.iter().map(|t| t.weight).sum(), first.script)
}

/// The parts that nothing met.
fn left_over<'a>(name: &'a Name, open: u32) -> impl Iterator<Item = (&'a str, f32)> {
    bits(open).map(|at| &name.tokens[at]).filter(|t| !t.is(EXPANDED)).map(|t| (name.span(t), t.weight))
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn reasons(a: &str, b: &str) -> Vec<String> {
        let (a, b) = (Name::new(a), Name::new(b));
        compare(&a, &b).reasons(&a, &b).iter().map(ToString::to_string).collect()
    }

    #[test]
    fn reasons_name_the_parts_the_rule_and_the_scripts() {
        let reasons = reasons("上海晓晨科技", "Shanghai Xiaochen Technology");
        assert!(reasons.contains(&"`晓晨` = `Xiaochen`: same reading (Han, Latin)".to_string()), "{reasons:?}");
        assert!(reasons.contains(&"`科技` = `Technology`: same meaning (Han, Latin)".to_string()), "{reasons:?}");
    }

    #[test]
    fn reasons_tell_what_speaks_against() {
        let reasons = reasons("Bank of Tashkent", "Bank of Almaty");
        assert!(reasons.contains(&"other places: `Tashkent`, `Almaty`".to_string()), "{reasons:?}");
    }

    #[test]
    fn shared_words_alone_are_never_the_same_company() {
        for (a, b) in
            [("Technology Corp", "Technology Co., Ltd."), ("有限公司", "科技有限公司"), ("CORP", "Group Corp.")]
        {
            assert_ne!(compare(&Name::new(a), &Name::new(b)).verdict(), Verdict::Same, "{a} {b}");
        }
    }

    proptest! {
        #[test]
        fn the_order_does_not_matter_and_scores_are_shares(a in "\\PC{0,30}", b in "[a-zA-Z海康威视技术 ]{0,20}") {
            let (a, b) = (Name::new(&a), Name::new(&b));
            let (there, back) = (compare(&a, &b), compare(&b, &a));
            prop_assert_eq!(there.score, back.score);
            prop_assert!((0.0..=1.0).contains(&there.score));
            let turned: Vec<_> = back.reasons(&b, &a).iter().map(|r| (r.right, r.left)).collect();
            prop_assert_eq!(there.reasons(&a, &b).iter().map(|r| (r.left, r.right)).collect::<Vec<_>>(), turned);
        }
    }
}

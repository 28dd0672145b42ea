//! What is known of two organisations, compared: the numbers that registers gave them first, their names after.

use model::{CheckRule, Identifier};

use crate::compare::{Comparison, Verdict, compare};
use crate::name::Name;
use crate::probability::model;

/// What is known of one organisation.
#[derive(Debug, Clone, Default)]
pub struct Record {
    /// Its names and aliases, in any scripts.
    pub names: Vec<Name>,
    /// Its identifiers, each with the rule of its scheme.
    pub identifiers: Vec<(Identifier, CheckRule)>,
}

/// On what ground two records were decided.
#[derive(Debug, Clone, Copy, PartialEq)]
pub enum Ground<'a> {
    /// They share an identifier.
    SameIdentifier(&'a Identifier),
    /// A register that gives one number to each body gave them two.
    OtherIdentifiers(&'a Identifier, &'a Identifier),
    /// They share one identifier and differ in another: one of the two is wrong.
    Contradiction(&'a Identifier, &'a Identifier),
    /// Their names alone; which of the left and which of the right record.
    Names(usize, usize),
    /// There was nothing to compare.
    Nothing,
}

/// The answer on two records.
#[derive(Debug, Clone)]
pub struct RecordComparison<'a> {
    /// From 0 to 1, as [`Comparison::score`].
    pub score: f32,
    /// What decided.
    pub ground: Ground<'a>,
    /// The two names that are most alike, as numbers in the left and the right record, and how they compare.
    pub names: Option<(usize, usize, Comparison)>,
    /// Identifiers whose check digits do not hold, and which were not used.
    pub doubted: Vec<&'a Identifier>,
}

impl RecordComparison<'_> {
    /// What the score amounts to.
    pub fn verdict(&self) -> Verdict {
        Verdict::of(self.score)
    }
}

/// A shared number with check digits leaves room for a slip in the source only; one without for a slip of a digit too.
const CHECKED: f32 = 0.995;
const UNCHECKED: f32 = 0.97;
/// Two numbers of one register say more than any likeness of names.
const OTHERS: f32 = 0.05;

/// Compares two records: a shared identifier decides, then two different ones of a register that gives each body
/// one (LEI, USCC, INN), then the most alike of the names. The order does not matter.
///
/// ```
/// use model::{CheckRule, Id, Identifier};
/// use names::{Name, Record, Verdict, compare_records};
/// let lei = |value: &str| (Identifier { scheme: Id::parse("lei").unwrap(), value: value.into() }, CheckRule::Lei);
/// let apple = Record { names: vec![Name::new("Apple Inc.")], identifiers: vec![lei("HWUPKR0MPOU8FGXBT394")] };
/// let same = Record { names: vec![Name::new("苹果公司")], identifiers: vec![lei("HWUPKR0MPOU8FGXBT394")] };
/// let other = Record { names: vec![Name::new("Apple Inc")], identifiers: vec![lei("506700GE1G29325QX363")] };
/// assert_eq!(compare_records(&apple, &same).verdict(), Verdict::Same);
/// assert_eq!(compare_records(&apple, &other).verdict(), Verdict::Different);
/// ```
pub fn compare_records<'a>(left: &'a Record, right: &'a Record) -> RecordComparison<'a> {
    let names = most_alike(left, right);
    let (same, other) = (shared(left, right), differing(left, right));
    let by_name = names.as_ref().map_or(0.0, |(_, _, comparison)| comparison.score);
    let (score, ground) = match (same, other, &names) {
        (Some((same, _)), Some((_, other)), _) => (model().possible, Ground::Contradiction(same, other)),
        (Some((same, rule)), None, _) => (sureness(rule).max(by_name), Ground::SameIdentifier(same)),
        (None, Some((one, other)), _) => (by_name.min(OTHERS), Ground::OtherIdentifiers(one, other)),
        (None, None, Some((i, j, _))) => (by_name, Ground::Names(*i, *j)),
        (None, None, None) => (0.0, Ground::Nothing),
    };
    RecordComparison { score, ground, names, doubted: doubted(left).chain(doubted(right)).collect() }
}

fn sureness(rule: CheckRule) -> f32 {
    if rule == CheckRule::Pattern { UNCHECKED } else { CHECKED }
}

/// Registers that give a body one number, and no number to two bodies.
fn is_single(rule: CheckRule) -> bool {
    matches!(rule, CheckRule::Lei | CheckRule::Uscc | CheckRule::Inn)
}

fn sound(record: &Record) -> impl Iterator<Item = &(Identifier, CheckRule)> + Clone {
    record.identifiers.iter().filter(|(identifier, rule)| rule.holds(&identifier.value))
}

fn doubted(record: &Record) -> impl Iterator<Item = &Identifier> {
    record.identifiers.iter().filter(|(identifier, rule)| !rule.holds(&identifier.value)).map(|(i, _)| i)
}

/// An identifier that both have; one with check digits rather than one without.
fn shared<'a>(left: &'a Record, right: &'a Record) -> Option<(&'a Identifier, CheckRule)> {
    let both = sound(left).filter(|(identifier, _)| sound(right).any(|(other, _)| other == identifier));
    both.map(|(identifier, rule)| (identifier, *rule)).max_by(|a, b| sureness(a.1).total_cmp(&sureness(b.1)))
}

/// Two numbers of a register that should have given one; none where the records share any number of that register.
fn differing<'a>(left: &'a Record, right: &'a Record) -> Option<(&'a Identifier, &'a Identifier)> {
    sound(left).filter(|(_, rule)| is_single(*rule)).find_map(|(one, _)| {
        let mut others = sound(right).map(|(other, _)| other).filter(|other| other.scheme == one.scheme).peekable();
        let first = *others.peek()?;
        let theirs = sound(left).map(|(i, _)| i).filter(|i| i.scheme == one.scheme);
        let meets = others.any(|other| theirs.clone().any(|own| own == other));
        (!meets).then_some((one, first))
    })
}

fn most_alike(left: &Record, right: &Record) -> Option<(usize, usize, Comparison)> {
    let pairs = left
        .names
        .iter()
        .enumerate()
        .flat_map(|(i, a)| right.names.iter().enumerate().map(move |(j, b)| (i, j, compare(a, b))));
    pairs.reduce(|best, next| if next.2.score > best.2.score { next } else { best })
}

#[cfg(test)]
mod tests {
    use super::*;
    use model::Id;

    const APPLE: &str = "HWUPKR0MPOU8FGXBT394";
    const GLEIF: &str = "506700GE1G29325QX363";

    fn record(names: &[&str], identifiers: &[(&str, CheckRule, &str)]) -> Record {
        let identifier = |(scheme, rule, value): &(&str, CheckRule, &str)| {
            (Identifier { scheme: Id::parse(scheme).unwrap(), value: (*value).into() }, *rule)
        };
        Record {
            names: names.iter().map(|n| Name::new(n)).collect(),
            identifiers: identifiers.iter().map(identifier).collect(),
        }
    }

    fn check(left: &Record, right: &Record, verdict: Verdict) {
        let (there, back) = (compare_records(left, right), compare_records(right, left));
        assert_eq!((there.verdict(), there.score), (verdict, back.score), "{:?}", there.ground);
    }

    #[test]
    fn a_shared_number_decides_whatever_the_names() {
        let (a, b) = (
            record(&["Zorbax"], &[("lei", CheckRule::Lei, APPLE)]),
            record(&["Kalimba"], &[("lei", CheckRule::Lei, APPLE)]),
        );
        check(&a, &b, Verdict::Same);
        assert!(matches!(compare_records(&a, &b).ground, Ground::SameIdentifier(i) if &*i.value == APPLE));
    }

    #[test]
    fn two_numbers_of_one_register_are_two_bodies_whatever_the_names() {
        let a = record(&["Zorbax Technology Ltd"], &[("lei", CheckRule::Lei, APPLE)]);
        let b = record(&["Zorbax Technology Ltd"], &[("lei", CheckRule::Lei, GLEIF)]);
        check(&a, &b, Verdict::Different);
    }

    #[test]
    fn a_body_may_have_many_securities() {
        let a = record(&["Zorbax Technology Ltd"], &[("isin", CheckRule::Isin, "US0378331005")]);
        let b = record(&["Zorbax Technology Ltd"], &[("isin", CheckRule::Isin, "US5949181045")]);
        check(&a, &b, Verdict::Same);
    }

    #[test]
    fn a_number_whose_check_digits_do_not_hold_is_not_used_and_named() {
        let wrong = "HWUPKR0MPOU8FGXBT395";
        let a = record(&["Zorbax"], &[("lei", CheckRule::Lei, wrong)]);
        let b = record(&["Kalimba"], &[("lei", CheckRule::Lei, wrong)]);
        check(&a, &b, Verdict::Different);
        assert_eq!(compare_records(&a, &b).doubted.len(), 2);
    }

    #[test]
    fn numbers_that_contradict_each_other_are_for_somebody_to_look_at() {
        let a = record(&[], &[("lei", CheckRule::Lei, APPLE), ("uscc", CheckRule::Uscc, "91330000733796106P")]);
        let b = record(&[], &[("lei", CheckRule::Lei, GLEIF), ("uscc", CheckRule::Uscc, "91330000733796106P")]);
        check(&a, &b, Verdict::Possible);
    }

    #[test]
    fn without_numbers_the_most_alike_names_decide() {
        let a = record(&["Kalimba Mills", "晓晨科技"], &[]);
        let b = record(&["Qwertzia", "晓晨科技有限公司"], &[]);
        check(&a, &b, Verdict::Same);
        assert_eq!(compare_records(&a, &b).ground, Ground::Names(1, 1));
        check(&record(&[], &[]), &b, Verdict::Different);
    }
}

//! The confidence rule: how sure a claim is, from its evidence alone, with the reason.
//!
//! Only support counts. Sources that depend on each other are one group: one relays the other, both
//! relay a common original, they share a publisher, or an editor has put them in one group. Two
//! groups, a government source or a party's own statement against its interest confirm; any
//! contradiction disputes; a leak alone makes probable; everything else is reported. Editorial
//! sources never raise confidence.

/// How sure a claim is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Confidence {
    /// Two independent groups of sources, or an official one.
    Confirmed,
    /// A leak alone.
    Probable,
    /// One group of sources.
    Reported,
    /// Evidence on both sides.
    Disputed,
}

impl Confidence {
    /// All levels in the order of the vocabulary's set `confidence`.
    pub const ALL: [Self; 4] = [Self::Confirmed, Self::Probable, Self::Reported, Self::Disputed];

    /// The word used in files and URLs.
    pub fn word(self) -> &'static str {
        match self {
            Self::Confirmed => "confirmed",
            Self::Probable => "probable",
            Self::Reported => "reported",
            Self::Disputed => "disputed",
        }
    }

    /// Reads the word.
    pub fn parse(word: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|c| c.word() == word)
    }
}

/// Which part of the rule decided.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Reason {
    /// A source contradicts.
    Contradicted,
    /// A government source supports.
    Official,
    /// A party says so against its own interest.
    AgainstInterest,
    /// This many independent groups support.
    Independent(u32),
    /// Only leaks support.
    LeakAlone,
    /// One group supports.
    OneGroup,
    /// Only the editors' general knowledge supports.
    EditorsOnly,
    /// Nothing supports.
    Unsupported,
}

/// A supporting source as the rule sees it.
#[derive(Debug, Clone)]
pub struct Support<'a> {
    /// The cited source and everything it relays, directly or not.
    pub origins: &'a [u32],
    /// Its publisher; empty if not known.
    pub publisher: &'a str,
    /// Its kind.
    pub kind: &'a str,
    /// The editors' group, if any.
    pub group: Option<&'a str>,
    /// A party's own statement against its own interest.
    pub against_interest: bool,
}

/// Applies the rule to a claim's supporting sources and whether any source contradicts it.
///
/// Takes time quadratic in the number of sources of one claim, which is small.
pub fn confidence(supports: &[Support<'_>], contradicted: bool) -> (Confidence, Reason) {
    let counting: Vec<&Support<'_>> = supports.iter().filter(|s| s.kind != crate::EDITORIAL).collect();
    let groups = independent_groups(&counting);
    if contradicted {
        return (Confidence::Disputed, Reason::Contradicted);
    }
    if counting.iter().any(|s| s.kind == "government") {
        return (Confidence::Confirmed, Reason::Official);
    }
    if counting.iter().any(|s| s.against_interest) {
        return (Confidence::Confirmed, Reason::AgainstInterest);
    }
    match groups {
        0 if supports.is_empty() => (Confidence::Reported, Reason::Unsupported),
        0 => (Confidence::Reported, Reason::EditorsOnly),
        1 if counting.iter().all(|s| s.kind == "leak") => (Confidence::Probable, Reason::LeakAlone),
        1 => (Confidence::Reported, Reason::OneGroup),
        n => (Confidence::Confirmed, Reason::Independent(n)),
    }
}

/// The number of groups of sources that do not depend on each other.
fn independent_groups(supports: &[&Support<'_>]) -> u32 {
    let mut group: Vec<usize> = (0..supports.len()).collect();
    for i in 0..supports.len() {
        for j in 0..i {
            if dependent(supports[i], supports[j]) {
                let (from, to) = (group[i], group[j]);
                group.iter_mut().filter(|g| **g == from).for_each(|g| *g = to);
            }
        }
    }
    group.sort_unstable();
    group.dedup();
    u32::try_from(group.len()).unwrap_or(u32::MAX)
}

fn dependent(a: &Support<'_>, b: &Support<'_>) -> bool {
    let origin = a.origins.iter().any(|o| b.origins.contains(o));
    let publisher = !a.publisher.is_empty() && a.publisher == b.publisher;
    let group = a.group.is_some() && a.group == b.group;
    origin || publisher || group
}

#[cfg(test)]
mod tests {
    use super::*;

    fn source<'a>(origins: &'a [u32], publisher: &'a str, kind: &'a str) -> Support<'a> {
        Support { origins, publisher, kind, group: None, against_interest: false }
    }

    fn check(supports: &[Support<'_>], contradicted: bool, expected: (Confidence, Reason)) {
        assert_eq!(confidence(supports, contradicted), expected);
        let reversed: Vec<_> = supports.iter().rev().cloned().collect();
        assert_eq!(confidence(&reversed, contradicted), expected, "order must not matter");
    }

    #[test]
    fn one_article_is_reported_and_two_independent_ones_confirm() {
        check(&[source(&[1], "A", "news")], false, (Confidence::Reported, Reason::OneGroup));
        let two = [source(&[1], "A", "news"), source(&[2], "B", "news")];
        check(&two, false, (Confidence::Confirmed, Reason::Independent(2)));
    }

    #[test]
    fn relays_common_originals_and_publishers_are_one_group() {
        check(
            &[source(&[1, 2], "A", "news"), source(&[2], "B", "news")],
            false,
            (Confidence::Reported, Reason::OneGroup),
        );
        check(
            &[source(&[1, 9], "A", "news"), source(&[2, 9], "B", "news")],
            false,
            (Confidence::Reported, Reason::OneGroup),
        );
        check(&[source(&[1], "A", "news"), source(&[2], "A", "news")], false, (Confidence::Reported, Reason::OneGroup));
        let chain = [
            source(&[1], "A", "news"),
            source(&[2], "A", "news"),
            source(&[3, 2], "C", "news"),
            source(&[4], "D", "news"),
        ];
        check(&chain, false, (Confidence::Confirmed, Reason::Independent(2)));
        let unknown_publishers = [source(&[1], "", "news"), source(&[2], "", "news")];
        check(&unknown_publishers, false, (Confidence::Confirmed, Reason::Independent(2)));
    }

    #[test]
    fn one_government_source_confirms_and_any_contradiction_disputes() {
        let official = [source(&[1], "Ministry", "government")];
        check(&official, false, (Confidence::Confirmed, Reason::Official));
        check(&official, true, (Confidence::Disputed, Reason::Contradicted));
    }

    #[test]
    fn a_leak_alone_is_probable_and_with_an_independent_report_confirmed() {
        check(&[source(&[1], "", "leak")], false, (Confidence::Probable, Reason::LeakAlone));
        let with_report = [source(&[1], "", "leak"), source(&[2], "B", "news")];
        check(&with_report, false, (Confidence::Confirmed, Reason::Independent(2)));
        let relayed = [source(&[1], "", "leak"), source(&[2, 1], "B", "news")];
        check(&relayed, false, (Confidence::Reported, Reason::OneGroup));
    }

    #[test]
    fn editorial_sources_never_raise_confidence() {
        check(&[source(&[1], "", "editorial")], false, (Confidence::Reported, Reason::EditorsOnly));
        let with_article = [source(&[1], "", "editorial"), source(&[2], "B", "news")];
        check(&with_article, false, (Confidence::Reported, Reason::OneGroup));
        check(&[], false, (Confidence::Reported, Reason::Unsupported));
    }

    #[test]
    fn a_statement_against_interest_confirms_and_editors_groups_join() {
        let admission = Support { against_interest: true, ..source(&[1], "Maker", "company") };
        check(&[admission], false, (Confidence::Confirmed, Reason::AgainstInterest));
        let a = Support { group: Some("wire"), ..source(&[1], "A", "news") };
        let b = Support { group: Some("wire"), ..source(&[2], "B", "news") };
        check(&[a, b], false, (Confidence::Reported, Reason::OneGroup));
    }
}

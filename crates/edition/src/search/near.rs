//! Other spellings of a word that no document holds: one slip in a short word, two in a long one.

use super::lists::{Lists, Zones};

/// The most other spellings that are tried.
const MOST: usize = 12;

/// How many slips a word of so many letters may have.
fn slips(letters: usize) -> u8 {
    match letters {
        0..4 => 0,
        4..8 => 1,
        _ => 2,
    }
}

/// The terms nearest to a plain word that some document holds in these zones, with their slips; the fewest first.
pub(crate) fn near(lists: &Lists, word: &str, zones: Zones) -> Vec<(u32, u8)> {
    let most = slips(word.len());
    if most == 0 || word.len() > 40 || !word.is_ascii() {
        return Vec::new();
    }
    let mut found = Vec::new();
    let mut walk = Walk { word: word.as_bytes(), rows: vec![(0..=word.len() as u8).collect()], before: Vec::new() };
    let mut number = 0;
    while (number as usize) < lists.terms() {
        let term = lists.term(number).as_bytes();
        number = match walk.step(term, most) {
            Ok(slips) => {
                found.extend((slips <= most).then_some((slips, number)));
                number + 1
            }
            // No term that begins so can be near.
            Err(length) => lists.past(number, &term[..length]),
        };
    }
    found.retain(|(_, term)| lists.list(*term).iter().any(|posting| posting.zones & zones != 0));
    found.sort_unstable();
    let fewest = found.first().map_or(0, |(slips, _)| *slips);
    found.into_iter().filter(|(slips, _)| *slips == fewest).take(MOST).map(|(slips, term)| (term, slips)).collect()
}

/// The table of edits between a word and one term after the other; what a term shares with the one before is kept.
struct Walk<'w> {
    word: &'w [u8],
    rows: Vec<Vec<u8>>,
    before: Vec<u8>,
}

impl Walk<'_> {
    /// The edits to this term, or how much of it already is too far.
    fn step(&mut self, term: &[u8], most: u8) -> Result<u8, usize> {
        let shared = term.iter().zip(&self.before).take_while(|(a, b)| a == b).count().min(self.rows.len() - 1);
        self.rows.truncate(shared + 1);
        self.before.clear();
        self.before.extend_from_slice(term);
        for length in shared + 1..=term.len() {
            let row = self.row(term, length);
            let least = row.iter().min().copied().unwrap_or(0);
            self.rows.push(row);
            if least > most {
                return Err(length);
            }
        }
        Ok(self.rows[term.len()][self.word.len()])
    }

    /// Optimal string alignment: insertions, deletions, replacements and neighbours that changed places.
    fn row(&self, term: &[u8], length: usize) -> Vec<u8> {
        let (c, above) = (term[length - 1], &self.rows[length - 1]);
        let mut row = Vec::with_capacity(self.word.len() + 1);
        row.push(length.min(255) as u8);
        for (at, letter) in self.word.iter().enumerate() {
            let mut least = (above[at] + u8::from(*letter != c)).min(above[at + 1] + 1).min(row[at] + 1);
            if at > 0 && length > 1 && *letter == term[length - 2] && self.word[at - 1] == c {
                least = least.min(self.rows[length - 2][at - 1] + 1);
            }
            row.push(least);
        }
        row
    }
}

#[cfg(test)]
mod tests {
    use super::super::lists::{Builder, Zone};
    use super::*;
    use proptest::prelude::*;

    fn lists(words: &str) -> Lists {
        let mut builder = Builder::default();
        builder.add(Zone::Name, words);
        builder.end_document();
        builder.finish()
    }

    fn check(words: &str, word: &str, expected: &[(&str, u8)]) {
        let lists = lists(words);
        let found = near(&lists, word, Zone::Name.only());
        let found: Vec<(&str, u8)> = found.iter().map(|(n, slips)| (lists.term(*n), *slips)).collect();
        assert_eq!(found, expected, "{word}");
    }

    #[test]
    fn slips_are_forgiven_by_the_length_of_the_word() {
        let names = "hikvision huawei dahua zte uniview hikvisions";
        check(names, "hikvison", &[("hikvision", 1)]);
        check(names, "hikviison", &[("hikvision", 1)]);
        check(names, "hkivison", &[("hikvision", 2)]);
        check(names, "huwaei", &[("huawei", 1)]);
        check(names, "dahau", &[("dahua", 1)]);
        check(names, "ztee", &[("zte", 1)]);
        check(names, "zet", &[]);
        check(names, "elephant", &[]);
    }

    #[test]
    fn words_that_stand_only_in_running_text_are_no_spelling_of_a_name() {
        let mut builder = Builder::default();
        builder.add(Zone::Text, "hikvision");
        builder.end_document();
        assert!(near(&builder.finish(), "hikvison", Zone::Name.only()).is_empty());
    }

    /// The textbook table, whole.
    fn distance(a: &[u8], b: &[u8]) -> u8 {
        let mut table = vec![vec![0u8; b.len() + 1]; a.len() + 1];
        for i in 0..=a.len() {
            for j in 0..=b.len() {
                table[i][j] = if i == 0 || j == 0 {
                    (i + j) as u8
                } else {
                    let change = table[i - 1][j - 1] + u8::from(a[i - 1] != b[j - 1]);
                    let mut least = change.min(table[i - 1][j] + 1).min(table[i][j - 1] + 1);
                    if i > 1 && j > 1 && a[i - 1] == b[j - 2] && a[i - 2] == b[j - 1] {
                        least = least.min(table[i - 2][j - 2] + 1);
                    }
                    least
                };
            }
        }
        table[a.len()][b.len()]
    }

    proptest! {
        #[test]
        fn the_walk_finds_what_a_scan_finds(words in proptest::collection::btree_set("[abc]{1,9}", 1..40), word in "[abc]{4,9}") {
            let lists = lists(&words.iter().cloned().collect::<Vec<_>>().join(" "));
            let most = slips(word.len());
            let all: Vec<(u8, &str)> = words.iter().map(|w| (distance(word.as_bytes(), w.as_bytes()), w.as_str())).collect();
            let fewest = all.iter().map(|(d, _)| *d).min().unwrap();
            let mut scanned: Vec<&str> = all.iter().filter(|(d, _)| *d == fewest && *d <= most).map(|(_, w)| *w).collect();
            scanned.truncate(MOST);
            let found: Vec<&str> = near(&lists, &word, Zone::Name.only()).iter().map(|(n, _)| lists.term(*n)).collect();
            prop_assert_eq!(found, scanned);
        }
    }
}

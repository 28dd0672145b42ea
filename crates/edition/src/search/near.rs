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
    let mut walk = Walk::of(word.as_bytes());
    let spellings = lists.spellings();
    let mut at = 0;
    while let Some(number) = spellings.get(at) {
        let term = lists.term(*number).as_bytes();
        match walk.step(term, most) {
            Ok(slips) => {
                found.extend((slips <= most).then_some((slips, *number)));
                at += 1;
            }
            // No term that begins so can be near.
            Err(length) => {
                let begins = |number: &u32| lists.term(*number).as_bytes().starts_with(&term[..length]);
                at += 1 + spellings[at + 1..].partition_point(begins);
            }
        }
    }
    found.retain(|(_, term)| lists.list(*term).iter().any(|posting| posting.zones & zones != 0));
    found.sort_unstable();
    let fewest = found.first().map_or(0, |(slips, _)| *slips);
    found.into_iter().filter(|(slips, _)| *slips == fewest).take(MOST).map(|(slips, term)| (term, slips)).collect()
}

/// The table of edits between a word and one term after the other; what a term shares with the one before is kept.
struct Walk<'w> {
    word: &'w [u8],
    /// A row for each letter of the term in hand and one before them, each as wide as the word and one more.
    rows: Vec<u8>,
    before: Vec<u8>,
}

impl<'w> Walk<'w> {
    fn of(word: &'w [u8]) -> Self {
        Self { word, rows: (0..=word.len() as u8).collect(), before: Vec::new() }
    }

    /// The edits to this term, or how much of it already is too far.
    fn step(&mut self, term: &[u8], most: u8) -> Result<u8, usize> {
        let width = self.word.len() + 1;
        let known = self.rows.len() / width - 1;
        let shared = term.iter().zip(&self.before).take_while(|(a, b)| a == b).count().min(known);
        self.rows.truncate((shared + 1) * width);
        self.before.clear();
        self.before.extend_from_slice(term);
        for length in shared + 1..=term.len() {
            if self.row(term, length) > most {
                return Err(length);
            }
        }
        Ok(self.rows[term.len() * width + self.word.len()])
    }

    /// Optimal string alignment: insertions, deletions, replacements and neighbours that changed places. Adds the row of
    /// the term's letter at `length` and gives its least number.
    fn row(&mut self, term: &[u8], length: usize) -> u8 {
        let width = self.word.len() + 1;
        let (c, above) = (term[length - 1], (length - 1) * width);
        let mut last = length.min(255) as u8;
        let mut least = last;
        self.rows.push(last);
        for (at, letter) in self.word.iter().enumerate() {
            let changed = self.rows[above + at] + u8::from(*letter != c);
            last = changed.min(self.rows[above + at + 1] + 1).min(last + 1);
            if at > 0 && length > 1 && *letter == term[length - 2] && self.word[at - 1] == c {
                last = last.min(self.rows[above - width + at - 1] + 1);
            }
            least = least.min(last);
            self.rows.push(last);
        }
        least
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

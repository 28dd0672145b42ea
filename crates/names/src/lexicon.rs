//! The words that many organisations share: what they mean, in every spelling of the data files.

mod files;

use crate::class::Class;
use crate::hash::{START, Table, finish, hash, step};
use crate::letters::Letters;

/// How many letters may follow a stem.
const LONGEST_ENDING: usize = 7;
/// Shorter stems match themselves only.
const SHORTEST_STEM: usize = 3;

/// A meaning of the data files.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Concept {
    pub(crate) id: &'static str,
    pub(crate) class: Class,
    /// Legal forms: the families it can belong to, a bit each. Brands: 1 if one company bears it.
    pub(crate) families: u8,
}

/// What a spelling means: one to five meanings.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub(crate) struct Meaning {
    pub(crate) concepts: [u16; 5],
    /// A short legal form, which counts at the ends of a name only.
    pub(crate) weak: bool,
}

/// A word written without spaces.
#[derive(Debug, Clone, Copy)]
struct DenseWord {
    /// Its second character, by which most are passed over; 0 if it has none.
    second: u16,
    len: u8,
    class: Class,
    meaning: Meaning,
    at: u32,
}

/// Word patterns that follow a phrase's first word.
struct Phrase {
    rest: Vec<Pattern>,
    meaning: Meaning,
}

struct Pattern {
    text: Vec<u8>,
    open: bool,
}

/// All shared words.
pub(crate) struct Lexicon {
    concepts: Vec<Concept>,
    exact: Table<Meaning>,
    stems: Table<Meaning>,
    /// Most words are in no table; this says so without looking them up.
    sieve: Sieve,
    phrases: Table<Vec<Phrase>>,
    open_phrases: Table<Vec<(Pattern, Phrase)>>,
    /// By first character, where its words begin and end in `dense`.
    dense_lists: Vec<(u16, u16)>,
    /// Words written without spaces, by first character, longest first.
    dense: Vec<DenseWord>,
    /// Their characters.
    dense_text: Vec<u16>,
    /// Every syllable of standard Chinese, as it is spelt.
    syllables: Table<()>,
}

impl Lexicon {
    /// Reads the data files.
    pub(crate) fn new(letters: &Letters) -> Lexicon {
        files::read(letters)
    }

    pub(crate) fn concept(&self, concept: u16) -> Concept {
        self.concepts[concept as usize]
    }

    /// The meaning of one word in Latin letters, and whether some phrase starts with it.
    pub(crate) fn word(&self, word: &[u8]) -> (Option<Meaning>, bool) {
        let shortest = word.len().saturating_sub(LONGEST_ENDING).max(SHORTEST_STEM);
        let (mut state, mut stem, mut open, mut begins) = (START, None, false, false);
        for (at, byte) in word.iter().enumerate() {
            state = step(state, *byte);
            if at + 1 == SHORTEST_STEM {
                let start = finish(state);
                open = self.sieve.has(start ^ STEM_STARTS);
                begins = self.sieve.has(start ^ PHRASES) && self.begins_open_phrase(word, start);
            }
            if open && at + 1 >= shortest {
                stem = self.stem(finish(state)).or(stem);
            }
        }
        let whole = finish(state);
        let exact = if self.sieve.has(whole) { self.exact.get(&whole).copied() } else { None };
        begins |= self.sieve.has(whole ^ PHRASES) && self.phrases.contains_key(&whole);
        (exact.or(stem), begins)
    }

    fn stem(&self, hash: u64) -> Option<Meaning> {
        if self.sieve.has(hash ^ STEMS) { self.stems.get(&hash).copied() } else { None }
    }

    fn begins_open_phrase(&self, word: &[u8], start: u64) -> bool {
        self.open_phrases.get(&start).into_iter().flatten().any(|(first, _)| first.fits(word))
    }

    /// The longest phrase at the start of these words, with its length in words.
    pub(crate) fn phrase<'a>(&self, words: impl Fn(usize) -> Option<&'a [u8]>) -> Option<(Meaning, usize)> {
        let first = words(0)?;
        let follows =
            |phrase: &&Phrase| phrase.rest.iter().enumerate().all(|(i, p)| words(i + 1).is_some_and(|w| p.fits(w)));
        let exact = self.phrases.get(&hash(first)).into_iter().flatten();
        let open =
            first.get(..SHORTEST_STEM).and_then(|start| self.open_phrases.get(&hash(start))).into_iter().flatten();
        exact
            .chain(open.filter(|(p, _)| p.fits(first)).map(|(_, phrase)| phrase))
            .filter(follows)
            .max_by_key(|phrase| phrase.rest.len())
            .map(|phrase| (phrase.meaning, phrase.rest.len() + 1))
    }

    /// The shared words at the start of a text without spaces, longest first, with their lengths in characters and the
    /// classes of what they mean first.
    pub(crate) fn dense<'a>(&'a self, text: &'a [u16]) -> impl Iterator<Item = (Meaning, Class, usize)> + 'a {
        let (from, to) = text.first().map_or((0, 0), |first| self.dense_lists[*first as usize]);
        let second = text.get(1).copied().unwrap_or(0);
        let fits = move |word: &&DenseWord| {
            let (at, len) = (word.at as usize, word.len as usize);
            len == 1
                || word.second == second
                    && len <= text.len()
                    && (len == 2 || self.dense_text[at + 2..at + len] == text[2..len])
        };
        let fitting = self.dense[from as usize..to as usize].iter().filter(fits);
        fitting.map(|word| (word.meaning, word.class, word.len as usize))
    }

    /// Whether a spelling can be read as two to four Chinese syllables.
    pub(crate) fn is_pinyin(&self, letters: &[u8]) -> bool {
        let mut reached = 1_u32;
        for step in 1..=4 {
            let mut next = 0;
            for at in (0..letters.len()).filter(|at| reached >> at & 1 == 1) {
                for end in at + 1..=letters.len().min(at + LONGEST_SYLLABLE) {
                    if self.syllables.contains_key(&packed(&letters[at..end])) {
                        next |= 1 << end;
                    }
                }
            }
            if step > 1 && next >> letters.len() & 1 == 1 {
                return true;
            }
            if next == 0 {
                return false;
            }
            reached = next;
        }
        false
    }
}

/// No syllable has more letters.
const LONGEST_SYLLABLE: usize = 6;

/// A syllable as a number.
fn packed(syllable: &[u8]) -> u64 {
    syllable.iter().fold(0, |value, letter| value << 8 | u64::from(*letter))
}

/// A set of hashes that may hold more than was put in.
struct Sieve(Vec<u64>);

const STEMS: u64 = 0x5bd1_e995_97f4_a7c1;
const STEM_STARTS: u64 = 0x1b87_3593_cc9e_2d51;
const PHRASES: u64 = 0x7feb_352d_846c_a68b;

impl Sieve {
    fn new() -> Sieve {
        Sieve(vec![0; 1 << 11])
    }

    fn has(&self, hash: u64) -> bool {
        self.0[(hash >> 6) as usize & 0x7ff] >> (hash & 63) & 1 == 1
    }

    fn put(&mut self, hash: u64) {
        self.0[(hash >> 6) as usize & 0x7ff] |= 1 << (hash & 63);
    }
}

impl Pattern {
    fn new(letters: &Letters, word: &str) -> Pattern {
        let (word, open) = word.strip_suffix('*').map_or((word, false), |stem| (stem, true));
        Pattern { text: word.chars().map(|c| letters.get(c)).flat_map(|l| letters.reading(l).bytes()).collect(), open }
    }

    fn fits(&self, word: &[u8]) -> bool {
        if self.open { word.starts_with(&self.text) } else { word == self.text }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn id(lexicon: &Lexicon, word: &str) -> &'static str {
        lexicon.word(word.as_bytes()).0.map_or("", |m| lexicon.concept(m.concepts[0]).id)
    }

    #[test]
    fn one_meaning_has_spellings_in_many_languages() {
        let letters = Letters::new();
        let lexicon = Lexicon::new(&letters);
        for word in ["university", "universitaet", "universidade", "daigaku", "daxue", "universitet"] {
            assert_eq!(id(&lexicon, word), "university", "{word}");
        }
        assert_eq!(id(&lexicon, "hikvision"), "hikvision");
        assert_eq!(id(&lexicon, "qwertz"), "");
    }

    #[test]
    fn the_longest_word_comes_first_where_there_are_no_spaces() {
        let letters = Letters::new();
        let lexicon = Lexicon::new(&letters);
        let text: Vec<u16> = "股份有限公司北京".chars().map(|c| letters.get(c).plain).collect();
        let (meaning, _, taken) = lexicon.dense(&text).next().expect("the legal form is in the data");
        assert_eq!((lexicon.concept(meaning.concepts[0]).id, taken), ("share-limited", 6));
    }

    #[test]
    fn a_compound_may_be_romanised_in_two_words_or_by_syllables() {
        let letters = Letters::new();
        let lexicon = Lexicon::new(&letters);
        for words in [&["ligong", "daxue"][..], &["li", "gong", "da", "xue"]] {
            let (meaning, taken) =
                lexicon.phrase(|i| words.get(i).map(|w| w.as_bytes())).expect("理工大学 is in the data");
            let ids = meaning.concepts.map(|c| lexicon.concept(c).id);
            assert_eq!((&ids[..2], taken), (&["technology", "university"][..], words.len()));
        }
    }
}

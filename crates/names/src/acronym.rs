//! Abbreviations: which words a few letters may stand for, and how sure that is.

use crate::class::Class;
use crate::letters::han_readings;
use crate::like::LEAST;
use crate::name::{MOST_TOKENS, Name};
use crate::script::Script;
use crate::token::{CAPITALS, Token};

/// The parts that an abbreviation stands for.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(crate) struct SpeltOut {
    pub(crate) from: u8,
    pub(crate) span: u8,
    pub(crate) likeness: f32,
}

/// What a skipped word of rank or quality costs (CNEIEC, but also CEIEC, of China National Electronics …).
const SKIPPED: f32 = 0.08;
/// What a word costs for which the abbreviation has no letter although it tells names apart.
const LEFT_OUT: f32 = 0.12;
/// Letters that stand for one letter of another alphabet.
const DIGRAPHS: [&[u8]; 8] = [b"shch", b"sh", b"ch", b"kh", b"zh", b"ts", b"yu", b"ya"];

/// A word that may stand for the initials of others: two to seven letters, in capitals or very short.
pub(crate) fn is_acronym(token: &Token) -> bool {
    token.is_distinctive()
        && token.letters[1] != 0
        && token.letters[7] == 0
        && (token.is(CAPITALS) || token.to - token.from <= 5)
}

/// The run of parts of a name whose initials spell the abbreviation: initials of the words as they stand, or of
/// what they mean in English, or, of Han characters, of their readings.
pub(crate) fn spelt_out(short: &Token, name: &Name, met: &[f32; MOST_TOKENS]) -> Option<SpeltOut> {
    let letters = letters_of(short);
    let mut best: Option<SpeltOut> = None;
    for start in 0..name.tokens.len() {
        let first = &name.tokens[start];
        let found = if met[start] >= 0.9 || !first.counts() {
            None
        } else if first.han.1 >= 3 {
            syllables(letters, name.han_of(first)).then_some((1, 0.0))
        } else {
            fit(short, letters, &name.tokens[start..])
        };
        let Some((span, cost)) = found else { continue };
        let likeness = sureness(short, letters.len()) - cost - left_out(name, start, span, met);
        if likeness >= LEAST && best.is_none_or(|known| likeness > known.likeness) {
            best = Some(SpeltOut { from: start as u8, span: span as u8, likeness });
        }
    }
    best
}

fn letters_of(token: &Token) -> &[u8] {
    let len = token.letters.iter().position(|l| *l == 0).unwrap_or(token.letters.len());
    &token.letters[..len]
}

/// Many bodies share two initials, few share five.
fn sureness(short: &Token, letters: usize) -> f32 {
    let by_length = match letters {
        2 => 0.72,
        3 => 0.86,
        4 => 0.92,
        _ => 0.95,
    };
    if short.is(CAPITALS) || short.script.is_dense() { by_length } else { by_length - 0.1 }
}

/// Words that tell names apart and that the abbreviation passes over.
fn left_out(name: &Name, start: usize, span: usize, met: &[f32; MOST_TOKENS]) -> f32 {
    let outside = name.tokens.iter().enumerate().filter(|(i, _)| *i < start || *i >= start + span);
    let open =
        outside.filter(|(i, t)| met[*i] == 0.0 && t.counts() && !matches!(t.class, Class::Place | Class::Country));
    open.map(|(_, t)| LEFT_OUT * t.weight.min(1.0)).sum()
}

/// How many parts the letters stand for from here on, and at what cost; every letter has to be used.
fn fit(short: &Token, letters: &[u8], tokens: &[Token]) -> Option<(usize, f32)> {
    let token = tokens.first()?;
    for taken in taken(short, letters, token) {
        if taken == letters.len() {
            return Some((1, 0.0));
        }
        if let Some((span, cost)) = fit_rest(short, &letters[taken..], &tokens[1..]) {
            return Some((span + 1, cost));
        }
    }
    None
}

/// After the first letter words may be passed over: links for nothing, ranks at a price.
fn fit_rest(short: &Token, letters: &[u8], tokens: &[Token]) -> Option<(usize, f32)> {
    if let Some(found) = fit(short, letters, tokens) {
        return Some(found);
    }
    let price = match tokens.first()?.class {
        Class::Link | Class::Legal => 0.0,
        Class::Quality | Class::Title => SKIPPED,
        _ => return None,
    };
    let (span, cost) = fit_rest(short, letters, &tokens[1..])?;
    Some((span + 1, cost + price))
}

/// How many of the letters the word may take, most first.
fn taken(short: &Token, letters: &[u8], token: &Token) -> impl Iterator<Item = usize> {
    let foreign = short.script != Script::Latin || token.script != Script::Latin;
    let digraph = DIGRAPHS.iter().find(|d| foreign && letters.starts_with(d) && token.letters.starts_with(d));
    let single = letters[0] == token.letters[0] || letters[0] == token.initial;
    digraph.map(|d| d.len()).into_iter().chain(single.then_some(1))
}

/// BYD is 比亚迪: a letter for every character.
fn syllables(letters: &[u8], han: &[u16]) -> bool {
    let begins = |(letter, c): (&u8, &u16)| han_readings(*c).any(|r| r.as_bytes().first() == Some(letter));
    letters.len() == han.len() && letters.iter().zip(han).all(begins)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(short: &str, long: &str) -> Option<(u8, f32)> {
        let (short, long) = (Name::new(short), Name::new(long));
        spelt_out(&short.tokens[0], &long, &[0.0; MOST_TOKENS]).map(|s| (s.span, s.likeness))
    }

    #[test]
    fn initials_are_found_in_any_script() {
        for (short, long, span) in [
            ("KRIZ", "Korea Research Institute of Zoolatry", 5),
            ("CNEIEC", "China National Electronics Import and Export Corporation", 7),
            ("CEIEC", "China National Electronics Import and Export Corporation", 7),
            ("МЗКТ", "Минский завод колёсных тягачей", 4),
            ("ЧТЗ", "Челябинский тракторный завод", 3),
            ("ChTZ", "Челябинский тракторный завод", 3),
            ("AACC", "Association for the Aid of Crippled Children", 7),
            ("BYD", "比亚迪", 1),
        ] {
            assert_eq!(check(short, long).map(|s| s.0), Some(span), "{short} {long}");
        }
    }

    #[test]
    fn every_letter_needs_its_word_and_words_of_the_trade_need_their_letter() {
        assert_eq!(check("KRIZ", "Korea Institute of Zoolatry"), None);
        assert_eq!(check("KIZ", "Korea Research Institute of Zoolatry"), None);
    }

    #[test]
    fn what_the_letters_leave_out_makes_them_less_sure() {
        let whole = check("QWRT", "Qualm Wolder Romash Tibert").expect("initials").1;
        let part = check("QWRT", "Qualm Wolder Romash Tibert Zorbax").expect("initials").1;
        assert!(part < whole - 0.1);
        assert_eq!(check("QW", "Qualm Wolder Romash Tibert Zorbax"), None);
    }
}

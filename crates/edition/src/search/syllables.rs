//! Reads Latin letters as Pinyin: the ways in which a word falls into syllables that some name has.

use super::lists::Lists;
use super::tokens::SYLLABLE;

/// The longest syllable: `zhuang`.
const LONGEST: usize = 6;

/// So many ways to cut one word are tried.
const MOST: usize = 12;

/// Every way to cut a plain word into terms of syllables, in order; empty if there is none.
///
/// With `unfinished`, the last syllable may be only begun, as in a word that is being typed.
pub(crate) fn cut(lists: &Lists, word: &str, unfinished: bool) -> Vec<Vec<Vec<u32>>> {
    let mut ways = Vec::new();
    if word.len() <= 48 && word.bytes().all(|b| b.is_ascii_lowercase()) {
        follow(lists, word, unfinished, &mut Vec::new(), &mut ways);
    }
    ways
}

fn follow(lists: &Lists, rest: &str, unfinished: bool, so_far: &mut Vec<Vec<u32>>, ways: &mut Vec<Vec<Vec<u32>>>) {
    if ways.len() >= MOST {
        return;
    }
    if rest.is_empty() {
        ways.push(so_far.clone());
        return;
    }
    let mut term = String::new();
    for length in (1..=rest.len().min(LONGEST)).rev() {
        term.clear();
        term.extend([SYLLABLE]);
        term.push_str(&rest[..length]);
        let known: Vec<u32> = match length == rest.len() && unfinished {
            true => lists.beginning(&term).collect(),
            false => lists.number(&term).into_iter().collect(),
        };
        if !known.is_empty() {
            so_far.push(known);
            follow(lists, &rest[length..], unfinished, so_far, ways);
            so_far.pop();
        }
    }
}

#[cfg(test)]
mod tests {
    use super::super::lists::{Builder, Zone};
    use super::*;

    fn shown(names: &str, word: &str, unfinished: bool) -> Vec<String> {
        let mut builder = Builder::default();
        builder.add(Zone::Pinyin, names);
        builder.end_document();
        let lists = builder.finish();
        let spell = |terms: &Vec<u32>| terms.iter().map(|n| &lists.term(*n)[1..]).collect::<Vec<_>>().join("/");
        cut(&lists, word, unfinished).iter().map(|way| way.iter().map(spell).collect::<Vec<_>>().join(" ")).collect()
    }

    #[test]
    fn a_word_is_cut_in_every_way_that_the_names_allow() {
        assert_eq!(shown("海康威视", "haikangweishi", false), ["hai kang wei shi"]);
        assert_eq!(shown("西安先进", "xian", false), ["xian", "xi an"]);
        assert!(shown("海康威视", "hikvision", false).is_empty());
        assert!(shown("海康威视", "haikangw", false).is_empty());
    }

    #[test]
    fn the_last_syllable_may_be_only_begun() {
        assert_eq!(shown("海康威视", "haikangw", true), ["hai kang wei"]);
        assert!(shown("海康威视", "haix", true).is_empty());
    }
}

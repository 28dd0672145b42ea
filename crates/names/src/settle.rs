//! What a word is by its place: legal forms at the ends, links between words, articles written onto them.

use crate::class::Class;
use crate::script::Script;
use crate::token::{BRACKETED, EXPANDED, Token, WEAK};

/// Decides what could not be decided word by word.
pub(crate) fn settle(tokens: &mut [Token]) {
    settle_legal_forms(tokens);
    settle_links(tokens);
}

/// Short legal forms count only at the ends of a name: `AS Roma` may be one, `such as` is not.
fn settle_legal_forms(tokens: &mut [Token]) {
    let is_edge = |t: &Token| t.class == Class::Legal || t.is(BRACKETED) || t.is(EXPANDED);
    let from_start = tokens.iter().take_while(|t| is_edge(t)).count();
    let from_end = tokens.len() - tokens.iter().rev().take_while(|t| is_edge(t)).count();
    let all = from_start >= tokens.len();
    for (i, token) in tokens.iter_mut().enumerate() {
        if token.is(WEAK) && (all || (i >= from_start && i < from_end)) {
            unname(token);
        }
    }
}

/// A name of nothing but links and legal forms keeps its links as words.
fn settle_links(tokens: &mut [Token]) {
    if tokens.iter().any(Token::counts) {
        return;
    }
    for token in tokens.iter_mut().filter(|t| t.class == Class::Link) {
        unname(token);
    }
}

fn unname(token: &mut Token) {
    token.class = Class::Distinctive;
    token.concept = 0;
    token.families = 0;
    token.weight = token.prior();
}

/// How many letters of the reading an article or preposition written onto the word takes.
pub(crate) fn article(word: &str, script: Script) -> u16 {
    match script {
        Script::Arabic => {
            let letters = word.chars().count();
            let starts = |prefix: &str| word.starts_with(prefix) && letters >= prefix.chars().count() + 3;
            if ["وال", "بال", "كال", "فال"].iter().any(|p| starts(p)) || starts("لل") {
                2
            } else if starts("ال") {
                1
            } else {
                0
            }
        }
        Script::Hebrew if ["ה", "ל", "ב", "ו"].iter().any(|p| word.starts_with(p)) && word.chars().count() >= 4 => {
            1
        }
        _ => 0,
    }
}

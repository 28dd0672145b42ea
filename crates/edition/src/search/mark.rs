//! Marks in a text what a query found there, and cuts a long text to the part that matters.

use super::lists::{Lists, Zone, cut};
use super::plan::{Leaf, Node, Part, Step, leaves};

/// A text in pieces.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Snippet {
    /// The pieces in order, each with whether it was found; together they are the text.
    pub pieces: Vec<(String, bool)>,
}

/// Characters in front of the first mark that are kept when a text is cut.
const BEFORE: usize = 60;

impl Snippet {
    /// Whether anything is marked.
    pub fn is_marked(&self) -> bool {
        self.pieces.iter().any(|(_, marked)| *marked)
    }

    /// The part of at most so many characters around the first mark, with `…` where something is left out.
    pub fn around(self, most: usize) -> Self {
        let all: Vec<(char, bool)> =
            self.pieces.iter().flat_map(|(text, marked)| text.chars().map(|c| (c, *marked))).collect();
        if all.len() <= most {
            return self;
        }
        let first = all.iter().position(|(_, marked)| *marked).unwrap_or(0);
        let start = word_start(&all, first.saturating_sub(BEFORE).min(all.len() - most));
        let end = (start + most).min(all.len());
        let mut pieces: Vec<(String, bool)> = Vec::new();
        let dots = |there: bool| there.then_some(('…', false));
        let shown = dots(start > 0).into_iter().chain(all[start..end].iter().copied()).chain(dots(end < all.len()));
        for (c, marked) in shown {
            match pieces.last_mut().filter(|piece| piece.1 == marked) {
                Some(piece) => piece.0.push(c),
                None => pieces.push((c.to_string(), marked)),
            }
        }
        Self { pieces }
    }
}

/// The beginning of the next word, if it is near; a text without spaces is cut anywhere.
fn word_start(text: &[(char, bool)], at: usize) -> usize {
    if at == 0 {
        return 0;
    }
    let near = text[at..].iter().take(20).position(|(c, marked)| *marked || c.is_whitespace());
    near.map_or(at, |ahead| at + ahead + usize::from(text[at + ahead].0.is_whitespace()))
}

/// A token of the text with its number among the terms.
struct Found {
    term: u32,
    position: u32,
    span: (u32, u32),
}

/// Marks what the parts of a query find in a text, wherever it would stand in a document.
pub(crate) fn marked(lists: &Lists, parts: &[Part], text: &str) -> Snippet {
    let (words, sounds) = (found(lists, Zone::Text, text), found(lists, Zone::Pinyin, text));
    let mut spans: Vec<(u32, u32)> = Vec::new();
    for part in parts.iter().filter(|part| !part.clause.excluded) {
        let mut wanted = Vec::new();
        leaves(&part.node, &mut wanted);
        let from = spans.len();
        for leaf in wanted {
            let spoken = matches!(leaf.node, Node::Chain { zones, .. } if *zones == Zone::Pinyin.only());
            mark(&leaf, if spoken { &sounds } else { &words }, &mut spans);
        }
        if part.clause.text.chars().count() == 1 {
            // A lone character is looked up as the beginning of a pair; its neighbour was not asked for.
            spans[from..].iter_mut().for_each(|span| span.1 = after_first(text, *span));
        }
    }
    pieces(text, spans)
}

fn after_first(text: &str, (from, to): (u32, u32)) -> u32 {
    text[from as usize..to as usize].chars().next().map_or(to, |c| from + c.len_utf8() as u32)
}

fn found(lists: &Lists, zone: Zone, text: &str) -> Vec<Found> {
    let mut found = Vec::new();
    cut(zone, text, 0, &mut |token| {
        if let Some(term) = lists.number(token.text) {
            found.push(Found { term, position: token.position, span: (token.from, token.to) });
        }
    });
    found
}

fn mark(leaf: &Leaf<'_>, found: &[Found], spans: &mut Vec<(u32, u32)>) {
    match leaf.node {
        Node::Chain { steps, .. } => {
            for start in found.iter().filter(|token| steps[0].terms.contains(&token.term)) {
                spans.extend(chain_from(start, steps, found));
            }
        }
        _ => {
            spans.extend(found.iter().filter(|token| leaf.terms.contains(&token.term)).map(|token| token.span));
        }
    }
}

/// The bytes of a chain that begins here, if all its steps follow.
fn chain_from(start: &Found, steps: &[Step], found: &[Found]) -> Option<(u32, u32)> {
    let mut end = start.span.1;
    for step in &steps[1..] {
        let here = found.iter().filter(|token| token.position == start.position + step.offset);
        end = end.max(here.filter(|token| step.terms.contains(&token.term)).map(|token| token.span.1).next()?);
    }
    Some((start.span.0, end))
}

/// The text cut at the spans, overlapping ones as one.
fn pieces(text: &str, mut spans: Vec<(u32, u32)>) -> Snippet {
    spans.sort_unstable();
    let (mut pieces, mut at) = (Vec::new(), 0);
    for (from, to) in spans {
        let (from, to) = ((from as usize).max(at), to as usize);
        if to <= from {
            continue;
        }
        if from > at {
            pieces.push((text[at..from].to_owned(), false));
        }
        match pieces.last_mut().filter(|piece: &&mut (String, bool)| piece.1) {
            Some(piece) => piece.0.push_str(&text[from..to]),
            None => pieces.push((text[from..to].to_owned(), true)),
        }
        at = to;
    }
    if at < text.len() {
        pieces.push((text[at..].to_owned(), false));
    }
    Snippet { pieces }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn snippet(text: &str) -> Snippet {
        let piece = |(at, part): (usize, &str)| (part.to_owned(), at % 2 == 1);
        Snippet { pieces: text.split('|').enumerate().map(piece).filter(|(text, _)| !text.is_empty()).collect() }
    }

    #[test]
    fn spans_that_touch_or_overlap_are_one_mark() {
        assert_eq!(pieces("abcdef", vec![(1, 3), (2, 4)]), snippet("a|bcd|ef"));
        assert_eq!(pieces("abcdef", vec![(1, 3), (3, 4)]), snippet("a|bcd|ef"));
        assert_eq!(pieces("abcdef", vec![(4, 6), (0, 1)]).pieces.len(), 3);
        assert_eq!(pieces("", vec![]), Snippet::default());
    }

    #[test]
    fn a_long_text_is_cut_around_its_first_mark() {
        let long = format!("{} |found| {}", "word ".repeat(60), "more ".repeat(60));
        let cut = snippet(&long).around(100);
        let text: String = cut.pieces.iter().map(|(text, _)| text.as_str()).collect();
        assert!(text.starts_with("…word") && text.ends_with('…') && cut.is_marked(), "{text}");
        assert_eq!(text.chars().count(), 102);
        assert_eq!(snippet("short |one|").around(100), snippet("short |one|"));
    }
}

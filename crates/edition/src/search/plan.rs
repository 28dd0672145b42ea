//! Turns what was typed into what is looked up: terms, chains of terms, other spellings, Pinyin.

use super::lists::{Lists, NAMES, Zone, Zones};
use super::near::near;
use super::query::{Clause, Field};
use super::syllables;
use super::tokens::tokens;

/// What is looked up.
#[derive(Debug, Clone, PartialEq)]
pub(crate) enum Node {
    /// Documents that hold any of these terms.
    Terms {
        /// The terms.
        terms: Vec<u32>,
        /// Where they have to stand.
        zones: Zones,
        /// How it was found, and so what a match is worth.
        by: By,
    },
    /// Documents that hold terms at fixed distances.
    Chain {
        /// The steps, in order.
        steps: Vec<Step>,
        /// Where they have to stand.
        zones: Zones,
        /// How it was found, and so what a match is worth.
        by: By,
    },
    /// Documents of any; of none if it is empty.
    Any(Vec<Node>),
    /// Documents of all.
    All(Vec<Node>),
    /// The sources that are found, and the records that cite them.
    Cites(Box<Node>),
}

/// A link of a chain.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Step {
    /// Its distance from the first.
    pub offset: u32,
    /// What may stand there.
    pub terms: Vec<u32>,
}

/// How a term came to be looked up.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum By {
    /// As it was typed.
    Typed,
    /// As another form of the same English word: `camera`, `cameras`.
    Form,
    /// As the beginning of a word.
    Beginning,
    /// As Pinyin of a name in Chinese.
    Pinyin,
    /// As the nearest spelling of a name; nothing is spelt as typed.
    Spelling,
}

impl By {
    /// What a match is worth beside one as typed.
    pub(crate) fn worth(self) -> f32 {
        match self {
            Self::Typed | Self::Beginning => 1.0,
            Self::Form => 0.8,
            Self::Pinyin => 0.7,
            Self::Spelling => 0.5,
        }
    }

    /// As a word of the public JSON.
    pub fn word(self) -> &'static str {
        match self {
            Self::Typed => "typed",
            Self::Form => "form",
            Self::Beginning => "beginning",
            Self::Pinyin => "pinyin",
            Self::Spelling => "spelling",
        }
    }
}

/// Everywhere but in ids; Pinyin has its own way in.
const ANYWHERE: Zones = !(Zone::Id.only() | Zone::Pinyin.only());

/// The most terms that one beginning stands for.
const MOST_BEGUN: usize = 4000;

/// A part of the query and what is looked up for it.
#[derive(Debug, Clone, PartialEq)]
pub(crate) struct Part {
    /// As it was typed.
    pub clause: Clause,
    /// What is looked up.
    pub node: Node,
}

/// Plans every part. Parts in which there is nothing to look for are left out.
pub(crate) fn plan(lists: &Lists, clauses: &[Clause]) -> Vec<Part> {
    let mut parts: Vec<Part> = Vec::new();
    let mut rest = clauses;
    while let [clause, after @ ..] = rest {
        let run = rest.iter().take_while(|c| is_bare_word(c)).count();
        if let Some((part, taken)) = spoken_run(lists, &rest[..run]) {
            parts.push(part);
            rest = &rest[taken..];
            continue;
        }
        rest = after;
        parts.extend(node(lists, clause).map(|node| Part { clause: clause.clone(), node }));
    }
    parts
}

/// A node that looks terms up itself.
pub(crate) struct Leaf<'n> {
    /// The node.
    pub node: &'n Node,
    /// Every term it looks up.
    pub terms: Vec<u32>,
    /// How they came to be looked up.
    pub by: By,
}

impl<'n> Leaf<'n> {
    /// The leaf that a node is, or the first below it.
    pub(crate) fn of(node: &'n Node) -> Option<Self> {
        let mut found = Vec::new();
        leaves(node, &mut found);
        (!found.is_empty()).then(|| found.swap_remove(0))
    }
}

/// Every leaf of a node, in order.
pub(crate) fn leaves<'n>(node: &'n Node, found: &mut Vec<Leaf<'n>>) {
    match node {
        Node::Terms { terms, by, .. } => found.push(Leaf { node, terms: terms.clone(), by: *by }),
        Node::Chain { steps, by, .. } => {
            let terms = steps.iter().flat_map(|step| step.terms.iter().copied()).collect();
            found.push(Leaf { node, terms, by: *by });
        }
        Node::Any(nodes) | Node::All(nodes) => nodes.iter().for_each(|node| leaves(node, found)),
        Node::Cites(inner) => leaves(inner, found),
    }
}

/// A term as readers may see it: a syllable without its mark.
pub(crate) fn shown(term: &str) -> String {
    term.trim_start_matches(super::tokens::SYLLABLE).to_owned()
}

/// Lets the last word of a query that is being typed be Pinyin, too, its last syllable only begun.
pub(crate) fn suggest_pinyin(lists: &Lists, parts: &mut [Part]) {
    let Some(last) = parts.last_mut() else { return };
    let ways = syllables::cut(lists, &last.clause.text.to_ascii_lowercase(), true);
    let chains = ways.into_iter().filter(|way| way.len() > 1).map(|way| chain(way, Zone::Pinyin.only(), By::Pinyin));
    let mut all = vec![last.node.clone()];
    all.extend(chains);
    last.node = Node::Any(all);
}

/// The zones that a field stands for.
fn zones(field: Option<Field>) -> Zones {
    match field {
        None => ANYWHERE,
        Some(Field::Name) => NAMES,
        Some(Field::Text) => Zone::Text.only(),
        Some(Field::Place) => Zone::Place.only(),
        Some(Field::Publisher) => Zone::Publisher.only(),
        Some(Field::Id) => Zone::Id.only(),
        Some(Field::Source) => Zone::Name.only() | Zone::Publisher.only() | Zone::Id.only(),
    }
}

fn is_bare_word(clause: &Clause) -> bool {
    let plain = !clause.excluded && !clause.quoted && !clause.beginning;
    plain && clause.field.is_none() && clause.text.bytes().all(|b| b.is_ascii_alphabetic())
}

/// Several words that together read as Pinyin of a name: `hai kang wei shi`, `haikang weishi`.
fn spoken_run(lists: &Lists, run: &[Clause]) -> Option<(Part, usize)> {
    if run.len() < 2 {
        return None;
    }
    let ways: Vec<Vec<Vec<Vec<u32>>>> =
        run.iter().map(|c| syllables::cut(lists, &c.text.to_ascii_lowercase(), false)).collect();
    let taken = ways.iter().take_while(|ways| !ways.is_empty()).count();
    if taken < 2 {
        return None;
    }
    let words = run[..taken].iter().filter_map(|clause| node(lists, clause)).collect();
    let first_ways: Vec<Vec<u32>> = ways[..taken].iter().flat_map(|ways| ways[0].clone()).collect();
    let clause = Clause {
        text: run[..taken].iter().map(|c| c.text.as_str()).collect::<Vec<_>>().join(" "),
        ..Clause::default()
    };
    let node = Node::Any(vec![Node::All(words), chain(first_ways, Zone::Pinyin.only(), By::Pinyin)]);
    Some((Part { clause, node }, taken))
}

/// A chain of terms that stand side by side.
fn chain(terms: Vec<Vec<u32>>, zones: Zones, by: By) -> Node {
    let steps = terms.into_iter().zip(0..).map(|(terms, offset)| Step { offset, terms }).collect();
    Node::Chain { steps, zones, by }
}

/// What is looked up for one clause; nothing if there is nothing in it to look for.
fn node(lists: &Lists, clause: &Clause) -> Option<Node> {
    let zones = zones(clause.field);
    let pieces = pieces(&clause.text);
    let last = pieces.len().checked_sub(1)?;
    let whole = match pieces.as_slice() {
        [Piece { words, .. }] if is_word(words) && !clause.quoted && !clause.beginning => word(lists, &words[0], zones),
        [piece] => {
            let by = if clause.beginning { By::Beginning } else { By::Typed };
            Node::Terms { terms: terms(lists, piece, true, clause.beginning), zones, by }
        }
        pieces => {
            let step = |(at, piece): (usize, &Piece)| Step {
                offset: piece.position - pieces[0].position,
                terms: terms(lists, piece, at == last, clause.beginning),
            };
            let steps = pieces.iter().enumerate().map(step).collect();
            Node::Chain { steps, zones, by: By::Typed }
        }
    };
    Some(if clause.field == Some(Field::Source) { Node::Cites(Box::new(whole)) } else { whole })
}

/// What stands at one position of the text of a clause.
struct Piece {
    position: u32,
    /// The spellings at this position: a word's own letters, and its reading in Latin ones.
    words: Vec<String>,
    /// One character of a script without spaces, alone.
    lone: bool,
}

/// The positions of a text. The last character of a run adds nothing to the pairs before it.
fn pieces(text: &str) -> Vec<Piece> {
    let mut pieces: Vec<Piece> = Vec::new();
    tokens(text, 0, &mut |token| {
        if token.tail {
            return;
        }
        match pieces.last_mut().filter(|piece| piece.position == token.position) {
            Some(piece) => piece.words.push(token.text.to_owned()),
            None => {
                let lone =
                    token.text.chars().count() == 1 && token.text.chars().all(|c| names::Script::of(c).is_dense());
                pieces.push(Piece { position: token.position, words: vec![token.text.to_owned()], lone });
            }
        }
    });
    pieces
}

fn is_word(words: &[String]) -> bool {
    words.iter().all(|word| word.bytes().all(|b| b.is_ascii_alphanumeric()))
}

/// The terms of a piece. A lone character at the end may go on: it is the beginning of a pair.
fn terms(lists: &Lists, piece: &Piece, last: bool, begun: bool) -> Vec<u32> {
    if last && (piece.lone || begun) {
        return lists.beginning(&piece.words[0]).take(MOST_BEGUN).collect();
    }
    piece.words.iter().find_map(|word| lists.number(word)).into_iter().collect()
}

/// A single word in Latin letters: itself and its other forms, or Pinyin, or the nearest names.
fn word(lists: &Lists, word: &str, zones: Zones) -> Node {
    let there = |term: &u32| lists.list(*term).iter().any(|posting| posting.zones & zones != 0);
    let mut ways = Vec::new();
    let typed: Vec<u32> = lists.number(word).into_iter().filter(there).collect();
    let forms: Vec<u32> = forms(word).iter().filter_map(|form| lists.number(form)).filter(there).collect();
    for (terms, by) in [(typed, By::Typed), (forms, By::Form)] {
        if !terms.is_empty() {
            ways.push(Node::Terms { terms, zones, by });
        }
    }
    if zones & Zone::Name.only() != 0 {
        let spoken = syllables::cut(lists, word, false).into_iter().filter(|way| way.len() > 1);
        ways.extend(spoken.map(|way| chain(way, Zone::Pinyin.only(), By::Pinyin)));
        if ways.is_empty() {
            let terms: Vec<u32> = near(lists, word, zones & NAMES).into_iter().map(|(term, _)| term).collect();
            ways.push(Node::Terms { terms, zones: zones & NAMES, by: By::Spelling });
        }
    }
    if ways.len() == 1 { ways.swap_remove(0) } else { Node::Any(ways) }
}

/// The other number of an English noun. A form that is no word is in no text, so it does no harm.
fn forms(word: &str) -> Vec<String> {
    if word.len() < 3 || word.bytes().any(|b| b.is_ascii_digit()) {
        return Vec::new();
    }
    if let Some(stem) = word.strip_suffix("ies") {
        return vec![format!("{stem}y")];
    }
    match (word.strip_suffix("es"), word.strip_suffix('s')) {
        (Some(stem), Some(longer)) if !longer.ends_with("ss") => vec![longer.to_owned(), stem.to_owned()],
        (_, Some(stem)) if !stem.ends_with('s') => vec![stem.to_owned()],
        _ => {
            let mut forms = vec![format!("{word}s"), format!("{word}es")];
            forms.extend(word.strip_suffix('y').map(|stem| format!("{stem}ies")));
            forms
        }
    }
}

#[cfg(test)]
mod tests {
    use super::forms;

    #[test]
    fn nouns_have_another_number() {
        assert_eq!(forms("cameras"), ["camera"]);
        assert_eq!(forms("city"), ["citys", "cityes", "cities"]);
        assert_eq!(forms("cities"), ["city"]);
        assert_eq!(forms("buses"), ["buse", "bus"]);
        assert_eq!(forms("access"), ["accesss", "accesses"]);
        assert!(forms("5g").is_empty());
    }
}

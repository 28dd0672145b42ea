//! The inverted lists: for every term the documents that hold it, how strongly, in which zones, and where.

use std::collections::HashMap;
use std::hash::{BuildHasherDefault, Hasher};
use std::ops::Range;

use super::tokens::{Token, syllables, tokens};

/// A part of a document that can be asked for alone.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
#[repr(u8)]
pub(crate) enum Zone {
    /// Names of an item, the title of a source, a word of the glossary.
    Name,
    /// The readings of the Han characters of a name.
    Pinyin,
    /// Its id.
    Id,
    /// Who published a source.
    Publisher,
    /// The names of a link's ends.
    Ends,
    /// Kinds, link types, categories, topics.
    Label,
    /// Where: places and countries.
    Place,
    /// Running text.
    Text,
}

/// Every zone with what one occurrence there weighs.
pub(crate) const ZONES: [(Zone, u16); 8] = [
    (Zone::Name, 6),
    (Zone::Pinyin, 2),
    (Zone::Id, 2),
    (Zone::Publisher, 2),
    (Zone::Ends, 3),
    (Zone::Label, 1),
    (Zone::Place, 2),
    (Zone::Text, 1),
];

/// A set of zones, one bit each.
pub(crate) type Zones = u8;

/// The zones of names.
pub(crate) const NAMES: Zones = Zone::Name.only() | Zone::Ends.only();

impl Zone {
    /// The set of this zone alone.
    pub(crate) const fn only(self) -> Zones {
        1 << self as u8
    }
}

/// One document in the list of a term.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Posting {
    /// The document.
    pub doc: u32,
    /// Where its positions begin; they end where the next posting's begin.
    at: u32,
    /// Occurrences, each counted as much as its zone weighs.
    pub weight: u16,
    /// The zones of the occurrences.
    pub zones: Zones,
}

/// Positions are counted within a zone, which stands above them.
const ZONE_SHIFT: u32 = 26;

/// Between two texts of one zone, so that no chain runs from one into the other.
const GAP: u32 = 8;

/// All terms of all documents.
#[derive(Debug, Default)]
pub(crate) struct Lists {
    text: String,
    ends: Vec<u32>,
    starts: Vec<u32>,
    postings: Vec<Posting>,
    positions: Vec<u8>,
    /// Of each document, how many tokens it has.
    lengths: Vec<u32>,
    /// The terms of names that are plain letters and digits, ascending: what a slip may have been meant for.
    spellings: Vec<u32>,
}

impl Lists {
    /// How many documents there are.
    pub(crate) fn documents(&self) -> usize {
        self.lengths.len()
    }

    /// The length of a document in tokens.
    pub(crate) fn length(&self, doc: u32) -> u32 {
        self.lengths[doc as usize]
    }

    /// The mean length of the documents, at least 1.
    pub(crate) fn mean_length(&self) -> f32 {
        let all: u64 = self.lengths.iter().map(|n| u64::from(*n)).sum();
        (all as f32 / self.lengths.len().max(1) as f32).max(1.0)
    }

    /// The text of a term.
    pub(crate) fn term(&self, number: u32) -> &str {
        let end = self.ends[number as usize] as usize;
        let start = if number == 0 { 0 } else { self.ends[number as usize - 1] as usize };
        &self.text[start..end]
    }

    /// The number of a term; terms are numbered in the order of their bytes.
    pub(crate) fn number(&self, term: &str) -> Option<u32> {
        let number = self.first(0, |known| known >= term);
        (number < self.ends.len() as u32 && self.term(number) == term).then_some(number)
    }

    /// The terms that begin so.
    pub(crate) fn beginning(&self, with: &str) -> Range<u32> {
        let from = self.first(0, |term| term >= with);
        from..self.first(from, |term| !term.starts_with(with))
    }

    /// The terms of names that are plain letters and digits, ascending.
    pub(crate) fn spellings(&self) -> &[u32] {
        &self.spellings
    }

    fn is_spelling(&self, number: u32) -> bool {
        let plain = self.term(number).bytes().all(|byte| byte.is_ascii_alphanumeric());
        plain && self.list(number).iter().any(|posting| posting.zones & NAMES != 0)
    }

    /// The first term from `low` on of which something holds that holds of all behind it.
    fn first(&self, mut low: u32, holds: impl Fn(&str) -> bool) -> u32 {
        let mut high = self.ends.len() as u32;
        while low < high {
            let middle = low + (high - low) / 2;
            if holds(self.term(middle)) { high = middle } else { low = middle + 1 }
        }
        low
    }

    /// The documents of a term, ascending.
    pub(crate) fn list(&self, number: u32) -> &[Posting] {
        &self.postings[self.starts[number as usize] as usize..self.starts[number as usize + 1] as usize]
    }

    /// Where a document holds a term: zone and position in one number, ascending.
    pub(crate) fn places(&self, term: u32, posting: usize, into: &mut Vec<u32>) {
        let index = self.starts[term as usize] as usize + posting;
        let from = self.postings[index].at as usize;
        let to = self.postings.get(index + 1).map_or(self.positions.len(), |next| next.at as usize);
        into.clear();
        let (mut last, mut value, mut shift) = (0u32, 0u32, 0);
        for byte in &self.positions[from..to] {
            value |= u32::from(byte & 0x7f) << shift;
            shift += 7;
            if byte & 0x80 == 0 {
                last += value;
                into.push(last);
                (value, shift) = (0, 0);
            }
        }
    }

    /// Bytes of memory, about.
    pub(crate) fn size(&self) -> usize {
        self.text.len() + self.ends.len() * 8 + self.postings.len() * size_of::<Posting>() + self.positions.len()
    }
}

/// The zone of a place.
pub(crate) fn zone_of(place: u32) -> u8 {
    (place >> ZONE_SHIFT) as u8
}

/// Lists in the making: documents come one after the other.
#[derive(Debug, Default)]
pub(crate) struct Builder {
    numbers: HashMap<Box<str>, u32, BuildHasherDefault<Quick>>,
    lists: Vec<Growing>,
    lengths: Vec<u32>,
    /// What the document in hand holds: term and place.
    found: Vec<(u32, u32)>,
    next: [u32; ZONES.len()],
}

#[derive(Debug, Default)]
struct Growing {
    postings: Vec<Posting>,
    positions: Vec<u8>,
}

impl Builder {
    /// Adds a text to the document in hand.
    pub(crate) fn add(&mut self, zone: Zone, text: &str) {
        let start = self.next[zone as usize];
        let (numbers, lists, found) = (&mut self.numbers, &mut self.lists, &mut self.found);
        let base = u32::from(zone as u8) << ZONE_SHIFT;
        let end = cut(zone, text, start, &mut |token: Token<'_>| {
            let number = match numbers.get(token.text) {
                Some(number) => *number,
                None => {
                    let number = lists.len() as u32;
                    numbers.insert(token.text.into(), number);
                    lists.push(Growing::default());
                    number
                }
            };
            found.push((number, base | token.position));
        });
        self.next[zone as usize] = (end + GAP).min((1 << ZONE_SHIFT) - 1);
    }

    /// Ends the document in hand; documents are numbered from 0.
    pub(crate) fn end_document(&mut self) {
        let doc = self.lengths.len() as u32;
        self.found.sort_unstable();
        self.lengths.push(self.found.len() as u32);
        for places in self.found.chunk_by(|a, b| a.0 == b.0) {
            self.lists[places[0].0 as usize].push(doc, places);
        }
        self.found.clear();
        self.next = [0; ZONES.len()];
    }

    /// The finished lists.
    pub(crate) fn finish(self) -> Lists {
        let mut terms: Vec<(Box<str>, u32)> = self.numbers.into_iter().collect();
        terms.sort_unstable();
        let mut lists = Lists { lengths: self.lengths, ..Lists::default() };
        let mut growing = self.lists;
        lists.postings.reserve_exact(growing.iter().map(|g| g.postings.len()).sum());
        lists.positions.reserve_exact(growing.iter().map(|g| g.positions.len()).sum());
        for (term, number) in terms {
            lists.text.push_str(&term);
            lists.ends.push(lists.text.len() as u32);
            lists.starts.push(lists.postings.len() as u32);
            let Growing { postings, positions } = std::mem::take(&mut growing[number as usize]);
            let base = lists.positions.len() as u32;
            lists.postings.extend(postings.into_iter().map(|p| Posting { at: base + p.at, ..p }));
            lists.positions.extend(positions);
        }
        lists.starts.push(lists.postings.len() as u32);
        lists.spellings = (0..lists.ends.len() as u32).filter(|number| lists.is_spelling(*number)).collect();
        lists
    }
}

/// Tells terms apart while they are gathered; most have fewer than nine bytes.
#[derive(Default)]
struct Quick(u64);

impl Hasher for Quick {
    fn finish(&self) -> u64 {
        self.0
    }

    fn write(&mut self, bytes: &[u8]) {
        for part in bytes.chunks(8) {
            let mut eight = [0; 8];
            eight[..part.len()].copy_from_slice(part);
            let mixed = (self.0 ^ u64::from_le_bytes(eight)).wrapping_mul(0x9e37_79b9_7f4a_7c15);
            self.0 = (mixed ^ mixed >> 29).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        }
    }
}

/// Cuts a text as its zone wants it.
pub(crate) fn cut(zone: Zone, text: &str, start: u32, each: &mut dyn FnMut(Token<'_>)) -> u32 {
    match zone {
        Zone::Pinyin => syllables(text, start, each),
        _ => tokens(text, start, each),
    }
}

impl Growing {
    fn push(&mut self, doc: u32, places: &[(u32, u32)]) {
        let (at, mut weight, mut zones, mut last) = (self.positions.len() as u32, 0u16, 0, 0);
        for (_, place) in places {
            let zone = zone_of(*place);
            weight = weight.saturating_add(ZONES[usize::from(zone)].1);
            zones |= 1 << zone;
            self.push_number(place - last);
            last = *place;
        }
        self.postings.push(Posting { doc, at, weight, zones });
    }

    /// LEB128: seven bits a byte, the lowest first.
    fn push_number(&mut self, mut number: u32) {
        while number >= 0x80 {
            self.positions.push(number as u8 | 0x80);
            number >>= 7;
        }
        self.positions.push(number as u8);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn lists(documents: &[&[(Zone, &str)]]) -> Lists {
        let mut builder = Builder::default();
        for document in documents {
            document.iter().for_each(|(zone, text)| builder.add(*zone, text));
            builder.end_document();
        }
        builder.finish()
    }

    #[test]
    fn a_term_knows_its_documents_its_zones_and_its_places() {
        let lists =
            lists(&[&[(Zone::Text, "a b a"), (Zone::Name, "a")], &[(Zone::Text, "b")], &[(Zone::Text, "ab a")]]);
        let a = lists.number("a").unwrap();
        let found: Vec<_> = lists.list(a).iter().map(|p| (p.doc, p.weight, p.zones)).collect();
        assert_eq!(found, [(0, 8, Zone::Text.only() | Zone::Name.only()), (2, 1, Zone::Text.only())]);
        let mut places = Vec::new();
        lists.places(a, 0, &mut places);
        assert_eq!(places.iter().map(|p| (zone_of(*p), p & 0xffff)).collect::<Vec<_>>(), [(0, 0), (7, 0), (7, 2)]);
        lists.places(a, 1, &mut places);
        assert_eq!(places.len(), 1);
        assert_eq!(lists.number("c"), None);
        assert_eq!((lists.documents(), lists.length(0)), (3, 4));
    }

    #[test]
    fn the_terms_that_begin_alike_stand_together() {
        let lists = lists(&[&[(Zone::Text, "car cart cat dog ca")]]);
        let begin = |with: &str| lists.beginning(with).map(|n| lists.term(n)).collect::<Vec<_>>();
        assert_eq!(begin("car"), ["car", "cart"]);
        assert_eq!(begin("ca"), ["ca", "car", "cart", "cat"]);
        assert!(begin("x").is_empty());
        assert_eq!(begin("").len(), 5);
    }

    #[test]
    fn an_empty_builder_gives_empty_lists() {
        let lists = lists(&[]);
        assert_eq!((lists.documents(), lists.number("a"), lists.beginning("a")), (0, None, 0..0));
    }
}

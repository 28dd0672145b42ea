//! Points as the bytes of the format (Mapbox Vector Tile 2.1, section 4): every point has the same few keys and words of
//! small dictionaries, so a word is looked up by its number and written once. A builder for any feature hashes each key
//! and word of each point anew.

use std::collections::BTreeMap;

use super::TileSource;

/// Units from the tile's north-west corner.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Place {
    pub x: i32,
    pub y: i32,
}

/// The keys, by their numbers.
const KEYS: [&str; 9] = ["id", "link", "category", "country", "status", "confidence", "precision", "poi", "count"];
const ID: u32 = 0;
const POI: u32 = 7;
const COUNT: u32 = 8;

/// Field numbers with their wire types, as they are written (Protocol Buffers, "Message Structure").
mod field {
    pub const TILE_LAYER: u8 = 3 << 3 | 2;
    pub const NAME: u8 = 1 << 3 | 2;
    pub const FEATURE: u8 = 2 << 3 | 2;
    pub const KEY: u8 = 3 << 3 | 2;
    pub const VALUE: u8 = 4 << 3 | 2;
    pub const EXTENT: u8 = 5 << 3;
    pub const VERSION: u8 = 15 << 3;
    pub const FEATURE_ID: u8 = 1 << 3;
    pub const TAGS: u8 = 2 << 3 | 2;
    pub const TYPE: u8 = 3 << 3;
    pub const GEOMETRY: u8 = 4 << 3 | 2;
    pub const TEXT: u8 = 1 << 3 | 2;
    pub const UNSIGNED: u8 = 5 << 3;
    pub const FLAG: u8 = 7 << 3;
}

/// A layer of points in the making.
pub(super) struct Features<'s, 'a> {
    source: &'s TileSource<'a>,
    features: Vec<u8>,
    values: Vec<u8>,
    /// How many values are written.
    written: u32,
    /// By key and number in its dictionary: the number of the written value, plus one.
    words: [Vec<u32>; KEYS.len()],
    /// The numbers of the words of dictionaries, of which two may hold the same.
    named: BTreeMap<String, u32>,
    tags: Vec<u8>,
}

impl<'s, 'a> Features<'s, 'a> {
    pub fn new(source: &'s TileSource<'a>) -> Self {
        let (words, named, tags) = (Default::default(), BTreeMap::new(), Vec::new());
        Self { source, features: Vec::new(), values: Vec::new(), written: 0, words, named, tags }
    }

    /// A row at its place.
    pub fn point(&mut self, row: usize, place: Place) {
        let (rows, names) = (self.source.rows, self.source.dictionaries);
        self.tags.clear();
        self.id((self.source.id)(rows.link[row]));
        self.word(1, rows.link_type[row] as usize, |number| names.link.get(number).map(|c| c.id.as_str()));
        let category = rows.categories[row].trailing_zeros() as usize;
        self.word(2, category, |number| names.category.get(number).map(|c| c.id.as_str()));
        if let Some(country) = rows.country[row] {
            self.word(3, country as usize, |number| names.country.get(number).map(|c| c.id.as_str()));
        }
        self.word(4, rows.status[row] as usize, |number| names.status.get(number).map(|c| c.id.as_str()));
        self.word(5, rows.confidence[row] as usize, |number| names.confidence.get(number).map(|c| c.id.as_str()));
        self.word(6, rows.precision[row] as usize, |number| names.precision.get(number).map(|c| c.id.as_str()));
        self.number(POI, u32::from(rows.poi[row]), field::FLAG);
        self.end(Some(row), place);
    }

    /// Some rows close together; the only one of a cell is drawn as itself.
    pub fn cell(&mut self, first: usize, place: Place, count: u32) {
        if count == 1 {
            return self.point(first, place);
        }
        self.tags.clear();
        self.number(COUNT, count, field::UNSIGNED);
        self.end(None, place);
    }

    /// The bytes of a tile with this layer; none without a point.
    pub fn layer(self) -> Vec<u8> {
        if self.features.is_empty() {
            return Vec::new();
        }
        let mut ends = vec![field::VERSION, 2];
        text(&mut ends, field::NAME, "links");
        KEYS.iter().for_each(|key| text(&mut ends, field::KEY, key));
        ends.push(field::EXTENT);
        varint(&mut ends, super::EXTENT as u64);
        let length = ends.len() + self.features.len() + self.values.len();
        let mut bytes = Vec::with_capacity(length + 6);
        bytes.push(field::TILE_LAYER);
        varint(&mut bytes, length as u64);
        [ends, self.features, self.values].iter().for_each(|part| bytes.extend_from_slice(part));
        bytes
    }

    fn id(&mut self, id: &str) {
        let value = self.value(|value| text(value, field::TEXT, id));
        self.tag(ID, value);
    }

    /// A word of a dictionary; nothing if it has none of this number.
    fn word<'n>(&mut self, key: u32, number: usize, name: impl Fn(usize) -> Option<&'n str>) {
        let Some(name) = name(number) else { return };
        self.once(key, number, |features| {
            let known = features.named.get(name).copied();
            known.unwrap_or_else(|| {
                let written = features.value(|value| text(value, field::TEXT, name));
                features.named.insert(name.to_owned(), written);
                written
            })
        });
    }

    fn number(&mut self, key: u32, number: u32, kind: u8) {
        self.once(key, number as usize, |features| {
            features.value(|value| {
                value.push(kind);
                varint(value, number.into());
            })
        });
    }

    /// A value of a key by its number, which is written when it is first used.
    fn once(&mut self, key: u32, number: usize, write: impl Fn(&mut Self) -> u32) {
        let words = &mut self.words[key as usize];
        if words.len() <= number {
            words.resize(number + 1, 0);
        }
        if words[number] == 0 {
            let written = write(self);
            self.words[key as usize][number] = written + 1;
        }
        let value = self.words[key as usize][number] - 1;
        self.tag(key, value);
    }

    /// Writes a value and gives its number.
    fn value(&mut self, write: impl Fn(&mut Vec<u8>)) -> u32 {
        self.values.push(field::VALUE);
        let from = self.values.len();
        self.values.push(0);
        write(&mut self.values);
        measure(&mut self.values, from);
        self.written += 1;
        self.written - 1
    }

    fn tag(&mut self, key: u32, value: u32) {
        varint(&mut self.tags, key.into());
        varint(&mut self.tags, value.into());
    }

    /// Writes the feature whose tags are there.
    fn end(&mut self, id: Option<usize>, place: Place) {
        let to = &mut self.features;
        to.push(field::FEATURE);
        let from = to.len();
        to.push(0);
        if let Some(id) = id {
            to.push(field::FEATURE_ID);
            varint(to, id as u64);
        }
        to.push(field::TAGS);
        varint(to, self.tags.len() as u64);
        to.extend_from_slice(&self.tags);
        to.extend_from_slice(&[field::TYPE, 1, field::GEOMETRY]);
        let at = to.len();
        // One command: move to, once (section 4.3.1).
        to.extend_from_slice(&[0, 1 << 3 | 1]);
        varint(to, zigzag(place.x));
        varint(to, zigzag(place.y));
        measure(to, at);
        measure(to, from);
    }
}

/// Writes the length of what stands behind a place that was left for it; one byte is enough below 128.
fn measure(bytes: &mut Vec<u8>, at: usize) {
    let length = bytes.len() - at - 1;
    if length < 0x80 {
        bytes[at] = length as u8;
    } else {
        let mut written = Vec::new();
        varint(&mut written, length as u64);
        bytes.splice(at..=at, written);
    }
}

fn text(bytes: &mut Vec<u8>, field: u8, text: &str) {
    bytes.push(field);
    varint(bytes, text.len() as u64);
    bytes.extend_from_slice(text.as_bytes());
}

/// Seven bits a byte, the lowest first (Protocol Buffers, "Base 128 Varints").
fn varint(bytes: &mut Vec<u8>, mut value: u64) {
    while value >= 0x80 {
        bytes.push(value as u8 | 0x80);
        value >>= 7;
    }
    bytes.push(value as u8);
}

/// A signed number with its sign as the lowest bit (section 4.3.2).
fn zigzag(value: i32) -> u64 {
    u64::from(((value << 1) ^ (value >> 31)) as u32)
}

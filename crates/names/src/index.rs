//! Many names in memory: the few that may be the one asked for are found by their keys, and compared exactly.

use crate::compare::{Comparison, compare};
use crate::hash::Table;
use crate::keys::{Key, keys, word_key, worth};
use crate::name::Name;
use crate::reading::Reader;
use crate::token::Token;

/// A name among the few that were compared.
#[derive(Debug, Clone)]
pub struct Hit {
    /// The caller's number of what bears the name.
    pub entity: u32,
    /// The name's number in the index; [`Index::name`] has it.
    pub name: u32,
    /// The comparison with the name asked for.
    pub comparison: Comparison,
}

/// How much work a query may cost: the one trade-off between speed and finding everything.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Effort {
    /// How many names are compared exactly. More find more; each costs about a microsecond.
    pub candidates: usize,
    /// How many entries of the key lists are read to choose them. The rarest keys come first.
    pub reads: usize,
}

impl Default for Effort {
    /// What the figures in `bench/names/README.md` were measured with.
    fn default() -> Effort {
        Effort { candidates: 50, reads: 12_000 }
    }
}

/// Names that were made ready together; an index holds one or several such parts.
///
/// Building one part takes no lock and shares nothing: build several in as many threads and give
/// them to [`Index::new`].
#[derive(Debug, Default)]
pub struct Part {
    names: Vec<Name>,
    entities: Vec<u32>,
    lists: Table<(u32, u32)>,
    entries: Vec<u32>,
    /// Of each name, the length of its vector of keys.
    lengths: Vec<f32>,
}

impl Part {
    /// Files names under the caller's numbers; one number may have many names.
    pub fn new(names: impl IntoIterator<Item = (u32, Name)>) -> Part {
        let mut part = Part::default();
        let mut filed: Vec<(Key, u32)> = Vec::new();
        let mut found = Vec::new();
        for (entity, name) in names {
            keys(&name, &mut found);
            let number = part.names.len() as u32;
            filed.extend(found.iter().map(|key| (*key, number)));
            part.names.push(name);
            part.entities.push(entity);
        }
        filed.sort_unstable();
        for same in filed.chunk_by(|a, b| a.0 == b.0) {
            let start = part.entries.len() as u32;
            part.entries.extend(same.iter().map(|(_, number)| *number));
            part.lists.insert(same[0].0, (start, part.entries.len() as u32));
        }
        part
    }

    fn list(&self, key: Key) -> &[u32] {
        self.lists.get(&key).map_or(&[], |(from, to)| &self.entries[*from as usize..*to as usize])
    }
}

/// An index of names in memory.
#[derive(Debug, Default)]
pub struct Index {
    parts: Vec<Part>,
    /// The number of the first name of each part.
    firsts: Vec<u32>,
    len: usize,
}

/// Room for one query after the other; one for each thread.
#[derive(Debug, Default)]
pub struct Scratch {
    points: Vec<f32>,
    touched: Vec<u32>,
    keys: Vec<Key>,
}

impl Index {
    /// Puts parts together and weighs the words of all names by how many share them.
    pub fn new(parts: Vec<Part>) -> Index {
        let mut index = Index::default();
        for part in parts {
            index.firsts.push(index.len as u32);
            index.len += part.names.len();
            index.parts.push(part);
        }
        index.weigh_all();
        index
    }

    /// Adds names that came later. Their words are weighed by all names; older weights stay.
    pub fn add(&mut self, part: Part) {
        self.firsts.push(self.len as u32);
        self.len += part.names.len();
        self.parts.push(part);
        self.weigh_part(self.parts.len() - 1);
    }

    /// How many names it holds.
    pub fn len(&self) -> usize {
        self.len
    }

    /// Whether it holds none.
    pub fn is_empty(&self) -> bool {
        self.len == 0
    }

    /// A name by its number, as in [`Hit::name`].
    pub fn name(&self, number: u32) -> &Name {
        let part = self.firsts.partition_point(|first| *first <= number) - 1;
        &self.parts[part].names[(number - self.firsts[part]) as usize]
    }

    /// A name made ready to be asked for: its words weighed by how rare they are here.
    pub fn query(&self, text: &str) -> Name {
        self.query_with(&mut Reader::forgetful(), text)
    }

    /// The same with a reader that remembers words.
    pub fn query_with(&self, reader: &mut Reader, text: &str) -> Name {
        let mut name = reader.name(text);
        name.tokens.iter_mut().for_each(|token| self.weigh(token));
        name
    }

    /// The best `most` entities for a name, best first, each with its best name; and how many names were compared.
    pub fn find(&self, query: &Name, most: usize, effort: Effort, scratch: &mut Scratch) -> (Vec<Hit>, usize) {
        let candidates = self.candidates(query, effort, scratch);
        let mut hits: Vec<Hit> = candidates
            .iter()
            .map(|number| {
                let part = self.firsts.partition_point(|first| first <= number) - 1;
                let at = (number - self.firsts[part]) as usize;
                let comparison = compare(query, &self.parts[part].names[at]);
                Hit { entity: self.parts[part].entities[at], name: *number, comparison }
            })
            .collect();
        hits.sort_by(|a, b| b.comparison.score.total_cmp(&a.comparison.score).then(a.name.cmp(&b.name)));
        let mut best: Vec<Hit> = Vec::with_capacity(most);
        for hit in hits {
            if best.len() == most {
                break;
            }
            if best.iter().all(|known| known.entity != hit.entity) {
                best.push(hit);
            }
        }
        (best, candidates.len())
    }

    /// The names that share the rarest keys with the one asked for.
    fn candidates(&self, query: &Name, effort: Effort, scratch: &mut Scratch) -> Vec<u32> {
        keys(query, &mut scratch.keys);
        let mut asked: Vec<(usize, Key)> =
            scratch.keys.iter().map(|key| (self.count(*key), *key)).filter(|(n, _)| *n > 0).collect();
        asked.sort_unstable();
        scratch.points.resize(self.len, 0.0);
        let mut read = 0;
        for (count, key) in asked {
            if read > 0 && read + count > effort.reads {
                break;
            }
            read += count;
            let points = self.rarity(count) * worth(key);
            self.give(key, points * points, scratch);
        }
        self.take_best(effort.candidates, scratch)
    }

    fn give(&self, key: Key, points: f32, scratch: &mut Scratch) {
        for (part, first) in self.parts.iter().zip(&self.firsts) {
            for entry in part.list(key) {
                let number = first + entry;
                let slot = &mut scratch.points[number as usize];
                if *slot == 0.0 {
                    scratch.touched.push(number);
                }
                *slot += points;
            }
        }
    }

    /// The names with most points for their length; leaves the scratch empty.
    fn take_best(&self, most: usize, scratch: &mut Scratch) -> Vec<u32> {
        let mut ranked: Vec<(f32, u32)> =
            scratch.touched.drain(..).map(|n| (std::mem::take(&mut scratch.points[n as usize]), n)).collect();
        for (points, number) in &mut ranked {
            let part = self.firsts.partition_point(|first| *first <= *number) - 1;
            *points /= self.parts[part].lengths[(*number - self.firsts[part]) as usize];
        }
        let better = |a: &(f32, u32), b: &(f32, u32)| b.0.total_cmp(&a.0).then(a.1.cmp(&b.1));
        if ranked.len() > most {
            ranked.select_nth_unstable_by(most, better);
            ranked.truncate(most);
        }
        ranked.into_iter().map(|(_, number)| number).collect()
    }

    fn count(&self, key: Key) -> usize {
        self.parts.iter().map(|part| part.list(key).len()).sum()
    }

    /// How much it says that two names share a key which so many have.
    fn rarity(&self, count: usize) -> f32 {
        ((self.len as f32 + 1.0) / count as f32).ln().max(0.1)
    }

    fn weigh_all(&mut self) {
        for part in 0..self.parts.len() {
            self.weigh_part(part);
        }
    }

    fn weigh_part(&mut self, at: usize) {
        let mut names = std::mem::take(&mut self.parts[at].names);
        let mut found = Vec::new();
        let mut lengths = Vec::with_capacity(names.len());
        // The part's own lists stay in place, so counts are right while its names are out.
        for name in &mut names {
            name.tokens.iter_mut().for_each(|token| self.weigh(token));
            keys(name, &mut found);
            let square: f32 = found.iter().map(|key| (self.rarity(self.count(*key)) * worth(*key)).powi(2)).sum();
            lengths.push(square.sqrt().sqrt());
        }
        self.parts[at].names = names;
        self.parts[at].lengths = lengths;
    }

    /// Words that many names share tell less; in a small index nothing can be said.
    fn weigh(&self, token: &mut Token) {
        if !token.is_distinctive() || token.han.1 == 1 {
            return;
        }
        let count = self.count(word_key(token));
        let share = count as f32 / (self.len as f32 + 1_000.0);
        let factor = if share <= RARE { 1.0 } else { (1.0 - (share / RARE).ln() * 0.17).max(0.35) };
        let prior = if token.han.1 > 1 { 1.0 + 0.1 * f32::from(token.han.1.min(5)) } else { token.prior() };
        token.weight = prior * factor;
    }
}

/// A word that one name in two thousand has is still distinctive.
const RARE: f32 = 0.0005;

#[cfg(test)]
mod tests {
    use super::*;

    const NAMES: [&str; 8] = [
        "杭州海康威视数字技术股份有限公司",
        "Zorbax Technology GmbH",
        "Zorbax Shipping GmbH",
        "Kalimba Instruments Ltd",
        "上海晓晨科技有限公司",
        "Акционерное общество «Звездочка-Тест»",
        "National Institute of Public Health",
        "National Institute of Public Administration",
    ];

    fn index(parts: usize) -> Index {
        let numbered: Vec<(u32, &str)> = NAMES.into_iter().enumerate().map(|(i, n)| (i as u32, n)).collect();
        Index::new(
            numbered
                .chunks(NAMES.len().div_ceil(parts))
                .map(|c| Part::new(c.iter().map(|(i, n)| (*i, Name::new(n)))))
                .collect(),
        )
    }

    fn best(index: &Index, text: &str) -> Option<u32> {
        let (hits, _) = index.find(&index.query(text), 1, Effort::default(), &mut Scratch::default());
        hits.first().map(|hit| hit.entity)
    }

    #[test]
    fn names_are_found_across_scripts_and_with_slips() {
        let index = index(1);
        for (query, entity) in [
            ("Hikvision", 0),
            ("Zorbaks Tehnologie", 1),
            ("Shanghai Xiaochen Technology Co., Ltd.", 4),
            ("JSC Zvezdochka-Test", 5),
            ("Национальный институт общественного здоровья", 6),
        ] {
            assert_eq!(best(&index, query), Some(entity), "{query}");
        }
        assert_eq!(best(&index, "Qwfpgj"), None);
    }

    #[test]
    fn parts_built_apart_answer_like_one_part() {
        let (one, three) = (index(1), index(3));
        for query in NAMES {
            let find = |index: &Index| {
                let (hits, compared) = index.find(&index.query(query), 5, Effort::default(), &mut Scratch::default());
                (hits.iter().map(|h| (h.entity, h.comparison.score.to_bits())).collect::<Vec<_>>(), compared)
            };
            assert_eq!(find(&one), find(&three), "{query}");
        }
    }

    #[test]
    fn names_can_be_added_later() {
        let mut index = index(2);
        index.add(Part::new([(77, Name::new("Qwertzia Robotics"))]));
        assert_eq!(best(&index, "QWERTZIA ROBOTICS LTD"), Some(77));
        assert_eq!(index.name(8).text(), "Qwertzia Robotics");
    }

    #[test]
    fn an_entity_is_answered_once_with_its_best_name() {
        let names = ["Zorbax Ltd", "Zorbax Limited", "Zorbax Technology"].map(|n| (5, Name::new(n)));
        let index = Index::new(vec![Part::new(names)]);
        let (hits, compared) =
            index.find(&index.query("Zorbax Technology"), 10, Effort::default(), &mut Scratch::default());
        assert_eq!((hits.len(), compared), (1, 3));
        assert_eq!(index.name(hits[0].name).text(), "Zorbax Technology");
    }
}

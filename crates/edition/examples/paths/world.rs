//! The scale-free graph of the paths bench, and the questions asked of it.

use edition::graph::{Conditions, LinkInput, Via};

/// How many items.
pub const ITEMS: usize = 100_000;
/// How many links.
pub const LINKS: usize = 1_000_000;
/// How many questions.
pub const QUERIES: usize = 1_000;

/// Numbers that look random and are the same every time (SplitMix64).
pub struct Dice(pub u64);

impl Dice {
    /// The next number.
    pub fn roll(&mut self) -> u64 {
        self.0 = self.0.wrapping_add(0x9e37_79b9_7f4a_7c15);
        let mut x = self.0;
        x = (x ^ x >> 30).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        x = (x ^ x >> 27).wrapping_mul(0x94d0_49bb_1331_11eb);
        x ^ x >> 31
    }

    /// A number below `end`.
    pub fn below(&mut self, end: usize) -> usize {
        (self.roll() % end as u64) as usize
    }

    fn unit(&mut self) -> f64 {
        (self.roll() >> 11) as f64 / (1u64 << 53) as f64
    }
}

/// A scale-free graph (Chung and Lu): the weight of the item at rank `i` is `(i + 10)^-0.55`; half of the items have the same
/// rank as subject and as object.
pub fn links(dice: &mut Dice) -> Vec<LinkInput> {
    let mut sums = Vec::with_capacity(ITEMS);
    let mut sum = 0.0;
    for rank in 0..ITEMS {
        sum += (rank as f64 + 10.0).powf(-0.55);
        sums.push(sum);
    }
    let subjects = shuffled(dice);
    let other = shuffled(dice);
    let objects: Vec<u32> =
        (0..ITEMS).map(|rank| if dice.below(2) == 0 { subjects[rank] } else { other[rank] }).collect();
    let pick = |dice: &mut Dice, items: &[u32]| {
        let point = dice.unit() * sum;
        items[sums.partition_point(|s| *s < point).min(ITEMS - 1)]
    };
    let mut pairs = std::collections::BTreeSet::new();
    while pairs.len() < LINKS {
        let pair = (pick(dice, &subjects), pick(dice, &objects));
        if pair.0 != pair.1 {
            pairs.insert(pair);
        }
    }
    (0..).zip(pairs).map(|(number, (subject, object))| link(dice, number, subject, object)).collect()
}

fn link(dice: &mut Dice, number: u32, subject: u32, object: u32) -> LinkInput {
    let year = 2000 + dice.below(25) as i32;
    LinkInput {
        via: Via::Link(number),
        subject,
        object,
        link_type: [0, 0, 0, 0, 0, 1, 1, 1, 2, 2][dice.below(10)],
        confidence: [0, 0, 0, 1, 2, 2, 2, 2, 2, 3][dice.below(10)],
        from: (dice.below(4) > 0).then_some(year * 10_000 + 101),
        until: (dice.below(4) == 0).then_some((year + 5) * 10_000 + 1231),
        offered: false,
    }
}

fn shuffled(dice: &mut Dice) -> Vec<u32> {
    let mut all: Vec<u32> = (0..ITEMS as u32).collect();
    (1..ITEMS).rev().for_each(|at| all.swap(at, dice.below(at + 1)));
    all
}

/// Half of the questions between any two, half to where a walk of four steps ended.
pub fn queries(dice: &mut Dice, links: &[LinkInput], conditions: &Conditions) -> Vec<(u32, u32)> {
    let passing: Vec<&LinkInput> = links.iter().filter(|link| passes(link, conditions)).collect();
    let mut out: Vec<Vec<u32>> = vec![Vec::new(); ITEMS];
    passing.iter().for_each(|link| out[link.subject as usize].push(link.object));
    let mut pairs: Vec<(u32, u32)> =
        (0..QUERIES / 2).map(|_| (dice.below(ITEMS) as u32, dice.below(ITEMS) as u32)).collect();
    while pairs.len() < QUERIES {
        let start = passing[dice.below(passing.len())].subject;
        let walk = (0..4).try_fold(start, |at, _| {
            let next = &out[at as usize];
            (!next.is_empty()).then(|| next[dice.below(next.len())])
        });
        pairs.extend(walk.filter(|end| *end != start).map(|end| (start, end)));
    }
    pairs
}

/// The conditions, written a second time for the peers: the links that pass go into `links.csv`.
pub fn passes(link: &LinkInput, conditions: &Conditions) -> bool {
    conditions.confidences >> link.confidence & 1 == 1
        && link.from.unwrap_or(i32::MIN) <= conditions.until.unwrap_or(i32::MAX)
        && link.until.unwrap_or(i32::MAX) >= conditions.since.unwrap_or(i32::MIN)
}

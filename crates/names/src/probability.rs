//! From measures to a probability: small decision trees that were fitted to labelled pairs.

use std::sync::OnceLock;

use crate::measures::{MEASURES, NAMES};

const DATA: &str = include_str!("../data/model.tsv");
/// Every tree asks this many questions one after the other.
const DEPTH: usize = 3;
const SPLITS: usize = (1 << DEPTH) - 1;
const LEAVES: usize = 1 << DEPTH;
/// A power of two, so that no look-up has to be checked.
const PADDED: usize = MEASURES.next_power_of_two();

/// One tree: question `i` leads to question `2i + 1` (not more) or `2i + 2` (more).
#[derive(Debug, Clone, Copy)]
struct Tree {
    measure: [u8; SPLITS],
    more_than: [f32; SPLITS],
    leaf: [f32; LEAVES],
}

/// The fitted trees and the two thresholds.
#[derive(Debug)]
pub(crate) struct Model {
    base: f32,
    trees: Vec<Tree>,
    /// From here on two names are taken for one organisation.
    pub(crate) same: f32,
    /// From here on they may be.
    pub(crate) possible: f32,
}

/// The model of `data/model.tsv`.
pub(crate) fn model() -> &'static Model {
    static MODEL: OnceLock<Model> = OnceLock::new();
    MODEL.get_or_init(|| Model::read(DATA))
}

impl Model {
    fn read(data: &str) -> Model {
        let mut model = Model { base: 0.0, trees: Vec::new(), same: 0.5, possible: 0.5 };
        for line in data.lines().filter(|l| !l.starts_with('#')) {
            let mut cells = line.split('\t');
            match cells.next() {
                Some("base") => model.base = number(cells.next()),
                Some("same") => model.same = number(cells.next()),
                Some("possible") => model.possible = number(cells.next()),
                Some("tree") => model.trees.push(Tree::read(cells)),
                _ => {}
            }
        }
        model
    }

    /// The probability that two names with these measures are one organisation's.
    pub(crate) fn probability(&self, measures: &[f32; MEASURES]) -> f32 {
        let mut padded = [0.0; PADDED];
        padded[..MEASURES].copy_from_slice(measures);
        let odds = self.trees.iter().fold(self.base, |sum, tree| sum + tree.value(&padded));
        1.0 / (1.0 + (-odds).exp())
    }
}

impl Tree {
    fn read<'a>(mut cells: impl Iterator<Item = &'a str>) -> Tree {
        let mut tree = Tree { measure: [0; SPLITS], more_than: [0.0; SPLITS], leaf: [0.0; LEAVES] };
        for i in 0..SPLITS {
            let (name, more_than) = cells.next().and_then(|c| c.split_once('>')).unwrap_or(("", "inf"));
            tree.measure[i] = NAMES.iter().position(|n| *n == name).unwrap_or(0) as u8;
            tree.more_than[i] = more_than.parse().unwrap_or(f32::INFINITY);
        }
        for leaf in &mut tree.leaf {
            *leaf = number(cells.next());
        }
        tree
    }

    fn value(&self, measures: &[f32; PADDED]) -> f32 {
        let mut at = 0;
        for _ in 0..DEPTH {
            let measure = measures[self.measure[at] as usize % PADDED];
            at = 2 * at + 1 + usize::from(measure > self.more_than[at]);
        }
        self.leaf[at - SPLITS]
    }
}

fn number(cell: Option<&str>) -> f32 {
    cell.and_then(|c| c.parse().ok()).unwrap_or(0.0)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_tree_is_followed_to_its_leaf() {
        let text = "base\t0\nsame\t0.8\ntree\town_least>0.5\town_most>0.5\town_most>0.25\t-\t-\t-\t-\t-1\t-1\t-2\t-2\t1\t1\t2\t2\n";
        let model = Model::read(text);
        let mut measures = [0.0; MEASURES];
        assert!((model.probability(&measures) - 0.268_941).abs() < 1e-5);
        (measures[0], measures[1]) = (0.6, 0.3);
        assert!((model.probability(&measures) - 0.880_797).abs() < 1e-5);
        assert_eq!(model.same, 0.8);
    }

    #[test]
    fn the_shipped_model_is_whole() {
        let model = model();
        assert!(model.trees.len() >= 20 && model.possible < model.same && model.same < 1.0);
        for line in DATA.lines().filter(|l| l.starts_with("tree")) {
            assert_eq!(line.split('\t').count(), 1 + SPLITS + LEAVES);
            for cell in line.split('\t').skip(1).take(SPLITS).filter(|c| *c != "-") {
                assert!(NAMES.contains(&cell.split('>').next().unwrap()), "{cell}");
            }
        }
    }
}

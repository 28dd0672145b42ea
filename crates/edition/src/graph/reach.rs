//! What can be reached from one item: for each item asked about, the path that says most.

use super::{Conditions, Filter, Graph, Path, Scratch};

/// Something that was reached.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Reached {
    /// The item.
    pub item: u32,
    /// The way to it.
    pub path: Path,
}

impl Graph {
    /// Every wanted item within `most` steps of `from`, each by a path of fewest steps (of equal ones the one that
    /// costs least), ordered by [`Path::rank`]. Goes on behind a wanted item too.
    pub fn reach(
        &self,
        from: u32,
        conditions: &Conditions,
        most: usize,
        scratch: &mut Scratch,
        wanted: impl Fn(u32) -> bool,
    ) -> Vec<Reached> {
        if from as usize >= self.len() {
            return Vec::new();
        }
        let filter = conditions.filter();
        scratch.begin(self.len());
        scratch.see(0, from, from);
        let (mut front, mut found) = (vec![from], Vec::new());
        for level in 0..most {
            front = self.beyond(front, level == 0, &filter, scratch);
            found.extend(front.iter().copied().filter(|item| wanted(*item)));
        }
        let path = |item: u32| Some(Reached { item, path: self.path(way_to(item, scratch), conditions)? });
        let mut reached: Vec<Reached> = found.into_iter().filter_map(path).collect();
        reached.sort_by(|a, b| a.path.rank().cmp(&b.path.rank()));
        reached
    }

    /// What one more step comes to that was not seen before. The beginning may be gone through whatever it is.
    fn beyond(&self, front: Vec<u32>, begins: bool, filter: &Filter, scratch: &mut Scratch) -> Vec<u32> {
        // Cheaper ways first: the first to come to an item keeps it.
        let mut order: Vec<(u32, u32)> = front.iter().map(|item| (self.cost_so_far(*item, scratch), *item)).collect();
        order.sort_unstable();
        let mut next = Vec::new();
        for (_, item) in order {
            if !begins && !self.passable(item, filter) {
                continue;
            }
            for step in self.steps(item, filter, false).iter().filter(|step| filter.passes(step)) {
                if scratch.seen(0, step.to).is_none() {
                    scratch.see(0, step.to, item);
                    next.push(step.to);
                }
            }
        }
        next
    }

    /// What it costs to go on from an item, by the way on which it was reached.
    fn cost_so_far(&self, item: u32, scratch: &Scratch) -> u32 {
        let (mut at, mut cost) = (item, 0);
        while let Some(before) = scratch.seen(0, at).filter(|before| *before != at) {
            cost += 2 + self.damping(at);
            at = before;
        }
        cost
    }
}

/// The items from the beginning to this one, by the way on which it was reached.
fn way_to(item: u32, scratch: &Scratch) -> Vec<u32> {
    let mut items = vec![item];
    while let Some(before) = items.last().and_then(|at| scratch.seen(0, *at)).filter(|b| items.last() != Some(b)) {
        items.push(before);
    }
    items.reverse();
    items
}

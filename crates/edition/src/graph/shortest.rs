//! The shortest path between two items, looked for from both ends.

use super::{Conditions, Filter, Graph, Scratch, Step};

/// The items that one side has come to last, and how many steps lead on from them.
struct Front {
    items: Vec<u32>,
    work: usize,
}

impl Graph {
    /// The items of a path with the fewest steps, at most `most` of them; `None` if there is none. Of several the
    /// first in a fixed order that tries items with few links before hubs.
    pub fn shortest(
        &self,
        from: u32,
        to: u32,
        conditions: &Conditions,
        most: usize,
        scratch: &mut Scratch,
    ) -> Option<Vec<u32>> {
        if from as usize >= self.len() || to as usize >= self.len() {
            return None;
        }
        if from == to {
            return Some(vec![from]);
        }
        let filter = conditions.filter();
        scratch.begin(self.len());
        scratch.see(0, from, from);
        scratch.see(1, to, to);
        let mut fronts = [from, to].map(|item| Front { items: vec![item], work: 0 });
        for step in 1..=most {
            let side = usize::from(fronts[1].work < fronts[0].work);
            let found = match step == most {
                true => self.touch(&fronts[side], side, &filter, scratch),
                false => self.advance(&mut fronts[side], side, &filter, scratch),
            };
            match found {
                Some((last, met)) => return Some(joined(side, last, met, scratch)),
                None if fronts[side].items.is_empty() => return None,
                None => {}
            }
        }
        None
    }

    /// The last step: whether one side touches the other. Nothing goes on from there, so nothing is remembered.
    fn touch(&self, front: &Front, side: usize, filter: &Filter, scratch: &Scratch) -> Option<(u32, u32)> {
        let meeting = |item: &u32| {
            let mut steps = self.steps(*item, filter, side == 1).iter();
            let met = |step: &&Step| scratch.seen(1 - side, step.to).is_some() && filter.passes(step);
            steps.find(met).map(|step| (*item, step.to))
        };
        front.items.iter().find_map(meeting)
    }

    /// Moves one side a step on; where it meets the other, the last item of this side and the first of the other.
    fn advance(&self, front: &mut Front, side: usize, filter: &Filter, scratch: &mut Scratch) -> Option<(u32, u32)> {
        let (mut next, mut work) = (Vec::new(), 0);
        for item in std::mem::take(&mut front.items) {
            for step in self.steps(item, filter, side == 1).iter().filter(|step| filter.passes(step)) {
                if scratch.seen(1 - side, step.to).is_some() {
                    return Some((item, step.to));
                }
                if scratch.seen(side, step.to).is_none() && self.passable(step.to, filter) {
                    scratch.see(side, step.to, item);
                    work += self.steps(step.to, filter, side == 1).len();
                    next.push(step.to);
                }
            }
        }
        *front = Front { items: next, work };
        None
    }
}

/// The path through the meeting of both sides, from the first end to the second.
fn joined(side: usize, last: u32, met: u32, scratch: &Scratch) -> Vec<u32> {
    let mut path = traced(side, last, scratch);
    path.reverse();
    path.extend(traced(1 - side, met, scratch));
    if side == 1 {
        path.reverse();
    }
    path
}

/// From an item back to the end from which its side began.
fn traced(side: usize, item: u32, scratch: &Scratch) -> Vec<u32> {
    let mut path = vec![item];
    let mut at = item;
    while let Some(before) = scratch.seen(side, at).filter(|before| *before != at) {
        path.push(before);
        at = before;
    }
    path
}

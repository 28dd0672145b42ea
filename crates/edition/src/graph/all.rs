//! All paths between two items up to a number of steps, the shortest first, within a budget of work.

use super::{Conditions, Filter, Graph, Path, Scratch, Way};

/// The paths that were found.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Paths {
    /// Ordered by [`Path::rank`].
    pub paths: Vec<Path>,
    /// Whether there may be more: the budget of work or of paths was used up.
    pub more: bool,
}

/// So many steps are looked at for one question before it is cut short: some milliseconds.
const BUDGET: usize = 3_000_000;

/// How near to the second end items are looked up beforehand.
const NEAR: u32 = 2;

struct Walk<'g, 's> {
    graph: &'g Graph,
    filter: Filter,
    scratch: &'s mut Scratch,
    to: u32,
    trail: Vec<u32>,
    found: Vec<Vec<u32>>,
    limit: usize,
    budget: usize,
}

impl Graph {
    /// Every path of at most `most` steps between two items, each sequence of items once. At most `limit` paths; paths
    /// with fewer steps are found first.
    pub fn all(
        &self,
        from: u32,
        to: u32,
        conditions: &Conditions,
        most: usize,
        limit: usize,
        scratch: &mut Scratch,
    ) -> Paths {
        if from == to || from as usize >= self.len() || to as usize >= self.len() {
            return Paths::default();
        }
        scratch.begin(self.len());
        let filter = conditions.filter();
        let mut walk =
            Walk { graph: self, filter, scratch, to, trail: vec![from], found: Vec::new(), limit, budget: BUDGET };
        walk.look_near();
        let mut complete = true;
        for steps in 1..=most {
            complete = complete && walk.go(from, steps);
        }
        let mut paths: Vec<Path> = walk.found.into_iter().filter_map(|items| self.path(items, conditions)).collect();
        paths.sort_by(|a, b| a.rank().cmp(&b.rank()));
        Paths { paths, more: !complete }
    }
}

impl Walk<'_, '_> {
    /// Marks what is within two steps of the second end.
    fn look_near(&mut self) {
        self.scratch.see(0, self.to, 0);
        let mut front = vec![self.to];
        for near in 1..=NEAR {
            let mut next = Vec::new();
            for item in front {
                let steps = self.graph.steps(item, &self.filter, true);
                self.budget = self.budget.saturating_sub(steps.len());
                for step in steps.iter().filter(|step| self.filter.passes(step)) {
                    if self.scratch.seen(0, step.to).is_none() {
                        self.scratch.see(0, step.to, near);
                        if self.graph.passable(step.to, &self.filter) {
                            next.push(step.to);
                        }
                    }
                }
            }
            front = next;
        }
    }

    /// Collects the paths with exactly so many more steps; false once the budget is used up.
    fn go(&mut self, item: u32, left: usize) -> bool {
        if left == 1 {
            return self.arrive(item);
        }
        let steps = self.graph.steps(item, &self.filter, false);
        self.budget = self.budget.saturating_sub(steps.len());
        let mut last = None;
        for step in steps {
            if self.budget == 0 {
                return false;
            }
            if last == Some(step.to) || !self.may_go_on(step.to, left - 1) || !self.filter.passes(step) {
                continue;
            }
            last = Some(step.to);
            if self.is_repeated(item, step.to, step) {
                continue;
            }
            self.trail.push(step.to);
            let complete = self.go(step.to, left - 1);
            self.trail.pop();
            if !complete {
                return false;
            }
        }
        true
    }

    fn arrive(&mut self, item: u32) -> bool {
        if self.scratch.seen(0, item) == Some(1) {
            if self.found.len() == self.limit {
                return false;
            }
            let mut items = self.trail.clone();
            items.push(self.to);
            self.found.push(items);
        }
        true
    }

    fn may_go_on(&self, to: u32, left: usize) -> bool {
        let near = self.scratch.seen(0, to).is_some_and(|near| near as usize <= left);
        to != self.to
            && (left > NEAR as usize || near)
            && self.graph.passable(to, &self.filter)
            && !self.trail.contains(&to)
    }

    /// Whether the same neighbour was already tried along another link. Steps along the links come before those
    /// against them, each in the order of the neighbours.
    fn is_repeated(&self, from: u32, to: u32, step: &super::Step) -> bool {
        let along = || self.graph.between(from, to, false);
        self.filter.way == Way::Either
            && !along().any(|other| std::ptr::eq(other, step))
            && along().any(|other| self.filter.passes(other))
    }
}

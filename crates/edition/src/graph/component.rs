//! Which items hang together at all.

use super::{Conditions, Graph};

impl Graph {
    /// For each item the smallest number among the items that it hangs together with, whichever way the links point.
    /// Items that paths do not pass through join nobody and stand alone. Nearly linear in the number of links.
    pub fn components(&self, conditions: &Conditions) -> Vec<u32> {
        let filter = Conditions { way: super::Way::Along, ..*conditions }.filter();
        let mut above: Vec<u32> = (0..self.len() as u32).collect();
        for item in (0..self.len() as u32).filter(|item| self.passable(*item, &filter)) {
            for step in self.steps(item, &filter, false).iter().filter(|step| filter.passes(step)) {
                if self.passable(step.to, &filter) {
                    let (a, b) = (top(&mut above, item), top(&mut above, step.to));
                    above[a.max(b) as usize] = a.min(b);
                }
            }
        }
        (0..self.len() as u32).map(|item| top(&mut above, item)).collect()
    }
}

/// The smallest of a component, with the way to it made shorter for the next who asks.
fn top(above: &mut [u32], item: u32) -> u32 {
    let mut at = item;
    while above[at as usize] != at {
        above[at as usize] = above[above[at as usize] as usize];
        at = above[at as usize];
    }
    at
}

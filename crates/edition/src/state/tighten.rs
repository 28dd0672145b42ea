//! Gives back the room that lists keep in reserve while they grow: most records have one claim or a few, and a list
//! that has begun to grow holds room for four.

use super::{Body, State};

impl State {
    /// Makes every list of a record that no other state shares as long as what it holds. Linear in the claims.
    pub(crate) fn tighten(&mut self) {
        self.items.each_unshared(|record| record.body.tighten());
        self.links.each_unshared(|record| record.body.tighten());
    }
}

impl Body {
    fn tighten(&mut self) {
        self.claims.shrink_to_fit();
        self.evidence.shrink_to_fit();
        self.claims.iter_mut().for_each(|claim| claim.evidence.shrink_to_fit());
    }
}

//! What a record could say and does not: the places where a reader may know more.

use crate::view::Maker;
use crate::view::claim::Claim;
use crate::view::terms::Term;

/// The properties that are worth asking for, in the order of the page. The others follow from these, are editors'
/// remarks, or are absent for a reason.
const ASKED: [&str; 15] = [
    "description",
    "country",
    "city",
    "address",
    "parent",
    "website",
    "identifier",
    "status",
    "ready-for-service",
    "length",
    "landing",
    "place",
    "start",
    "end",
    "amount",
];

impl Maker<'_> {
    /// The properties of a record (`on` is `item` or `link`) of which nothing is claimed, not even that it is unknown.
    pub fn gaps(&self, on: &str, kind: &str, claims: &[Claim]) -> Vec<Term> {
        let properties = &self.edition.vocabulary().properties;
        let applies = |id: &str| {
            properties.get(id).is_some_and(|property| {
                let of_kind = property.kinds.is_empty() || property.kinds.iter().any(|own| own.as_str() == kind);
                of_kind && property.on.iter().any(|own| own == on)
            })
        };
        let known = |id: &str| claims.iter().any(|claim| claim.property.id == id);
        ASKED.into_iter().filter(|id| applies(id) && !known(id)).map(|id| self.property(id)).collect()
    }
}

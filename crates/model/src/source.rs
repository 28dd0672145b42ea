//! Sources: publications that claims rest on, and how they depend on each other.

use crate::{Date, Id, LangText};

/// The id of the standing source for what no publication states: coordinates of a known city, a
/// name in another script. It never raises confidence.
pub const EDITORS: &str = "editors-general-knowledge";

/// The source kind that never raises confidence.
pub const EDITORIAL: &str = "editorial";

/// A publication. A source and the sources it relays are one piece of evidence.
#[derive(Debug, Clone, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct Source {
    /// Its id.
    pub id: Id,
    /// Its title, or a plain description.
    pub title: LangText,
    /// Who published it; empty if not known.
    pub publisher: Box<str>,
    /// When, if known.
    pub published: Option<Date>,
    /// Its language as a BCP 47 tag, or empty.
    pub language: Box<str>,
    /// Its kind: a term of the set `source-kind`.
    pub kind: Id,
    /// The sources or statements that it relays.
    pub relays: Vec<Id>,
    /// Where it is published; empty if no address is known.
    pub url: Box<str>,
    /// A note for readers.
    pub note: Box<str>,
}

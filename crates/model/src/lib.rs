//! What things are: items, links, claims, evidence, sources, dates and places, the vocabulary and the filter.
//!
//! Pure: no input or output, no clock, no randomness. Everything that other crates say about the
//! world they say in these types.

mod canonical;
mod capture;
mod capture_text;
mod claim;
mod confidence;
mod date;
mod day;
mod filter;
mod id;
mod identifier;
mod inbox;
pub mod multipart;
mod number;
mod operation;
mod place;
mod problem;
mod screening;
mod source;
mod story;
mod text;
mod value;
mod vocabulary;

pub use canonical::{CanonicalError, Reader, Writer};
pub use capture::{
    Anchor, Capture, CaptureTombstone, Form, Found, Grade, Paint, Picture, Piece, Recheck, Robots, Stamp, StampKind,
};
pub use capture_text::{CaptureText, Paragraph, Place, Texts};
pub use claim::{Claim, Evidence, OperationNumber, Passage, Qualifiers, Reference, Stance, Subject};
pub use confidence::{Confidence, Reason, Support, confidence};
pub use date::Date;
pub use day::Day;
pub use filter::{Allowed, Bbox, Filter, FilterKey, FilterProblem};
pub use id::{Id, LONGEST_ID};
pub use identifier::{CheckRule, Identifier};
pub use inbox::{
    About, Cleaned, Code, Concern, ConcernKind, Field, Fields, Inbox, Receipt, Record, Refused, Standing, Step,
    Suggestion, Word,
};
pub use number::{Decimal, Money, Share};
pub use operation::{Decision, GlossaryTerm, Link, Notice, Operation, Origin, Target, Tombstone, Verdict};
pub use place::{CountryCode, Point};
pub use problem::{Problem, Severity, Where};
pub use screening::{Asked, Columns, Earlier, List, ReadsLists, Sheet, SheetKind};
pub use source::{EDITORIAL, EDITORS, Source};
pub use story::Story;
pub use text::{LangText, language_of_script};
pub use value::{Figure, Landing, Statement, Value};
pub use vocabulary::{
    Alias, AspiType, Boundary, Category, Choice, Country, FILES, Kind, LinkType, ListEntry, ProfilePart, Property,
    Rule, Scheme, Seen, Site, Terms, Topic, ValueType, Vocabulary, Way, Words,
};

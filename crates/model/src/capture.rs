//! What the archive holds of sources: captures, where quotes stand in them, and what was found on looking again.
//!
//! The bytes themselves lie beside the ledger, by their digest; the ledger says which they are. So the bytes can be
//! destroyed where the law wants it, and nobody can put others in their place.

use crate::{Id, OperationNumber, Reference};

/// The bytes of a source as we received them.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Capture {
    /// The source that they are of; `None` while no source has this address.
    pub source: Option<Id>,
    /// How we came by them.
    pub form: Form,
    /// When: UTC, as `YYYY-MM-DDThh:mm:ssZ`, or as a day where a second would say too much.
    pub at: Box<str>,
    /// What is kept: a WARC file, or the file that was given.
    pub kept: Piece,
    /// What was sent in the end, its codings undone; for a file, the file.
    pub body: Piece,
    /// Its media type, without parameters.
    pub media_type: Box<str>,
    /// Its text, as we read it.
    pub text: Option<Piece>,
    /// The address asked for; empty for a file.
    pub url: Box<str>,
    /// The address that answered in the end.
    pub final_url: Box<str>,
    /// The status of the last answer; 0 for a file.
    pub status: u16,
    /// How good it is.
    pub grade: Grade,
    /// Why it is no better: a word.
    pub reason: Box<str>,
    /// The IP address that answered; empty for a file.
    pub address: Box<str>,
    /// SHA-256 over the server's certificates, where the line was secure.
    pub certificates: Option<[u8; 32]>,
    /// Two letters of the country from which it was asked for; empty if it is not told.
    pub vantage: Box<str>,
    /// What the site asks of robots.
    pub robots: Robots,
    /// How many pictures, styles and scripts were asked for with it.
    pub requisites: u32,
    /// How many of them did not come.
    pub missing: u32,
    /// Where it is a picture: what readers see of it.
    pub picture: Option<Picture>,
}

/// The dots of a picture, painted anew into a file that holds nothing else.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct Picture {
    /// Its bytes.
    pub piece: Piece,
    /// What it is.
    pub paint: Paint,
    /// Its sides, in dots.
    pub width: u32,
    /// See `width`.
    pub height: u32,
}

/// How dots are written.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum Paint {
    /// Without loss.
    Png,
    /// As photographs are.
    Jpeg,
}

impl Paint {
    /// Its media type.
    pub fn media_type(self) -> &'static str {
        match self {
            Self::Png => "image/png",
            Self::Jpeg => "image/jpeg",
        }
    }

    /// That of a media type.
    pub fn of(media_type: &str) -> Option<Self> {
        Self::ALL.iter().copied().find(|paint| paint.media_type() == media_type)
    }
}

/// Some bytes by their digest.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct Piece {
    /// SHA-256.
    pub digest: [u8; 32],
    /// How many there are.
    pub length: u64,
}

impl Piece {
    /// The digest as 64 lower-case hexadecimal digits.
    pub fn hex(&self) -> String {
        self.digest.iter().map(|byte| format!("{byte:02x}")).collect()
    }
}

/// How we came by a capture.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum Form {
    /// We asked the site ourselves.
    Fetched,
    /// Somebody gave us a file.
    File,
    /// Somebody gave us a web archive that they made.
    Archive,
    /// We asked the site ourselves, and its answer shows who asked: its bytes are given to nobody.
    Withheld,
    /// Somebody gave us a file, and anyone may have it as it is.
    Open,
    /// Somebody gave us a file. Kept is what only the holder of a key that is not here can open.
    Sealed,
    /// Somebody gave us a file. It was destroyed when it came; kept is what readers see of it.
    Spent,
}

/// How good a capture is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum Grade {
    /// The page and all it needs.
    Complete,
    /// The page, but not all of it.
    Partial,
    /// Something that stands before the page.
    Wall,
    /// No page.
    Error,
}

/// What a site asks of robots by its `robots.txt` (RFC 9309). We ask for single pages as a reader does; it is noted.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum Robots {
    /// It was not looked at.
    Unknown,
    /// It asks nothing.
    None,
    /// Robots may read this page.
    Allowed,
    /// Robots are asked not to read this page.
    Disallowed,
}

/// Where a quote stands in a capture's text. The words themselves are in the evidence and in the text, and nowhere else.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Anchor {
    /// The evidence that quotes.
    pub evidence: Reference,
    /// The capture that it quotes from.
    pub capture: Reference,
    /// The first character, counted in Unicode code points from 0, as W3C's text position selector counts.
    pub start: u32,
    /// Behind the last character.
    pub end: u32,
    /// The page, from 1, where there are pages; else 0.
    pub page: u32,
}

/// What was found when a captured address was looked at again.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Recheck {
    /// The capture it is compared with.
    pub capture: Reference,
    /// When: UTC, as `YYYY-MM-DDThh:mm:ssZ`.
    pub at: Box<str>,
    /// What was found.
    pub found: Found,
    /// The capture of what is there now, where it was kept.
    pub now: Option<Reference>,
}

/// Somebody else's word that the bytes of a capture were there at a time.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Stamp {
    /// The capture whose kept bytes it is about.
    pub capture: Reference,
    /// How it is written.
    pub scheme: StampKind,
    /// The time that it states: UTC, as `YYYY-MM-DDThh:mm:ssZ`; empty while none is settled.
    pub at: Box<str>,
    /// Whose word it is, as it names itself.
    pub authority: Box<str>,
    /// The stamp.
    pub piece: Piece,
}

impl Stamp {
    /// What the authority of a proof begins with that leads to a block of Bitcoin; its height follows.
    pub const BLOCK: &str = "Bitcoin block ";
}

/// How a stamp is written.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum StampKind {
    /// An answer of a time-stamping authority (RFC 3161).
    Rfc3161,
    /// A proof of OpenTimestamps.
    OpenTimestamps,
}

/// What remains of a capture whose bytes and words were destroyed: none of them, and no digest by which they could be
/// guessed.
#[derive(Debug, Clone, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct CaptureTombstone {
    /// The capture: the operation whose value and salt were destroyed with the bytes.
    pub capture: OperationNumber,
    /// The source that it was of.
    pub source: Option<Id>,
    /// When it was captured, as the capture said.
    pub at: Box<str>,
    /// Reason class, such as `court-order`.
    pub reason: Id,
    /// Reference of the public notice.
    pub notice: Box<str>,
}

/// Whether a source still says so.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum Found {
    /// The same text.
    Unchanged,
    /// Another text.
    Changed,
    /// The site says that there is no such page.
    Gone,
    /// Something stands before the page now.
    Walled,
    /// Nobody answered.
    Unanswered,
}

macro_rules! words {
    ($($kind:ident { $($variant:ident = $word:literal),+ })+) => {$(
        impl $kind {
            /// All of them, by their number in the canonical bytes.
            pub const ALL: &[Self] = &[$(Self::$variant),+];

            /// The word for it, in files and addresses.
            pub fn word(self) -> &'static str {
                match self { $(Self::$variant => $word),+ }
            }

            /// Reads the word.
            pub fn parse(word: &str) -> Option<Self> {
                Self::ALL.iter().copied().find(|one| one.word() == word)
            }
        }
    )+};
}

words! {
    Form {
        Fetched = "fetched", File = "file", Archive = "archive", Withheld = "withheld", Open = "open",
        Sealed = "sealed", Spent = "spent"
    }
    Paint { Png = "png", Jpeg = "jpg" }
    StampKind { Rfc3161 = "rfc3161", OpenTimestamps = "opentimestamps" }
    Grade { Complete = "complete", Partial = "partial", Wall = "wall", Error = "error" }
    Robots { Unknown = "unknown", None = "none", Allowed = "allowed", Disallowed = "disallowed" }
    Found {
        Unchanged = "unchanged", Changed = "changed", Gone = "gone", Walled = "walled", Unanswered = "unanswered"
    }
}

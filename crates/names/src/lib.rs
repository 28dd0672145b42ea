//! What things are called: names folded, read across scripts, compared with reasons, and found among many.
//!
//! [`compare`] tells how likely two names are one organisation's and why; [`Index`] finds the best few among
//! a million. [`Name::new`] does the reading once: it takes a name apart into region, distinctive part, shared words
//! and legal form, brings Han variants to one form, reads other scripts in Latin, and translates shared words by
//! the tables in `data/`.
//!
//! Pure: no input or output, no clock, no randomness, no threads; compiles to wasm32.
//!
//! A list of suppliers against the names one knows:
//!
//! ```
//! use names::{Effort, Index, Part, Reader, Scratch, Verdict};
//!
//! let known = ["Hangzhou Hikvision Digital Technology Co., Ltd.", "浙江大华技术股份有限公司", "Zorbax GmbH"];
//! let mut reader = Reader::new();
//! // Large lists are made in parts, one for each thread.
//! let index = Index::new(vec![Part::new((0..).zip(known.map(|text| reader.name(text))))]);
//!
//! let asked = index.query_with(&mut reader, "海康威视");
//! let (hits, _scored) = index.find(&asked, 3, Effort::default(), &mut Scratch::default());
//! assert_eq!((hits[0].entity, hits[0].comparison.verdict()), (0, Verdict::Same));
//!
//! // Why, in words that a reader can check.
//! let reasons = hits[0].comparison.reasons(&asked, index.name(hits[0].name));
//! assert_eq!(reasons[0].to_string(), "`海康威视` = `Hikvision`: same meaning (Han, Latin)");
//! ```
//!
//! What a score means is in [`Comparison::score`]; how much [`Effort`] to spend on a query is the one knob.

mod acronym;
mod class;
mod compare;
mod cut;
mod fold;
mod hash;
mod index;
mod kana;
mod keys;
mod letters;
mod lexicon;
mod like;
mod measures;
mod meet;
mod name;
mod organisation;
mod probability;
mod reading;
mod record;
mod script;
mod settle;
mod signs;
mod spelling;
mod token;
mod wade;

pub use class::Class;
pub use compare::{Comparison, Reason, Verdict, Why, compare};
pub use fold::{fold, hidden_character};
pub use index::{Effort, Hit, Index, Part, Scratch};
pub use like::Rule;
pub use name::Name;
pub use organisation::organisation_key;
pub use reading::Reader;
pub use record::{Ground, Record, RecordComparison, compare_records};
pub use script::Script;
pub use signs::{Sign, pinyin, signs};

#[cfg(test)]
mod cases;

//! How it looks: the page frame, the components and the messages in all languages.
//!
//! Every component is a function from plain data to markup; none knows an edition or a request.
//! The pages themselves are in `web` (readers) and `desk` (editors).

mod assets;
mod embed;
mod imprint;
mod lang;
mod page;

mod badge;
mod chart;
mod date;
mod evidence;
mod fact;
mod filter_form;
mod icon;
mod name;
mod number;
mod pager;
mod patterns;
mod place;
mod quality;
mod table;

#[cfg(test)]
mod messages;
#[cfg(test)]
mod style;

pub use assets::AssetUrls;
pub use badge::{
    Chip, Tag, chips, collective, confidence, confidence_label, highlight, offered_only, reason_text, status,
    status_text, tag, tags, untranslated,
};
pub use chart::{Bar, bars, timeline};
pub use date::{date, date_text};
pub use embed::{Embedded, embedded};
pub use evidence::{Evidence, Held, Standing, how_we_know, how_we_know_open, sentence, stance_label};
pub use fact::{Fact, Value, editors_text, facts, none, unknown, values};
pub use filter_form::{Choice, Facet, FilterForm, filter_form};
pub use icon::{FAVICON, FAVICON_URL, SPRITE, SPRITE_URL, has_icon, icon, names as icon_names, tinted};
pub use imprint::Imprint;
pub use lang::{Arg, Lang, capitalised};
pub use name::{Name, heading, inline, language_name, list as name_list};
pub use number::{grouped, money, money_text, quantity, share_text};
pub use page::{EditionStamp, Layout, Page, Section, Site, Witnesses, citation, document, witness_line};
pub use pager::{Pages, pager};
pub use patterns::patterns;
pub use place::{Place, coordinates, place};
pub use quality::quality_label;
pub use table::{Column, table};

//! What pages say, as data: each view is both what its page shows and what its JSON twin holds.
//!
//! These are the shapes of the public JSON: they are converted from the records here, so that a change
//! inside is no change outside.

pub(crate) mod capture;
pub(crate) mod changes;
pub(crate) mod claim;
pub(crate) mod connections;
pub(crate) mod difference;
pub(crate) mod figures;
pub(crate) mod gap;
pub(crate) mod indices;
pub(crate) mod link;
pub(crate) mod list;
pub(crate) mod notices;
pub(crate) mod overview;
pub(crate) mod profile;
pub(crate) mod quality;
pub(crate) mod record;
pub(crate) mod reply;
pub(crate) mod screening;
pub(crate) mod story;
pub(crate) mod terms;
pub(crate) mod tie;
pub(crate) mod verify;

use edition::Edition;
use serde::Serialize;
use ui::Lang;

use crate::ask::Ask;

/// What every view is made from: the edition and the language of its labels.
#[derive(Clone, Copy)]
pub(crate) struct Maker<'e> {
    /// The edition.
    pub edition: &'e Edition,
    /// The language of labels and preferred names.
    pub lang: Lang,
}

impl<'e> Maker<'e> {
    /// For a request.
    pub fn of(ask: &Ask<'e>) -> Self {
        Self { edition: ask.edition(), lang: ask.lang }
    }
}

/// A view with what makes it citable.
#[derive(Serialize)]
pub(crate) struct Citable<T> {
    #[serde(flatten)]
    view: T,
    language: &'static str,
    url: String,
    edition: Stamp,
    notice: String,
}

#[derive(Default, Serialize)]
struct Stamp {
    number: u64,
    date: String,
    root: String,
    witnesses: Witnesses,
}

/// Who besides the operator has signed for the edition.
#[derive(Default, Serialize)]
struct Witnesses {
    /// Whether those who have are as many as the operator's policy wants.
    witnessed: bool,
    have: u64,
    of: u64,
    /// The UTC day as of which they were enough.
    #[serde(skip_serializing_if = "String::is_empty")]
    day: String,
    #[serde(skip_serializing_if = "std::ops::Not::not")]
    more_than_a_day_ago: bool,
}

/// The JSON form of a view: with its address, language, edition and the standing notice.
pub(crate) fn citable<T: Serialize>(ask: &Ask<'_>, url: String, view: T) -> Citable<T> {
    let edition = ask.site.edition.as_ref().map(stamp).unwrap_or_default();
    Citable { view, language: ask.lang.tag(), url, edition, notice: ask.lang.t("notice") }
}

fn stamp(stamp: &ui::EditionStamp) -> Stamp {
    let ui::Witnesses { have, of, met, stale, day } = stamp.witnesses.clone();
    let witnesses = Witnesses { witnessed: met, have, of, day, more_than_a_day_ago: stale };
    Stamp { number: stamp.number, date: stamp.date.clone(), root: stamp.root.clone(), witnesses }
}

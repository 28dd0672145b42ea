//! What pages say, as data: each view is both what its page shows and what its JSON twin holds.
//!
//! These are the shapes of the public JSON: they are converted from the records here, so that a change
//! inside is no change outside.

pub(crate) mod changes;
pub(crate) mod claim;
pub(crate) mod figures;
pub(crate) mod link;
pub(crate) mod list;
pub(crate) mod profile;
pub(crate) mod quality;
pub(crate) mod record;
pub(crate) mod story;
pub(crate) mod terms;

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

#[derive(Serialize)]
struct Stamp {
    number: u64,
    date: String,
    root: String,
}

/// The JSON form of a view: with its address, language, edition and the standing notice.
pub(crate) fn citable<T: Serialize>(ask: &Ask<'_>, url: String, view: T) -> Citable<T> {
    let stamp = ask.site.edition.clone();
    let edition = stamp.map_or(Stamp { number: 0, date: String::new(), root: String::new() }, |stamp| Stamp {
        number: stamp.number,
        date: stamp.date,
        root: stamp.root,
    });
    Citable { view, language: ask.lang.tag(), url, edition, notice: ask.lang.t("notice") }
}

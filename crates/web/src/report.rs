//! The result of screening a list, for whoever runs it without the site: the same bytes that the site gives.

use ui::{EditionStamp, Lang};

use crate::screening::Screened;
use crate::state::stamp;
use crate::view::Maker;

/// A result, ready to be written.
pub struct ScreenReport<'s> {
    screened: &'s Screened,
    lang: Lang,
    stamp: EditionStamp,
}

impl<'s> ScreenReport<'s> {
    /// A result in a language.
    pub fn new(screened: &'s Screened, lang: Lang) -> Self {
        Self { screened, lang, stamp: stamp(&screened.edition) }
    }

    /// As CSV.
    pub fn csv(&self) -> Vec<u8> {
        crate::face::screening::table(self.screened, self.lang, &self.stamp)
    }

    /// As a workbook; `None` if there are more rows than a sheet holds.
    pub fn xlsx(&self) -> Option<Vec<u8>> {
        let fits = self.screened.answers.len() <= crate::face::screening::SHEET_ROWS;
        fits.then(|| crate::face::screening::workbook(self.screened, self.lang, &self.stamp)).flatten()
    }

    /// As JSON.
    pub fn json(&self) -> Vec<u8> {
        let maker = Maker { edition: &self.screened.edition, lang: self.lang };
        let view = maker.screening(self.screened, self.screened.rows());
        let mut bytes = serde_json::to_vec_pretty(&view).expect("invariant: views have text keys and finite numbers");
        bytes.push(b'\n');
        bytes
    }

    /// As a printable document.
    pub fn html(&self) -> String {
        crate::page::screen::report(self.screened, self.lang, &self.stamp)
    }
}

//! Under which name, licence and address an atlas is published, as its settings say.

use std::path::PathBuf;

/// What the publisher says of the atlas, and the fonts of pictures.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Imprint {
    /// The atlas' name.
    pub name: String,
    /// The licence of its data.
    pub licence: String,
    /// The address under which it is published, without a slash at the end; empty if there is none.
    pub address: String,
    /// Font files for pictures, before those of the system.
    pub fonts: Vec<PathBuf>,
}

impl Default for Imprint {
    fn default() -> Self {
        let fonts = Vec::new();
        Self { name: "Counteratlas".into(), licence: "CC BY 4.0".into(), address: String::new(), fonts }
    }
}

impl Imprint {
    /// The whole address of a path; the path alone where no address is known.
    pub fn whole(&self, path: &str) -> String {
        format!("{}{path}", self.address)
    }
}

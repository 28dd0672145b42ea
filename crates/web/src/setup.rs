//! How a site is set up besides its edition: what its publisher says, fonts of pictures, which program made it.

use std::path::PathBuf;

use ui::Imprint;

/// What a publisher sets.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Setup {
    /// Name, licence and address.
    pub imprint: Imprint,
    /// Font files for pictures, before those of the system.
    pub fonts: Vec<PathBuf>,
    /// A number that is another for every build of the program, so that no reader keeps a page of an older one.
    pub build: u32,
}

//! What can be typed to write the site as files.

use std::path::PathBuf;

/// Write the whole site as static files.
///
/// Pages in both languages, their JSON twins, the map with its data, downloads, the log and pictures of the
/// whole: any web server, mirror or memory stick can show them, also below another path. Filters run in the
/// reader's browser. What needs a server leads to the atlas' address, if `atlas.toml` names one.
/// Try it with `python3 -m http.server --directory DIR`.
#[derive(Debug, clap::Args)]
pub struct Build {
    /// The atlas folder.
    pub atlas: PathBuf,
    /// The folder to make. It must not exist or be empty.
    pub target: PathBuf,
}

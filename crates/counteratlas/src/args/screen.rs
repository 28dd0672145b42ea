//! What can be typed to check a list of one's own.

use std::path::PathBuf;

/// Check a list of organisations against an atlas.
///
/// Reads CSV, TSV, plain lines, XLSX, and the SEC's forms 13F and N-PORT (XML, also gzipped). Tells for each row whether
/// the atlas knows the organisation (match, possible, none), why, which lists it is on, what it is documented to
/// have done, and how it hangs together with organisations on lists. An earlier result may be given again: then what is
/// new is told. The list is held in memory and written nowhere but into the result. Organisations only: rows about people
/// are refused and counted.
#[derive(Debug, clap::Args)]
pub struct Screen {
    /// The atlas folder.
    pub atlas: PathBuf,
    /// The list.
    pub list: PathBuf,
    /// As of this date (EDTF, such as 2024-06 or 2024-06-30); otherwise the day of the atlas.
    #[arg(long)]
    pub as_of: Option<String>,
    /// Where the result goes, by its ending: .csv, .xlsx, .json or .html. Otherwise CSV to standard output.
    #[arg(long)]
    pub out: Option<PathBuf>,
    /// The language of labels.
    #[arg(long, default_value = "en", value_parser = ["en", "zh-Hans"])]
    pub lang: String,
    /// The number of the column with the name, from 1; guessed when absent.
    #[arg(long)]
    pub name_column: Option<usize>,
}

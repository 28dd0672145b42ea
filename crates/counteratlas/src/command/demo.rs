//! `demo`: the built-in sample, served from a temporary folder.

use anyhow::Result;

use crate::args::{Demo, Import, Report, Serve};
use crate::atlas::Atlas;
use crate::report::say;
use crate::words;

/// Makes an atlas of the sample and serves it until stopped; the folder goes with it.
pub fn run(args: &Demo) -> Result<bool> {
    let folder = tempfile::tempdir()?;
    let (sample, path) = (folder.path().join("sample"), folder.path().join("atlas"));
    words::write_sample(&sample)?;
    Atlas::create(&path, "counteratlas.invalid/demo", "Counteratlas (sample)")?;
    let import = Import {
        atlas: path.clone(),
        paths: vec![sample],
        dry_run: false,
        format: None,
        report: Report::Text,
        withdraw_missing: false,
        as_of: None,
        embargo: None,
        override_: None,
        author: "editor".into(),
        quiet: true,
    };
    if !super::import::run(&import)? {
        return Ok(false);
    }
    say("this is the sample atlas in a temporary folder; nothing you see here is kept");
    super::serve::run(&Serve { atlas: path, evidence: None, listen: args.listen })
}

//! The vocabulary and the sample, carried inside the program.

use std::path::Path;
use std::sync::Arc;

use anyhow::{Context, Result, bail};
use model::{Severity, Vocabulary};
use rust_embed::RustEmbed;

#[derive(RustEmbed)]
#[folder = "../../vocabulary"]
struct BuiltIn;

#[derive(RustEmbed)]
#[folder = "../../sample"]
#[include = "*.csv"]
#[include = "stories/*.md"]
struct Sample;

/// The vocabulary of a folder, or the built-in one. Any error in it ends the command.
pub fn vocabulary(folder: Option<&Path>) -> Result<Arc<Vocabulary>> {
    let built_in = |name: &str| BuiltIn::get(name).and_then(|file| String::from_utf8(file.data.into_owned()).ok());
    let (vocabulary, problems) = match folder {
        Some(folder) => Vocabulary::parse(|name| std::fs::read_to_string(folder.join(name)).ok()),
        None => Vocabulary::parse(built_in),
    };
    let errors: Vec<String> =
        problems.iter().filter(|p| p.severity == Severity::Error).map(ToString::to_string).collect();
    if !errors.is_empty() {
        bail!("the vocabulary can't be used:\n{}", errors.join("\n"));
    }
    Ok(Arc::new(vocabulary))
}

/// Writes the sample's tables into a folder.
pub fn write_sample(folder: &Path) -> Result<()> {
    for name in Sample::iter() {
        let path = folder.join(name.as_ref());
        let file = Sample::get(&name).with_context(|| format!("`{name}` is not built in"))?;
        std::fs::create_dir_all(path.parent().unwrap_or(folder))?;
        std::fs::write(&path, file.data).with_context(|| format!("can't write `{}`", path.display()))?;
    }
    Ok(())
}

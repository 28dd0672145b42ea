//! Tidiness: the rules of STYLE.md and the crate edges of ARCHITECTURE.md that a program can check.

mod crates;
mod docs;
mod lexer;
mod source;
mod words;

use std::path::{Path, PathBuf};
use std::process::Command;

/// The folder that holds the workspace.
pub fn root() -> PathBuf {
    let crate_folder = Path::new(env!("CARGO_MANIFEST_DIR"));
    crate_folder.ancestors().nth(2).expect("invariant: crates/counteratlas is two folders down").to_owned()
}

/// Every text file of ours as (path from the root, text).
fn files() -> Vec<(String, String)> {
    let text = |path: String| Some((path.clone(), std::fs::read_to_string(root().join(path)).ok()?));
    tracked().into_iter().filter_map(text).collect()
}

/// Every file of ours: what git tracks or could track.
fn tracked() -> Vec<String> {
    let listed = Command::new("git")
        .args(["ls-files", "--cached", "--others", "--exclude-standard", "-z"])
        .current_dir(root())
        .output()
        .ok()
        .filter(|output| output.status.success())
        .map(|output| String::from_utf8(output.stdout).expect("invariant: our paths are UTF-8"));
    match listed {
        Some(text) => text.split('\0').filter(|path| !path.is_empty()).map(str::to_owned).collect(),
        None => walk(&root(), ""),
    }
}

/// The same without git: everything but what the build makes.
fn walk(folder: &Path, prefix: &str) -> Vec<String> {
    const MADE: [&str; 5] = ["target", "node_modules", "dist", "atlas", "test-results"];
    let mut paths = Vec::new();
    for entry in std::fs::read_dir(folder).into_iter().flatten().flatten() {
        let name = entry.file_name().to_string_lossy().into_owned();
        let path = format!("{prefix}{name}");
        if entry.path().is_dir() && !MADE.contains(&name.as_str()) && name != ".git" {
            paths.extend(walk(&entry.path(), &format!("{path}/")));
        } else if entry.path().is_file() {
            paths.push(path);
        }
    }
    paths
}

/// Fails with one line per finding.
fn none(findings: Vec<String>) {
    assert!(findings.is_empty(), "{} findings:\n  {}\n", findings.len(), findings.join("\n  "));
}

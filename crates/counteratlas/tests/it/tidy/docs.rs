//! Documents say what is: targets, commands, dependencies and files that they name exist, and none is left out.

use std::collections::BTreeSet;
use std::process::Command;

use super::{crates, none, root};

fn read(path: &str) -> String {
    std::fs::read_to_string(root().join(path)).unwrap_or_else(|error| panic!("{path}: {error}"))
}

fn make_targets() -> BTreeSet<String> {
    let makefile = read("Makefile");
    let targets = makefile.lines().filter(|line| line.contains(": ") && line.contains(" ## "));
    targets.filter_map(|line| line.split(':').next()).map(str::to_owned).collect()
}

/// Every word that follows `before` in a text, as far as `allowed` characters go.
fn words_after<'a>(text: &'a str, before: &'a str) -> impl Iterator<Item = &'a str> {
    text.match_indices(before).map(move |(at, _)| {
        let rest = &text[at + before.len()..];
        let end = rest.find(|c: char| !c.is_ascii_lowercase() && c != '-').unwrap_or(rest.len());
        &rest[..end]
    })
}

#[test]
fn the_readme_names_every_make_target_and_none_that_is_not_there() {
    let targets = make_targets();
    let readme = read("README.md");
    let named: BTreeSet<String> = words_after(&readme, "`make ").map(str::to_owned).filter(|w| !w.is_empty()).collect();
    let missing = targets.difference(&named).map(|t| format!("README.md does not name `make {t}`"));
    let wrong = named.difference(&targets).map(|t| format!("README.md names `make {t}`, which is not there"));
    none(missing.chain(wrong).collect());
}

#[test]
fn the_readme_names_every_command_and_none_that_is_not_there() {
    let help = Command::new(env!("CARGO_BIN_EXE_counteratlas")).arg("--help").output().expect("it runs");
    let help = String::from_utf8(help.stdout).expect("help is UTF-8");
    let (_, listed) = help.split_once("Commands:\n").expect("help lists commands");
    let listed = listed.lines().take_while(|line| line.starts_with("  "));
    let known: BTreeSet<&str> = listed.filter_map(|line| line.split_whitespace().next()).collect();
    let readme = read("README.md");
    let named: BTreeSet<&str> = words_after(&readme, "`counteratlas ").filter(|word| !word.is_empty()).collect();
    assert_eq!(named, known.into_iter().filter(|word| *word != "help").collect());
}

#[test]
fn design_md_gives_the_reason_for_every_dependency() {
    let design = read("DESIGN.md");
    let package: serde_json::Value = serde_json::from_str(&read("browser/package.json")).expect("it is JSON");
    let browser = ["dependencies", "devDependencies"].map(|key| package[key].as_object().cloned().unwrap_or_default());
    let browser: Vec<String> = browser.into_iter().flatten().map(|(name, _)| name).collect();
    let all = crates::outside().into_iter().chain(browser.iter().map(String::as_str));
    let reasoned = |name: &str| design.lines().any(|line| line.starts_with('|') && line.contains(&format!("`{name}`")));
    none(all.filter(|name| !reasoned(name)).map(|name| format!("DESIGN.md has no row for `{name}`")).collect());
}

#[test]
fn architecture_md_fits_300_lines_and_names_only_files_that_are_there() {
    let text = read("ARCHITECTURE.md");
    assert!(text.lines().count() <= 300, "{} lines", text.lines().count());
    let quoted = text.split('`').skip(1).step_by(2);
    let paths = quoted.filter(|word| {
        let in_tree = ["crates/", "browser/", "sample/", "vocabulary/", "tools/", "bench/", "docs/", ".ci/"];
        in_tree.iter().any(|folder| word.starts_with(folder)) && !word.contains([' ', '*', '{', '<'])
    });
    let exists = |path: &str| root().join(path.split("::").next().unwrap_or(path)).exists();
    none(paths.filter(|path| !path.contains("/dist") && !exists(path)).map(str::to_owned).collect());
}

#[test]
fn architecture_md_names_functions_that_are_in_the_files_it_names() {
    let text = read("ARCHITECTURE.md");
    let mut findings = Vec::new();
    let quoted = text.split('`').skip(1).step_by(2).filter_map(|word| word.split_once("::"));
    for (path, name) in quoted.filter(|(path, _)| path.contains('/')) {
        let source = std::fs::read_to_string(root().join(path)).unwrap_or_default();
        let name = name.rsplit("::").next().unwrap_or(name);
        let declared =
            ["fn ", "function ", "class ", "struct ", "const ", "trait ", "enum "].map(|word| format!("{word}{name}"));
        let method = path.ends_with(".ts") && source.contains(&format!("{name}("));
        if !method && !declared.iter().any(|declaration| source.contains(declaration)) {
            findings.push(format!("`{path}` has no `{name}`"));
        }
    }
    none(findings);
}

#[test]
fn the_changelog_opens_with_the_version_that_is_built() {
    let changelog = read("CHANGELOG.md");
    let top = changelog.lines().find(|line| line.starts_with("## ")).expect("a section");
    assert!(top.contains(env!("CARGO_PKG_VERSION")) || top.contains("Unreleased"), "{top}");
}

#[test]
fn links_between_documents_lead_somewhere() {
    let mut findings = Vec::new();
    // A story's links lead to records; the import checks them.
    let document = |path: &str| path.ends_with(".md") && !path.starts_with("sample/stories/");
    for (path, text) in super::files().into_iter().filter(|(path, _)| document(path)) {
        let folder = root().join(&path).parent().expect("a file is in a folder").to_owned();
        let targets = text.split("](").skip(1).filter_map(|rest| rest.split([')', '#']).next());
        let local =
            targets.filter(|target| !target.is_empty() && !target.contains("://") && !target.starts_with("item:"));
        findings.extend(local.filter(|t| !folder.join(t).exists()).map(|t| format!("{path}: `{t}`")));
    }
    none(findings);
}

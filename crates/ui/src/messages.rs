//! The message files against each other and against the code: same keys, same arguments, none missing, none unused.

use std::collections::{BTreeMap, BTreeSet};
use std::path::{Path, PathBuf};

use crate::lang::{EN, ZH_HANS};

/// Key → the names of its arguments.
type Keys = BTreeMap<String, BTreeSet<String>>;

fn keys(source: &str) -> Keys {
    let mut keys = Keys::new();
    let mut current = String::new();
    for line in source.lines().filter(|line| !line.starts_with('#')) {
        if let Some((key, _)) = line.split_once(" = ").filter(|(key, _)| !key.starts_with(' ')) {
            current = key.to_owned();
            assert!(keys.insert(current.clone(), BTreeSet::new()).is_none(), "`{current}` stands twice");
        }
        let names = line.split('$').skip(1).map(|rest| rest.chars().take_while(char::is_ascii_alphanumeric).collect());
        keys.entry(current.clone()).or_default().extend::<Vec<String>>(names.collect());
    }
    keys.remove("");
    keys
}

fn sources() -> String {
    let crates = Path::new(env!("CARGO_MANIFEST_DIR")).join("..");
    let mut text = String::new();
    let mut folders: Vec<PathBuf> =
        ["ui", "web", "desk", "counteratlas"].map(|name| crates.join(name).join("src")).into();
    while let Some(folder) = folders.pop() {
        for entry in std::fs::read_dir(&folder).expect("a source folder") {
            let path = entry.expect("an entry").path();
            if path.is_dir() {
                folders.push(path);
            } else if path.extension().is_some_and(|end| end == "rs") {
                text += &std::fs::read_to_string(&path).expect("a source file");
            }
        }
    }
    text
}

#[test]
fn both_languages_have_the_same_keys_with_the_same_arguments() {
    let (en, zh) = (keys(EN), keys(ZH_HANS));
    assert!(en.len() > 100);
    assert_eq!(en, zh);
}

#[test]
fn every_key_is_used() {
    let sources = sources();
    let unused: Vec<String> = keys(EN).into_keys().filter(|key| !sources.contains(&format!("\"{key}\""))).collect();
    assert_eq!(unused, Vec::<String>::new());
}

#[test]
fn every_key_the_code_asks_for_exists() {
    let (known, sources) = (keys(EN), sources());
    for call in [".t(\"", ".t_with(\"", ".t_markup(\""] {
        for rest in sources.split(call).skip(1) {
            let key = rest.split('"').next().unwrap_or_default();
            assert!(known.contains_key(key), "`{key}` is in no message file");
        }
    }
}

#[test]
fn chinese_messages_hold_no_stray_english() {
    let allowed = [
        "Cookie",
        "CC",
        "BY",
        "Counteratlas",
        "JSON",
        "CSV",
        "GeoJSON",
        "EDTF",
        "JavaScript",
        "URL",
        "ID",
        "Ed25519",
        "OpenTimestamps",
        "MapLibre",
        "Python",
        "Natural",
        "Earth",
        "Web",
        "WebGL",
        "N",
        "PORT",
        "XML",
        "13F",
        "BibTeX",
        "RIS",
        "CSL",
        "XLSX",
        "Lines",
        "SQLite",
        "IP",
        "SHA",
    ];
    for line in ZH_HANS.lines().filter(|line| !line.starts_with('#')) {
        let text = line.split_once(" = ").map_or(line, |(_, text)| text);
        let plain: String = text.split('{').map(|part| part.split_once('}').map_or(part, |(_, rest)| rest)).collect();
        for word in plain
            .split(|c: char| !c.is_ascii_alphanumeric())
            .filter(|word| word.bytes().any(|b| b.is_ascii_alphabetic()))
        {
            assert!(allowed.contains(&word), "`{word}` in `{line}`");
        }
    }
}

//! Which crate may know which, and what may come from outside.

use std::collections::{BTreeMap, BTreeSet};
use std::process::Command;
use std::sync::OnceLock;

use serde_json::Value;

use super::{none, root};

/// The only edges there are. A new one changes ARCHITECTURE.md first.
const EDGES: [(&str, &[&str]); 8] = [
    ("model", &[]),
    ("names", &["model"]),
    ("ledger", &["model"]),
    ("edition", &["ledger", "names", "model"]),
    ("ui", &["model"]),
    ("desk", &["edition", "ledger", "names", "ui", "model"]),
    ("web", &["edition", "ui", "model"]),
    ("counteratlas", &["model", "names", "ledger", "edition", "ui", "desk", "web"]),
];

/// What `cargo metadata` says, read once.
fn metadata() -> &'static Value {
    static METADATA: OnceLock<Value> = OnceLock::new();
    METADATA.get_or_init(|| {
        let output = Command::new(env!("CARGO"))
            .args(["metadata", "--format-version", "1", "--locked"])
            .current_dir(root())
            .output()
            .expect("cargo runs");
        assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
        serde_json::from_slice(&output.stdout).expect("cargo metadata is JSON")
    })
}

/// Our packages by name.
fn ours() -> BTreeMap<&'static str, &'static Value> {
    let members: BTreeSet<&str> = texts(&metadata()["workspace_members"]).collect();
    packages().filter(|p| members.contains(text(&p["id"]))).map(|p| (text(&p["name"]), p)).collect()
}

fn packages() -> impl Iterator<Item = &'static Value> {
    metadata()["packages"].as_array().expect("packages are a list").iter()
}

fn dependencies(package: &'static Value) -> impl Iterator<Item = &'static Value> {
    package["dependencies"].as_array().expect("dependencies are a list").iter()
}

fn texts(list: &'static Value) -> impl Iterator<Item = &'static str> {
    list.as_array().expect("a list").iter().map(text)
}

fn text(value: &'static Value) -> &'static str {
    value.as_str().expect("a text")
}

/// The names of all dependencies from outside, over the whole workspace.
pub fn outside() -> BTreeSet<&'static str> {
    let ours = ours();
    let all = ours.values().flat_map(|package| dependencies(package)).map(|d| text(&d["name"]));
    all.filter(|name| !ours.contains_key(name)).collect()
}

#[test]
fn the_crates_are_the_eight_of_the_architecture() {
    let named: BTreeSet<&str> = EDGES.iter().map(|(name, _)| *name).collect();
    assert_eq!(ours().into_keys().collect::<BTreeSet<_>>(), named);
}

#[test]
fn no_crate_knows_another_that_the_architecture_does_not_let_it_know() {
    let ours = ours();
    let mut findings = Vec::new();
    for (name, allowed) in EDGES {
        let known = dependencies(ours[name]).map(|d| text(&d["name"])).filter(|d| ours.contains_key(d));
        findings.extend(known.filter(|d| !allowed.contains(d)).map(|d| format!("{name} → {d}")));
    }
    none(findings);
}

#[test]
fn our_crates_have_no_cargo_features() {
    let features = |p: &'static Value| p["features"].as_object().is_some_and(|f| !f.is_empty());
    none(ours().into_iter().filter(|(_, p)| features(p)).map(|(name, _)| name.to_owned()).collect());
}

#[test]
fn our_crates_share_one_version_edition_and_licence_and_forbid_unsafe_code() {
    let manifest = |name: &str| std::fs::read_to_string(root().join(format!("crates/{name}/Cargo.toml"))).unwrap();
    let wanted = ["version.workspace", "edition.workspace", "license.workspace", "[lints]\nworkspace = true"];
    let lacks = |name: &str| {
        let text = manifest(name);
        wanted.iter().filter(|w| !text.contains(**w)).map(|w| format!("{name}: no `{w}`")).collect::<Vec<_>>()
    };
    none(EDGES.iter().flat_map(|(name, _)| lacks(name)).collect());
    let workspace = std::fs::read_to_string(root().join("Cargo.toml")).unwrap();
    assert!(workspace.contains("unsafe_code = \"forbid\""));
}

#[test]
fn every_dependency_comes_under_a_licence_that_deny_toml_allows() {
    let deny: toml::Table = std::fs::read_to_string(root().join("deny.toml")).unwrap().parse().unwrap();
    let list = |value: &toml::Value| value.as_array().unwrap().clone();
    let words =
        |value: &toml::Value| list(value).into_iter().filter_map(|l| l.as_str().map(str::to_owned)).collect::<Vec<_>>();
    let exceptions = list(&deny["licenses"]["exceptions"]);
    let allowed = |name: &str| -> Vec<String> {
        let own = exceptions.iter().filter(|e| e["crate"].as_str() == Some(name)).flat_map(|e| words(&e["allow"]));
        words(&deny["licenses"]["allow"]).into_iter().chain(own).collect()
    };
    let licence = |p: &'static Value| p["license"].as_str().unwrap_or("none").replace('/', " OR ");
    let bad = packages().filter(|p| !permits(&licence(p), &allowed(text(&p["name"]))));
    none(bad.map(|p| format!("{} {}: {}", text(&p["name"]), text(&p["version"]), licence(p))).collect());
}

/// Whether an SPDX expression can be satisfied by the allowed licences: `OR` binds weaker than `AND`.
fn permits(expression: &str, allowed: &[String]) -> bool {
    let mut depth = 0;
    let (mut any, mut all, mut start) = (false, true, 0);
    let bytes = expression.as_bytes();
    for at in 0..=bytes.len() {
        let rest = &expression[at..];
        match bytes.get(at) {
            Some(b'(') => depth += 1,
            Some(b')') => depth -= 1,
            _ => {}
        }
        let or = depth == 0 && rest.starts_with(" OR ");
        if at == bytes.len() || or || (depth == 0 && rest.starts_with(" AND ")) {
            let part = expression[start..at].trim_start_matches(" OR ").trim_start_matches(" AND ").trim();
            let inner = part.strip_prefix('(').and_then(|part| part.strip_suffix(')'));
            all &= inner.map_or_else(|| allowed.iter().any(|licence| licence == part), |inner| permits(inner, allowed));
            start = at;
            if or || at == bytes.len() {
                any |= all;
                all = true;
            }
        }
    }
    any
}

#[test]
fn licence_expressions_are_read_as_spdx_says() {
    let allowed = ["MIT", "Apache-2.0", "Unicode-3.0"].map(str::to_owned);
    let good = ["MIT", "MIT OR GPL-3.0", "(MIT OR GPL-3.0) AND Unicode-3.0", "GPL-3.0 OR MIT AND Apache-2.0"];
    let bad = ["GPL-3.0", "MIT AND GPL-3.0", "(MIT AND GPL-3.0) OR GPL-2.0", "GPL-3.0 OR MIT AND GPL-2.0", "none"];
    assert_eq!(good.iter().filter(|e| permits(e, &allowed)).count(), good.len());
    assert_eq!(bad.iter().filter(|e| permits(e, &allowed)).count(), 0);
}

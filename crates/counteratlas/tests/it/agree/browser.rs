//! Asks the browser's own filter code, run by node over the files that the site serves.

use std::collections::{BTreeMap, BTreeSet};
use std::io::Write;
use std::process::{Command, Stdio};

use serde_json::{Value, json};

use crate::facts::Asked;
use crate::site::Site;
use crate::tidy::root;

/// What the browser would show.
pub struct Answer {
    pub ids: BTreeSet<String>,
    pub total: usize,
    pub located: usize,
    /// The number beside every choice, by key and value.
    pub counts: BTreeMap<(String, String), usize>,
}

/// The answer to every filter; nothing where node or its packages are not there.
pub fn answers(site: &Site, filters: &[Asked]) -> Option<Vec<Answer>> {
    if !root().join("browser/node_modules").is_dir() {
        println!("SKIPPED: browser/node_modules is not there; hint: make browser");
        return None;
    }
    let folder = tempfile::tempdir().expect("a temporary folder");
    let columns = columns(site);
    let put = |name: &str, path: &str| std::fs::write(folder.path().join(name), site.get(path).body).expect("a file");
    put("columns.bin", &columns);
    let base = columns.strip_suffix(".bin").expect("a .bin file").to_owned();
    put("names.json", &format!("{base}/names.json"));
    let ids = ids(site, &base);
    let questions = filters.iter().map(|asked| question(site, &base, asked)).collect::<Vec<_>>();
    let lines = ask(folder.path(), &questions);
    assert_eq!(lines.len(), filters.len());
    let names = site.json(&format!("{base}/names.json"));
    Some(lines.into_iter().map(|line| read(&line, &ids, &names)).collect())
}

/// The path of the columns file, as the first page names it.
fn columns(site: &Site) -> String {
    let page = site.get("/").text();
    let (_, rest) = page.split_once("data-columns=\"").expect("the page has a map");
    rest.split('"').next().expect("a path").to_owned()
}

fn ids(site: &Site, base: &str) -> Vec<String> {
    let chunks = (0..).map(|n| site.get(&format!("{base}/ids/{n}.json"))).take_while(|answer| answer.status == 200);
    let read = |body: Vec<u8>| serde_json::from_slice::<Vec<String>>(&body).expect("a list of ids");
    chunks.flat_map(|answer| read(answer.body)).collect()
}

/// The filter, and what our own server answers for the two keys that the columns do not hold.
fn question(site: &Site, base: &str, asked: &Asked) -> String {
    let mut matches = serde_json::Map::new();
    for key in ["q", "source"] {
        let only = Asked(asked.0.iter().filter(|(of, _)| *of == key).cloned().collect());
        if !only.0.is_empty() {
            matches.insert(key.to_owned(), site.json(&format!("{base}/matches?{}", only.query())));
        }
    }
    json!({ "query": asked.query(), "matches": matches }).to_string()
}

fn ask(folder: &std::path::Path, questions: &[String]) -> Vec<Value> {
    let mut node = Command::new("node")
        .arg("browser/test/filter-agree.mjs")
        .arg(folder)
        .current_dir(root())
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .spawn()
        .expect("node runs");
    let mut input = node.stdin.take().expect("invariant: it is piped");
    let text = questions.join("\n") + "\n";
    let writer = std::thread::spawn(move || input.write_all(text.as_bytes()).expect("node reads"));
    let output = node.wait_with_output().expect("node ends");
    writer.join().expect("invariant: it only writes");
    assert!(output.status.success(), "node failed");
    let text = String::from_utf8(output.stdout).expect("it is text");
    text.lines().map(|line| serde_json::from_str(line).unwrap_or_else(|e| panic!("{e}: {line}"))).collect()
}

fn read(line: &Value, ids: &[String], names: &Value) -> Answer {
    let number = |value: &Value| value.as_u64().unwrap_or_else(|| panic!("no number in {line}")) as usize;
    let rows = line["rows"].as_array().expect("rows");
    let facet = |(key, counts): (&String, &Value)| {
        let choices = names[key].as_array().unwrap_or_else(|| panic!("no dictionary `{key}`")).clone();
        let counts = counts.as_array().expect("counts").clone();
        assert_eq!(choices.len(), counts.len(), "{key}");
        let id = |choice: &Value| choice["id"].as_str().expect("an id").to_owned();
        choices.iter().zip(&counts).map(|(choice, n)| ((key.clone(), id(choice)), number(n))).collect::<Vec<_>>()
    };
    Answer {
        counts: line["counts"].as_object().expect("counts").iter().flat_map(facet).collect(),
        ids: rows.iter().map(|row| ids[number(row)].clone()).collect(),
        total: number(&line["total"]),
        located: number(&line["located"]),
    }
}

//! HTTP tests as plain text: `tests-http/*.txt`, which anyone can read and extend.
//!
//! `GET ADDRESS` (or another method) asks; the lines below it say what must be so: `with NAME: VALUE` adds a
//! request header, `status N`, `header NAME == VALUE`, `header NAME contains TEXT`, `no header NAME`,
//! `body contains TEXT`, `body lacks TEXT`, `body is json`. `#` begins a comment.

use std::path::Path;

use super::{Answer, ask, state};

/// One request of a script and what is expected of the answer.
struct Step {
    line: usize,
    method: String,
    address: String,
    headers: Vec<(String, String)>,
    expected: Vec<String>,
}

fn steps(script: &str) -> Vec<Step> {
    let mut steps: Vec<Step> = Vec::new();
    for (number, line) in
        script.lines().enumerate().filter(|(_, line)| !line.trim().is_empty() && !line.starts_with('#'))
    {
        let (word, rest) = line.split_once(' ').unwrap_or((line, ""));
        if word.chars().all(|c| c.is_ascii_uppercase()) {
            let (method, address) = (word.to_owned(), rest.to_owned());
            steps.push(Step { line: number + 1, method, address, headers: Vec::new(), expected: Vec::new() });
            continue;
        }
        let step = steps.last_mut().expect("a request comes first");
        match (word, rest.split_once(": ")) {
            ("with", Some((name, value))) => step.headers.push((name.into(), value.into())),
            _ => step.expected.push(line.to_owned()),
        }
    }
    steps
}

fn holds(answer: &Answer, expected: &str) -> bool {
    let header = |name: &str| answer.headers.get(name).map(|value| value.to_str().unwrap_or_default());
    let words: Vec<&str> = expected.splitn(4, ' ').collect();
    match words[..] {
        ["status", status] => answer.status.as_str() == status,
        ["header", name, "==", value] => header(name) == Some(value),
        ["header", name, "contains", value] => header(name).is_some_and(|found| found.contains(value)),
        ["no", "header", name] => header(name).is_none(),
        ["body", "is", "json"] => serde_json::from_str::<serde_json::Value>(&answer.body).is_ok(),
        ["body", "is", "empty"] => answer.raw.is_empty(),
        ["body", "contains", ..] => answer.body.contains(&expected["body contains ".len()..]),
        ["body", "lacks", ..] => !answer.body.contains(&expected["body lacks ".len()..]),
        _ => panic!("`{expected}` is no expectation"),
    }
}

fn run(name: &str) {
    let file = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests-http").join(name);
    let script = std::fs::read_to_string(&file).expect(name);
    let state = state();
    let columns = state.live().columns.name.clone();
    let steps = steps(&script.replace("{columns}", &columns));
    assert!(!steps.is_empty());
    for step in steps {
        let headers: Vec<(&str, &str)> =
            step.headers.iter().map(|(name, value)| (name.as_str(), value.as_str())).collect();
        let answer = ask(&state, &step.method, &step.address, &headers);
        assert!(!step.expected.is_empty(), "{name}:{}: nothing is expected", step.line);
        for expected in &step.expected {
            assert!(
                holds(&answer, expected),
                "{name}:{}: {} {}: not so: {expected}\n{} {:?}\n{}",
                step.line,
                step.method,
                step.address,
                answer.status,
                answer.headers,
                answer.body
            );
        }
    }
}

#[test]
fn every_script_is_run() {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests-http");
    let mut names: Vec<String> = std::fs::read_dir(folder)
        .expect("scripts")
        .map(|entry| entry.expect("an entry").file_name().into_string().expect("a name"))
        .collect();
    names.sort();
    assert!(names.len() >= 5, "{names:?}");
    names.iter().for_each(|name| run(name));
}

//! Drafts taken home and brought back, and the desk's reading pages for programs.

use super::*;

fn bring(user: &User<'_>, file: &[u8]) -> Answer {
    let mut body = b"--x\r\nContent-Disposition: form-data; name=\"file\"; filename=\"d.zip\"\r\n\r\n".to_vec();
    body.extend(file);
    body.extend(b"\r\n--x--\r\n");
    let headers = [("sec-fetch-site", "same-origin"), ("content-type", "multipart/form-data; boundary=x")];
    user.send_bytes("POST", "/drafts/import", &headers, body)
}

/// The rows that a draft shows to programs.
fn rows(user: &User<'_>, draft: &str) -> serde_json::Value {
    let answer = user.get(&format!("{draft}.json"));
    serde_json::from_str::<serde_json::Value>(&answer.is(200).text).unwrap()["rows"].clone()
}

#[test]
fn drafts_come_home_whole_and_are_nobody_elses() {
    let trial = Trial::new();
    let (author, other) = (trial.user("author", &[Role::Contributor]), trial.user("other", &[Role::Contributor]));
    let first = sound(&author);
    let second = author.begin("Second, “quoted”");
    author.paste(&second, "id,kind,name,sources\nbad id,company,\"A, B\",news-9\n");
    let home = author.get("/drafts.zip");
    assert_eq!(home.is(200).header("content-type"), "application/zip");
    assert!(home.header("content-disposition").contains("drafts.zip"));

    let back = bring(&other, &home.bytes);
    back.is(200).has("2 drafts came back").has("Second, “quoted”");
    assert!(!back.text.contains("changed on the way"));
    // The newest draft of one's own comes first.
    for (draft, twin) in [(&first, "/draft/4"), (&second, "/draft/3")] {
        assert_eq!(rows(&author, draft), rows(&other, twin));
    }
    assert_eq!(author.get("/draft/3").status, 404, "what one brings back is one's own");
    let nothing = trial.user("empty", &[Role::Contributor]).get("/drafts.zip");
    bring(&other, &nothing.bytes).is(200);
}

#[test]
fn a_file_that_is_none_changes_nothing() {
    let trial = Trial::new();
    let author = trial.user("author", &[Role::Contributor]);
    bring(&author, b"PK nothing").is(422).has("no ZIP archive");
    author.post("/drafts/import", &[]).is(422);
    author.get("/").has("You have no drafts yet");
}

#[test]
fn programs_read_what_people_read_with_the_same_rights() {
    let trial = Trial::new();
    let (author, editor) = (trial.user("author", &[Role::Contributor]), trial.user("editor", &[Role::Editor]));
    let draft = sound(&author);
    author.paste(&draft, "id,kind,name,sources\nbad id,company,X,news-1\n");
    author.get("/drafts.json").is(403);
    trial.user("other", &[Role::Contributor]).get(&format!("{draft}.json")).is(404);
    trial.stranger().get(&format!("{draft}.json")).is(303);
    let queue: serde_json::Value = serde_json::from_str(&editor.get("/drafts.json?state=draft").text).unwrap();
    assert_eq!((&queue["total"], &queue["drafts"][0]["title"]), (&1.into(), &"Cameras in Kenya".into()));
    let one: serde_json::Value = serde_json::from_str(&editor.get(&format!("{draft}.json")).text).unwrap();
    assert_eq!(one["rows"]["entities"][0]["name"], "Acme Cameras");
    assert_eq!(one["sha256"], editor.hash(&draft));
    let found = &one["findings"][0];
    assert_eq!((&found["sheet"], &found["row"], &found["column"]), (&"entities".into(), &3.into(), &"id".into()));
    assert_eq!(found["severity"], "error");
}

//! `import`: the difference and nothing but the difference, whole or not at all.

use super::tables::{ENTITIES, RELATIONS, SOURCES, facts, with_relation};
use crate::atlas::Atlas;

#[test]
fn an_import_is_one_entry_and_the_same_files_again_are_none() {
    let atlas = facts();
    atlas.run(["import", "facts"]).code(0).stdout("").stderr_has("appended entry 0");
    let before = atlas.bytes();
    atlas.run(["import", "facts"]).code(0).stdout("").stderr_has("added 0, changed 0, withdrew 0");
    assert!(atlas.bytes() == before);
}

#[test]
fn files_named_one_by_one_are_the_same_as_their_folder() {
    let atlas = facts();
    atlas.run(["import", "facts/sources.csv", "facts/entities.csv", "facts/relations.csv"]).code(0);
    atlas.run(["import", "facts"]).code(0).stderr_has("added 0, changed 0, withdrew 0");
}

#[test]
fn a_dry_run_prints_the_difference_and_writes_nothing() {
    let atlas = facts();
    let before = atlas.bytes();
    let ran = atlas.run(["import", "--dry-run", "facts"]).code(0).stderr_has("would add");
    for id in ["maker", "police", "maker-supplies-police", "paper"] {
        assert!(ran.out().lines().any(|line| line.starts_with('+') && line.contains(id)), "{id}: {}", ran.out());
    }
    assert!(atlas.bytes() == before);
}

#[test]
fn a_changed_cell_is_the_whole_difference() {
    let atlas = facts();
    atlas.run(["import", "facts"]).code(0);
    atlas.put("facts/relations.csv", RELATIONS.replace("operational", "ended"));
    let ran = atlas.run(["import", "--dry-run", "facts"]).code(0);
    assert!(ran.out().contains("status") && ran.out().contains("ended"), "{}", ran.out());
    assert!(!ran.out().contains("amount") && !ran.out().contains("police.name"), "{}", ran.out());
    atlas.run(["import", "facts"]).code(0).stderr_has("appended entry 1");
    atlas.run(["import", "facts"]).code(0).stderr_has("added 0, changed 0, withdrew 0");
    atlas.run(["export"]).code(0).stdout_has("ended").stdout_has("maker-supplies-police");
}

#[test]
fn a_row_that_left_its_file_stays_until_it_is_withdrawn_on_purpose() {
    let atlas = facts();
    atlas.run(["import", "facts"]).code(0);
    atlas.put("facts/relations.csv", RELATIONS.lines().next().unwrap().to_owned() + "\n");
    atlas.run(["import", "facts"]).code(0).stderr_has("added 0, changed 0, withdrew 0");
    atlas.run(["export", "--format", "csv"]).code(0).stdout_has("maker-supplies-police");
    atlas.run(["import", "--withdraw-missing", "facts"]).code(0).stderr_has("appended entry 1");
    let left = atlas.run(["export", "--format", "csv"]).code(0).out();
    assert!(!left.contains("maker-supplies-police"), "{left}");
}

#[test]
fn one_error_keeps_everything_out() {
    let good = "second,supplies,maker,police,surveillance,,KE,,,country,2020,,,,operational,,,post:supports,,fact,,,\n";
    let atlas = with_relation("supplies,maker", "suplies,maker");
    atlas.put("facts/relations.csv", RELATIONS.replace(",supplies,", ",suplies,") + good);
    let before = atlas.bytes();
    let ran = atlas.run(["import", "facts"]).code(1).stdout("");
    let ran = ran.stderr_has("facts/relations.csv:2:").stderr_has("`suplies`").stderr_has("did you mean `supplies`");
    assert!(ran.err().contains("nothing was written"), "{}", ran.err());
    assert!(atlas.bytes() == before);
}

#[test]
fn an_error_in_one_file_keeps_the_other_files_out() {
    let atlas = facts().file("facts/entities.csv", ENTITIES.replace("company,Maker", "compny,Maker"));
    let before = atlas.bytes();
    atlas.run(["import", "facts"]).code(1).stderr_has("facts/entities.csv:2:");
    assert!(atlas.bytes() == before);
}

#[test]
fn a_report_for_programs_is_one_json_document_on_standard_output() {
    let atlas = with_relation("2019~", "2019-13");
    let report = atlas.run(["import", "--report", "json", "facts"]).code(1).json();
    let problem = &report["problems"][0];
    assert_eq!(problem["severity"], "error");
    assert_eq!((problem["file"].as_str(), problem["line"].as_u64()), (Some("facts/relations.csv"), Some(2)));
    let column = RELATIONS.lines().nth(1).unwrap().find("2019~").unwrap() as u64 + 1;
    assert_eq!(problem["column"], column);
    assert!(problem["what"].as_str().unwrap().contains("2019-13"));
    let report = facts().run(["import", "--report", "json", "facts"]).code(0).json();
    assert_eq!(report["problems"].as_array().map(Vec::len), Some(0));
    assert!(report["added"].as_u64() > Some(10));
}

#[test]
fn what_is_named_has_to_be_there_and_to_hold_tables() {
    facts().run(["import", "nowhere"]).code(2).stderr_has("can't read `nowhere`");
    facts()
        .file("empty/notes.txt", "none")
        .run(["import", "empty"])
        .code(2)
        .stderr_has("no CSV or Markdown file in what was named");
}

#[test]
fn a_table_packed_with_gzip_is_the_same_table() {
    let atlas = facts();
    for table in ["sources", "entities", "relations"] {
        let path = atlas.path(&format!("facts/{table}.csv"));
        assert!(std::process::Command::new("gzip").arg(path).status().expect("gzip runs").success());
    }
    atlas.run(["import", "facts"]).code(0).stderr_has("appended entry 0");
    atlas.run(["export", "--format", "csv"]).code(0).stdout_has("maker-supplies-police");
}

#[test]
fn two_datasets_that_speak_of_one_item_are_joined_and_not_replaced() {
    let atlas =
        facts().file("more/sources.csv", SOURCES).file("more/entities.csv", ENTITIES.replace("Hangzhou", "Shanghai"));
    atlas.run(["import", "facts"]).code(0);
    atlas.run(["import", "more"]).code(0);
    atlas.run(["export"]).code(0).stdout_has("Hangzhou").stdout_has("Shanghai");
}

#[test]
fn persons_are_refused_and_counted_and_leave_no_trace() {
    let person = "jane-quux,person,Jane Quux,,,KE,,,Officer born 1970.,paper,,\n";
    let link =
        "quux-operates,operates,jane-quux,police,surveillance,,KE,,,country,,,,,unknown,,,paper:supports,,fact,,,\n";
    let atlas = facts().file("facts/entities.csv", ENTITIES.to_owned() + person);
    atlas.put("facts/relations.csv", RELATIONS.to_owned() + link);
    let ran = atlas.run(["import", "facts"]).code(0).stderr_has("facts/entities.csv:4:").stderr_has("refused 1 rows");
    assert!(!ran.err().contains("Quux"), "the report repeats the name: {}", ran.err());
    for (path, bytes) in atlas.bytes() {
        let text = String::from_utf8_lossy(&bytes).to_lowercase();
        assert!(!text.contains("quux"), "{}", path.display());
    }
}

#[test]
fn the_entry_carries_the_role_that_made_it_and_no_more_than_the_day() {
    let atlas = facts();
    atlas.run(["import", "--author", "desk", "facts"]).code(0);
    let bundle = std::fs::read(atlas.path("atlas/log/tile/entries/000.p/1")).unwrap();
    assert!(bundle.windows(4).any(|four| four == b"desk"));
}

#[test]
fn nobody_without_the_key_can_write() {
    let atlas = facts();
    std::fs::rename(atlas.path("atlas/keys/log.key"), atlas.path("log.key")).unwrap();
    let before = atlas.bytes();
    atlas.run(["import", "facts"]).code(2).stderr_has("keys/log.key");
    assert!(atlas.bytes() == before);
    atlas.run(["check"]).code(0);
}

#[test]
fn two_imports_at_once_both_arrive() {
    let atlas = facts().file("more/sources.csv", SOURCES.replace("paper", "paper2").replace("post", "post2"));
    let spawn = |folder: &str| {
        let mut command = std::process::Command::new(crate::atlas::PROGRAM);
        command.args(["import", "atlas", folder]).current_dir(atlas.path("")).stderr(std::process::Stdio::null());
        command.spawn().expect("it runs")
    };
    let children = [spawn("facts"), spawn("more")];
    for mut child in children {
        assert!(child.wait().expect("it ends").success());
    }
    atlas.run(["verify"]).code(0).stderr_has("2 entries");
    for folder in ["facts", "more"] {
        atlas.run(["import", folder]).code(0).stderr_has("added 0, changed 0, withdrew 0");
    }
}

#[test]
fn an_atlas_may_bring_its_own_words() {
    let atlas = Atlas::new();
    let own = atlas.path("atlas/vocabulary");
    std::fs::create_dir_all(&own).unwrap();
    std::fs::write(own.join("kinds.toml"), "not toml").unwrap();
    atlas.run(["check"]).code(2).stderr_has("vocabulary").stderr_has("kinds.toml");
    std::fs::remove_dir_all(&own).unwrap();
}

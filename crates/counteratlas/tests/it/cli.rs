//! The command line as people and scripts meet it: what is printed where, exit codes, all or nothing.

mod bad_input;
mod duplicates;
mod export;
mod import;
mod names;
mod serving;
pub mod tables;
mod verify;

use std::os::unix::fs::PermissionsExt;

use crate::atlas::Atlas;

pub use tables::facts;

#[test]
fn every_command_has_a_help_worth_reading() {
    let atlas = Atlas::none();
    for command in [
        "init", "import", "check", "verify", "redact", "decide", "reveal", "publish", "backup", "restore", "mirror",
        "repair", "log", "names", "screen", "serve", "export", "build", "demo",
    ] {
        let ran = atlas.program([command, "--help"]).code(0).stdout_has("Usage:");
        let lines = ran.out().lines().count();
        assert!(lines > 7, "{command} --help is {lines} lines");
    }
    atlas.program(["--help"]).code(0).stdout_has("Exit codes: 0 done,");
}

#[test]
fn a_word_that_is_no_command_could_not_run() {
    Atlas::none().program(["imprt", "atlas"]).code(2).stdout("").stderr_has("import");
    Atlas::none().program([]).code(2).stdout("");
}

#[test]
fn the_version_is_that_of_the_package() {
    Atlas::none().program(["--version"]).code(0).stdout(concat!("counteratlas ", env!("CARGO_PKG_VERSION"), "\n"));
}

#[test]
fn init_makes_a_folder_that_verifies_and_prints_the_public_key_alone() {
    let atlas = Atlas::none();
    let ran = atlas.run(["init", "--origin", "log.example/atlas"]).code(0).stderr_has("made the atlas");
    let key = ran.out();
    assert_eq!(key.lines().count(), 1);
    assert!(key.starts_with("log.example/atlas+"), "{key}");
    assert_eq!(std::fs::read_to_string(atlas.path("atlas/log/key.pub")).unwrap(), key);
    atlas.run(["verify", "--key", key.trim()]).code(0).stderr_has("0 entries");
}

#[test]
fn the_signing_key_is_readable_by_its_owner_alone() {
    let atlas = Atlas::new();
    let mode = std::fs::metadata(atlas.path("atlas/keys/log.key")).unwrap().permissions().mode();
    assert_eq!(mode & 0o777, 0o600);
}

#[test]
fn init_leaves_a_folder_alone_that_holds_anything() {
    let atlas = Atlas::new();
    let before = atlas.bytes();
    atlas.run(["init"]).code(2).stdout("").stderr_has("is not empty; hint:");
    assert!(atlas.bytes() == before);
    let other = Atlas::none().file("atlas/notes.txt", "mine");
    other.run(["init"]).code(2).stderr_has("is not empty");
    let _ = other.broken();
}

#[test]
fn commands_say_what_is_no_atlas() {
    for command in ["check", "verify", "export", "serve"] {
        Atlas::none()
            .run([command])
            .code(2)
            .stdout("")
            .stderr_has("`atlas` is no atlas")
            .stderr_has("counteratlas init");
    }
    let none = Atlas::none().file("facts.csv", "id\n");
    none.run(["import", "facts.csv"]).code(2).stdout("").stderr_has("`atlas` is no atlas");
}

#[test]
fn a_setting_that_does_not_exist_is_named() {
    let atlas = Atlas::new();
    let path = atlas.path("atlas/atlas.toml");
    let text = std::fs::read_to_string(&path).unwrap();
    std::fs::write(&path, format!("colour = \"red\"\n{text}")).unwrap();
    atlas.run(["check"]).code(2).stderr_has("colour");
    std::fs::write(&path, text).unwrap();
    atlas.run(["check"]).code(0);
}

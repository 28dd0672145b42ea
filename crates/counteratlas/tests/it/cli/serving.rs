//! `serve` and `demo`: read-only, on the address they were given, and gone when they are told to go.

use std::io::{BufRead, BufReader};
use std::process::{Command, Stdio};

use super::tables::facts;
use crate::atlas::{Atlas, PROGRAM};
use crate::site::{Site, get};

#[test]
fn a_served_atlas_needs_no_key_and_no_right_to_write() {
    let atlas = facts();
    atlas.run(["import", "facts"]).code(0);
    std::fs::remove_dir_all(atlas.path("atlas/keys")).unwrap();
    let before = atlas.bytes();
    let site = Site::of(&atlas);
    assert_eq!(site.get("/item/maker").status, 200);
    assert_eq!(site.json("/links.json")["total"], 1);
    drop(site);
    assert!(atlas.bytes() == before, "serving wrote something");
}

#[test]
fn an_address_that_is_taken_is_told_with_a_way_out() {
    let atlas = Atlas::new();
    let taken = std::net::TcpListener::bind("127.0.0.1:0").unwrap();
    let address = taken.local_addr().unwrap().to_string();
    atlas.run(["serve", "--listen", &address]).code(2).stderr_has("can't listen").stderr_has("--listen");
    atlas.run(["serve", "--listen", "nowhere"]).code(2).stderr_has("nowhere");
}

#[test]
fn the_demo_serves_the_sample_and_removes_its_folder() {
    let atlas = Atlas::none();
    let mut child = Command::new(PROGRAM)
        .args(["demo", "--listen", "127.0.0.1:0"])
        .env("TMPDIR", atlas.path(""))
        .stderr(Stdio::piped())
        .spawn()
        .expect("it runs");
    let lines = BufReader::new(child.stderr.take().unwrap()).lines();
    let mut said = String::new();
    for line in lines.map_while(Result::ok) {
        said = said + &line + "\n";
        if let Some((_, rest)) = line.split_once("http://") {
            let address = rest.split_whitespace().next().unwrap();
            assert_eq!(get(address, "/item/huawei").status, 200);
            let stop = Command::new("kill").arg(child.id().to_string()).status();
            assert!(stop.expect("kill runs").success());
        }
    }
    assert!(child.wait().unwrap().success(), "{said}");
    assert!(said.contains("sample") && said.contains("Ctrl-C"), "{said}");
    let left: Vec<_> = std::fs::read_dir(atlas.path("")).unwrap().flatten().map(|entry| entry.path()).collect();
    assert!(left.is_empty(), "{left:?}");
}

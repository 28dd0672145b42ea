//! `check --duplicates`: likely the same item twice, with reasons, as notes; nothing is merged.

use super::tables::{ENTITIES, RELATIONS, SOURCES};
use crate::atlas::Atlas;

/// An atlas with more organisations than the maker and the police.
fn with(rows: &str) -> Atlas {
    let atlas = Atlas::new()
        .file("facts/sources.csv", SOURCES)
        .file("facts/entities.csv", format!("{ENTITIES}{rows}"))
        .file("facts/relations.csv", RELATIONS);
    atlas.run(["import", "facts"]).code(0);
    atlas
}

#[test]
fn the_same_company_in_two_scripts_is_suggested_with_the_reasons_and_the_exit_code_stays_0() {
    let atlas = with(
        "hik,company,Hangzhou Hikvision Digital Technology,,,CN,Hangzhou,,Makes cameras.,paper,,\n\
         haikang,company,海康威视,海康威视,,CN,,,Makes cameras.,post,,\n",
    );
    let before = atlas.bytes();
    let ran = atlas.run(["check", "--duplicates"]).code(0).stdout("");
    ran.stderr_has("item haikang: note: likely the same as `hik`").stderr_has("same meaning");
    assert!(atlas.bytes() == before);
}

#[test]
fn names_that_differ_in_what_tells_them_apart_are_not_suggested() {
    let atlas = with(
        "zt,company,Zorbax Technology,,,CN,,,Makes cameras.,paper,,\n\
         zs,company,Zorbax Shipping,,,CN,,,Sails.,paper,,\n\
         kt,company,Kalimba Technology,,,CN,,,Makes cameras.,paper,,\n",
    );
    atlas.run(["check", "--duplicates"]).code(0).stderr_lacks("likely the same");
}

#[test]
fn a_parent_and_its_part_are_two_by_the_sources() {
    let atlas = with(
        "zorbax,company,Zorbax,,,CN,,,Makes cameras.,paper,,\n\
         zorbax-ltd,company,Zorbax Ltd,,,CN,,zorbax,Sells them.,paper,,\n",
    );
    atlas.run(["check", "--duplicates"]).code(0).stderr_lacks("likely the same");
}

#[test]
fn a_shared_identifier_is_reason_enough() {
    let atlas = with(
        "zorbax,company,Zorbax,,,US,,,Makes cameras.,paper,,lei:HWUPKR0MPOU8FGXBT394\n\
         kalimba,company,Kalimba,,,US,,,Sells them.,paper,,lei:HWUPKR0MPOU8FGXBT394\n",
    );
    let ran = atlas.run(["check", "--duplicates", "--report", "json"]).code(0);
    assert!(ran.out().contains("both have lei `HWUPKR0MPOU8FGXBT394`"), "{}", ran.out());
}

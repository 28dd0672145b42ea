//! Files from strangers: whatever is in them, a clear problem with its place, no panic, nothing half written.

use super::tables::{ENTITIES, RELATIONS, SOURCES, facts, with_relation};
use crate::atlas::{Atlas, Ran};

/// Imports the folder `facts`, expects a problem with these words at this place, and nothing written.
#[track_caller]
fn check(atlas: Atlas, place: &str, words: &str) -> Ran {
    let before = atlas.bytes();
    let ran = atlas.run(["import", "facts"]).code(1).stdout("").stderr_has(place).stderr_has(words);
    let ran = ran.stderr_has("nothing was written").stderr_lacks("panicked");
    assert!(atlas.bytes() == before, "something was written");
    ran
}

/// The line and column at which a text begins in a table.
fn place(table: &str, text: &str) -> String {
    let at = table.find(text).unwrap_or_else(|| panic!("`{text}`"));
    let line = table[..at].matches('\n').count() + 1;
    let column = at - table[..at].rfind('\n').map_or(0, |end| end + 1) + 1;
    format!(":{line}:{column}: error: ")
}

#[test]
fn bytes_that_are_no_utf_8_are_named_by_their_offset() {
    let mut bytes = ENTITIES.as_bytes().to_vec();
    let at = ENTITIES.find("City police").unwrap();
    bytes[at] = 0xFF;
    check(facts().file("facts/entities.csv", bytes), "facts/entities.csv", &format!("not UTF-8 at byte {at}"));
}

#[test]
fn utf_16_with_its_mark_is_read_and_without_it_refused() {
    let encode = |mark: &[u16]| -> Vec<u8> {
        mark.iter().copied().chain(ENTITIES.encode_utf16()).flat_map(u16::to_le_bytes).collect()
    };
    let atlas = facts().file("facts/entities.csv", encode(&[0xFEFF]));
    atlas.run(["import", "facts"]).code(0);
    atlas.run(["export"]).code(0).stdout_has("制造商");
    check(facts().file("facts/entities.csv", encode(&[])), "facts/entities.csv", "");
}

#[test]
fn a_byte_order_mark_is_no_part_of_the_first_column() {
    let atlas = facts().file("facts/entities.csv", format!("\u{feff}{ENTITIES}"));
    atlas.run(["import", "facts"]).code(0).stderr_has("appended entry 0");
}

#[test]
fn a_ragged_row_is_named() {
    let short = RELATIONS.replace(",fact,,,surveillance\n", "\n");
    check(facts().file("facts/relations.csv", short), "facts/relations.csv:2:", "");
    let long = RELATIONS.replace(",fact,,,surveillance\n", ",fact,,,surveillance,more\n");
    check(facts().file("facts/relations.csv", long), "facts/relations.csv:2:", "");
}

#[test]
fn an_id_that_nothing_has_is_named_where_it_stands() {
    let ran = check(with_relation("maker,police", "maker,polce"), &place(RELATIONS, "police,surveillance"), "`polce`");
    ran.stderr_has("did you mean `police`");
    check(with_relation("paper:supports", "papr:supports"), "facts/relations.csv:2:", "`papr`");
    let parent = ENTITIES.replace("Hangzhou,,", "Hangzhou,nobody,");
    check(facts().file("facts/entities.csv", parent), "facts/entities.csv:2:", "`nobody`");
}

#[test]
fn words_that_are_not_in_the_vocabulary_are_named_with_the_nearest() {
    for (from, to, meant) in [
        (",supplies,", ",suplies,", "supplies"),
        (",surveillance,Nairobi", ",surveilance,Nairobi", "surveillance"),
        ("operational", "operationl", "operational"),
        (",city,", ",citty,", "city"),
    ] {
        let word = to.trim_matches(',').split(',').next().unwrap();
        check(with_relation(from, to), "facts/relations.csv:2:", &format!("`{word}`"))
            .stderr_has(&format!("`{meant}`"));
    }
    let kind = ENTITIES.replace("company,Maker", "compny,Maker");
    check(facts().file("facts/entities.csv", kind), &place(ENTITIES, "company,Maker"), "`compny`")
        .stderr_has("`company`");
}

#[test]
fn coordinates_off_the_earth_are_refused_and_swapped_ones_suspected() {
    check(with_relation("-1.286,36.817", "-91,36.817"), &place(RELATIONS, "-1.286"), "not on the earth");
    check(with_relation("-1.286,36.817", "1.5,200"), "facts/relations.csv:2:", "not on the earth");
    check(with_relation("-1.286,36.817", "116.4,39.9"), "facts/relations.csv:2:", "changed places");
    check(with_relation("-1.286,36.817", "0,0"), "facts/relations.csv:2:", "both 0");
    check(with_relation("-1.286,36.817", "NaN,inf"), "facts/relations.csv:2:", "are not degrees");
    check(with_relation("-1.286,36.817", "-1.286,"), "facts/relations.csv:2:", "needs both");
}

#[test]
fn a_country_is_never_a_point() {
    check(with_relation(",city,", ",country,"), "facts/relations.csv:2:", "needs the precision");
}

#[test]
fn an_id_that_stands_twice_is_named_with_its_first_place() {
    let row = RELATIONS.lines().nth(1).unwrap();
    let ran = check(facts().file("facts/relations.csv", format!("{RELATIONS}{row}\n")), "facts/relations.csv:3:", "");
    ran.stderr_has("`maker-supplies-police`").stderr_has("2");
    let row = SOURCES.lines().nth(1).unwrap();
    check(facts().file("facts/sources.csv", format!("{SOURCES}{row}\n")), "facts/sources.csv:4:", "`paper`");
}

#[test]
fn dates_and_sums_that_are_none_are_named() {
    check(with_relation("2019~", "last year"), &place(RELATIONS, "2019~"), "`last year` is not an EDTF date");
    check(with_relation("2019~,", "2019~,2018"), "facts/relations.csv:2:", "");
    check(with_relation("1000000", "1,5"), "facts/relations.csv:2:", "");
    check(with_relation("1000000,USD", "1000000,"), "facts/relations.csv:2:", "has no currency");
    check(with_relation("USD", "QQQ"), "facts/relations.csv:2:", "QQQ");
}

#[test]
fn a_link_joins_only_kinds_that_its_type_may_join() {
    let law = ENTITIES.replace("government-body,City police", "law,City police");
    check(facts().file("facts/entities.csv", law), "facts/relations.csv:2:", "supplies");
}

#[test]
fn a_row_without_a_supporting_source_is_no_fact() {
    check(with_relation("paper:supports", ""), "facts/relations.csv:2:", "");
    check(with_relation("paper:supports", "paper:context"), "facts/relations.csv:2:", "");
    check(with_relation("paper:supports", "paper:suports"), "facts/relations.csv:2:", "suports");
}

#[test]
fn a_column_that_is_missing_or_stands_twice_is_named() {
    let lacking = facts().file("facts/relations.csv", RELATIONS.replacen("subject", "sender", 1));
    check(lacking, "facts/relations.csv:1:", "no known format has these columns");
    check(
        facts().file("facts/relations.csv", RELATIONS.replacen("topics", "status", 1)),
        "facts/relations.csv:1:",
        "`status`",
    );
}

#[test]
fn a_field_of_a_hundred_megabytes_is_refused_in_little_memory() {
    let huge = "x".repeat(100 << 20);
    let atlas = facts().file("facts/relations.csv", RELATIONS.replace("Cameras.", &huge));
    drop(huge);
    let begun = std::time::Instant::now();
    let ran = check(atlas, "facts/relations.csv:2:", "");
    assert!(ran.err().len() < 2000, "the report repeats the field");
    assert!(begun.elapsed().as_secs() < 60);
}

#[test]
fn a_quote_that_never_closes_does_not_swallow_the_file_in_silence() {
    check(facts().file("facts/relations.csv", RELATIONS.replace("Cameras.", "\"Cameras.")), "facts/relations.csv:", "");
}

#[test]
fn what_looks_like_no_table_of_ours_is_refused() {
    for text in ["", "\n\n", "a,b\n1,2\n", "{\"type\": \"FeatureCollection\"}\n", "\0\0\0\0"] {
        check(facts().file("facts/other.csv", text), "facts/other.csv", "");
    }
    check(facts().file("facts/other.csv.gz", "this is not gzip"), "facts/other.csv.gz", "");
}

#[test]
fn random_bytes_in_any_table_never_panic() {
    let mut state = 7_u64;
    let mut random = || {
        state = state.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        (state >> 33) as usize
    };
    for (table, text) in [("sources", SOURCES), ("entities", ENTITIES), ("relations", RELATIONS)] {
        for _ in 0..12 {
            let mut bytes = text.as_bytes().to_vec();
            for _ in 0..=random() % 6 {
                let at = random() % bytes.len();
                bytes[at] = (random() % 256) as u8;
            }
            let atlas = facts().file(&format!("facts/{table}.csv"), bytes);
            let before = atlas.bytes();
            let ran = atlas.run(["import", "facts"]).stderr_lacks("panicked");
            let wrote = atlas.bytes() != before;
            assert_eq!(wrote, ran.err().contains("appended entry"), "{}", ran.err());
        }
    }
}

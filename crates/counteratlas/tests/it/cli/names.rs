//! `names compare` and `names screen`: tables in, the same rows with answers out.

use std::collections::HashMap;

use crate::atlas::{Atlas, Ran};

/// The rows of the output, by column.
fn rows(ran: &Ran) -> Vec<HashMap<String, String>> {
    let out = ran.out();
    let mut lines = out.lines().map(|line| line.split('\t').map(String::from).collect::<Vec<_>>());
    let header = lines.next().expect("a header");
    lines
        .map(|cells| {
            assert_eq!(cells.len(), header.len(), "{cells:?}");
            header.iter().cloned().zip(cells).collect()
        })
        .collect()
}

#[test]
fn pairs_are_found_by_the_header_and_keep_their_other_columns() {
    let atlas = Atlas::none();
    atlas.put(
        "pairs.tsv",
        "\u{feff}id\tname2\tnote\tname1\n1\tHikvision\tx\t海康威视\n2\tBank of Almaty\ty\tBank of Tashkent\n",
    );
    let ran = atlas.program(["names", "compare", "pairs.tsv"]).code(0).stderr_has("2 pairs in ").stderr_has("pairs/s");
    let rows = rows(&ran);
    assert_eq!((&*rows[0]["\u{feff}id".trim_start_matches('\u{feff}')], &*rows[0]["note"]), ("1", "x"));
    assert_eq!((&*rows[0]["verdict"], &*rows[1]["verdict"]), ("same", "different"));
    assert!(rows[0]["reasons"].contains("`海康威视` = `Hikvision`: same meaning (Han, Latin)"), "{rows:?}");
    assert!(rows[1]["reasons"].contains("other places: `Tashkent`, `Almaty`"), "{rows:?}");
    let score = |row: &HashMap<String, String>| row["score"].parse::<f64>().expect("a number");
    assert!(score(&rows[0]) >= 0.8 && score(&rows[1]) < 0.5);
}

#[test]
fn a_row_that_lacks_a_column_or_is_not_utf_8_is_reported_with_its_line_and_the_rest_is_done() {
    let atlas = Atlas::none();
    let bytes = b"name1\tname2\nZorbax\tZorbax Ltd\nalone\n\nbad\xff\tZorbax\nKalimba\tKalimba\n";
    atlas.put("pairs.tsv", bytes);
    let ran = atlas.program(["names", "compare", "pairs.tsv"]).code(1);
    let ran = ran
        .stderr_has("pairs.tsv:3: error: the row has 1 of 2 columns")
        .stderr_has("pairs.tsv:5: error: the row is not UTF-8");
    assert_eq!(rows(&ran).len(), 2);
}

#[test]
fn a_table_without_the_column_could_not_be_read() {
    let atlas = Atlas::none();
    atlas.put("pairs.tsv", "left\tright\na\tb\n");
    atlas.program(["names", "compare", "pairs.tsv"]).code(2).stdout("").stderr_has("has no column `name1`; hint:");
    atlas.program(["names", "compare", "absent.tsv"]).code(2).stdout("").stderr_has("absent.tsv");
}

#[test]
fn a_query_finds_the_entity_by_any_of_its_names_and_nobody_where_there_is_none() {
    let atlas = Atlas::none();
    atlas.put(
        "kb.tsv",
        "entity\tname\nmaker\t杭州海康威视数字技术股份有限公司\nmaker\tHikvision\nbank\tBank of Zorbaxia\nmill\tKalimba Mills\n",
    );
    atlas.put("queries.tsv", "name\nHIKVISION DIGITAL TECHNOLOGY CO., LTD.\nQwfpgj\n");
    let ran = atlas.program(["names", "screen", "kb.tsv", "queries.tsv"]).code(0);
    let ran =
        ran.stderr_has("4 names indexed in").stderr_has("2 queries in").stderr_has("candidates compared for each");
    let rows = rows(&ran);
    assert_eq!((&*rows[0]["best"], &*rows[0]["verdict"]), ("maker", "same"));
    assert_eq!((&*rows[1]["best"], &*rows[1]["verdict"], &*rows[1]["candidates"]), ("", "different", "0"));
}

#[test]
fn several_entities_for_a_query_come_best_first_each_once() {
    let atlas = Atlas::none();
    atlas.put("kb.tsv", "entity\tname\na\tZorbax Shipping\nb\tZorbax Technology\nb\tZorbax Technology Ltd\n");
    atlas.put("queries.tsv", "name\nZorbax Technology\n");
    let rows = rows(&atlas.program(["names", "screen", "--best", "5", "kb.tsv", "queries.tsv"]).code(0));
    assert_eq!(rows.iter().map(|r| &*r["best"]).collect::<Vec<_>>(), ["b", "a"]);
}

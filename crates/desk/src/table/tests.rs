//! Tables read as RFC 4180 and `csv-spectrum` say, and everything else is a problem with its place.

use std::io::Write;

use proptest::prelude::*;

use super::*;
use crate::trial::shared;

fn records(text: &str) -> Vec<Vec<String>> {
    let mut scanner = Scanner::new(text);
    let next = || scanner.next_record();
    std::iter::from_fn(next).map(|r| r.cells.into_iter().map(|c| c.text.into_owned()).collect()).collect()
}

/// What the table makes of a file: its rows, then its problems.
fn check(text: &str) -> String {
    let mut problems = Vec::new();
    let mut lines = Vec::new();
    if let Some(table) = Table::open("t.csv", 0, text, &mut problems) {
        let mut rows = table.rows();
        while let Some(row) = rows.next(&mut problems) {
            let cell = |c: &String| format!("{c}={}@{}:{}", row.get(c), row.spot(c).line, row.spot(c).column);
            lines.push(table.columns().iter().map(cell).collect::<Vec<_>>().join(" "));
        }
    }
    lines.extend(problems.iter().map(ToString::to_string));
    lines.join("\n")
}

#[test]
fn every_cell_knows_its_line_and_column() {
    insta::assert_snapshot!(check("id,Full Name\r\na,\"x\r\ny\"\n\n海康,z\n"), @r"
    id=a@2:1 full_name=x
    y@2:3
    id=海康@5:1 full_name=z@5:4
    ");
}

#[test]
fn broken_rows_are_problems_and_the_others_are_read() {
    insta::assert_snapshot!(check("a,b\n1\n1,2,3\n\"x\"y,2\n3,4\n5,n\0n\n6,\"open\n"), @r#"
    a=3@5:1 b=4@5:3
    t.csv:2: error: the row has 1 cell, the header 2; hint: put a cell that holds a comma or a line break in double quotes
    t.csv:3: error: the row has 3 cells, the header 2; hint: put a cell that holds a comma or a line break in double quotes
    t.csv:4:4: error: text follows a closing quote; hint: double the quotes inside a quoted cell
    t.csv:6:3: error: there is a NUL character; hint: the file is damaged or is no text file
    t.csv:7:3: error: a quoted cell is never closed; hint: double the quotes inside a quoted cell
    "#);
    insta::assert_snapshot!(check("a,b,A\n"), @"t.csv:1:5: error: column `a` stands twice");
    insta::assert_snapshot!(check("\n\n"), @"t.csv:1: error: the file is empty; hint: the first line must name the columns");
}

#[test]
fn a_cell_of_100_megabytes_stops_the_reading_at_once() {
    let mut text = "a,b\n1,2\n3,\"".to_owned();
    text.push_str(&"é".repeat(50_000_000));
    let started = std::time::Instant::now();
    let found = check(&text);
    assert!(found.ends_with("t.csv:3:3: error: a cell is larger than 1048576 bytes; the rest was not read; hint: look for a quote that is never closed"), "{found}");
    assert!(started.elapsed().as_millis() < 1_000);
    let unquoted = format!("a\n{}\n", "x".repeat(LARGEST_CELL + 1));
    assert!(check(&unquoted).contains("larger than"));
}

#[test]
fn many_errors_end_the_reading() {
    let text = format!("a,b\n{}", "1\n".repeat(5_000));
    let found = check(&text);
    assert_eq!(found.lines().count(), MOST_ERRORS as usize + 1);
    assert!(found.ends_with("the rest of the file was not read"));
}

#[test]
fn encodings_are_told_by_their_marks_and_never_guessed() {
    let wide = |text: &str, swap: bool| -> Vec<u8> {
        let units = std::iter::once(0xFEFF).chain(text.encode_utf16());
        units.flat_map(|u: u16| if swap { u.to_be_bytes() } else { u.to_le_bytes() }).collect()
    };
    for bytes in [b"\xEF\xBB\xBFid,\xE6\xB5\xB7".to_vec(), wide("id,海", true), wide("id,海", false), "id,海".into()]
    {
        assert_eq!(decode("f", &bytes).unwrap(), "id,海");
    }
    let refused = |bytes: &[u8]| decode("f.csv", bytes).unwrap_err().to_string();
    insta::assert_snapshot!(refused(b"a\nb\xE9"), @"f.csv:2: error: not UTF-8 at byte 3; hint: save the file as UTF-8");
    insta::assert_snapshot!(refused(b"\xEF\xBB\xBF\xFF"), @"f.csv:1: error: not UTF-8 at byte 3; hint: save the file as UTF-8");
    insta::assert_snapshot!(refused(b"\xFF\xFEa\0\x00\xDC"), @"f.csv: error: not UTF-16 at byte 4; hint: save the file as UTF-8");
    insta::assert_snapshot!(refused(b"\xFF\xFEa"), @"f.csv: error: the UTF-16 text ends in half a character at byte 2; hint: save the file as UTF-8");
}

#[test]
fn packed_files_are_unpacked_within_a_bound() {
    let pack = |plain: &[u8]| {
        let mut packer = flate2::write::GzEncoder::new(Vec::new(), flate2::Compression::fast());
        packer.write_all(plain).unwrap();
        packer.finish().unwrap()
    };
    let packed = pack("id,海".as_bytes());
    assert_eq!(decode("f", &packed).unwrap(), "id,海");
    assert!(decode("f", &packed[..packed.len() - 9]).unwrap_err().what.starts_with("can't be unpacked"));
    let bomb = pack(&vec![b'x'; (1 << 29) + 1]);
    assert!(decode("f", &bomb).unwrap_err().what.starts_with("unpacks to more than"));
}

#[test]
fn csv_spectrum_parses_as_its_json_twins_say() {
    let folder = shared().join("csv-spectrum");
    let Ok(files) = std::fs::read_dir(folder.join("csvs")) else {
        eprintln!("SKIPPED: {} is absent", folder.display());
        return;
    };
    let mut seen = 0;
    for file in files {
        let path = file.unwrap().path();
        let twin = folder.join("json").join(path.with_extension("json").file_name().unwrap());
        let twin = String::from_utf8(std::fs::read(twin).unwrap()).unwrap();
        let expected = match path.ends_with("location_coordinates.csv") {
            // The fixture's own slip: this twin is no list and holds another phone number than its file.
            true => serde_json::from_str(&format!("[{}]", twin.replace("1234567890", "2095257564"))),
            false => serde_json::from_str::<serde_json::Value>(&twin),
        }
        .unwrap();
        let bytes = std::fs::read(&path).unwrap();
        let rows = records(&decode("f", &bytes).unwrap());
        let object = |row: &Vec<String>| {
            let pairs = rows[0].iter().cloned().zip(row.iter().map(|c| serde_json::Value::String(c.clone())));
            serde_json::Value::Object(pairs.collect())
        };
        let found: Vec<_> = rows[1..].iter().map(object).collect();
        assert_eq!(serde_json::Value::Array(found), expected, "{}", path.display());
        seen += 1;
    }
    assert_eq!(seen, 12);
}

proptest! {
    #[test]
    fn whatever_is_well_formed_reads_as_the_csv_crate_reads_it(text in "([a-é ]{0,3}|\"([a-é,\n\r]|\"\"){0,4}\")((,|\n|\r\n|\r)([a-é ]{0,3}|\"([a-é,\n\r]|\"\"){0,4}\")){0,12}") {
        let mut reader = csv::ReaderBuilder::new().has_headers(false).flexible(true).from_reader(text.as_bytes());
        let expected: Vec<Vec<String>> = reader.records().map(|r| r.unwrap().iter().map(ToOwned::to_owned).collect()).collect();
        prop_assert_eq!(records(&text), expected);
    }

    #[test]
    fn no_bytes_make_the_reader_panic(bytes in proptest::collection::vec(any::<u8>(), 0..300)) {
        if let Ok(text) = decode("f", &bytes) {
            check(&text);
        }
    }
}

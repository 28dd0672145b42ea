//! What readers take home is what they saw: pictures, legends and files against the list, read by other programs.

use std::process::{Command, Stdio};

use serde_json::Value;

use crate::cli::tables;
use crate::site::Site;

const FILTERS: [&str; 9] = [
    "",
    "country=KE",
    "country=CN&country=US",
    "category=5g",
    "link=supplies&from=2015",
    "poi=1",
    "bbox=-20,-40,60,40",
    "bbox=170,-50,-150,20",
    "q=huawei",
];

fn number(value: &Value) -> u64 {
    value.as_u64().unwrap_or_else(|| panic!("{value} is no number"))
}

fn sum(list: &Value, of: impl Fn(&Value) -> u64) -> u64 {
    list.as_array().expect("a list").iter().map(of).sum()
}

/// The counts that stand in a document behind this text.
fn counts(text: &str, mark: &str) -> Vec<u64> {
    text.split(mark).skip(1).map(|rest| rest.split('"').next().unwrap_or_default().parse().expect("a number")).collect()
}

#[test]
fn picture_legend_and_list_show_the_same_records() {
    let site = Site::sample();
    for filter in FILTERS {
        let (legend, list) = (site.json(&format!("/map.json?{filter}")), site.json(&format!("/links.json?{filter}")));
        let (total, located) = (number(&list["total"]), number(&list["located"]));
        let at_places = sum(&legend["marks"], |mark| number(&mark["count"]));
        let countries = |plate: &Value| sum(&plate["countries"], |country| number(&country["count"]));
        let of_countries = sum(&legend["plates"], countries);
        assert_eq!(at_places, located, "{filter}");
        assert_eq!(at_places + of_countries + number(&legend["placeless"]), total, "{filter}");
        let svg = site.get(&format!("/map.svg?{filter}")).text();
        let (marks, plates) =
            (counts(&svg, "class=\"mark\" data-count=\""), counts(&svg, "class=\"plate\" data-count=\""));
        assert_eq!(
            (marks.len() as u64, marks.iter().sum::<u64>()),
            (sum(&legend["marks"], |_| 1), located),
            "{filter}"
        );
        assert_eq!(plates.iter().sum::<u64>(), of_countries, "{filter}");
        let page = site.get(&format!("/zh/map?{filter}")).text();
        let shown: u64 = counts(&page, "data-links=\"").iter().sum();
        assert_eq!(shown, total, "{filter}");
        let png = site.get(&format!("/map.png?{filter}"));
        assert_eq!((png.status, &png.body[..8]), (200, &b"\x89PNG\r\n\x1a\n"[..]), "{filter}");
    }
}

#[test]
fn each_mark_leads_to_exactly_its_links() {
    let site = Site::sample();
    for filter in ["", "country=CN", "bbox=-20,-40,60,40"] {
        let legend = site.json(&format!("/map.json?{filter}"));
        for mark in legend["marks"].as_array().expect("a list") {
            let links = mark["links"].as_str().expect("an address").replace("/links?", "/links.json?");
            assert_eq!(site.json(&links)["total"], mark["count"], "{filter}: {links}");
        }
    }
}

/// Runs a Python program with a file as its input and reads what it prints as JSON; nothing where there is no Python.
fn python(program: &str, input: &[u8]) -> Option<Value> {
    let folder = tempfile::tempdir().expect("a folder");
    let path = folder.path().join("input");
    std::fs::write(&path, input).expect("it is written");
    let ran = Command::new("python3").args(["-c", program]).arg(&path).stderr(Stdio::inherit()).output();
    let Ok(ran) = ran else {
        println!("skipped: there is no python3");
        return None;
    };
    assert!(ran.status.success());
    Some(serde_json::from_slice(&ran.stdout).expect("it prints JSON"))
}

const READ_CSV: &str = "
import csv, json, sys
rows = list(csv.DictReader(open(sys.argv[1], newline='', encoding='utf-8')))
danger = [c for row in rows for c in row.values() if c[:1] in ('=', '+', '@', '\\t', '\\r') or (c[:1] == '-' and not c[1:2].isdigit())]
undo = lambda cell: cell[1:] if cell.startswith(\"'\") else cell
print(json.dumps({'rows': [{k: undo(v) for k, v in row.items()} for row in rows], 'danger': danger}))
";

const READ_XLSX: &str = "
import json, sys, zipfile
import xml.etree.ElementTree as tree
ns = '{http://schemas.openxmlformats.org/spreadsheetml/2006/main}'
book = zipfile.ZipFile(sys.argv[1])
strings = []
if 'xl/sharedStrings.xml' in book.namelist():
    strings = [''.join(t.text or '' for t in s.iter(ns + 't')) for s in tree.fromstring(book.read('xl/sharedStrings.xml'))]
def sheet(name):
    rows = []
    for row in tree.fromstring(book.read(name)).iter(ns + 'row'):
        cells = {}
        for cell in row.iter(ns + 'c'):
            column = ''.join(c for c in cell.get('r') if c.isalpha())
            value = cell.find(ns + 'v')
            text = ''.join(t.text or '' for t in cell.iter(ns + 't')) if cell.get('t') == 'inlineStr' else (value.text if value is not None else '')
            cells[column] = strings[int(text)] if cell.get('t') == 's' else text
        rows.append(cells)
    return rows
formulas = sum(book.read(n).count(b'<f>') for n in book.namelist() if n.startswith('xl/worksheets'))
print(json.dumps({'links': sheet('xl/worksheets/sheet1.xml'), 'about': sheet('xl/worksheets/sheet2.xml'), 'formulas': formulas}))
";

const READ_SQLITE: &str = "
import json, sqlite3, sys
db = sqlite3.connect(sys.argv[1])
count = lambda table: db.execute(f'select count(*) from {table}').fetchone()[0]
print(json.dumps({
    'tables': {t: count(t) for t in ('items', 'links', 'sources', 'claims', 'evidence')},
    'meta': dict(db.execute('select key, value from meta')),
    'unsourced': db.execute('select count(*) from claims where id not in (select claim from evidence)').fetchone()[0],
    'whole': db.execute('pragma integrity_check').fetchone()[0],
}))
";

#[test]
fn a_workbook_and_a_csv_file_hold_the_same_links_and_no_formula() {
    let site = Site::sample();
    let csv = site.get("/links.csv?country=KE&country=CN").body;
    let xlsx = site.get("/links.xlsx?country=KE&country=CN").body;
    let (Some(csv), Some(book)) = (python(READ_CSV, &csv), python(READ_XLSX, &xlsx)) else { return };
    assert_eq!(csv["danger"], serde_json::json!([]));
    assert_eq!(book["formulas"], 0);
    let text = |value: &Value| value.as_str().unwrap_or_default().to_owned();
    let rows = csv["rows"].as_array().expect("a list");
    let sheet = &book["links"].as_array().expect("a list")[1..];
    assert!(rows.len() > 10 && rows.len() == sheet.len(), "{} {}", rows.len(), sheet.len());
    for (row, cells) in rows.iter().zip(sheet) {
        assert_eq!((text(&row["id"]), text(&row["subject_name"])), (text(&cells["A"]), text(&cells["D"])));
        assert_eq!((text(&row["sources"]), text(&row["licence"])), (text(&cells["V"]), text(&cells["Y"])));
    }
    let about: Vec<String> = book["about"].as_array().expect("a list").iter().map(|row| text(&row["B"])).collect();
    let edition = site.json("/index.json")["edition"]["root"].as_str().expect("a root").to_owned();
    assert!(about.contains(&edition) && about.contains(&"country=CN&country=KE".to_owned()), "{about:?}");
}

#[test]
fn texts_that_look_like_formulas_come_back_as_they_were() {
    let hostile = ["=1+1", "+cmd", "@SUM(A1)", "-x", "'quoted", "plain", "-1.5"];
    let row = |(at, name): (usize, &&str)| format!("i{at},company,\"{name} Ltd\",,,KE,,,,paper,,\n");
    let rows: String = hostile.iter().enumerate().map(row).collect();
    let head = tables::ENTITIES.lines().next().expect("a header");
    let atlas = tables::facts().file("facts/entities.csv", format!("{}{rows}", tables::ENTITIES));
    assert_eq!(head.split(',').count(), rows.lines().next().expect("a row").split(',').count());
    atlas.run(["import", "facts"]).code(0);
    let site = Site::of(&atlas);
    let folder = site.json("/data.json")["files"][0]["url"].as_str().expect("an address").to_owned();
    let Some(csv) = python(READ_CSV, &site.get(&folder).body) else { return };
    let names: Vec<&str> =
        csv["rows"].as_array().expect("a list").iter().filter_map(|row| row["name_en"].as_str()).collect();
    for name in hostile {
        assert!(names.contains(&format!("{name} Ltd").as_str()), "{name}: {names:?}");
    }
    assert_eq!(csv["danger"], serde_json::json!([]));
}

#[test]
fn the_files_of_the_edition_have_the_digests_they_are_given_and_hold_everything() {
    let site = Site::sample();
    let view = site.json("/data.json");
    let sums =
        view["files"].as_array().expect("a list").iter().find(|file| file["name"] == "SHA256SUMS").expect("sums");
    let sums = site.get(sums["url"].as_str().expect("an address")).text();
    for file in view["files"].as_array().expect("a list") {
        let answer = site.get(file["url"].as_str().expect("an address"));
        assert_eq!(answer.body.len() as u64, number(&file["bytes"]), "{file}");
        let digest = file["sha256"].as_str().expect("a digest");
        assert_eq!(sha256(&answer.body), digest, "{file}");
        let name = file["name"].as_str().expect("a name");
        assert!(name == "SHA256SUMS" || sums.contains(&format!("{digest}  {name}\n")), "{sums}");
        assert_eq!(answer.header("accept-ranges"), "bytes");
    }
    let database = view["files"].as_array().expect("a list").iter().find(|file| file["name"] == "atlas.sqlite");
    let bytes = site.get(database.expect("a database")["url"].as_str().expect("an address")).body;
    let Some(read) = python(READ_SQLITE, &bytes) else { return };
    let about = site.json("/about.json");
    for (table, view) in [("items", "items"), ("links", "links"), ("sources", "sources")] {
        assert_eq!(read["tables"][table], about[view], "{table}");
    }
    assert_eq!((&read["unsourced"], &read["whole"]), (&serde_json::json!(0), &serde_json::json!("ok")));
    assert_eq!((&read["meta"]["root"], &read["meta"]["licence"]), (&about["root"], &serde_json::json!("CC BY 4.0")));
}

fn sha256(bytes: &[u8]) -> String {
    use sha2::Digest;
    sha2::Sha256::digest(bytes).iter().map(|byte| format!("{byte:02x}")).collect()
}

//! Lists in every format, by cases.

use super::*;
use crate::trial::VOCABULARY;
use proptest::prelude::*;

fn read(text: &str) -> (Columns, List) {
    let sheet = ListReader.sheet("list", text.as_bytes()).expect("a list");
    let columns = ListReader.columns(&sheet, &VOCABULARY);
    let list = ListReader.list(&sheet, &columns, &VOCABULARY);
    (columns, list)
}

fn names(text: &str) -> Vec<String> {
    read(text).1.asked.into_iter().map(|asked| asked.name).collect()
}

#[test]
fn lists_come_as_lines_or_as_cells_between_what_stands_in_every_line() {
    assert_eq!(
        names("Zorbax Technology Ltd\nKalimba, Instruments Inc.\n\n海康威视\n"),
        ["Zorbax Technology Ltd", "Kalimba, Instruments Inc.", "海康威视"]
    );
    assert_eq!(
        names("1,\"Zorbax, Technology\"\"s\",DE\n2,Kalimba Instruments,FR"),
        ["Zorbax, Technology\"s", "Kalimba Instruments"]
    );
    assert_eq!(names("Supplier;Country\r\nZorbax GmbH;DE\r\n"), ["Zorbax GmbH"]);
    assert_eq!(names("公司名称\t国家\n海康威视\tCN\n"), ["海康威视"]);
    assert_eq!(names("\u{feff}Company\nZorbax GmbH"), ["Zorbax GmbH"]);
}

#[test]
fn headings_say_where_country_and_identifiers_are() {
    let (columns, list) = read(
        "Vendor ID,Vendor Name,Country,LEI\n7,Apple Computer Corp,US,HWUPKR0MPOU8FGXBT394\n8,Zorbax Ltd,Germany,HWUPKR0MPOU8FGXBT395",
    );
    assert_eq!((columns.heading, columns.name, columns.country), (true, 1, Some(2)));
    assert_eq!(list.asked[0].identifiers[0].value.as_ref(), "HWUPKR0MPOU8FGXBT394");
    assert_eq!(list.asked[1].country.map(|c| c.as_str().to_owned()).as_deref(), Some("DE"));
    assert!(list.asked[1].identifiers.is_empty(), "its check digits are wrong");
    assert_eq!(list.problems.len(), 1);
    assert!(!list.problems[0].to_string().contains("HWUPKR"), "a message never repeats a cell");
}

#[test]
fn persons_are_refused_and_counted() {
    let (_, list) =
        read("name,type\nJane Roe,person\nDr. Jane Roe,\nJane Roe,\nJane Roe,company\nZorbax Technology Ltd,\n,\n");
    let doubtful: Vec<bool> = list.asked.iter().map(|asked| asked.doubtful).collect();
    assert_eq!((list.refused.values().sum::<u64>(), doubtful), (2, vec![true, false, false]));
}

#[test]
fn an_earlier_result_is_known_by_its_columns() {
    let (columns, list) = read(
        "line,asked,verdict,score,item,lists,links,exposed_to\n2,'=Zorbax Ltd,match,0.98,zorbax,us-entity-list|fcc,12,hikvision",
    );
    assert!(columns.earlier.is_some());
    let earlier = list.asked[0].earlier.as_deref().expect("an earlier result");
    assert_eq!((earlier.item.as_str(), earlier.links, earlier.lists.len()), ("zorbax", 12, 2));
    assert_eq!(list.asked[0].name, "=Zorbax Ltd");
}

#[test]
fn an_earlier_result_may_be_json() {
    let (columns, list) = read(
        r#"{"rows":2,"results":[{"line":2,"asked":"Zorbax Ltd","verdict":"match","candidates":[{"item":{"id":"zorbax"},"score":0.98}]},
        {"line":5,"asked":"Kalimba Mills GmbH","verdict":"none","candidates":[]},{"line":9,"verdict":"refused","candidates":[]}],
        "items":{"zorbax":{"lists":[{"list":{"id":"us-entity-list"},"standing":"current"},{"list":{"id":"fcc"},"standing":"later"}],
        "acts_in_all":12,"exposed_to":["hikvision"]}}}"#,
    );
    assert!(columns.earlier.is_some());
    let told: Vec<(u32, &str, &str)> = list
        .asked
        .iter()
        .map(|one| (one.line, one.name.as_str(), one.earlier.as_deref().map_or("", |e| e.item.as_str())))
        .collect();
    assert_eq!(told, [(2, "Zorbax Ltd", "zorbax"), (5, "Kalimba Mills GmbH", "")]);
    let earlier = list.asked[0].earlier.as_deref().expect("an earlier result");
    assert_eq!(
        (earlier.links, earlier.lists.join("|"), earlier.exposed.join("|")),
        (12, "us-entity-list".into(), "hikvision".into())
    );
    let refused = ListReader.sheet("list", b"{\"name\": \"Zorbax\"}").expect_err("it is no result");
    assert!(refused.to_string().contains("no result of an earlier check"), "{refused}");
}

const FORM_13F: &str = "<?xml version=\"1.0\"?><n1:informationTable xmlns:n1=\"x\"><n1:infoTable><n1:nameOfIssuer>ELI LILLY &amp; CO</n1:nameOfIssuer>\
    <n1:titleOfClass>COM</n1:titleOfClass><n1:cusip>532457108</n1:cusip><n1:shrsOrPrnAmt><n1:name>x</n1:name></n1:shrsOrPrnAmt></n1:infoTable>\
    </n1:informationTable>";

const FORM_NPORT: &str = "<edgarSubmission><regName>A Fund</regName><invstOrSecs><invstOrSec><name>Morgan Stanley</name>\
    <lei>N/A</lei><title>Swap</title><cusip>000000000</cusip><identifiers><isin value=\"US0378331005\"/></identifiers><invCountry>JP</invCountry>\
    <derivativeInfo><name>inner</name><lei>HWUPKR0MPOU8FGXBT394</lei></derivativeInfo></invstOrSec></invstOrSecs></edgarSubmission>";

#[test]
fn holdings_of_funds_are_read_from_their_forms() {
    let (_, list) = read(FORM_13F);
    assert_eq!((list.asked.len(), list.asked[0].name.as_str()), (1, "ELI LILLY & CO"));
    let (_, list) = read(FORM_NPORT);
    let asked = &list.asked[0];
    assert_eq!((asked.name.as_str(), asked.doubtful, asked.identifiers.len()), ("Morgan Stanley", false, 1));
    assert_eq!(
        (asked.identifiers[0].scheme.as_str(), asked.country.map(|c| c.as_str().to_owned())),
        ("isin", Some("JP".into()))
    );
}

#[test]
fn real_filings_are_read_whole() {
    let folder = std::path::Path::new(env!("CARGO_MANIFEST_DIR")).join("../../../shared/data/fund-holdings");
    for (file, holdings) in [
        ("13F-HR.infotable.real.xml", 255),
        ("NPORT-P.dupree-kentucky-muni.xml", 55),
        ("NPORT-P.large-real-fund.xml.gz", 1685),
    ] {
        let Ok(bytes) = std::fs::read(folder.join(file)) else {
            eprintln!("SKIPPED: {file} is not here");
            continue;
        };
        let sheet = ListReader.sheet(file, &bytes).expect(file);
        let columns = ListReader.columns(&sheet, &VOCABULARY);
        assert_eq!(ListReader.list(&sheet, &columns, &VOCABULARY).asked.len(), holdings, "{file}");
    }
}

#[test]
fn what_is_no_list_is_said_so() {
    for (bytes, says) in [
        (&b""[..], "empty"),
        (b"  \n \n", "empty"),
        (b"<html><body>x</body></html>", "neither"),
        (b"<invstOrSec><name>x</nam", "broken"),
        (b"PK\x03\x04nonsense", "workbook"),
        (b"caf\xe9", "UTF-8"),
    ] {
        let problem = ListReader.sheet("list", bytes).expect_err("no list");
        assert!(problem.to_string().contains(says), "{problem}");
    }
}

proptest! {
    #[test]
    fn no_bytes_are_too_strange(bytes in proptest::collection::vec(any::<u8>(), 0..200), text in "[a-z,;\"\\n<>/&\t]{0,80}") {
        for bytes in [bytes.as_slice(), text.as_bytes(), format!("<infoTable>{text}").as_bytes(), &[b"PK\x03\x04", bytes.as_slice()].concat()] {
            if let Ok(sheet) = ListReader.sheet("list", bytes) {
                let columns = ListReader.columns(&sheet, &VOCABULARY);
                let list = ListReader.list(&sheet, &columns, &VOCABULARY);
                prop_assert!(list.asked.len() <= sheet.rows.len());
            }
        }
    }

    #[test]
    fn quoted_cells_come_back_as_they_were(cells in proptest::collection::vec("[a-z,\"\\n ]{1,9}", 2..5)) {
        let quoted: Vec<String> = cells.iter().map(|cell| format!("\"{}\"", cell.replace('"', "\"\""))).collect();
        let text = quoted.join(",");
        let mut rows = Cells { rest: &text, separator: Some(','), line: 1 };
        prop_assert_eq!(rows.next_row(), Some((1, cells)));
    }
}

//! The export's rows become things and links with their sources, whatever the order of its columns.

use proptest::prelude::*;

use super::COLUMNS;
use crate::InputFile;
use crate::trial::{self, Atlas, errors, file, problems};

/// The header as the export spells it.
const HEADER: &str = "company_overseas_infrastructure_id,company_id,infrastructure_type_id,secondary_infrastructure_type_id,country_id,city,overseas_infrastructure_lat,overseas_infrastructure_lng,label,year_commenced,year_ended,Primary topic,Secondary,Third topic,text,cable_id,highlight,cable_owner,type_of_company_id_ref,street address,sources";
const ROW: &str = "101,7|Hua Wei,Data centre,Subsidiary,Kenya,Nairobi,-1.286,36.817,Konza data centre,2017,2020,Cloud,Chinese state loan,,\"<p>Built &amp; run</p>\",,1,,private,,\"https://www.paper.example/a, https://gov.example/b\"";

fn export(rows: &[&str]) -> InputFile {
    file("any/aspi-2025-10-14.csv", &format!("{HEADER}\n{}\n", rows.join("\n")))
}

fn check(row: &str) -> String {
    let outcome = Atlas::default().look(&[export(&[row])], &trial::options());
    problems(&outcome)
}

fn with(column: &str, text: &str) -> String {
    let position = COLUMNS.iter().position(|c| *c == column).unwrap();
    let mut cells: Vec<String> = ROW
        .replace("\"<p>Built &amp; run</p>\"", "T")
        .replace("\"https://www.paper.example/a, https://gov.example/b\"", "")
        .split(',')
        .map(ToOwned::to_owned)
        .collect();
    cells[position] = text.to_owned();
    cells.join(",")
}

#[test]
fn a_row_becomes_a_thing_and_a_link_from_the_company_to_it() {
    let mut atlas = Atlas::default();
    let outcome = atlas.import(&[export(&[ROW])]);
    assert_eq!(problems(&outcome), "");
    insta::assert_snapshot!(atlas.item("aspi-101"), @r"
    name `Konza data centre` [url-6fbd6116b105ad9e:supports url-f528ea486e80a612:supports]
    country `KE` [url-6fbd6116b105ad9e:supports url-f528ea486e80a612:supports]
    city `Nairobi` [url-6fbd6116b105ad9e:supports url-f528ea486e80a612:supports]
    ");
    insta::assert_snapshot!(atlas.link("aspi-101-link"), @r"
    asserts `yes` [url-6fbd6116b105ad9e:supports url-f528ea486e80a612:supports]
    category `data-centre` [url-6fbd6116b105ad9e:supports url-f528ea486e80a612:supports]
    category `subsidiary` [url-6fbd6116b105ad9e:supports url-f528ea486e80a612:supports]
    topic `cloud` [url-6fbd6116b105ad9e:supports url-f528ea486e80a612:supports]
    topic `chinese-state-loan` [url-6fbd6116b105ad9e:supports url-f528ea486e80a612:supports]
    description `Built & run` [url-6fbd6116b105ad9e:supports url-f528ea486e80a612:supports]
    highlight `yes` [url-6fbd6116b105ad9e:supports url-f528ea486e80a612:supports]
    point `-1.286, 36.817` [aspi-export:supports]
    precision `city` [aspi-export:supports]
    place `Nairobi` [url-6fbd6116b105ad9e:supports url-f528ea486e80a612:supports]
    country `KE` [url-6fbd6116b105ad9e:supports url-f528ea486e80a612:supports]
    country-role `fact` [url-6fbd6116b105ad9e:supports url-f528ea486e80a612:supports]
    start `2017` [url-6fbd6116b105ad9e:supports url-f528ea486e80a612:supports]
    end `2020` [url-6fbd6116b105ad9e:supports url-f528ea486e80a612:supports]
    ");
    insta::assert_snapshot!(atlas.item("hua-wei"), @r"
    name `Hua Wei` [aspi-export:supports]
    note `type of company in the export: private` [aspi-export:supports]
    ");
    let source = atlas.state.sources().get("aspi-export").unwrap().source.clone().unwrap();
    assert_eq!(source.title.text(), "ASPI export, 2025-10-14");
    let link = atlas.state.links().get("aspi-101-link").unwrap().link.clone().unwrap();
    assert_eq!(
        (link.subject.as_str(), link.link_type.as_str(), link.object.as_str()),
        ("hua-wei", "operates", "aspi-101")
    );
}

#[test]
fn columns_may_come_in_any_order_and_unknown_ones_become_notes() {
    let table = |lines: [&str; 2]| file("any/aspi-2025-10-14.csv", &lines.join("\n"));
    let backwards = |line: &str| line.split(',').rev().collect::<Vec<_>>().join(",");
    let row = with("city", "Nairobi");
    let mut straight = Atlas::default();
    straight.import(&[table([HEADER, &row])]);
    assert!(straight.import(&[table([&backwards(HEADER), &backwards(&row)])]).operations.is_empty());
    let mut more = Atlas::default();
    let outcome = more.import(&[table([&format!("{HEADER},funder"), &format!("{row},Exim")])]);
    insta::assert_snapshot!(problems(&outcome), @"aspi-2025-10-14.csv:1: warning: unknown column `funder` is kept as notes");
    assert!(more.link("aspi-101-link").contains("note `funder: Exim`"));
}

#[test]
fn without_an_address_the_export_is_the_source_and_a_later_day_changes_nothing() {
    let row = with("sources", "");
    let plain = |text: &str| file("any/aspi.csv", &format!("{HEADER}\n{text}\n"));
    let mut atlas = Atlas::default();
    assert_eq!(problems(&atlas.import(&[plain(&row)])), "");
    assert!(atlas.link("aspi-101-link").contains("asserts `yes` [aspi-export:supports]"));
    let later = crate::Options { today: model::Day::new(2027, 1, 1).unwrap(), ..trial::options() };
    assert!(atlas.look(&[plain(&row)], &later).operations.is_empty());
    let dated = crate::Options { as_of: model::Day::new(2025, 10, 1), ..later };
    assert_eq!(atlas.look(&[plain(&row)], &dated).changes.lines, ["~ source `aspi-export`"]);
}

#[test]
fn rows_of_one_cable_share_its_item_and_a_company_is_found_by_its_exact_name() {
    let mut atlas = Atlas::default();
    let sources = "id,title,kind\nnews-1,A report,news\n";
    let entities = "id,kind,name,aliases,sources\nhuawei,company,Huawei,HUA WEI,news-1\n";
    atlas.import(&[file("a/b/sources.csv", sources), file("a/b/entities.csv", entities)]);
    let cable = |id: &str, owner: &str| {
        with("infrastructure_type_id", "Cable").replacen("101", id, 1).replace(",T,,1,,", &format!(",T,77,1,{owner},"))
    };
    let rows = [cable("1", "1"), cable("2", "Some Consortium")];
    let files = [export(&[&rows[0], &rows[1]])];
    assert_eq!(problems(&atlas.import(&files)), "");
    let links: Vec<String> = atlas
        .state
        .links()
        .iter()
        .filter_map(|(_, l)| l.link.as_ref())
        .map(|l| format!("{} {} {}", l.subject, l.link_type, l.object))
        .collect();
    assert_eq!(links, ["huawei develops aspi-cable-77", "huawei owns aspi-cable-77", "huawei develops aspi-cable-77"]);
    assert!(atlas.link("aspi-2-link").contains("note `cable owner: Some Consortium`"));
    assert!(atlas.import(&files).operations.is_empty());
}

#[test]
fn what_is_wrong_with_a_row_is_told() {
    insta::assert_snapshot!(check(&with("company_overseas_infrastructure_id", "")), @"aspi-2025-10-14.csv:2:1: error: the row's id is missing");
    insta::assert_snapshot!(check(&with("company_id", "7|")), @"aspi-2025-10-14.csv:2:5: error: the company is missing");
    insta::assert_snapshot!(check(&with("company_id", "7|Mr John Roe")), @"aspi-2025-10-14.csv:2: warning: refused: the name is that of a natural person; hint: the atlas documents organisations, products, programmes, facilities, laws and deals");
    insta::assert_snapshot!(check(&with("infrastructure_type_id", "Data center")), @"aspi-2025-10-14.csv:2:15: error: unknown type `Data center`; hint: did you mean `Data centre`?");
    insta::assert_snapshot!(check(&with("country_id", "Atlantis")), @"aspi-2025-10-14.csv:2:38: warning: unknown country `Atlantis` is kept as a note; hint: add the spelling to `vocabulary/country-names.csv`");
    insta::assert_snapshot!(check(&with("overseas_infrastructure_lat", "-128.6")), @"aspi-2025-10-14.csv:2:52: error: the point `-128.6, 36.817` is not on the earth; hint: latitude and longitude may have changed places");
    insta::assert_snapshot!(check(&with("city", "")), @"aspi-2025-10-14.csv:2:45: note: a point without a city or an address is kept as a note");
    insta::assert_snapshot!(check(&with("year_commenced", "soon")), @"aspi-2025-10-14.csv:2:84: warning: `soon` is no known year; it is kept as a note");
    insta::assert_snapshot!(check(&with("year_ended", "2001")), @"aspi-2025-10-14.csv:2:89: error: it ends (`2001`) before it starts (`2017`); hint: the two dates may have changed places");
    insta::assert_snapshot!(check(&with("secondary", "Space")), @"aspi-2025-10-14.csv:2:100: warning: `Space` is no known topic; it is kept as a note");
    insta::assert_snapshot!(check(&format!("{ROW}\n{ROW}")), @"aspi-2025-10-14.csv:3:1: error: row id `101` stands twice");
}

#[test]
fn markup_in_any_cell_is_reduced_to_text() {
    let row = with("label", "<b>Lab</b><script>x()</script>").replace(",T,", ",<img src=x onerror=y()>Text,");
    let outcome = Atlas::default().look(&[export(&[&row])], &trial::options());
    assert_eq!(errors(&outcome), Vec::<String>::new());
    let bytes: Vec<u8> = outcome.operations.iter().flat_map(model::Operation::to_bytes).collect();
    assert!(!String::from_utf8_lossy(&bytes).contains('<'));
}

proptest! {
    #[test]
    fn no_row_makes_the_importer_panic(cells in proptest::collection::vec("[a-zA-Z<>&;|:/é 0-9.-]{0,12}", 21..22), column in 0..21usize) {
        let known: Vec<String> = with("city", "Nairobi").split(',').map(ToOwned::to_owned).collect();
        let mixed: Vec<&str> = (0..21).map(|i| if i == column || i > 14 { cells[i].as_str() } else { known[i].as_str() }).collect();
        let mut atlas = Atlas::default();
        let files = [export(&[&cells.join(","), &mixed.join(",")])];
        atlas.import(&files);
        prop_assert!(atlas.import(&files).operations.is_empty());
    }
}

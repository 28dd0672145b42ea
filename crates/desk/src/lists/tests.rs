//! Lists become listings of the organisations that are already there, and a second import adds nothing.

use std::collections::BTreeSet;

use proptest::prelude::*;

use crate::InputFile;
use crate::trial::{self, Atlas, errors, file, problems};

const HEADER: &str = "list_id,name,aliases,country,address,status,effective_date,federal_register,notes\n";

fn list(rows: &str) -> InputFile {
    file("any/where/list.csv", &format!("{HEADER}{rows}"))
}

/// An atlas that knows one company under two names.
fn known() -> Atlas {
    let sources = "id,title,kind\nnews-1,A report,news\n";
    let entities =
        "id,kind,name,country,aliases,sources\nacme,company,Acme,CN,\"Acme Digital Technology Co., Ltd.|ACM\",news-1\n";
    let mut atlas = Atlas::default();
    let outcome = atlas.import(&[file("a/b/sources.csv", sources), file("a/b/entities.csv", entities)]);
    assert_eq!(problems(&outcome), "");
    atlas
}

fn listings(atlas: &Atlas) -> Vec<String> {
    let live = atlas
        .state
        .links()
        .iter()
        .filter(|(_, l)| l.link.as_ref().is_some_and(|l| l.link_type.as_str() == "listed-on"));
    live.map(|(_, l)| l.id.to_string()).collect()
}

#[test]
fn rows_that_mean_one_organisation_are_one_listing() {
    let mut atlas = known();
    let rows = "bis-entity-list,ACME DIGITAL TECHNOLOGY COMPANY LIMITED,Acme Europe Holdings,China,\"1 Road, Hangzhou\",,,\"84 FR 54002, 10/9/19.\n85 FR 1, 7/22/20\",For all items.
bis-entity-list,Acme (see alternate address under Kenya),,Kenya,,Active,2021-03-12,,USCC: 91330000733796106P (China)
";
    let outcome = atlas.import(&[list(rows)]);
    assert_eq!(problems(&outcome), "");
    assert_eq!(listings(&atlas), ["acme-on-us-entity-list"]);
    insta::assert_snapshot!(atlas.item("acme"), @r"
    name `Acme` [news-1:supports list-bis-entity-list:supports]
    alias `Acme Digital Technology Co., Ltd.` [news-1:supports]
    alias `ACM` [news-1:supports]
    country `CN` [news-1:supports list-bis-entity-list:supports]
    alias `ACME DIGITAL TECHNOLOGY COMPANY LIMITED` [list-bis-entity-list:supports]
    alias `Acme Europe Holdings` [list-bis-entity-list:supports]
    address `1 Road, Hangzhou` [list-bis-entity-list:supports]
    identifier `uscc:91330000733796106P` [list-bis-entity-list:supports]
    ");
    insta::assert_snapshot!(atlas.link("acme-on-us-entity-list"), @r"
    asserts `yes` [list-bis-entity-list:supports]
    list-entry-name `ACME DIGITAL TECHNOLOGY COMPANY LIMITED` [list-bis-entity-list:supports]
    country `US` [list-bis-entity-list:supports]
    country-role `party` [list-bis-entity-list:supports]
    effective-date `2019-10-09` [list-bis-entity-list:supports]
    effective-date `2020-07-22` [list-bis-entity-list:supports]
    legal-citation `84 FR 54002, 10/9/19` [list-bis-entity-list:supports]
    legal-citation `85 FR 1, 7/22/20` [list-bis-entity-list:supports]
    note `For all items.` [list-bis-entity-list:supports]
    list-entry-name `Acme (see alternate address under Kenya)` [list-bis-entity-list:supports]
    effective-date `2021-03-12` [list-bis-entity-list:supports]
    legal-citation `Export Administration Regulations, 15 CFR Part 744, Suppleme…` [editors-general-knowledge:supports]
    status `operational` [list-bis-entity-list:supports]
    note `USCC: 91330000733796106P (China)` [list-bis-entity-list:supports]
    ");
    insta::assert_snapshot!(atlas.item("us-entity-list"), @r"
    name `US Entity List` [editors-general-knowledge:supports]
    name `美国实体清单` [editors-general-knowledge:supports]
    ");
    assert!(atlas.import(&[list(rows)]).operations.is_empty());
}

#[test]
fn an_unknown_organisation_becomes_an_item_of_the_kind_its_name_tells() {
    let mut atlas = Atlas::default();
    let rows = "dow-1286,Bright University,,China,,,,,
dow-1286,Bright Optics Co. Ltd.,,China,,,,,
dow-1286,海光研究所,,China,,,,,
cbp-wro,Fishing Vessel: Da Wang,,Fishing Vessels,,Active,2020-08-18,,
";
    let (colleges, vessel) = rows.split_at(rows.find("cbp-wro").unwrap());
    let files = [list(colleges), list(vessel)];
    assert_eq!(problems(&atlas.import(&files)), "");
    let mut kinds: Vec<String> =
        atlas.state.items().iter().filter_map(|(_, i)| Some(format!("{} {}", i.id, i.kind.as_ref()?))).collect();
    kinds.sort();
    insta::assert_snapshot!(kinds.join("\n"), @r"
    bright-optics-co-ltd company
    bright-university university
    fishing-vessel-da-wang facility
    named-eca4bcf4c4698abb university
    us-1286-list list
    us-wro-list list
    ");
    assert!(atlas.import(&files).operations.is_empty());
}

#[test]
fn a_short_abbreviation_or_a_name_that_two_items_share_matches_nothing() {
    let mut atlas = known();
    let outcome = atlas.import(&[list("bis-entity-list,Anti Corrosion Materials Ltd.,ACM,Iran,,,,,\n")]);
    assert_eq!(problems(&outcome), "");
    assert_eq!(listings(&atlas), ["anti-corrosion-materials-ltd-on-us-entity-list"]);
}

#[test]
fn persons_are_refused_and_doubtful_names_wait_for_review() {
    let rows = "bis-entity-list,Jane Roe,,Iran,,,,,
bis-entity-list,\"ROE, Jane Mary\",,Iran,,,,,
bis-entity-list,Mr. John Roe,,Iran,,,,,
bis-entity-list,Roe Family Name,,Iran,,,,,DOB 1 Jan 1970; passport X1
bis-entity-list,Roe Trading,,Iran,,,,,
bis-entity-list,Jihua Weida,,China,,,,,
";
    let outcome = Atlas::default().look(&[list(rows)], &trial::options());
    insta::assert_snapshot!(problems(&outcome), @r"
    list.csv:2: warning: refused for review: the name may be that of a natural person; hint: if it is an organisation, import a CSV file with its name, as printed, in a column `reviewed_organisation` along with this one
    list.csv:3: warning: refused for review: the name may be that of a natural person; hint: if it is an organisation, import a CSV file with its name, as printed, in a column `reviewed_organisation` along with this one
    list.csv:4: warning: refused: the name is that of a natural person; hint: the atlas documents organisations, products, programmes, facilities, laws and deals
    list.csv:5: warning: refused: the row holds personal data such as a birth date or passport; hint: the atlas documents organisations, products, programmes, facilities, laws and deals
    list.csv:7: warning: refused for review: the name may be that of a natural person; hint: if it is an organisation, import a CSV file with its name, as printed, in a column `reviewed_organisation` along with this one
    ");
    insta::assert_snapshot!(format!("{:?}", outcome.refused), @r#"{"may be a natural person, held for review": 3, "named as a natural person": 1, "personal data such as a birth date or passport": 1}"#);
    let text: Vec<u8> = outcome.operations.iter().flat_map(model::Operation::to_bytes).collect();
    assert!(!String::from_utf8_lossy(&text).contains("Jane"));
    let reviewed = file("any/reviewed.csv", "reviewed_organisation\nJihua Weida\n");
    let outcome = Atlas::default().look(&[list(rows), reviewed], &trial::options());
    assert_eq!(outcome.refused.values().sum::<u64>(), 4);
}

#[test]
fn what_is_wrong_with_a_row_is_told() {
    let check = |rows: &str| problems(&Atlas::default().look(&[list(rows)], &trial::options()));
    insta::assert_snapshot!(check("bis-entity-lst,Roe Ltd.,,Iran,,,,,\n"), @"list.csv:2:1: error: unknown list `bis-entity-lst`; hint: did you mean `bis-entity-list`?");
    insta::assert_snapshot!(check("bis-entity-list,,,Iran,,,,,\n"), @"list.csv:2:17: error: the name is missing");
    insta::assert_snapshot!(check("bis-entity-list,Roe Ltd.,,Atlantis,,,soon,,USCC: 91330000733796106Q\n"), @r"
    list.csv:2:27: warning: unknown country `Atlantis` is left out; hint: add the spelling to `vocabulary/country-names.csv`
    list.csv:2:38: warning: `soon` is not read as a date; it is kept as a note; hint: write `2021-03-12`, `3/12/21` or `March 12, 2021`
    list.csv:2:44: warning: `91330000733796106Q` is not a valid unified social credit code; it is kept in the note only
    ");
    insta::assert_snapshot!(check("bis-entity-list,Roe Ltd.,,Iran,,,,,\nbis-meu,Roe Ltd.,,Iran,,,,,\n"), @"list.csv:3:1: error: a file of the list `bis-entity-list` has a row of `bis-meu`; hint: put each list into a file of its own");
}

/// The nine real lists over the sample atlas.
fn real() -> Option<(Atlas, Vec<InputFile>)> {
    let folder = trial::shared().join("us-restricted-lists");
    if !folder.is_dir() {
        eprintln!("SKIPPED: {} is absent", folder.display());
        return None;
    }
    let mut atlas = Atlas::default();
    assert_eq!(errors(&atlas.import(&trial::files(&trial::sample()))), Vec::<String>::new());
    Some((atlas, trial::files(&folder)))
}

#[test]
fn the_nine_real_lists_import_and_hikvision_is_on_five_of_them() {
    let Some((mut atlas, files)) = real() else { return };
    assert_eq!(files.len(), 9);
    let outcome = atlas.import(&files);
    assert_eq!(errors(&outcome), Vec::<String>::new());
    let hikvision = atlas.state.items().number("hikvision").unwrap();
    let links = atlas.state.links().iter().map(|(_, l)| l).filter(|l| l.subject == hikvision);
    let on: BTreeSet<String> = links
        .filter(|l| l.link.as_ref().is_some_and(|l| l.link_type.as_str() == "listed-on"))
        .filter(|l| {
            ["effective-date", "legal-citation", "list-entry-name"]
                .iter()
                .all(|p| atlas.link(l.id.as_str()).contains(p))
        })
        .map(|l| l.link.as_ref().unwrap().object.to_string())
        .collect();
    let five = ["eo-14032-annex", "fcc-covered-list", "ns-cmic-list", "us-1260h-list", "us-entity-list"];
    assert_eq!(on.iter().map(String::as_str).collect::<Vec<_>>(), five);
    let again = atlas.import(&files);
    assert_eq!((again.operations.len(), again.changes.lines), (0, vec![]));
}

#[test]
fn sample_and_lists_together_come_to_the_same_as_one_after_the_other() {
    let Some((mut atlas, lists)) = real() else { return };
    let both: Vec<InputFile> = trial::files(&trial::sample()).into_iter().chain(lists.clone()).collect();
    let mut at_once = Atlas::default();
    assert_eq!(errors(&at_once.import(&both)), Vec::<String>::new());
    atlas.import(&lists);
    assert_eq!(
        (at_once.state.items().len(), at_once.state.links().len()),
        (atlas.state.items().len(), atlas.state.links().len())
    );
    for (_, link) in atlas.state.links().iter() {
        assert_eq!(at_once.link(link.id.as_str()), atlas.link(link.id.as_str()));
    }
    assert_eq!(atlas.import(&both).operations, []);
    assert_eq!(at_once.import(&both).operations, []);
}

/// The file was rid of persons before; every row that the filter holds back is one too many.
#[test]
fn few_of_the_real_organisations_are_held_back() {
    let Some((atlas, files)) = real() else { return };
    let outcome = atlas.look(&files, &trial::options());
    let held: u64 = outcome.refused.values().sum();
    eprintln!("{held} of 3,465 rows are held back: {:?}", outcome.refused);
    assert!(held <= 60, "{held}");
}

proptest! {
    #[test]
    fn no_row_makes_the_importer_panic(rows in proptest::collection::vec("(bis-meu|dow-1286)(,[a-zA-Zé()/;:|\"\n 0-9.-]{0,30}){8}", 0..5)) {
        let mut atlas = known();
        atlas.import(&[list(&rows.join("\n"))]);
    }
}

//! What only shows when all files are read together.

use crate::InputFile;
use crate::trial::{self, Atlas, file, problems};

const SOURCES: &str = "id,title,kind,reports_on\nnews-1,A report,news,\n";
const ENTITIES: &str =
    "id,kind,name,parent,sources\nacme,company,Acme,,news-1\nzeta,company,Zeta,,news-1\nact,law,The Act,,news-1\n";
const RELATIONS: &str = "id,kind,subject,object,start,end,share,sources\n";

fn files(sources: &str, entities: &str, relations: &str) -> Vec<InputFile> {
    let text = [("sources", SOURCES, sources), ("entities", ENTITIES, entities), ("relations", RELATIONS, relations)];
    text.map(|(name, head, more)| file(&format!("a/one/{name}.csv"), &format!("{head}{more}"))).into()
}

fn check(sources: &str, entities: &str, relations: &str) -> String {
    problems(&Atlas::default().look(&files(sources, entities, relations), &trial::options()))
}

#[test]
fn whatever_is_named_must_be_defined() {
    insta::assert_snapshot!(check("news-2,B,news,news-3\n", "", ""), @"sources.csv:3:1: error: unknown source `news-3`; hint: did you mean `news-1`?");
    insta::assert_snapshot!(check("", "eta,company,Eta,acne,news-1\n", ""), @"entities.csv:5:17: error: unknown item `acne`; hint: did you mean `acme`?");
    insta::assert_snapshot!(check("", "", "x,owns,acme,zeda,,,,news-1\n"), @"relations.csv:2:13: error: unknown item `zeda`; hint: did you mean `zeta`?");
    insta::assert_snapshot!(check("", "", "x,owns,acme,acme,,,,news-1\n"), @"relations.csv:2:1: error: `acme` is linked to itself");
}

#[test]
fn a_link_joins_only_what_its_type_allows() {
    insta::assert_snapshot!(check("", "", "x,owns,act,acme,,,,news-1\n"), @"relations.csv:2:8: error: `owns` can't go from `act`, which is a law; hint: it goes from company, public-body, university, investor, organisation");
}

#[test]
fn shares_of_more_than_the_whole_are_pointed_out() {
    let rows = "x,owns,acme,zeta,,,60,news-1\ny,owns,acme,zeta,,,55.5,news-1\nz,owns,acme,zeta,,2019,40,news-1\n";
    insta::assert_snapshot!(check("", "", rows), @"relations.csv:3:20: warning: the shares of `zeta` without an end date add up to 115.5 per cent; hint: shares of different years may both be right");
}

#[test]
fn names_that_hide_characters_are_pointed_out() {
    insta::assert_snapshot!(check("", "eta,company,Hik\u{202e}noisiv,,news-1\n", ""), @"entities.csv:5:13: warning: the name holds the invisible character U+202E; hint: it may have been made to look like another name");
}

#[test]
fn one_id_is_one_thing_in_all_folders() {
    let mut both = files("", "", "");
    both.push(file("a/two/entities.csv", "id,kind,name,sources\nacme,product,Acme,news-1\n"));
    insta::assert_snapshot!(problems(&Atlas::default().look(&both, &trial::options())), @"entities.csv:2:1: error: item `acme` is a product here and a company at entities.csv:2:1; hint: one id is one thing");
    let mut atlas = Atlas::default();
    atlas.import(&both[..3]);
    insta::assert_snapshot!(problems(&atlas.import(&both[3..])), @"entities.csv:2:1: warning: item `acme` is a product here and a company in the ledger");
    assert_eq!(atlas.state.items().get("acme").unwrap().kind.as_ref().unwrap().as_str(), "company");
}

#[test]
fn folders_may_name_each_others_records() {
    let mut both = files("", "", "x,owns,acme,eta,,,,news-9\n");
    both.push(file("a/two/entities.csv", "id,kind,name,sources\neta,company,Eta,news-1\n"));
    both.push(file("a/two/sources.csv", "id,title,kind\nnews-9,N,news\n"));
    assert_eq!(problems(&Atlas::default().look(&both, &trial::options())), "");
}

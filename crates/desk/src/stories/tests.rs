//! Stories come in whole or not at all, and name only what is there.

use crate::trial::{Atlas, file, options, problems};
use crate::{InputFile, Outcome};

const HEAD: &str = "---\nid: a-story\nlang: en\ntitle: A story\nsummary: What it tells.\ndate: 2026-11\n---\n";
const SOURCES: &str =
    "id,title,publisher,published_on,language,kind,reports_on,url,note\ns,A report,P,2019,en,news,,,\n";
const ENTITIES: &str = "id,kind,name,sources\nzte,company,ZTE,s\nchad,government-body,Government,s\n";
const RELATIONS: &str = "id,kind,subject,object,category,sources\na-b,supplies,zte,chad,surveillance,s\n";

fn story(text: &str) -> InputFile {
    file("atlas/stories/a.md", text)
}

fn tables() -> Vec<InputFile> {
    let table = |name: &str, text| file(&format!("atlas/tables/{name}.csv"), text);
    vec![table("sources", SOURCES), table("entities", ENTITIES), table("relations", RELATIONS)]
}

fn run(atlas: &Atlas, files: &[InputFile]) -> Outcome {
    atlas.look(files, &options())
}

fn with(text: &str) -> Outcome {
    let mut files = tables();
    files.push(story(&format!("{HEAD}{text}")));
    run(&Atlas::default(), &files)
}

#[test]
fn a_story_comes_in_with_the_records_it_names_and_the_second_time_is_nothing() {
    let text = "[ZTE](item:zte) sold it.[^s][^link:a-b]\n\n:::record a-b\n:::map filter=item=zte&from=2010\n";
    let outcome = with(text);
    assert!(!outcome.has_errors(), "{}", problems(&outcome));
    let mut atlas = Atlas::default();
    atlas.apply(outcome.operations);
    let record = atlas.state.stories().values().next().unwrap();
    assert_eq!((record.story.id.as_str(), record.story.title.lang()), ("a-story", "en"));
    assert_eq!(&*record.story.body, text);
    let mut files = tables();
    files.push(story(&format!("{HEAD}{text}")));
    assert_eq!(run(&atlas, &files).operations, []);
    files[3] = story(&format!("{HEAD}It was sold.[^s]\n"));
    let changed = run(&atlas, &files);
    assert_eq!(changed.changes.lines, ["~ story `a-story` (en)"]);
}

#[test]
fn a_story_that_names_what_is_not_there_keeps_everything_out() {
    let outcome = with("Sold.[^t]\n\n:::record c-d\n:::map filter=item=nobody\n:::map filter=colour=red\n");
    assert!(outcome.operations.is_empty());
    let found = problems(&outcome);
    for part in [
        "a.md:8: error: story `a-story` names `source:t`, which is not there",
        "a.md:10: error: story `a-story` names `link:c-d`, which is not there",
        "a.md:11: error: `nobody` is nothing to filter `item` by",
        "a.md:12: error: `colour` is no filter",
    ] {
        assert!(found.contains(part), "{part}\n{found}");
    }
}

#[test]
fn a_sentence_without_a_source_keeps_everything_out() {
    let outcome = with("Sold.[^s]\n\nEverybody knows that.\n");
    assert!(outcome.operations.is_empty());
    assert!(problems(&outcome).contains("a.md:10: error: no source behind `Everybody knows that.`"));
}

#[test]
fn a_head_that_lacks_something_is_an_error_and_a_file_without_one_is_no_story() {
    let lacking = run(&Atlas::default(), &[story("---\nid: x y\nlang: fr\nmood: calm\n---\nText.\n")]);
    let found = problems(&lacking);
    for part in ["`id` can't be read", "no language of this atlas", "unknown key `mood`", "no `title`", "no `date`"] {
        assert!(found.contains(part), "{part}\n{found}");
    }
    let readme = run(&Atlas::default(), &[story("# Read me\n\nNo head.\n")]);
    assert!(!readme.has_errors() && readme.operations.is_empty(), "{}", problems(&readme));
}

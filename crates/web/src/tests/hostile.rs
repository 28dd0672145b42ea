//! Some twenty thousand hostile strings through every text that the model has: whatever they are, a page has the same
//! elements and attributes as with plain words, and no address on it is one that runs.

mod shape;
mod strings;
mod world;

use std::collections::BTreeSet;
use std::sync::Arc;
use std::thread;

use shape::{elements, skeleton};

use super::ask;
use crate::{Assets, WebState};

/// So many strings stand on a page together.
const BATCH: usize = 50;

/// Every string, if it is asked for; else a tenth, the same on every run.
fn chosen() -> Vec<String> {
    let all = strings::all();
    assert!(all.len() >= 20_000, "{}", all.len());
    let step = if std::env::var_os("COUNTERATLAS_HOSTILE").is_some() { 1 } else { 10 };
    all.into_iter().enumerate().filter(|(at, _)| at % step == at / step % step).map(|(_, text)| text).collect()
}

/// The site over an atlas that says these words everywhere.
fn site(words: &[String]) -> Arc<WebState> {
    let state = WebState::new(Arc::new(world::edition(words)), Assets::new(std::iter::empty()));
    Arc::new(state.with_texts(Arc::new(world::Words(words.to_vec()))))
}

/// Pages on which every word stands by itself must look the same, whatever the word; with the shape of each.
fn shapes(words: &[String]) -> Vec<(String, Vec<String>)> {
    let site = site(words);
    let pages = world::pages(words.len());
    pages.into_iter().map(|page| (page.clone(), skeleton(&ask(&site, "GET", &page, &[]).body))).collect()
}

/// What differs from the same pages with plain words; for several, which of them alone makes the difference.
fn differences(words: &[String]) -> Vec<String> {
    let plain: Vec<String> = words.iter().map(|_| "plain".to_owned()).collect();
    let found: Vec<String> = shapes(words)
        .iter()
        .zip(shapes(&plain))
        .filter(|(found, plain)| found.1 != plain.1)
        .map(|((page, found), (_, plain))| {
            let at = found.iter().zip(&plain).take_while(|(a, b)| a == b).count();
            format!("{page}: {:?} instead of {:?}", found.get(at), plain.get(at))
        })
        .collect();
    match words {
        [word] => found.into_iter().map(|found| format!("{word:?} {found}")).collect(),
        _ if found.is_empty() => found,
        _ => {
            let alone: Vec<String> = words.chunks(1).flat_map(differences).collect();
            if alone.is_empty() { found } else { alone }
        }
    }
}

/// Else the next test would find nothing because there is nothing.
#[test]
fn a_word_stands_on_pages_at_least_as_often_as_there_are_texts() {
    let site = site(&["Quillfeather".to_owned()]);
    let pages = world::pages(1);
    let answers: Vec<_> = pages.iter().map(|page| ask(&site, "GET", page, &[])).collect();
    let shown: usize = answers.iter().map(|answer| answer.body.matches("Quillfeather").count()).sum();
    assert!(shown >= world::TEXTS, "{shown} times");
    for (page, answer) in pages.iter().zip(&answers) {
        assert!([200, 410, 451].contains(&answer.status.as_u16()), "{page}: {}", answer.status);
    }
    for page in [
        "/source/s-0",
        "/link/l-0",
        "/item/w-0",
        "/item/holder",
        "/glossary",
        "/changes",
        "/items",
        "/links",
        "/stories",
    ] {
        assert!(ask(&site, "GET", page, &[]).body.contains("Quillfeather"), "{page}");
    }
}

#[test]
fn hostile_strings_in_every_text_of_the_model_leave_every_page_its_shape() {
    let words = chosen();
    let half = words.len().div_ceil(2);
    let check = |words: &[String]| words.chunks(BATCH).flat_map(differences).take(5).collect::<Vec<_>>();
    let found: Vec<String> = thread::scope(|scope| {
        let halves: Vec<_> = words.chunks(half).map(|part| scope.spawn(move || check(part))).collect();
        halves.into_iter().flat_map(|half| half.join().expect("no panic")).collect()
    });
    assert!(found.is_empty(), "{found:#?}");
    println!("hostile strings: {} through {} texts each, 0 changed a page", words.len(), world::TEXTS);
}

/// Stories are Markdown, and a search answers to what was asked: their shape follows the words, and only what is harmless may come of it.
#[test]
fn hostile_strings_in_markdown_and_in_queries_make_no_element_that_plain_pages_lack() {
    let words: Vec<String> = chosen().into_iter().step_by(4).collect();
    let plain = site(&["plain".to_owned()]);
    let mut allowed: BTreeSet<String> = BTreeSet::new();
    let known = world::pages(1)
        .into_iter()
        .chain(["/patterns", "/story/st-0", "/search?q=plain", "/search?q=none"].map(String::from));
    for page in known.chain(["/links?q=none", "/nowhere", "/links?from=soon", "/items?kind=none"].map(String::from)) {
        allowed.extend(elements(&ask(&plain, "GET", &page, &[]).body));
    }
    allowed.extend(shape::MARKDOWN.map(str::to_owned));
    for batch in words.chunks(BATCH) {
        let site = site(batch);
        let queries = batch.iter().map(|word| strings::percent(word));
        let asked = queries
            .flat_map(|word| [format!("/search?q={word}"), format!("/links?q={word}"), format!("/nowhere/{word}")]);
        let stories = (0..batch.len()).map(|at| format!("/story/st-{at}"));
        for page in asked.chain(stories) {
            for element in elements(&ask(&site, "GET", &page, &[]).body) {
                assert!(allowed.contains(&element), "{page}: {element}");
            }
        }
    }
}

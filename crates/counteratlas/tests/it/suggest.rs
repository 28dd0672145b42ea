//! Suggestions through the real server: they arrive cleaned, and of those who sent them no trace is left anywhere.

pub(crate) mod canary;
mod contributor;
mod reply;

use desk::inbox;
use desk::store::Store;
use model::{Day, Step};

use crate::atlas::Atlas;
use crate::cli::facts;
use crate::site::Site;
use contributor::Contributor;

/// An atlas with an item in it and a desk beside it.
fn atlas_with_a_desk() -> Atlas {
    let atlas = facts();
    atlas.run(["import", "facts"]).code(0);
    drop(store(&atlas));
    atlas
}

fn store(atlas: &Atlas) -> Store {
    Store::open(&atlas.path("atlas/desk")).expect("a store")
}

#[test]
fn a_suggestion_reaches_the_desk_and_its_sender_is_asked_and_answers() {
    let atlas = atlas_with_a_desk();
    let site = Site::of(&atlas);
    let code = Contributor::new(7).send(site.address());
    let store = store(&atlas);
    let waiting = inbox::list(&store, None, 0, 10).unwrap();
    assert_eq!(waiting.len(), 1);
    let today = Day::parse("2026-11-22").unwrap();
    inbox::set(&store, waiting[0].id, Step::Asked, "In which year?", today).unwrap();
    let field = |more: &str| format!("code={}{more}", code.replace(' ', "-"));
    let form = "application/x-www-form-urlencoded";
    let asked = site.post_as("/suggestion/status", form, &field("")).text();
    assert!(asked.contains("In which year?"), "{asked}");
    let answered = site.post_as("/suggestion/status", form, &field("&step=answer&answer=In+2019")).text();
    assert!(answered.contains("In 2019") && answered.contains("In review"), "{answered}");
    let kept = inbox::read(&store, waiting[0].id).unwrap().expect("it is there");
    assert_eq!(kept.standing.said.last().map(|word| (word.by_sender, word.text.as_str())), Some((true, "In 2019")));
    let gone = site.post_as("/suggestion/status", form, &field("&step=withdraw&sure=1")).text();
    assert!(gone.contains("It is deleted"), "{gone}");
    assert!(inbox::read(&store, waiting[0].id).unwrap().is_none());
}

#[test]
fn an_atlas_without_a_desk_takes_none_and_a_full_desk_says_so_and_loses_nothing() {
    let atlas = facts();
    atlas.run(["import", "facts"]).code(0);
    let closed = Site::of(&atlas).get("/suggestion").text();
    assert!(closed.contains("takes no suggestions") && !closed.contains("<textarea"), "{closed}");
    assert!(!atlas.path("atlas/desk").exists(), "serving makes no desk");
    drop(store(&atlas));
    let settings = std::fs::read_to_string(atlas.path("atlas/atlas.toml")).unwrap();
    let settings = settings.replace("suggestions_waiting = 2000", "suggestions_waiting = 0");
    std::fs::write(atlas.path("atlas/atlas.toml"), settings).unwrap();
    let site = Site::of(&atlas);
    let refused = Contributor::new(3).last_page(site.address());
    assert!(refused.starts_with("HTTP/1.1 503") && refused.contains("retry-after"), "{refused:.400}");
    assert!(refused.contains("As many suggestions wait") && refused.contains("TYPED-0003"), "{refused}");
}

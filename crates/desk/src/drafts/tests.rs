//! Drafts in the store: many of them, and what saving costs.

use super::*;
use crate::accounts::{Roles, enrol, named};
use crate::trial::Still;

#[test]
fn what_is_too_long_is_nowhere_and_a_title_is_cut_and_one_line() {
    let folder = tempfile::tempdir().unwrap();
    let (store, world) = (Store::open(&folder.path().join("desk")).unwrap(), Still::default());
    enrol::invite(&store, &world, None, ("author", Roles::parse("editor"))).unwrap().unwrap();
    let who = store.read(|db| named(db, "author")).unwrap().unwrap();
    let id = begin(&store, &world, &who, &format!("  a\nb{}", "x".repeat(300)), None).unwrap();
    let title = store.read(|db| read(db, id)).unwrap().unwrap().title;
    assert!(title.starts_with("abx") && title.chars().count() == LONGEST_TITLE, "{title}");
    let mut content = Content::default();
    let sheet = sheet::Sheet::find("sources").unwrap();
    content.put(sheet, None, vec!["x".repeat(content::LARGEST); sheet.fields.len()]);
    assert_eq!(save(&store, &world, &who, (id, 1), &content).unwrap(), Saved::Nowhere);
    assert_eq!(save(&store, &world, &who, (id + 1, 1), &Content::default()).unwrap(), Saved::Nowhere);
}

//! Decisions on whether two items are one, through the program: what readers of either address see, and how it is undone.

use crate::atlas::Atlas;
use crate::cli::facts;
use crate::site::Site;

/// Two companies of the invented facts, and a third.
fn companies(atlas: &Atlas) -> Vec<String> {
    let export = atlas.run(["export"]).code(0).out();
    let lines = export.lines().map(|line| serde_json::from_str::<serde_json::Value>(line).unwrap());
    lines.filter(|line| line["record"] == "item").map(|line| line["id"].as_str().unwrap().to_owned()).collect()
}

fn decide(atlas: &Atlas, verdict: &str, from: &str, into: &str) -> crate::atlas::Ran {
    atlas.run(["decide", verdict, from, into, "--reason", "the register says so"])
}

#[test]
fn a_merged_item_s_address_leads_to_the_other_which_holds_all_its_links_until_that_is_undone() {
    let atlas = facts();
    atlas.run(["import", "facts"]).code(0);
    let items = companies(&atlas);
    let site = Site::of(&atlas);
    let links = |id: &str| -> usize {
        let view = site.json(&format!("/item/{id}.json"));
        ["links_out", "links_in"].iter().flat_map(|way| view[way].as_array().unwrap()).count()
    };
    let from = items.iter().find(|id| links(id) > 0).expect("an item with links").clone();
    let into = items.iter().find(|id| links(id) == 0 || **id != from).expect("another").clone();
    let claims = |id: &str| site.json(&format!("/item/{id}.json"))["claims"].as_array().unwrap().len();
    let (before, own) = (claims(&into), claims(&from));

    decide(&atlas, "same", &from, &into).code(0).stderr_has("appended entry 1");
    let moved = site.until(&format!("/item/{from}"), "This item is part of another one");
    assert_eq!((moved.status, moved.header("location")), (308, format!("/item/{into}").as_str()));
    let twin = site.get(&format!("/zh/item/{from}.json"));
    assert_eq!((twin.status, twin.header("location")), (308, format!("/zh/item/{into}.json").as_str()));
    let proofs = site.get(&format!("/verify/item/{from}"));
    assert_eq!((proofs.status, proofs.header("location")), (308, format!("/verify/item/{into}").as_str()));
    assert_eq!(claims(&into), before + own);
    assert!(!atlas.run(["export"]).code(0).out().contains(&format!("\"record\":\"item\",\"id\":\"{from}\"")));

    // The same files again bring nothing back.
    atlas.run(["import", "facts"]).code(0).stderr_has("added 0, changed 0");
    decide(&atlas, "same", &from, &into).code(1).stderr_has("decided so already");
    decide(&atlas, "different", &from, &into).code(0);
    assert_eq!(site.until(&format!("/item/{from}.json"), "\"claims\"").status, 200);
    assert_eq!((claims(&into), claims(&from)), (before, own));
    decide(&atlas, "same", &from, &into).code(0);
}

#[test]
fn what_can_t_be_is_refused_and_writes_nothing() {
    let atlas = facts();
    atlas.run(["import", "facts"]).code(0);
    let items = companies(&atlas);
    decide(&atlas, "same", &items[0], "nobody").code(1).stderr_has("there is no item `nobody`");
    decide(&atlas, "same", &items[0], &items[0]).code(1).stderr_has("the same as itself");
    decide(&atlas, "same", &items[0], "No Id").code(2).stderr_has("is not an id");
    let words = ["decide", "same", &items[0], &items[1], "--reason", "x", "--source", "no-source"];
    atlas.run(words).code(1).stderr_has("there is no source");
    decide(&atlas, "different", &items[0], &items[1]).code(0).stderr_has("appended entry 1");
    atlas.run(["verify"]).code(0).stderr_has("2 entries");
}

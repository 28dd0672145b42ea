//! The right of reply: who was asked about which records, until when, and what came, on each of them.

use crate::atlas::Atlas;
use crate::cli::facts;
use crate::site::Site;

const REPLIES: &str = "\
id,kind,subject,object,sources,start,concerns,reply_channel,reply_deadline,reply_received,reply
maker-asked,asked-for-reply,maker,police,paper,2026-03-01,maker-supplies-police,letter,,2026-03-10,\"We sold <b>nothing</b>.

See our site.\"
police-asked,asked-for-reply,police,maker,paper,2026-02-20,maker-supplies-police|maker,letter,,none,
";

fn with(replies: &str) -> Atlas {
    let atlas = facts().file("replies/relations.csv", replies);
    atlas.run(["import", "facts"]).code(0);
    atlas
}

#[test]
fn what_came_or_that_nothing_came_stands_on_every_record_it_concerns() {
    let atlas = with(REPLIES);
    atlas.run(["import", "replies"]).code(0);
    let site = Site::of(&atlas);
    let link = site.json("/link/maker-supplies-police.json");
    let told: Vec<_> = link["replies"]
        .as_array()
        .unwrap()
        .iter()
        .map(|r| (&r["asked"], &r["deadline"], &r["received"], &r["none_received"]))
        .collect();
    let date = |text: &str| serde_json::Value::from(text);
    let none = serde_json::Value::Null;
    // Fourteen days where no other deadline is named; February 2026 has 28.
    let expected = [
        (&date("2026-03-01"), &date("2026-03-15"), &date("2026-03-10"), &false.into()),
        (&date("2026-02-20"), &date("2026-03-06"), &none, &true.into()),
    ];
    assert_eq!(told, expected, "{link}");
    assert_eq!(
        link["replies"][0]["reply"]["text"].as_str().map(|text| text.contains("We sold <b>nothing</b>.")),
        Some(true)
    );
    let page = site.get("/link/maker-supplies-police").text();
    assert!(
        page.contains("We sold &lt;b&gt;nothing&lt;/b&gt;.") && page.contains("no reply came by 6 March 2026"),
        "{page}"
    );
    let item = site.json("/item/maker.json");
    assert_eq!(item["replies"].as_array().map(Vec::len), Some(1), "only one names the item: {item}");
    assert!(site.get("/zh/item/maker").text().contains("未收到答复"));
    let request = site.get("/link/maker-asked").text();
    assert!(request.contains("was asked for a reply on") && !request.contains("id=\"replies\""), "{request}");
}

#[test]
fn a_reply_on_a_record_that_is_not_there_is_refused() {
    let atlas = with(&REPLIES.replace("maker-supplies-police|maker", "maker-supplies-nobody"));
    atlas.run(["import", "replies"]).code(1).stderr_has("unknown record `maker-supplies-nobody`");
}

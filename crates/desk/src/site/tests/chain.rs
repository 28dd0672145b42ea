//! From a draft to the ledger, and every way around the second person.

use super::*;

#[test]
fn a_draft_becomes_one_entry_in_the_name_of_a_role_once_a_second_person_approves() {
    let trial = Trial::new();
    let (author, approver) = (trial.user("Ada", &[Role::Contributor]), trial.user("Bea", &[Role::Approver]));
    let draft = sound(&author);
    author.get(&draft).has("Acme Cameras").has("What readers would see change");
    through(&author, &approver, &draft);
    approver.get(&draft).has("accepted").has("entry 0 of the ledger");
    assert!(!author.get(&draft).text.contains("is in the atlas already"), "what was decided is judged no more");
    let entries = trial.writer.entries();
    assert_eq!(entries.len(), 1);
    assert_eq!(entries[0].0, "approver");
    let told = format!("{entries:?}");
    assert!(!told.contains("Ada") && !told.contains("Bea"), "{told}");
    let state = trial.writer.state();
    assert!(state.links().get("acme-kenya").is_some() && state.items().get("acme").is_some());
    assert_eq!(state.problems(), []);
}

#[test]
fn nobody_accepts_reviews_or_rejects_what_they_wrote_on_whatever_their_roles() {
    let trial = Trial::new();
    let (author, helper) = (trial.user("author", &Role::ALL), trial.user("helper", &Role::ALL));
    let draft = sound(&author);
    helper.paste(&draft, "id,title,kind\nnews-2,Another report,news\n");
    author.act(&draft, "submit").is(303);
    for user in [&author, &helper] {
        for act in ["take", "return", "reject"] {
            user.act(&draft, act).is(409).has("You have written on this draft");
        }
    }
    let third = trial.user("third", &[Role::Editor]);
    third.act(&draft, "take").is(303);
    for user in [&author, &helper] {
        user.act(&draft, "accept").is(409).has("You have written on this draft");
    }
    third.act(&draft, "accept").is(403);
    assert!(trial.writer.entries().is_empty());
    trial.user("fourth", &[Role::Approver]).act(&draft, "accept").is(303);
    assert_eq!(trial.writer.entries().len(), 1);
}

#[test]
fn an_approval_counts_for_the_bytes_that_were_seen_and_once() {
    let trial = Trial::new();
    let (author, approver) = (trial.user("author", &[Role::Contributor]), trial.user("approver", &[Role::Approver]));
    let draft = sound(&author);
    author.act(&draft, "submit");
    approver.act(&draft, "take");
    let seen = approver.hash(&draft);
    approver.act(&draft, "return").is(303);
    author.paste(&draft, "id,kind,name,country,sources\nacme,company,Evil Cameras,CN,news-1\n");
    author.act(&draft, "submit").is(303);
    approver.act(&draft, "take").is(303);
    approver.act_on(&draft, "accept", &seen).is(409).has("has changed since you looked");
    for wrong in ["", "00", &seen.to_uppercase(), &"0".repeat(64)] {
        approver.act_on(&draft, "accept", wrong).is(409);
    }
    assert!(trial.writer.entries().is_empty());
    let now = approver.hash(&draft);
    approver.act_on(&draft, "accept", &now).is(303);
    approver.act_on(&draft, "accept", &now).is(409).has("not in a state");
    assert_eq!(trial.writer.entries().len(), 1);
}

#[test]
fn while_it_is_reviewed_nothing_of_a_draft_changes_and_what_is_sent_is_kept() {
    let trial = Trial::new();
    let (author, approver) = (trial.user("author", &[Role::Contributor]), trial.user("approver", &[Role::Approver]));
    let draft = sound(&author);
    let base = author.base(&draft);
    author.act(&draft, "submit");
    approver.act(&draft, "take");
    let seen = approver.hash(&draft);
    let late = [("base", base.as_str()), ("table", "id,kind,name,country,sources\nacme,company,Late,CN,news-1\n")];
    let answer = author.post(&format!("{draft}/paste"), &late);
    assert!(answer.header("location").starts_with(&format!("{draft}/beside/")), "{}", answer.header("location"));
    assert_eq!(approver.hash(&draft), seen);
    author.get(answer.header("location")).is(200).has("Late").has("once the draft is back");
    approver.act_on(&draft, "accept", &seen).is(409).has("Two readings wait");
    author.post(&format!("{draft}/title"), &[("title", "Another")]).is(409);
    assert!(trial.writer.entries().is_empty());
}

#[test]
fn a_decision_needs_its_state_its_reason_and_a_word_on_interests() {
    let trial = Trial::new();
    let (author, approver) = (trial.user("author", &[Role::Contributor]), trial.user("approver", &[Role::Approver]));
    let draft = sound(&author);
    for act in ["take", "return", "reject", "accept"] {
        approver.act(&draft, act).is(409);
    }
    let hash = author.hash(&draft);
    let bare =
        |user: &User<'_>, act: &str| user.post(&format!("{draft}/{act}"), &[("hash", &hash), ("personal", "seen")]);
    bare(&author, "submit").is(409).has("conflicts of interest");
    author.act(&draft, "submit").is(303);
    bare(&approver, "return").is(409).has("needs a reason");
    bare(&approver, "reject").is(409).has("needs a reason");
    approver.act(&draft, "take").is(303);
    bare(&approver, "accept").is(409).has("conflicts of interest");
    approver.act(&draft, "reject").is(303);
    for act in ["take", "return", "accept"] {
        approver.act(&draft, act).is(409);
    }
    author.act(&draft, "submit").is(409);
    approver.get(&draft).has("because").has("rejected");
}

#[test]
fn what_has_errors_or_changes_nothing_can_not_be_submitted_and_is_kept_all_the_same() {
    let trial = Trial::new();
    let author = trial.user("author", &[Role::Contributor]);
    let draft = author.begin("Broken");
    author.act(&draft, "submit").is(409).has("Nothing would change");
    let row = [
        ("base", "1"),
        ("id", "NOT AN ID"),
        ("kind", "company"),
        ("name", "Kept all the same"),
        ("sources", "nowhere"),
    ];
    author.post(&format!("{draft}/row/entities"), &row).is(303);
    author.get(&draft).has("Kept all the same").has("is not an id");
    author.get(&format!("{draft}/row/entities/0")).has("value=\"NOT AN ID\"").has("is not an id");
    author.act(&draft, "submit").is(409);
    author.post(&format!("{draft}/remove/entities/0"), &[("base", "2")]).is(303);
    assert!(!author.get(&draft).text.contains("Kept all the same"));
}

#[test]
fn a_claim_with_its_passage_takes_the_place_of_another_and_readers_see_both() {
    let trial = Trial::new();
    let (author, approver) = (trial.user("author", &[Role::Contributor]), trial.user("approver", &[Role::Approver]));
    let first = sound(&author);
    through(&author, &approver, &first);
    let found = author.get("/find?about=link/acme-kenya");
    let number = found.text.split("<bdi>2014~</bdi> <code>").nth(1).unwrap().split('<').next().unwrap().to_owned();
    let draft = author.begin("It began in 2015");
    let row = [
        ("base", "1"),
        ("about", "link/acme-kenya"),
        ("property", "start"),
        ("value", "2015-03"),
        ("source", "news-1"),
        ("quote", "since March 2015"),
        ("quote_language", "en"),
        ("replaces", &number),
        ("reason", "the report gives the month"),
    ];
    author.post(&format!("{draft}/row/claims"), &row).is(303);
    author.get(&draft).has("2014~").has("2015-03").has("since March 2015");
    through(&author, &approver, &draft);
    let now = author.get("/find?about=link/acme-kenya");
    assert!(now.text.contains("2015-03") && !now.text.contains("2014~"), "{}", now.text);
    let again = author.begin("The same again");
    author.post(&format!("{again}/row/claims"), &row).is(303);
    author.act(&again, "submit").is(409).has("nothing would change");
}

#[test]
fn personal_data_is_shown_and_has_to_be_looked_at() {
    let trial = Trial::new();
    let author = trial.user("author", &[Role::Contributor]);
    let draft = sound(&author);
    author.paste(&draft, "id,title,kind,note\nnews-2,A leak,news,ask jane.roe@example.org\n");
    let page = author.get(&draft);
    page.has("May be about a private person").has("jane.roe@example.org");
    let hash = author.hash(&draft);
    author.post(&format!("{draft}/submit"), &[("hash", &hash), ("interest", "none")]).is(409).has("Look at it first");
    author.act(&draft, "submit").is(303);
}

#[test]
fn an_item_that_may_be_there_already_is_pointed_out() {
    let trial = Trial::new();
    let (author, approver) = (trial.user("author", &[Role::Contributor]), trial.user("approver", &[Role::Approver]));
    let first = sound(&author);
    through(&author, &approver, &first);
    let draft = author.begin("Again");
    author.paste(&draft, "id,kind,name,sources\nacme-ltd,company,ACME CAMERAS LTD,news-1\n");
    author.get(&draft).has("May be in the atlas already").has("<code>acme</code>");
    author.paste(&draft, "id,kind,name,sources\nacme,company,Acme Cameras,news-1\n");
    author.get(&draft).has("is in the atlas already");
}

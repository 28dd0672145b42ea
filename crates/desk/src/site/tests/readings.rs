//! Two editors at one draft: the first one's words stand, the other's are kept, until somebody decides.

use super::*;

fn table(name: &str) -> String {
    format!("id,kind,name,country,sources\nacme,company,{name},CN,news-1\n")
}

#[test]
fn of_two_who_change_the_same_version_both_readings_are_kept_until_one_is_chosen() {
    let trial = Trial::new();
    let (one, other) = (trial.user("one", &[Role::Editor]), trial.user("other", &[Role::Researcher]));
    for take in ["yes", "no"] {
        let draft = sound(&one);
        let base = one.base(&draft);
        one.paste(&draft, &table("First reading"));
        let late = other.post(&format!("{draft}/paste"), &[("base", &base), ("table", &table("Second reading"))]);
        let beside = late.header("location").to_owned();
        assert!(beside.starts_with(&format!("{draft}/beside/")), "{beside}");
        other.get(&beside).is(200).has("First reading").has("Second reading");
        one.get(&draft).has("First reading").has("Both readings are kept");
        one.act(&draft, "submit").is(409).has("Two readings wait");

        let stands = one.get(&beside).hidden("stands");
        one.post(&beside, &[("stands", "1"), ("take", take)]).is(409);
        one.post(&beside, &[("stands", &stands), ("take", take)]).is(303);
        let page = one.get(&draft).text;
        assert_eq!(page.contains("Second reading"), take == "yes");
        assert_eq!(page.contains("First reading"), take == "no");
        one.get(&beside).is(404);
        one.act(&draft, "submit").is(303);
    }
}

#[test]
fn a_third_reading_waits_too_and_the_same_words_are_no_conflict() {
    let trial = Trial::new();
    let (one, other) = (trial.user("one", &[Role::Editor]), trial.user("other", &[Role::Editor]));
    let draft = sound(&one);
    let base = one.base(&draft);
    one.paste(&draft, &table("First"));
    let send = |user: &User<'_>, name: &str| {
        let answer = user.post(&format!("{draft}/paste"), &[("base", &base), ("table", &table(name))]);
        answer.header("location").to_owned()
    };
    assert_eq!(send(&other, "First"), format!("{draft}?said=pasted"), "it says what stands");
    assert!(send(&other, "Second").contains("/beside/"));
    assert!(send(&one, "Third").contains("/beside/"));
    assert_eq!(one.get(&draft).text.matches("Both readings are kept").count(), 2);
}

#[test]
fn comments_wait_until_somebody_resolves_them() {
    let trial = Trial::new();
    let (author, editor) = (trial.user("author", &[Role::Contributor]), trial.user("editor", &[Role::Editor]));
    let draft = sound(&author);
    editor.post(&format!("{draft}/comment"), &[("text", "Which <b>page</b>?")]).is(303);
    author.get(&draft).has("Which &lt;b&gt;page&lt;/b&gt;?");
    let comment = author.get(&draft).hidden("comment");
    author.post(&format!("{draft}/resolve"), &[("comment", &comment)]).is(303);
    author.post(&format!("{draft}/resolve"), &[("comment", &comment)]).is(404);
    editor.get(&draft).has("Resolved by");
    let second = sound(&author);
    editor.post(&format!("{second}/comment"), &[("text", "Mine")]).is(303);
    let elsewhere = editor.get(&second).hidden("comment");
    editor.post(&format!("{draft}/resolve"), &[("comment", &elsewhere)]).is(404);
}

#[test]
fn the_queue_shows_what_it_is_asked_for() {
    let trial = Trial::new();
    let (author, editor) = (trial.user("author", &[Role::Contributor]), trial.user("editor", &[Role::Editor]));
    let (first, second) = (sound(&author), author.begin("Unfinished business"));
    author.act(&first, "submit").is(303);
    editor.get("/drafts").has("Cameras in Kenya").has("Unfinished business").has("2 drafts");
    let waiting = editor.get("/drafts?state=submitted").text;
    assert!(waiting.contains("Cameras in Kenya") && !waiting.contains("Unfinished business"));
    editor.post(&format!("{second}/assign"), &[("to", &editor.id.to_string())]).is(303);
    editor.get("/drafts?assigned=me").has("Unfinished business").has("1 draft<");
    editor.post(&format!("{second}/assign"), &[("to", &author.id.to_string())]).is(400);
    editor.get("/drafts?page=999999999999&state=nonsense").is(200);
    editor.get("/zh/drafts").has("审阅队列");
}

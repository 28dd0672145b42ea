//! A stranger's suggestion at the desk: read, asked about, made into a draft, accepted or deleted.

use model::{About, Field, Fields, Id, Inbox, Record, Refused, Step, Suggestion};

use super::*;
use crate::inbox::{Bounds, StoreInbox};

fn inbox(trial: &Trial) -> StoreInbox {
    let nothing = |_: &[u8]| Err(Refused::Damaged);
    StoreInbox::new(trial.desk.store.clone(), trial.world.clone(), Box::new(nothing), Bounds::default())
}

fn suggestion(about: About) -> Suggestion {
    let mut fields = Fields::default();
    fields.set(Field::What, "2015-03");
    fields.set(Field::Source, "https://paper.example/2");
    fields.set(Field::Passage, "since <b>March</b> 2015");
    fields.set(Field::Note, "I read it yesterday");
    Suggestion { about, lang: "en".into(), fields, files: Vec::new() }
}

#[test]
fn a_suggestion_is_asked_about_made_into_a_draft_and_its_sender_reads_that_it_was_accepted() {
    let trial = Trial::new();
    let (editor, approver) = (trial.user("editor", &[Role::Editor]), trial.user("approver", &[Role::Approver]));
    let first = sound(&editor);
    through(&editor, &approver, &first);

    let inbox = inbox(&trial);
    let link = Record::Link(Id::parse("acme-kenya").unwrap());
    let code = inbox.submit(&suggestion(About::Gap(link, Id::parse("end").unwrap()))).unwrap().code;
    let list = editor.get("/inbox");
    list.is(200).has("2015-03").has("link/acme-kenya/end");
    let path = between(&list.text, "<a href=\"/inbox/", "\"");
    let one = format!("/inbox/{path}");
    editor.get(&one).has("since &lt;b&gt;March&lt;/b&gt; 2015").has("I read it yesterday");
    editor.post(&format!("{one}/ask"), &[("text", "On which page?")]).is(303);
    let standing = inbox.status(&code).unwrap();
    assert_eq!((standing.step, &*standing.said[0].text), (Step::Asked, "On which page?"));

    let made = editor.post(&format!("{one}/draft"), &[]);
    made.is(303);
    let draft = made.header("location").to_owned();
    editor.get(&draft).has("link/acme-kenya").has("https://paper.example/2").has("I read it yesterday");
    assert_eq!(inbox.status(&code).unwrap().step, Step::InReview);
    let base = editor.base(&draft);
    let source = between(&editor.get(&draft).text, "<code>suggested-", "<").to_owned();
    let row = [
        ("base", base.as_str()),
        ("place", "0"),
        ("id", &format!("suggested-{source}")),
        ("title", "Another report"),
        ("kind", "news"),
        ("url", "https://paper.example/2"),
    ];
    editor.post(&format!("{draft}/row/sources"), &row).is(303);
    through(&editor, &approver, &draft);
    assert_eq!(inbox.status(&code).unwrap().step, Step::Accepted);
    assert_eq!(trial.writer.entries().len(), 2);
}

#[test]
fn a_suggestion_is_turned_down_with_a_reason_or_deleted_without_a_trace() {
    let trial = Trial::new();
    let editor = trial.user("editor", &[Role::Editor]);
    let inbox = inbox(&trial);
    let code = inbox.submit(&suggestion(About::New)).unwrap().code;
    let one = format!("/inbox/{}", between(&editor.get("/inbox").text, "<a href=\"/inbox/", "\""));
    editor.post(&format!("{one}/reject"), &[]).is(409);
    assert_eq!(inbox.status(&code).unwrap().step, Step::Received);
    editor.post(&format!("{one}/reject"), &[("text", "It is no public source")]).is(303);
    assert_eq!(inbox.status(&code).unwrap().step, Step::Rejected);
    editor.get("/inbox?step=rejected").has("2015-03");
    editor.post(&format!("{one}/forget"), &[]).is(303);
    assert!(inbox.status(&code).is_err());
    editor.get(&one).is(404);
    trial.user("contributor", &[Role::Contributor]).get("/inbox").is(403);
}

fn between<'t>(text: &'t str, before: &str, after: &str) -> &'t str {
    let (_, rest) = text.split_once(before).unwrap_or_else(|| panic!("no `{before}` in {text}"));
    rest.split(after).next().unwrap()
}

//! Decisions about what is there: two persons behind each, also behind what can't be undone.

use model::{OperationNumber, Subject};

use super::*;

/// An atlas with what [`sound`] brings, its author and its approver.
fn published(trial: &Trial) -> (User<'_>, User<'_>) {
    let (author, approver) = (trial.user("author", &[Role::Editor]), trial.user("approver", &[Role::Approver]));
    let draft = sound(&author);
    through(&author, &approver, &draft);
    (author, approver)
}

/// The claim that the link begins about 2014.
fn start(trial: &Trial) -> OperationNumber {
    claim(trial, "link/acme-kenya", "start")
}

fn claim(trial: &Trial, about: &str, property: &str) -> OperationNumber {
    let state = trial.writer.state();
    let subject: Subject = crate::drafts::decision::subject(about).unwrap();
    let number = state.property_number(property).unwrap();
    let body = state.body(&subject).unwrap();
    body.claims.iter().find(|claim| claim.property == number).unwrap().number
}

/// A draft with this row of decisions.
fn decides(user: &User<'_>, columns: &str, row: &str) -> String {
    let draft = user.begin("A decision");
    user.paste(&draft, &format!("{columns}\n{row}\n"));
    draft
}

const REDACT: &str = "decision,about,class,notice";

fn destroying(user: &User<'_>, number: OperationNumber) -> String {
    decides(user, REDACT, &format!("redact,{number},court-order,notice-1"))
}

fn buried(trial: &Trial) -> usize {
    trial.writer.destroyed.lock().unwrap().len()
}

#[test]
fn the_buttons_of_a_record_begin_drafts_whose_form_is_filled_in_and_write_nothing() {
    let trial = Trial::new();
    let (author, _) = published(&trial);
    let number = start(&trial).to_string();
    author.get("/record/link/acme-kenya").is(200).has("2014~").has(&number);
    for (act, has) in
        [("dispute", "value=\"dispute\" selected"), ("correct", "2014~"), ("withdraw", &*number), ("redact", &*number)]
    {
        let answer = author.post("/record/link/acme-kenya/begin", &[("act", act), ("about", &number)]);
        author.get(answer.is(303).header("location")).is(200).has(has);
    }
    for act in ["reply", "say", "withdraw"] {
        let answer = author.post("/record/link/acme-kenya/begin", &[("act", act), ("about", "link/acme-kenya")]);
        author.get(answer.is(303).header("location")).is(200).has("acme-kenya");
    }
    for (act, about) in [("dispute", "item/acme"), ("correct", "e9-9"), ("burn", &*number), ("withdraw", "link/other")]
    {
        author.post("/record/link/acme-kenya/begin", &[("act", act), ("about", about)]).is(400);
    }
    author.get("/record/link/nothing").is(404);
    author.get("/record/person/acme").is(404);
    assert_eq!(trial.writer.entries().len(), 1);
}

#[test]
fn a_claim_is_disputed_taken_back_and_brought_back_each_as_an_entry_of_two_persons() {
    let trial = Trial::new();
    let (author, approver) = published(&trial);
    let number = start(&trial);
    let row = format!("dispute,{number},news-1,\"Not so, says the company\",en");
    let draft = decides(&author, "decision,about,source,quote,quote_language", &row);
    author.get(&draft).has("Not so, says the company");
    through(&author, &approver, &draft);
    let draft =
        decides(&author, "decision,about,class,reason", &format!("withdraw,{number},mistake,It was another city"));
    through(&author, &approver, &draft);
    author.get("/record/link/acme-kenya").has("mistake: It was another city").has("contradicts: <cite>");
    let draft = decides(&author, "decision,about,reason", &format!("restore,{number},It was that city after all"));
    through(&author, &approver, &draft);
    let state = trial.writer.state();
    assert_eq!((trial.writer.entries().len(), state.problems()), (4, &[][..]));
    let told = author.get("/record/link/acme-kenya").text;
    assert!(told.matches("2014~").count() >= 2, "the one taken back and the new one: {told}");
    let again = decides(&author, "decision,about,reason", &format!("restore,{number},Once more"));
    author.get(&again).has("says the same and stands");
}

#[test]
fn nobody_destroys_anything_alone_and_no_approval_counts_for_another_row_or_twice() {
    let trial = Trial::new();
    let (author, approver) = published(&trial);
    let (number, other) = (start(&trial), claim(&trial, "item/acme", "name"));
    let all = trial.user("all", &Role::ALL);
    let own = destroying(&all, number);
    all.act(&own, "submit").is(303);
    for act in ["take", "accept"] {
        all.act(&own, act).is(409);
    }
    let draft = destroying(&author, number);
    author.get(&draft).has("1 value is destroyed").has("notice-1");
    author.act(&draft, "submit").is(303);
    author.act(&draft, "accept").is(403);
    approver.act(&draft, "take").is(303);
    let seen = approver.hash(&draft);
    approver.act(&draft, "return").is(303);
    let row = [
        ("base", &*author.base(&draft)),
        ("decision", "redact"),
        ("about", &other.to_string()),
        ("place", "0"),
        ("class", "safety"),
        ("notice", "notice-2"),
    ];
    author.post(&format!("{draft}/row/decisions"), &row).is(303);
    author.act(&draft, "submit").is(303);
    approver.act(&draft, "take").is(303);
    approver.act_on(&draft, "accept", &seen).is(409).has("has changed since you looked");
    approver.post(&format!("{draft}/destroy"), &[]).is(409);
    assert_eq!((trial.writer.entries().len(), buried(&trial)), (1, 0));
    let hash = approver.hash(&draft);
    approver.act_on(&draft, "accept", &hash).is(303);
    approver.act_on(&draft, "accept", &hash).is(409);
    approver.get(&draft).has("All of it is destroyed");
    assert_eq!((trial.writer.entries().len(), buried(&trial)), (2, 1));
    let again = destroying(&author, other);
    author.get(&again).has("was destroyed already");
}

#[test]
fn what_is_destroyed_is_masked_in_all_that_the_desk_keeps() {
    let trial = Trial::new();
    let (author, approver) = published(&trial);
    let open = author.begin("About Acme Cameras");
    author.paste(&open, "id,title,kind,note\nnews-7,Another report,news,\"says Acme Cameras, too\"\n");
    author.post(&format!("{open}/comment"), &[("text", "Is Acme Cameras the right name?")]).is(303);
    let before = author.hash(&open);
    let name = claim(&trial, "item/acme", "name");
    let draft = destroying(&author, name);
    author.get(&draft).has("texts kept at this desk");
    through(&author, &approver, &draft);
    assert!(!author.get(&open).text.contains("Acme Cameras"));
    assert_ne!(author.hash(&open), before, "an approval of it would count no more");
    let store = trial.folder.path().join("desk");
    for file in std::fs::read_dir(store).unwrap() {
        let bytes = std::fs::read(file.unwrap().path()).unwrap();
        assert!(!bytes.windows(12).any(|window| window == b"Acme Cameras"));
    }
    through(&author, &approver, &open);
}

#[test]
fn killed_between_the_tombstone_and_the_destruction_the_desk_finishes_it_when_it_starts() {
    let mut trial = Trial::new();
    {
        let (author, approver) = published(&trial);
        let draft = destroying(&author, claim(&trial, "item/acme", "name"));
        author.act(&draft, "submit").is(303);
        approver.act(&draft, "take").is(303);
        let hash = approver.hash(&draft);
        trial.writer.destruction_fails.store(true, Ordering::Relaxed);
        approver.act_on(&draft, "accept", &hash).is(303);
        approver.get(&draft).has("not everything they name is destroyed yet");
        approver.post(&format!("{draft}/destroy"), &[]).is(503);
        assert_eq!((trial.writer.entries().len(), buried(&trial)), (2, 0));
    }
    trial.writer.destruction_fails.store(false, Ordering::Relaxed);
    trial.restart();
    assert_eq!(buried(&trial), 1);
}

#[test]
fn whether_two_are_one_is_decided_with_a_reason_and_undone_by_a_later_decision() {
    let trial = Trial::new();
    let (author, approver) = published(&trial);
    let twin = author.begin("A twin");
    author.paste(&twin, "id,kind,name,country,sources\nacme-2,company,Acme Cameras,CN,news-1\n");
    through(&author, &approver, &twin);
    author.get("/duplicates").is(200).has("acme-2");
    let form = author.post("/duplicates", &[("verdict", "same"), ("from", "acme-2"), ("into", "acme")]);
    let home = form.is(303).header("location").split("/row/").next().unwrap().to_owned();
    author.get(&home).has("a reason has 1 to");
    let row = [
        ("base", &*author.base(&home)),
        ("decision", "same"),
        ("about", "item/acme-2"),
        ("other", "item/acme"),
        ("place", "0"),
        ("reason", "One number"),
    ];
    author.post(&format!("{home}/row/decisions"), &row).is(303);
    through(&author, &approver, &home);
    assert_eq!(trial.writer.state().merged_into("acme-2").map(ToString::to_string).as_deref(), Some("acme"));
    author.get("/duplicates").has("One number").has("Nothing is left to decide");
    let undo = decides(&author, "decision,about,other,reason", "unsure,item/acme-2,item/acme,They have two numbers");
    through(&author, &approver, &undo);
    assert_eq!(trial.writer.state().merged_into("acme-2"), None);
    author.post("/duplicates", &[("verdict", "merge"), ("from", "a"), ("into", "b")]).is(400);
}

#[test]
fn what_a_draft_cites_is_captured_beside_it_and_kept_only_once_two_persons_accept_it() {
    let trial = Trial::new();
    let (author, approver) = (trial.user("author", &[Role::Contributor]), trial.user("approver", &[Role::Approver]));
    let draft = sound(&author);
    let url = "https://paper.example/1";
    author.post(&format!("{draft}/capture"), &[("url", "https://other.example/")]).is(400);
    approver.get(&draft).has(url);
    author.post(&format!("{draft}/capture"), &[("url", url)]).is(303);
    let mut tries = 0;
    while !author.get(&draft).text.contains("Acme Cameras sells cameras.") {
        tries += 1;
        assert!(tries < 2000, "it never came");
        std::thread::sleep(std::time::Duration::from_millis(5));
    }
    author.act(&draft, "submit").is(303);
    author.post(&format!("{draft}/capture"), &[("url", url)]).is(409);
    approver.act(&draft, "take").is(303);
    approver.get(&draft).has("Acme Cameras sells cameras.").has("complete");
    assert!(trial.writer.captured.lock().unwrap().is_empty());
    approver.act(&draft, "accept").is(303);
    let kept = trial.writer.captured.lock().unwrap().clone();
    assert_eq!(kept.iter().map(|(source, taken)| (&**source, taken.bytes.len())).collect::<Vec<_>>(), [("news-1", 1)]);
    let left = "SELECT (SELECT count(*) FROM held_capture) + (SELECT count(*) FROM held_piece)";
    let left = trial.desk.store.read(|db| Ok(db.query_row(left, [], |row| row.get::<_, i64>(0))?)).unwrap();
    assert_eq!(left, 0);
}

#[test]
fn a_row_that_can_not_be_decided_so_says_why() {
    let trial = Trial::new();
    let (author, _) = published(&trial);
    let number = start(&trial);
    let cases = [
        ("burn", number.to_string(), "unknown decision"),
        ("redact", "e0".into(), "is no number of a claim"),
        ("redact", "e9-1".into(), "there is no claim, evidence or capture"),
        ("withdraw", "item/acme".into(), "links name"),
        ("withdraw", "item/nobody".into(), "is not there"),
        ("restore", number.to_string(), "was not taken back"),
        ("dispute", number.to_string(), "names one source"),
        ("same", "item/acme".into(), "is no item"),
    ];
    for (decision, about, says) in cases {
        let row = format!("{decision},{about},safety,notice-1,because");
        let draft = decides(&author, "decision,about,class,notice,reason", &row);
        author.get(&draft).has(says);
    }
    for (row, says) in [
        (format!("redact,{number},mistake,n"), "nothing is destroyed for being"),
        (format!("redact,{number},safety,"), "a notice"),
        (format!("redact,{number},,n"), "no class of reasons"),
        (format!("withdraw,{number},mistake,"), "a reason has"),
    ] {
        let draft = decides(&author, REDACT, &row);
        author.get(&draft).has(says).has("There are errors");
    }
}

//! A research task from the quality of the atlas to an entry of the ledger.

use super::*;

const SECOND: &str =
    "id,title,publisher,kind,url,published_on\nnews-2,Another report,The Gazette,news,https://gazette.example/2,2015\n";
const CLAIM: &str = "about,property,value,source,stance,quote,quote_language\n\
     link/acme-kenya,asserts,yes,news-2,supports,Acme sold cameras to the police,en\n";

/// An atlas with one link that rests on one source, and who works there.
fn begun(trial: &Trial) -> (User<'_>, User<'_>, User<'_>) {
    let (editor, approver) = (trial.user("editor", &[Role::Editor]), trial.user("approver", &[Role::Approver]));
    let first = sound(&editor);
    through(&editor, &approver, &first);
    (editor, approver, trial.user("volunteer", &[Role::Contributor]))
}

fn make(editor: &User<'_>, kind: &str, filter: &str) -> Answer {
    editor.post("/tasks", &[("kind", kind), ("filter", filter), ("most", "20")])
}

#[test]
fn a_volunteer_takes_a_task_works_it_and_its_result_goes_through_review() {
    let trial = Trial::new();
    let (editor, approver, volunteer) = begun(&trial);
    editor.get("/quality").is(200).has("/tasks/make?kind=single-source");
    editor.get("/tasks/make?kind=single-source&country=KE").has("1 record is found").has("Acme Cameras – ");
    editor.get("/tasks/make?kind=single-source&country=CN").has("0 records are found");
    make(&editor, "single-source", "country=KE").is(303);
    volunteer.get("/tasks?country=KE").has("1 task<").has("Acme Cameras – ");
    volunteer.get("/tasks?country=CN").has("0 tasks");
    volunteer.get("/task/1").has("Look for a second publication").has("<code>e0-");
    volunteer.post("/task/1/draft", &[]).is(409);
    volunteer.post("/task/1/take", &[]).is(303);
    editor.post("/task/1/take", &[]).is(409).has("Somebody else has the task");
    let made = volunteer.post("/task/1/draft", &[]);
    made.is(303);
    let draft = made.header("location").to_owned();
    volunteer.get(&draft).has("Look for a second publication").has("link/acme-kenya");
    volunteer.get(&format!("{draft}/row/sources")).has("Look for a second publication");
    let base = volunteer.base(&draft);
    volunteer.post(&format!("{draft}/remove/claims/0"), &[("base", &base)]).is(303);
    [SECOND, CLAIM].iter().for_each(|table| volunteer.paste(&draft, table));
    volunteer.act(&draft, "submit").is(303);
    volunteer.get("/task/1").has(">in review<");
    volunteer.post("/task/1/back", &[]).is(409);
    approver.act(&draft, "take").is(303);
    approver.act(&draft, "accept").is(303);
    volunteer.get("/tasks?state=done&holder=me").has("1 task<");
    editor.get("/tasks/make?kind=single-source&country=KE").has("0 records are found");
    assert_eq!(trial.writer.entries().len(), 2);
}

#[test]
fn who_holds_a_task_and_its_draft_is_nobody_elses_business_among_contributors() {
    let trial = Trial::new();
    let (editor, _, volunteer) = begun(&trial);
    let other = trial.user("other", &[Role::Contributor]);
    make(&editor, "single-source", "").is(303);
    volunteer.post("/task/1/take", &[]).is(303);
    volunteer.post("/task/1/draft", &[]).is(303);
    for path in ["/tasks?state=all", "/task/1", "/tasks.json?state=all", "/task/1.json"] {
        let text = other.get(path).is(200).text.clone();
        assert!(!text.contains("volunteer") && !text.contains("/draft/2"), "{path}: {text}");
    }
    editor.get("/task/1.json").has("\"holder\":\"volunteer\"").has("\"draft\":2");
    other.post("/task/1/back", &[]).is(409);
    other.post("/task/1/drop", &[]).is(403);
    editor.post("/task/1/drop", &[]).is(303);
    volunteer.get("/draft/2").is(200);
}

#[test]
fn what_the_form_for_tasks_does_not_understand_makes_none() {
    let trial = Trial::new();
    let (editor, _, volunteer) = begun(&trial);
    for fields in [
        [("kind", "nothing"), ("filter", ""), ("most", "1")],
        [("kind", "undated"), ("filter", "country=XX"), ("most", "1")],
        [("kind", "undated"), ("filter", ""), ("most", "0")],
        [("kind", "undated"), ("filter", ""), ("most", "201")],
        [("kind", "undated"), ("filter", ""), ("most", "-1")],
    ] {
        editor.post("/tasks", &fields).is(400);
    }
    editor.get("/tasks/make?kind=undated&country=XX&colour=red").is(200).has("country=XX").has("colour");
    volunteer.get("/tasks/make").is(403);
    volunteer.get("/task/99").is(404);
    volunteer.get("/tasks?page=99999999999&state=nonsense&holder=me").is(200).has("0 tasks");
    volunteer.get("/zh/tasks").has("任务");
}

#[test]
fn a_word_of_the_glossary_is_explained_anew_from_a_task() {
    let trial = Trial::new();
    let (editor, approver, volunteer) = begun(&trial);
    let words = editor.begin("Words");
    editor.paste(&words, "term,definition,category\nSafe city,A city with cameras,surveillance\n");
    let category = trial.desk.vocabulary.set("glossary-category")[0].id.to_string();
    let base = editor.base(&words);
    let row = |zh: (&'static str, &'static str)| {
        [("term", "Safe city"), ("term_zh", zh.0), ("definition", "A city with cameras"), ("definition_zh", zh.1)]
    };
    let save = |user: &User<'_>, draft: &str, base: &str, zh| {
        let mut fields = vec![("base", base), ("place", "0"), ("category", &*category)];
        fields.extend(row(zh));
        user.post(&format!("{draft}/row/glossary"), &fields).is(303);
    };
    save(&editor, &words, &base, ("", ""));
    editor.get(&words).has("<ins>");
    through(&editor, &approver, &words);
    make(&editor, "glossary-zh", "").is(303);
    volunteer.post("/task/1/take", &[]).is(303);
    let draft = volunteer.post("/task/1/draft", &[]).header("location").to_owned();
    save(&volunteer, &draft, &volunteer.base(&draft), ("平安城市", "装有摄像头的城市"));
    volunteer.get(&draft).has("<del>").has("平安城市");
    through(&volunteer, &approver, &draft);
    let state = trial.writer.state();
    let term = &state.terms().values().next().unwrap().term;
    assert_eq!(term.names.iter().map(|name| name.text()).collect::<Vec<_>>(), ["Safe city", "平安城市"]);
    volunteer.get("/task/1").has(">done<");
    editor.get("/tasks/make?kind=glossary-zh").has("0 records are found");
}

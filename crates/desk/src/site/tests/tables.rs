//! A table of any shape on its way into a draft: guessed, looked at, added, and never lost.

use super::*;

const ODD: &str = "Company Name,Nation,Colour,Register\nAcme Cameras,China,red,\n\"Zorbax, Ltd\",Germany,blue,lei:BAD\n海康威视,CN,,\n";

fn bring(user: &User<'_>, draft: &str, table: &str) -> Answer {
    let boundary = "----x7";
    let body = format!(
        "--{boundary}\r\nContent-Disposition: form-data; name=\"file\"; filename=\"\"\r\nContent-Type: application/octet-stream\r\n\r\n\r\n\
         --{boundary}\r\nContent-Disposition: form-data; name=\"table\"\r\n\r\n{table}\r\n--{boundary}--\r\n"
    );
    send(user, &format!("{draft}/table"), &body)
}

fn bring_file(user: &User<'_>, draft: &str, table: &str) -> Answer {
    let body = format!(
        "------x7\r\nContent-Disposition: form-data; name=\"file\"; filename=\"names of people.csv\"\r\n\r\n{table}\r\n------x7--\r\n"
    );
    send(user, &format!("{draft}/table"), &body)
}

fn send(user: &User<'_>, path: &str, body: &str) -> Answer {
    let headers = [("sec-fetch-site", "same-origin"), ("content-type", "multipart/form-data; boundary=----x7")];
    user.send("POST", path, &headers, body)
}

/// The columns of the odd table, laid into those of items.
fn laid<'f>(base: &'f str, act: &'f str) -> Vec<(&'f str, &'f str)> {
    vec![
        ("base", base),
        ("sheet", "entities"),
        ("m-id", "made"),
        ("m-kind", "same"),
        ("k-kind", "company"),
        ("m-sources", "same"),
        ("k-sources", "news-1"),
        ("m-identifiers", "c3"),
        ("do", act),
    ]
}

#[test]
fn a_table_of_any_shape_is_laid_looked_at_and_added() {
    let trial = Trial::new();
    let author = trial.user("author", &[Role::Contributor]);
    let draft = author.begin("Many");
    author.paste(&draft, SOURCES);
    let taken = bring_file(&author, &draft, ODD);
    taken.is(303);
    let table = taken.header("location").to_owned();
    let page = author.get(&table);
    page.has("3 rows were brought").has("Company Name").has("<option value=\"entities\" selected>").has("Zorbax, Ltd");
    assert!(page.text.contains("name=\"m-name\"><option value=\"\">"), "{}", page.text);
    page.has("<option value=\"c0\" selected>Company Name</option>");

    let base = author.base(&draft);
    let looked = author.post(&table, &laid(&base, "look"));
    looked.is(200).has("What the first rows become").has("<bdi>acme-cameras</bdi>").has("<bdi>DE</bdi>");
    looked.has("Row 3, identifiers:");
    assert!(!author.get(&draft).text.contains("acme-cameras"), "nothing is added by looking");

    author.post(&table, &laid(&base, "add")).is(303);
    author.get(&draft).has("acme-cameras").has("zorbax-ltd").has("海康威视");
    author.get(&table).is(404);
}

#[test]
fn a_table_of_our_own_shape_needs_nothing_but_a_look() {
    let trial = Trial::new();
    let (author, approver) = (trial.user("author", &[Role::Contributor]), trial.user("approver", &[Role::Approver]));
    let draft = author.begin("Ours");
    for (sheet, table) in [("sources", SOURCES), ("entities", ENTITIES), ("relations", RELATIONS)] {
        let place = bring(&author, &draft, table).header("location").to_owned();
        author.get(&place).has(&format!("<option value=\"{sheet}\" selected>"));
        let base = author.base(&draft);
        author.post(&place, &[("base", &base), ("sheet", sheet), ("do", "add")]).is(303);
    }
    through(&author, &approver, &draft);
    assert!(trial.writer.state().links().get("acme-kenya").is_some());
}

#[test]
fn what_can_not_be_read_is_given_back_and_nothing_of_it_is_kept() {
    let trial = Trial::new();
    let author = trial.user("author", &[Role::Contributor]);
    let draft = author.begin("Bad");
    for (table, said) in
        [("", "the list is empty"), ("id,name", "no row below the heading"), ("a\n\n\n", "no row below the heading")]
    {
        bring(&author, &draft, table).is(422).has(said);
    }
    bring(&author, &draft, "only <one> line").is(422).has("only &lt;one&gt; line");
    let many: String = std::iter::once("name\n".to_owned()).chain((0..20_001).map(|n| format!("n{n}\n"))).collect();
    bring(&author, &draft, &many).is(422).has("20001 rows");
    send(&author, &format!("{draft}/table"), "nonsense").is(400);
    let large = "x".repeat(9 << 20);
    bring(&author, &draft, &large).is(413).has("what you wrote is still in your browser");
}

#[test]
fn a_table_is_nobody_elses_and_only_of_its_draft() {
    let trial = Trial::new();
    let (author, other) = (trial.user("author", &[Role::Contributor]), trial.user("other", &[Role::Editor]));
    let (draft, second) = (author.begin("One"), author.begin("Two"));
    let table = bring(&author, &draft, ODD).header("location").to_owned();
    other.get(&table).is(404);
    other.post(&table, &laid("1", "add")).is(404);
    author.get(&table.replace(&draft, &second)).is(404);
    for wrong in [("m-name", "c"), ("m-name", "x9"), ("base", "77")] {
        let mut fields = laid("1", "add");
        fields.retain(|(name, _)| *name != wrong.0);
        fields.push(wrong);
        author.post(&table, &fields).is(400);
    }
    author.get(&table).is(200);
}

#[test]
fn persons_are_refused_in_tables_as_the_importers_refuse_them() {
    let trial = Trial::new();
    let author = trial.user("author", &[Role::Contributor]);
    let draft = author.begin("Persons");
    author.paste(&draft, SOURCES);
    let place =
        bring(&author, &draft, "name,kind,sources\nMr John Smith,person,news-1\n").header("location").to_owned();
    let base = author.base(&draft);
    author.post(&place, &[("base", &base), ("sheet", "entities"), ("do", "look")]).has("person");
    author.post(&place, &[("base", &base), ("sheet", "entities"), ("do", "add")]).is(303);
    author.act(&draft, "submit").is(409);
    assert!(trial.writer.entries().is_empty());
}

#[test]
fn words_that_were_redacted_are_in_no_table_that_waits() {
    use crate::drafts::masking::{count, mask};
    let trial = Trial::new();
    let author = trial.user("author", &[Role::Contributor]);
    let (first, second) = (author.begin("One"), author.begin("Two"));
    let hit = bring(&author, &first, "name,note\nAcme,\"the \"\"secret\"\" word\"\n").header("location").to_owned();
    let other = bring(&author, &second, ODD).header("location").to_owned();
    let words = ["the \"secret\" word".to_owned()].into();
    assert_eq!(trial.desk.store.read(|db| count(db, &words)).unwrap(), 1);
    mask(&trial.desk.store, &words).unwrap();
    assert_eq!(trial.desk.store.read(|db| count(db, &words)).unwrap(), 0);
    author.get(&hit).is(404);
    author.get(&other).is(200);
}

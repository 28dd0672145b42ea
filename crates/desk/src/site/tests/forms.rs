//! At the form: what is told while one writes, and words of a capture that become the quote of a claim.

use model::{Capture, Id, Operation};

use super::*;

/// An atlas with a link and two captures of its source.
fn begun(trial: &Trial) -> User<'_> {
    let (author, approver) = (trial.user("author", &[Role::Contributor]), trial.user("approver", &[Role::Approver]));
    let draft = sound(&author);
    through(&author, &approver, &draft);
    capture(trial, "2026-01-05T00:00:00Z", 1, &[vec!["An earlier word.", "Acme sold 50 cameras."]]);
    capture(
        trial,
        "2026-05-05T00:00:00Z",
        2,
        &[vec!["A heading", "Acme sold 60 cameras to the police."], vec!["Elsewhere.", "<b>The end</b>."]],
    );
    author
}

fn capture(trial: &Trial, at: &str, digest: u8, pages: &[Vec<&str>]) {
    let page = Capture { source: Id::parse("news-1"), ..captured("https://paper.example/1", at, [digest; 32]) };
    trial.texts.0.lock().unwrap().insert([digest; 32], CaptureText::new("en", "A report", pages));
    let capture = Operation::Capture(Box::new(page));
    trial.writer.append("test", &|_| vec![capture.clone()]).unwrap();
}

fn claim(author: &User<'_>) -> String {
    let draft = author.begin("A passage");
    author.paste(&draft, "about,property,value,source\nlink/acme-kenya,status,operational,news-1\n");
    draft
}

#[test]
fn what_is_told_of_a_row_comes_as_a_page_or_as_a_part_of_one_and_stores_nothing() {
    let trial = Trial::new();
    let author = begun(&trial);
    let draft = author.begin("Hints");
    let base = author.base(&draft);
    let row = |part: &'static str| {
        vec![("base", "1"), ("part", part), ("id", "acme"), ("name", "ACME CAMERAS LTD <x>"), ("identifiers", "lei:5")]
    };
    let part = author.post(&format!("{draft}/hints/entities"), &row("1"));
    part.is(200).has("is in the atlas already").has("<bdi>Acme Cameras</bdi>").has("is not a valid");
    assert!(!part.text.contains("<html"));
    let page = author.post(&format!("{draft}/hints/entities"), &row(""));
    page.is(200).has("<html").has("value=\"ACME CAMERAS LTD &lt;x&gt;\"").has("is in the atlas already");
    assert_eq!(author.base(&draft), base, "nothing is stored");
    author.post(&format!("{draft}/hints/relations"), &[("start", "2017/2019"), ("place", "nowhere")]).has("2017");
    author.post(&format!("{draft}/hints/nothing"), &[]).is(404);
    trial.user("other", &[Role::Contributor]).post(&format!("{draft}/hints/entities"), &row("1")).is(404);
}

#[test]
fn chosen_paragraphs_are_trimmed_to_a_quote_with_its_place_and_language() {
    let trial = Trial::new();
    let author = begun(&trial);
    let draft = claim(&author);
    let form = author.get(&format!("{draft}/row/claims/0"));
    form.is(200)
        .has("Acme sold 60 cameras to the police.")
        .has("&lt;b&gt;The end&lt;/b&gt;.")
        .has("data-anchor=\"p. 2\"");
    let capture = form.hidden("capture");
    let passage = format!("{draft}/passage/0");
    let page = author.get(&format!("{passage}?capture={capture}&p=0&p=10"));
    page.is(200).has(">A heading Acme sold 60 cameras to the police.</textarea>");
    author.get(&format!("{passage}?capture={capture}&p=0&p=47")).has(">A heading […] Elsewhere.</textarea>");

    let base = author.base(&draft);
    let put = |quote: &str| author.post(&passage, &[("base", &base), ("capture", &capture), ("quote", quote)]);
    put("Acme sold 600 cameras").is(422).has("These words are not in the capture").has("Acme sold 600 cameras");
    put("Acme sold 60 cameras").is(303);
    let form = author.get(&format!("{draft}/row/claims/0"));
    form.has("value=\"p. 1\"").has(">Acme sold 60 cameras</textarea>").has("value=\"en\"").has("word for word");
}

#[test]
fn it_is_told_whether_a_quote_stands_in_the_latest_capture_an_earlier_one_or_none() {
    let trial = Trial::new();
    let author = begun(&trial);
    for (quote, said) in [
        ("Acme sold 60 cameras", "word for word"),
        ("acme sold 60  cameras - to the police", "only white space, quotation marks or dashes differ"),
        ("Acme sold 50 cameras", "not in the latest capture, but in the one of 2026-01-05"),
        ("Acme sold 70 cameras", "in no capture of this source"),
    ] {
        let draft = author.begin("Where");
        author.paste(
            &draft,
            &format!("about,property,value,source,quote\nlink/acme-kenya,status,operational,news-1,{quote}\n"),
        );
        author.get(&format!("{draft}/row/claims/0")).has(said);
    }
}

#[test]
fn a_passage_is_of_its_draft_its_row_and_its_source() {
    let trial = Trial::new();
    let author = begun(&trial);
    let draft = claim(&author);
    let capture = author.get(&format!("{draft}/row/claims/0")).hidden("capture");
    let other = trial.user("other", &[Role::Contributor]);
    other.get(&format!("{draft}/passage/0?capture={capture}")).is(404);
    for (path, status) in [
        (format!("{draft}/passage/1?capture={capture}"), 404),
        (format!("{draft}/passage/0?capture=e9-9"), 404),
        (format!("{draft}/passage/0?capture=x"), 400),
        (format!("{draft}/passage/0"), 400),
        (format!("{draft}/passage/0?capture={capture}&p=x&p=99999999999"), 200),
        (format!("{draft}/row/claims/0?words=police&from=999999999&capture=zzz"), 200),
    ] {
        author.get(&path).is(status);
    }
    let new = author.get(&format!("{draft}/row/claims?source=news-1"));
    new.has("Save the row first");
    assert!(!author.get(&format!("{draft}/row/claims?source=news-2")).text.contains("As captured"));
}

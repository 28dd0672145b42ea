//! A suggestion from the form to its code and back, over an inbox that lies in memory.

use std::collections::HashMap;
use std::sync::{Arc, Mutex};

use model::{
    Cleaned, Code, Concern, ConcernKind, Day, Field, Inbox, Receipt, Refused, Standing, Step, Suggestion, Word,
};

use super::{Answer, ask, post, post_form};
use crate::seal::ALWAYS;
use crate::{Assets, WebState};

/// Keeps everything; takes files of letters.
#[derive(Default)]
struct Memory {
    kept: Mutex<HashMap<[u8; 12], (Suggestion, Standing)>>,
}

const DAY: Day = Day { year: 2026, month: 11, day: 22 };

impl Memory {
    fn only(&self) -> Suggestion {
        self.kept.lock().unwrap().values().next().expect("one suggestion").0.clone()
    }

    fn set(&self, step: Step, text: &str) {
        for (_, standing) in self.kept.lock().unwrap().values_mut() {
            standing.step = step;
            standing.said.push(Word { by_sender: false, day: DAY, text: text.into() });
        }
    }
}

impl Inbox for Memory {
    fn clean(&self, bytes: &[u8]) -> Result<Cleaned, Refused> {
        let letters = bytes.iter().all(u8::is_ascii_lowercase);
        letters.then(|| Cleaned::Words(String::from_utf8_lossy(bytes).into_owned())).ok_or(Refused::Damaged)
    }

    fn look(&self, suggestion: &Suggestion) -> Vec<Concern> {
        let note = suggestion.fields.get(Field::Note);
        let email = note.split_whitespace().find(|word| word.contains('@'));
        let concern = |words: &str| Concern { field: Field::Note, kind: ConcernKind::Email, words: words.into() };
        email.map(concern).into_iter().collect()
    }

    fn submit(&self, suggestion: &Suggestion) -> Result<Receipt, Refused> {
        let mut kept = self.kept.lock().unwrap();
        if kept.len() == 2 {
            return Err(Refused::Full);
        }
        let code = Code::of([u8::try_from(kept.len()).unwrap() + 1; 12]);
        let standing = Standing { received: DAY, step: Step::Received, since: DAY, said: Vec::new() };
        kept.insert(code.bytes(), (suggestion.clone(), standing));
        Ok(Receipt { code })
    }

    fn status(&self, code: &Code) -> Result<Standing, Refused> {
        self.kept.lock().unwrap().get(&code.bytes()).map(|(_, standing)| standing.clone()).ok_or(Refused::NoSuchCode)
    }

    fn answer(&self, code: &Code, text: &str) -> Result<Standing, Refused> {
        let mut kept = self.kept.lock().unwrap();
        let (_, standing) = kept.get_mut(&code.bytes()).ok_or(Refused::NoSuchCode)?;
        if !standing.step.takes_answers() {
            return Err(Refused::NotAsked);
        }
        standing.step = Step::InReview;
        standing.said.push(Word { by_sender: true, day: DAY, text: text.into() });
        Ok(standing.clone())
    }

    fn withdraw(&self, code: &Code) -> Result<(), Refused> {
        self.kept.lock().unwrap().remove(&code.bytes()).map(drop).ok_or(Refused::NoSuchCode)
    }
}

fn site() -> (Arc<WebState>, Arc<Memory>) {
    let memory = Arc::new(Memory::default());
    let state = WebState::new(Arc::new(super::edition()), Assets::new(std::iter::empty()));
    (Arc::new(state.with_inbox(memory.clone(), 300)), memory)
}

/// What stands in a form, as a browser would send it back.
fn fields(page: &str) -> Vec<(String, String)> {
    let html = scraper::Html::parse_document(page);
    let selector = scraper::Selector::parse(".suggestion-form [name]").expect("a selector");
    let value = |element: scraper::ElementRef<'_>| match element.value().name() {
        "textarea" => element.text().collect::<String>(),
        _ => element.value().attr("value").unwrap_or_default().to_owned(),
    };
    let is_field = |element: &scraper::ElementRef<'_>| {
        element.value().name() != "button" && !matches!(element.value().attr("type"), Some("file" | "checkbox"))
    };
    let all = html.select(&selector).filter(is_field);
    all.map(|element| (element.value().attr("name").unwrap_or_default().to_owned(), value(element))).collect()
}

/// Sends a page's form on with some fields set.
fn go_on(state: &Arc<WebState>, page: &str, set: &[(&str, &str)]) -> Answer {
    let mut all = fields(page);
    for (name, value) in set {
        all.retain(|(own, _)| own != name);
        all.push(((*name).to_owned(), (*value).to_owned()));
    }
    let all: Vec<(&str, &str)> = all.iter().map(|(name, value)| (name.as_str(), value.as_str())).collect();
    post_form(state, "/suggestion", &all)
}

/// The word that the page asks for.
fn right(page: &str) -> String {
    let html = scraper::Html::parse_document(page);
    let texts = |selector: &str| -> Vec<String> {
        let selector = scraper::Selector::parse(selector).expect("a selector");
        html.select(&selector).map(|element| element.text().collect()).collect()
    };
    let asked = texts("label[for=answer]").concat();
    let place: usize = asked.chars().filter(char::is_ascii_digit).collect::<String>().parse().expect("a number");
    texts("fieldset ol li")[place - 1].clone()
}

fn code(page: &str) -> String {
    let from = page.split("reference-code").nth(1).expect("a code");
    let code = from.split("translate=\"no\">").nth(1).and_then(|rest| rest.split('<').next()).expect("six words");
    assert_eq!(code.split(' ').count(), 6, "{code}");
    code.to_owned()
}

fn check_private(answer: &Answer) {
    for (name, value) in ALWAYS {
        assert_eq!(answer.headers.get(name).and_then(|v| v.to_str().ok()), Some(value), "{name}");
    }
    assert_eq!(answer.headers["cache-control"], "no-store");
    assert!(answer.headers.get("etag").is_none() && answer.headers.get("set-cookie").is_none());
    assert!(answer.headers.get("access-control-allow-origin").is_none());
}

const WORDS: [(&str, &str); 6] = [
    ("what", "Sold 40 cameras\n\n<b>to the \"city\"</b> & others"),
    ("where", "  Harare "),
    ("when", "spring of 2017"),
    ("source", "https://example.org/a?b=c&d=%20"),
    ("passage", "\n摄像头四十台"),
    ("note", "ask editor@example.org +1"),
];

#[test]
fn three_pages_lead_from_the_form_to_a_code_that_leads_back() {
    let (state, memory) = site();
    let first = ask(&state, "GET", "/suggestion?about=item/example-vision", &[]);
    check_private(&first);
    let second = go_on(&state, &first.body, &WORDS);
    assert_eq!(second.status, 200, "{}", second.body);
    check_private(&second);
    assert!(second.body.contains("looks like somebody’s address for mail"), "{}", second.body);
    assert!(!second.body.contains("<b>to"), "words are never markup");
    let answer = right(&second.body);
    let third = go_on(&state, &second.body, &[("step", "send"), ("answer", &answer)]);
    assert_eq!(third.status, 200, "{}", third.body);
    check_private(&third);
    let kept = memory.only();
    assert_eq!(kept.about.to_string(), "item/example-vision");
    for (name, text) in WORDS {
        let field = Field::ALL.into_iter().find(|field| field.name() == name).expect("a field");
        assert_eq!(kept.fields.get(field), text, "{name}");
    }
    let code = code(&third.body);
    let typed = code.to_uppercase().replace(' ', "-");
    let stands = post_form(&state, "/suggestion/status", &[("code", &typed)]);
    assert!(stands.status == 200 && stands.body.contains("Received") && !stands.body.contains("<textarea"));
    check_private(&stands);
    memory.set(Step::Asked, "In which <year>?");
    let stands = post_form(&state, "/zh/suggestion/status", &[("code", &code)]);
    assert!(stands.body.contains("In which &lt;year&gt;?") && stands.body.contains("您的回答"), "{}", stands.body);
    let answered =
        post_form(&state, "/suggestion/status", &[("code", &code), ("step", "answer"), ("answer", "In 2017")]);
    assert!(answered.body.contains("In 2017") && answered.body.contains("In review"), "{}", answered.body);
    let twin = post_form(&state, "/suggestion/status.json", &[("code", &code)]);
    let twin: serde_json::Value = serde_json::from_str(&twin.body).expect("JSON");
    assert_eq!((twin["standing"].as_str(), twin["said"][1]["by"].as_str()), (Some("in-review"), Some("sender")));
    let kept = post_form(&state, "/suggestion/status", &[("code", &code), ("step", "withdraw")]);
    assert!(kept.body.contains("first"), "{}", kept.body);
    let gone = post_form(&state, "/suggestion/status", &[("code", &code), ("step", "withdraw"), ("sure", "1")]);
    assert!(gone.body.contains("It is deleted"), "{}", gone.body);
    assert_eq!(post_form(&state, "/suggestion/status", &[("code", &code)]).status, 404);
}

#[test]
fn nothing_is_lost_whatever_is_refused() {
    let (state, memory) = site();
    let first = ask(&state, "GET", "/suggestion", &[]);
    let check = |answer: &Answer, status: u16| {
        assert_eq!(answer.status, status, "{}", answer.body);
        let back = fields(&answer.body);
        for (name, text) in WORDS {
            assert!(back.contains(&(name.to_owned(), text.to_owned())), "{name}: {back:?}");
        }
    };
    let second = go_on(&state, &first.body, &WORDS);
    check(&second, 200);
    check(&go_on(&state, &second.body, &[("step", "edit")]), 200);
    check(&go_on(&state, &second.body, &[("step", "send"), ("answer", "nothing")]), 422);
    check(&go_on(&state, &second.body, &[("step", "send"), ("question", "forged")]), 422);
    check(&go_on(&state, &second.body, &[("step", "send"), ("held", "0123")]), 409);
    let long = "x".repeat(301);
    let refused = go_on(&state, &first.body, &[("what", "y"), ("when", &long)]);
    assert!(refused.status == 422 && fields(&refused.body).contains(&("when".into(), long)), "{}", refused.body);
    let answer = right(&second.body);
    assert_eq!(go_on(&state, &second.body, &[("step", "send"), ("answer", &answer)]).status, 200);
    check(&go_on(&state, &second.body, &[("step", "send"), ("answer", &answer)]), 409);
    assert_eq!(memory.kept.lock().unwrap().len(), 1, "once sent, once kept");
    for expected in [200, 503] {
        let second = go_on(&state, &first.body, &WORDS);
        let answer = right(&second.body);
        let third = go_on(&state, &second.body, &[("step", "send"), ("answer", &answer)]);
        assert_eq!(third.status, expected, "{}", third.body);
        if expected == 503 {
            check(&third, 503);
        }
    }
    let empty = go_on(&state, &first.body, &[("what", " ")]);
    assert!(empty.status == 422 && empty.body.contains("nothing in it yet"), "{}", empty.body);
}

fn with_files(files: &[&str]) -> String {
    let field = |name: &str, more: &str, value: &str| {
        format!("--x\r\nContent-Disposition: form-data; name=\"{name}\"{more}\r\n\r\n{value}\r\n")
    };
    let mut body = field("about", "", "new") + &field("what", "", "A thing") + &field("step", "", "check");
    for file in files {
        body += &field("file", "; filename=\"secret-name.txt\"", file);
    }
    body + "--x--\r\n"
}

#[test]
fn files_wait_cleaned_in_memory_and_go_with_the_words() {
    let (state, memory) = site();
    let mime = "multipart/form-data; boundary=x";
    let second = post(&state, "/suggestion", mime, &with_files(&["abc", "A B", "def", "ghi", "jkl"]));
    assert_eq!(second.status, 200, "{}", second.body);
    assert!(second.body.contains("File 2 was not taken") && second.body.contains("File 5 was not taken"));
    assert!(!second.body.contains("secret-name"), "a file's name is not even repeated");
    let edit = go_on(&state, &second.body, &[("step", "edit")]);
    assert!(edit.body.contains("Take the files away"), "{}", edit.body);
    let answer = right(&second.body);
    go_on(&state, &second.body, &[("step", "send"), ("answer", &answer)]);
    let words = |text: &str| Cleaned::Words(text.into());
    assert_eq!(memory.only().files, [words("abc"), words("def"), words("ghi")]);
    let held = fields(&second.body).into_iter().find(|(name, _)| name == "held").expect("a token").1;
    assert!(state.suggesting().files(&held).is_none(), "once sent they are forgotten");
    let second = post(&state, "/suggestion", mime, &with_files(&["abc"]));
    let without = go_on(&state, &second.body, &[("step", "without-files")]);
    assert!(!without.body.contains("Take the files away") && without.body.contains("A thing"));
}

#[test]
fn every_value_record_and_empty_place_leads_to_the_form_and_every_page_to_a_report() {
    let (state, _) = site();
    let page = ask(&state, "GET", "/item/example-vision", &[]).body;
    for target in ["item/example-vision\"", "item/example-vision/country\"", "page/item/example-vision\""] {
        assert!(page.contains(&format!("/suggestion?about={target}")), "{target}");
    }
    let values = page.matches("class=\"how\"").count();
    assert!(values > 3 && page.matches("/suggestion?about=e").count() >= values, "{values}");
    let value = page.split("/suggestion?about=e").nth(1).and_then(|rest| rest.split('"').next()).expect("a value");
    let form = ask(&state, "GET", &format!("/suggestion?about=e{value}"), &[]).body;
    assert!(form.contains("The atlas says") && form.contains("Example Vision"), "{form}");
    let report = ask(&state, "GET", "/suggestion?about=page/links%3Fcountry%3DKE", &[]).body;
    assert!(report.contains("What is wrong?") && report.contains("href=\"/links?country=KE\""), "{report}");
    let twin = ask(&state, "GET", "/suggestion.json?about=item/example-vision/city", &[]).body;
    let twin: serde_json::Value = serde_json::from_str(&twin).expect("JSON");
    assert_eq!((twin["available"].as_bool(), twin["about_in_words"].as_str()), (Some(true), Some("Example Vision")));
    for (address, status) in [
        ("/suggestion?about=item/nobody", 404),
        ("/suggestion?about=item/example-vision/nothing", 404),
        ("/suggestion?about=e999-1", 404),
        ("/suggestion?about=person/jane", 400),
        ("/suggestion?about=page//evil.example", 200),
    ] {
        let answer = ask(&state, "GET", address, &[]);
        assert_eq!(answer.status, status, "{address}");
        assert!(!answer.body.contains("href=\"//evil"), "{address}");
    }
}

#[test]
fn a_copy_says_honestly_where_suggestions_are_taken() {
    let state = super::state();
    let page = ask(&state, "GET", "/suggestion", &[]).body;
    assert!(!page.contains("<textarea") && page.contains("takes no suggestions"), "{page}");
    assert!(!ask(&state, "GET", "/suggestion/status", &[]).body.contains("name=\"code\""));
    let sent = post_form(&state, "/suggestion", &[("what", "x"), ("step", "send")]);
    assert_eq!(sent.status, 503);
    let imprint = ui::Imprint { address: "https://atlas.example".into(), ..ui::Imprint::default() };
    let setup = crate::Setup { imprint, ..crate::Setup::default() };
    let copy = WebState::published_by(setup, Arc::new(super::edition()), Assets::new(std::iter::empty()));
    let page = ask(&Arc::new(copy), "GET", "/zh/suggestion", &[]).body;
    assert!(page.contains("https://atlas.example/zh/suggestion"), "{page}");
}

#[test]
fn nobody_sends_for_ever() {
    let memory = Arc::new(Memory::default());
    let state = WebState::new(Arc::new(super::edition()), Assets::new(std::iter::empty()));
    let state = Arc::new(state.with_inbox(memory, 1));
    let code = "abacus able about above absent absorb";
    let answers: Vec<u16> = (0..20)
        .map(|_| post_form(&state, "/suggestion/status", &[("code", code)]))
        .map(|answer| {
            assert!(answer.status != 429 || answer.body.contains(code), "what was typed stands there again");
            answer.status.as_u16()
        })
        .collect();
    assert!(answers.starts_with(&[404; 12]) && answers.ends_with(&[429; 8]), "{answers:?}");
}

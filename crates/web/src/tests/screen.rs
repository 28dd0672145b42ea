//! A reader's own list, from the form to being forgotten.

use std::sync::Arc;
use std::time::{Duration, Instant};

use axum::body::{Body, to_bytes};
use axum::http::{HeaderMap, Request, StatusCode};
use model::{Asked, Columns, List, Problem, ReadsLists, Sheet, Vocabulary, Where};
use tower::ServiceExt;

use crate::seal::ALWAYS;
use crate::{Assets, WebState, router};

/// Reads one name a line; `?` is no list.
struct Lines;

impl ReadsLists for Lines {
    fn sheet(&self, label: &str, bytes: &[u8]) -> Result<Sheet, Problem> {
        let text = String::from_utf8_lossy(bytes).into_owned();
        if text == "?" {
            return Err(Problem::error(Where { file: label.into(), line: 1, column: 0 }, "no list"));
        }
        let rows: Vec<Vec<String>> = text.lines().map(|line| vec![line.to_owned()]).collect();
        Ok(Sheet { lines: (1..).take(rows.len()).collect(), rows, ..Sheet::default() })
    }

    fn columns(&self, _: &Sheet, _: &Vocabulary) -> Columns {
        Columns::default()
    }

    fn list(&self, sheet: &Sheet, _: &Columns, _: &Vocabulary) -> List {
        let asked = |(row, line): (&Vec<String>, &u32)| Asked {
            line: *line,
            name: row[0].clone(),
            doubtful: row[0] == "Jane Roe",
            ..Asked::default()
        };
        List { asked: sheet.rows.iter().zip(&sheet.lines).map(asked).collect(), ..List::default() }
    }
}

struct Answer {
    status: StatusCode,
    headers: HeaderMap,
    body: String,
}

fn site() -> Arc<WebState> {
    let state = WebState::new(Arc::new(super::edition()), Assets::new(std::iter::empty()));
    Arc::new(state.with_lists(Arc::new(Lines)))
}

fn send(state: &Arc<WebState>, method: &str, address: &str, mime: &str, body: &str) -> Answer {
    let request = Request::builder().method(method).uri(address).header("content-type", mime);
    let request = request.body(Body::from(body.to_owned())).expect("a request");
    let runtime = tokio::runtime::Builder::new_current_thread().enable_time().build().expect("a runtime");
    let answer = runtime.block_on(async {
        let response = router(state.clone()).oneshot(request).await.expect("the service never fails");
        let (parts, body) = response.into_parts();
        let bytes = to_bytes(body, usize::MAX).await.expect("a body");
        Answer { status: parts.status, headers: parts.headers, body: String::from_utf8_lossy(&bytes).into_owned() }
    });
    for (name, value) in ALWAYS {
        assert_eq!(answer.headers.get(name).and_then(|v| v.to_str().ok()), Some(value), "{address}: {name}");
    }
    answer
}

fn get(state: &Arc<WebState>, address: &str) -> Answer {
    send(state, "GET", address, "", "")
}

fn post(state: &Arc<WebState>, address: &str, form: &str) -> Answer {
    send(state, "POST", address, "application/x-www-form-urlencoded", form)
}

fn location(answer: &Answer) -> String {
    assert_eq!(answer.status, 303, "{}", answer.body);
    answer.headers["location"].to_str().expect("an address").to_owned()
}

/// The page of a list once it is done.
fn results(state: &Arc<WebState>, address: &str) -> Answer {
    let begun = Instant::now();
    loop {
        let answer = get(state, address);
        if answer.headers.get("refresh").is_none() {
            return answer;
        }
        assert!(begun.elapsed() < Duration::from_secs(60), "the list is never done");
        std::thread::sleep(Duration::from_millis(5));
    }
}

fn check_private(answer: &Answer) {
    assert_eq!(answer.headers["cache-control"], "no-store");
    for name in ["etag", "access-control-allow-origin"] {
        assert!(answer.headers.get(name).is_none(), "{name}");
    }
}

#[test]
fn a_list_goes_from_form_to_preview_to_results_and_is_forgotten() {
    let state = site();
    let address = location(&post(&state, "/zh/screen", "list=Example+Vision%0ANobody+Knows+Ltd%0AJane+Roe"));
    assert!(address.starts_with("/zh/screen/") && address.len() == "/zh/screen/".len() + 32, "{address}");
    let preview = get(&state, &address);
    assert!(preview.status == 200 && preview.body.contains("Nobody Knows Ltd"), "{}", preview.body);
    check_private(&preview);
    assert_eq!(location(&post(&state, &address, "action=start&name=0&as_of=2026-01-01")), address);
    let page = results(&state, &address);
    check_private(&page);
    for part in ["/zh/item/example-vision", "Control List", "84 FR 54002", "City Police", "Nobody Knows Ltd"] {
        assert!(page.body.contains(part), "{part}: {}", page.body);
    }
    assert!(!page.body.contains("Jane Roe"), "a name that may be a person’s is not kept");
    for ending in ["csv", "json", "xlsx"] {
        let file = get(&state, &format!("{address}.{ending}"));
        check_private(&file);
        assert_eq!(file.status, 200, "{ending}");
        assert!(
            ending == "xlsx" || file.body.contains("example-vision") && !file.body.contains("Jane Roe"),
            "{}",
            file.body
        );
    }
    assert!(get(&state, &format!("{address}?show=report")).body.contains("Control List"));
    assert_eq!(get(&state, &format!("{address}?page=7")).status, 400);
    assert_eq!(location(&post(&state, &address, "action=forget")), "/zh/screen?forgotten=1");
    assert_eq!(get(&state, &address).status, 404);
    assert_eq!(get(&state, &format!("{address}.csv")).status, 404);
}

#[test]
fn a_file_of_a_form_is_a_list_too() {
    let state = site();
    let body = "--b\r\nContent-Disposition: form-data; name=\"list\"\r\n\r\n\r\n--b\r\nContent-Disposition: form-data; name=\"file\"; \
        filename=\"l.txt\"\r\nContent-Type: text/plain\r\n\r\nExample Vision\r\n--b--\r\n";
    let address = location(&send(&state, "POST", "/screen", "multipart/form-data; boundary=b", body));
    assert!(get(&state, &address).body.contains("Example Vision"));
    assert_eq!(send(&state, "POST", "/screen", "multipart/form-data; boundary=b", "nonsense").status, 400);
}

#[test]
fn only_a_post_begins_starts_or_forgets() {
    let state = site();
    let address = location(&post(&state, "/screen", "list=Example+Vision"));
    get(&state, &format!("{address}?action=forget"));
    get(&state, &format!("{address}?action=start"));
    assert!(get(&state, &address).body.contains("name=\"action\" value=\"start\""), "it is still in preview");
    assert_eq!(post(&state, &address, "action=nothing").status, 400);
    assert_eq!(post(&state, &address, "action=start&name=7").status, 400);
    assert_eq!(post(&state, &address, "action=start&as_of=yesterday").status, 400);
    assert_eq!(post(&state, "/screen/00000000000000000000000000000000", "action=start").status, 404);
}

#[test]
fn what_can_not_be_read_is_said_on_the_page() {
    let answer = post(&site(), "/screen", "list=%3F");
    assert!(answer.status == 422 && answer.body.contains("no list"), "{}", answer.body);
}

#[test]
fn too_many_lists_wait_until_others_are_forgotten() {
    let state = site();
    let first = location(&post(&state, "/screen", "list=A"));
    let refused = (0..200).map(|_| post(&state, "/screen", "list=A")).find(|answer| answer.status != 303);
    assert_eq!(refused.map(|answer| answer.status.as_u16()), Some(503));
    post(&state, &first, "action=forget");
    location(&post(&state, "/screen", "list=A"));
}

#[test]
fn a_site_without_a_reader_takes_no_lists() {
    let state = super::state();
    assert!(!get(&state, "/screen").body.contains("<textarea"));
    assert_eq!(post(&state, "/screen", "list=A").status, 503);
}

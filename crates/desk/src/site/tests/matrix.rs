//! Every role at every route: what the table says is what the server does, and drafts of others are not there.

use super::*;
use crate::site::route::{Route, Who};

/// A path of the route, about this draft and this account.
fn path(route: &Route, draft: &str, account: i64) -> String {
    let mut path = route.path.to_owned();
    if path.starts_with("/draft/") {
        path = path.replacen("/draft/{}", draft, 1);
    }
    for (before, value) in [
        ("/account/", account.to_string()),
        ("/csv/", "sources".into()),
        ("/row/", "sources".into()),
        ("/remove/", "sources".into()),
    ] {
        path = path.replacen(&format!("{before}{{}}"), &format!("{before}{value}"), 1);
    }
    path.replace("{}", "0")
}

fn ask(user: &User<'_>, route: &Route, path: &str) -> Answer {
    match route.method.as_str() {
        "POST" => user.post(path, &[]),
        method => user.send(method, path, &[], ""),
    }
}

#[test]
fn every_role_gets_through_every_route_that_names_it_and_through_no_other() {
    let trial = Trial::new();
    let author = trial.user("author", &[Role::Contributor]);
    let draft = sound(&author);
    let target = trial.user("target", &[Role::Contributor, Role::Admin]);
    let users = Role::ALL.map(|role| trial.user(role.word(), &[role]));
    let mut cells = 0;
    for route in ROUTES.iter().filter(|route| matches!(route.who, Who::Roles(_))) {
        for (role, user) in Role::ALL.iter().zip(&users) {
            // A session of its own for each cell: one of the routes ends it.
            let user = User { cookie: trial.session(user.id), trial: &trial, id: user.id, secret: Vec::new() };
            let answer = ask(&user, route, &path(route, &draft, target.id));
            let forbidden = answer.status == 403;
            assert_eq!(
                !forbidden,
                route.lets(*role),
                "{} {} as {}: {}",
                route.method,
                route.path,
                role.word(),
                answer.status
            );
            assert_ne!(answer.status, 500, "{} {} as {}", route.method, route.path, role.word());
            cells += 1;
        }
    }
    assert_eq!(cells, (ROUTES.len() - 9) * Role::ALL.len(), "nine routes are for whoever comes");
}

#[test]
fn who_is_not_logged_in_is_sent_to_the_log_in_by_every_route_but_nine() {
    let trial = Trial::new();
    let stranger = trial.stranger();
    for route in ROUTES {
        let answer = ask(&stranger, route, &path(route, "/draft/1", 1));
        let sent = answer.status == 303 && answer.header("location") == "/login";
        assert_eq!(sent, matches!(route.who, Who::Roles(_)), "{} {}: {}", route.method, route.path, answer.status);
    }
}

#[test]
fn no_form_of_another_site_gets_through_any_route() {
    let trial = Trial::new();
    let draft = sound(&trial.user("author", &[Role::Contributor]));
    let user = trial.user("all", &Role::ALL);
    let posts = || ROUTES.iter().filter(|route| route.method == axum::http::Method::POST);
    for route in posts() {
        for headers in [
            vec![("sec-fetch-site", "cross-site")],
            vec![("sec-fetch-site", "same-site"), ("origin", "http://localhost:9000")],
            vec![("origin", "https://evil.example")],
            vec![("origin", "null")],
            vec![],
        ] {
            let answer = user.send("POST", &path(route, &draft, user.id), &headers, "title=x&role=admin&name=evil");
            assert_eq!(answer.status, 403, "{} {headers:?}", route.path);
        }
    }
    assert!(posts().count() > 10);
    assert_eq!(user.get("/").status, 200, "the session is still there");
}

#[test]
fn a_contributor_finds_no_draft_of_others_at_any_address() {
    let trial = Trial::new();
    let author = trial.user("author", &[Role::Contributor]);
    let draft = sound(&author);
    let other = trial.user("other", &[Role::Contributor]);
    let before = author.get(&draft).text;
    let about_drafts = ROUTES.iter().filter(|route| route.path.starts_with("/draft/") && route.lets(Role::Contributor));
    let mut tried = 0;
    for route in about_drafts {
        let fields = [("base", "2"), ("title", "stolen"), ("text", "stolen"), ("hash", ""), ("interest", "none")];
        let path = path(route, &draft, other.id);
        let answer = if route.takes > 0 { other.post(&path, &fields) } else { other.get(&path) };
        assert_eq!(answer.status, 404, "{} {}", route.method, route.path);
        tried += 1;
    }
    assert!(tried > 10, "{tried}");
    assert_eq!(author.get(&draft).text, before);
    assert!(!other.get("/").text.contains("Cameras in Kenya"));
}

#[test]
fn the_page_of_rights_has_a_row_for_every_route_and_says_what_the_table_says() {
    let trial = Trial::new();
    let page = trial.user("reader", &[Role::Contributor]).get("/rights").text;
    for route in ROUTES.iter().filter(|route| matches!(route.who, Who::Roles(_))) {
        let row = format!("<code>{} {}</code></th>", route.method, route.path);
        let cells = page.split(&row).nth(1).unwrap_or_else(|| panic!("{row}")).split("</tr>").next().unwrap();
        let yes = cells.matches(">yes<").count();
        assert_eq!(yes, Role::ALL.iter().filter(|role| route.lets(**role)).count(), "{}", route.path);
    }
}

//! Every address of the desk and who may use it, in one table: it drives the server, the page of rights, and the test
//! that asks for every route in every role.

use axum::http::Method;

use super::ask::Ask;
use super::page;
use super::reply::{Failure, Reply};
use crate::accounts::Role;
use crate::drafts::content::LARGEST;
use crate::drafts::state::{READERS, REVIEWERS, WRITERS};
use crate::drafts::upload;

/// Who may use a route.
#[derive(Debug, Clone, Copy)]
pub(crate) enum Who {
    /// Whoever comes; nobody asks who it is.
    Nobody,
    /// Whoever has one of these roles.
    Roles(&'static [Role]),
}

/// One row of the table.
pub(crate) struct Route {
    pub method: Method,
    /// `{}` stands for one segment, or for the part of it before an ending.
    pub path: &'static str,
    pub who: Who,
    /// The message that says what it is for.
    pub what: &'static str,
    /// The most bytes of a body.
    pub takes: usize,
    pub handler: fn(&Ask<'_>) -> Result<Reply, Failure>,
}

/// A route with what stands in the path for each `{}`.
pub(crate) struct Found {
    pub route: &'static Route,
    pub params: Vec<String>,
}

/// The most bytes of a plain form.
const FORM: usize = 256 * 1024;
/// The most bytes of a pasted table, each byte spelt in three.
const TABLE: usize = 3 * LARGEST;

/// The most bytes of a form with a table's file, its other fields included.
const FILE: usize = upload::LARGEST + FORM;

const ALL: Who = Who::Roles(&Role::ALL);
const WRITE: Who = Who::Roles(WRITERS);
const READ: Who = Who::Roles(READERS);
const REVIEW: Who = Who::Roles(REVIEWERS);
const APPROVE: Who = Who::Roles(&[Role::Approver]);
const ADMIN: Who = Who::Roles(&[Role::Admin]);

/// The table.
pub(crate) static ROUTES: &[Route] = &[
    get("/", ALL, "desk-route-home", page::home::home),
    get("/login", Who::Nobody, "desk-route-login", page::login::form),
    post("/login", Who::Nobody, "desk-route-login", page::login::log_in),
    post("/logout", ALL, "desk-route-logout", page::login::log_out),
    get("/enrol/{}", Who::Nobody, "desk-route-enrol", page::enrol::form),
    post("/enrol/{}", Who::Nobody, "desk-route-enrol", page::enrol::enrol),
    post("/login/passkey", Who::Nobody, "desk-route-login", page::passkey::log_in),
    post("/login/passkey/begin", Who::Nobody, "desk-route-login", page::passkey::ask_to_log_in),
    post("/enrol/{}/passkey", Who::Nobody, "desk-route-enrol", page::passkey::enrol),
    post("/enrol/{}/passkey/begin", Who::Nobody, "desk-route-enrol", page::passkey::ask_to_enrol),
    get("/assets/{}", Who::Nobody, "desk-route-assets", page::asset),
    get("/rights", ALL, "desk-route-rights", page::rights::rights),
    get("/drafts", READ, "desk-route-queue", page::queue::queue),
    get("/drafts.json", READ, "desk-route-queue", page::twin::queue),
    get("/drafts.zip", WRITE, "desk-route-parcel", page::parcel::take),
    get("/drafts/import", WRITE, "desk-route-parcel-back", page::parcel::form),
    post("/drafts/import", WRITE, "desk-route-parcel-back", page::parcel::bring).taking(FILE),
    post("/drafts", WRITE, "desk-route-begin", page::home::begin),
    get("/inbox", READ, "desk-route-inbox", page::inbox::inbox),
    get("/inbox/{}", READ, "desk-route-suggestion", page::inbox::suggestion),
    get("/inbox/{}/file/{}", READ, "desk-route-file", page::inbox::file),
    post("/inbox/{}/draft", READ, "desk-route-intake", page::inbox::draft),
    post("/inbox/{}/ask", REVIEW, "desk-route-ask", page::inbox::question),
    post("/inbox/{}/return", REVIEW, "desk-route-give-back", page::inbox::give_back),
    post("/inbox/{}/reject", REVIEW, "desk-route-turn-down", page::inbox::reject),
    post("/inbox/{}/forget", REVIEW, "desk-route-forget", page::inbox::forget),
    get("/quality", WRITE, "desk-route-quality", page::tasks::quality),
    get("/tasks", WRITE, "desk-route-tasks", page::tasks::list),
    get("/tasks.json", WRITE, "desk-route-tasks", page::tasks::list_json),
    get("/tasks/make", REVIEW, "desk-route-tasks-make", page::tasks::form),
    post("/tasks", REVIEW, "desk-route-tasks-make", page::tasks::make),
    get("/task/{}.json", WRITE, "desk-route-task", page::task::task_json),
    get("/task/{}", WRITE, "desk-route-task", page::task::task),
    post("/task/{}/take", WRITE, "desk-route-task-take", page::task::take),
    post("/task/{}/back", WRITE, "desk-route-task-back", page::task::give_back),
    post("/task/{}/draft", WRITE, "desk-route-task-draft", page::task::draft),
    post("/task/{}/drop", REVIEW, "desk-route-task-drop", page::task::end),
    get("/find", WRITE, "desk-route-find", page::find::find),
    get("/record/{}/{}", WRITE, "desk-route-record", page::record::record),
    post("/record/{}/{}/begin", WRITE, "desk-route-record-begin", page::record::begin),
    get("/duplicates", READ, "desk-route-duplicates", page::duplicates::duplicates),
    post("/duplicates", READ, "desk-route-duplicates-begin", page::duplicates::begin),
    get("/draft/{}.json", WRITE, "desk-route-draft", page::twin::draft),
    get("/draft/{}", WRITE, "desk-route-draft", page::draft::draft),
    get("/draft/{}/csv/{}", WRITE, "desk-route-csv", page::draft::csv),
    post("/draft/{}/title", WRITE, "desk-route-title", page::draft::title),
    get("/draft/{}/row/{}", WRITE, "desk-route-row", page::row::new),
    get("/draft/{}/row/{}/{}", WRITE, "desk-route-row", page::row::edit),
    post("/draft/{}/row/{}", WRITE, "desk-route-row", page::row::save),
    post("/draft/{}/remove/{}/{}", WRITE, "desk-route-remove", page::row::remove),
    get("/draft/{}/paste", WRITE, "desk-route-paste", page::paste::form),
    post("/draft/{}/paste", WRITE, "desk-route-paste", page::paste::paste).taking(TABLE),
    post("/draft/{}/hints/{}", WRITE, "desk-route-hints", page::hint::check),
    get("/draft/{}/passage/{}", WRITE, "desk-route-passage", page::passage::form),
    post("/draft/{}/passage/{}", WRITE, "desk-route-passage", page::passage::put),
    get("/draft/{}/table", WRITE, "desk-route-table", page::table::form),
    post("/draft/{}/table", WRITE, "desk-route-table", page::table::take).taking(FILE),
    get("/draft/{}/table/{}", WRITE, "desk-route-table-columns", page::table::columns),
    post("/draft/{}/table/{}", WRITE, "desk-route-table-columns", page::table::lay),
    get("/draft/{}/beside/{}", WRITE, "desk-route-beside", page::beside::beside),
    post("/draft/{}/beside/{}", WRITE, "desk-route-beside", page::beside::settle),
    post("/draft/{}/capture", WRITE, "desk-route-capture", page::captures::begin),
    post("/draft/{}/comment", WRITE, "desk-route-comment", page::review::comment),
    post("/draft/{}/resolve", WRITE, "desk-route-resolve", page::review::resolve),
    post("/draft/{}/submit", WRITE, "desk-route-submit", page::review::submit),
    post("/draft/{}/recall", WRITE, "desk-route-recall", page::review::recall),
    post("/draft/{}/take", REVIEW, "desk-route-take", page::review::take),
    post("/draft/{}/assign", REVIEW, "desk-route-assign", page::review::assign),
    post("/draft/{}/return", REVIEW, "desk-route-return", page::review::give_back),
    post("/draft/{}/reject", REVIEW, "desk-route-reject", page::review::reject),
    post("/draft/{}/accept", APPROVE, "desk-route-accept", page::review::accept),
    post("/draft/{}/destroy", APPROVE, "desk-route-destroy", page::burial::destroy),
    get("/accounts", ADMIN, "desk-route-accounts", page::accounts::accounts),
    post("/accounts", ADMIN, "desk-route-invite", page::accounts::invite),
    post("/account/{}/roles", ADMIN, "desk-route-roles", page::accounts::roles),
    post("/account/{}/close", ADMIN, "desk-route-close", page::accounts::close),
    get("/acts", ADMIN, "desk-route-acts", page::accounts::acts),
];

type Handler = fn(&Ask<'_>) -> Result<Reply, Failure>;

const fn get(path: &'static str, who: Who, what: &'static str, handler: Handler) -> Route {
    Route { method: Method::GET, path, who, what, takes: 0, handler }
}

const fn post(path: &'static str, who: Who, what: &'static str, handler: Handler) -> Route {
    Route { method: Method::POST, path, who, what, takes: FORM, handler }
}

impl Route {
    const fn taking(mut self, bytes: usize) -> Self {
        self.takes = bytes;
        self
    }

    /// Whether a role may use it.
    pub fn lets(&self, role: Role) -> bool {
        match self.who {
            Who::Nobody => true,
            Who::Roles(roles) => roles.contains(&role),
        }
    }
}

/// The route of a method and a path.
pub(crate) fn find(method: &Method, path: &str) -> Result<Found, Failure> {
    let mut other_method = false;
    for route in ROUTES {
        if let Some(params) = fits(route.path, path) {
            if route.method == *method {
                return Ok(Found { route, params });
            }
            other_method = true;
        }
    }
    Err(if other_method { Failure::Method } else { Failure::Missing })
}

fn fits(pattern: &str, path: &str) -> Option<Vec<String>> {
    let (mut parts, mut params) = (path.split('/'), Vec::new());
    for wanted in pattern.split('/') {
        let part = parts.next()?;
        match wanted {
            "{}" if !part.is_empty() => params.push(part.to_owned()),
            "{}.json" => params.push(part.strip_suffix(".json").filter(|id| !id.is_empty())?.to_owned()),
            _ if wanted == part => {}
            _ => return None,
        }
    }
    parts.next().is_none().then_some(params)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn each_method_and_path_stands_once_and_each_post_takes_a_body() {
        for (place, route) in ROUTES.iter().enumerate() {
            let twin = |other: &Route| other.method == route.method && other.path == route.path;
            assert!(!ROUTES[..place].iter().any(twin), "{} {}", route.method, route.path);
            assert_eq!(route.method == Method::POST, route.takes > 0, "{}", route.path);
        }
    }

    #[test]
    fn a_path_is_found_with_what_stands_in_it() {
        let found = find(&Method::GET, "/draft/12/row/claims/3").unwrap_or_else(|_| panic!("it is there"));
        assert_eq!((found.route.path, found.params.join(" ")), ("/draft/{}/row/{}/{}", "12 claims 3".to_owned()));
        for missing in ["/draft", "/draft/", "/draft/1/", "/nothing", "", "//", "/draft/1/row//2"] {
            assert!(matches!(find(&Method::GET, missing), Err(Failure::Missing)), "{missing}");
        }
        assert!(matches!(find(&Method::DELETE, "/draft/1"), Err(Failure::Method)));
        assert!(matches!(find(&Method::GET, "/draft/1/accept"), Err(Failure::Method)));
    }
}

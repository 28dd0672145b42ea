//! The desk as browsers meet it: every role at every route, two persons behind every entry, nothing lost on the way.

mod chain;
mod crash;
mod decisions;
mod forms;
mod hostile;
mod inbox;
mod knock;
mod matrix;
mod parcels;
mod readings;
mod tables;
mod tasks;

use std::collections::BTreeSet;
use std::sync::atomic::{AtomicBool, AtomicU8, Ordering};
use std::sync::{Arc, Mutex};

use axum::body::{Body, to_bytes};
use axum::http::{HeaderMap, Request};
use edition::{Edition, State};
use model::{Capture, CaptureText, Form, Grade, Id, Operation, OperationNumber, Piece, Robots, Tombstone};
use tower::ServiceExt;

use super::route::ROUTES;
use super::*;
use crate::accounts::{Role, Roles, enrol, login, totp};
use crate::trial::{Still, VOCABULARY};
use crate::world::Token;
use crate::writer::{Forget, Grave, Plan, Taken};

pub const PASSWORD: &str = "correct horse battery";

/// What goes wrong in the next append.
pub const NOTHING: u8 = 0;
pub const FAILS_BEFORE: u8 = 1;
pub const FAILS_AFTER: u8 = 2;
pub const DIES_BEFORE: u8 = 3;
pub const DIES_AFTER: u8 = 4;

/// An entry: its author and its operations.
pub type Written = (String, Vec<Operation>);

/// A ledger in memory.
#[derive(Default)]
pub struct Memory {
    state: Mutex<(State, Vec<Written>)>,
    pub fault: AtomicU8,
    pub destroyed: Mutex<BTreeSet<OperationNumber>>,
    pub destruction_fails: AtomicBool,
    pub captured: Mutex<Vec<(String, Taken)>>,
}

/// A page as it was fetched: its address, when, and the digest of its words.
pub fn captured(url: &str, at: &str, digest: [u8; 32]) -> Capture {
    let piece = Piece { digest, length: 4 };
    Capture {
        source: None,
        form: Form::Fetched,
        at: at.into(),
        kept: piece,
        body: piece,
        media_type: "text/html".into(),
        text: Some(piece),
        url: url.into(),
        final_url: url.into(),
        status: 200,
        grade: Grade::Complete,
        reason: "whole".into(),
        address: "".into(),
        certificates: None,
        vantage: "".into(),
        robots: Robots::Unknown,
        requisites: 0,
        missing: 0,
        picture: None,
    }
}

fn capture(url: &str) -> Operation {
    Operation::Capture(Box::new(captured(url, "2026-11-22T00:00:00Z", [7; 32])))
}

/// The text that a claim states.
fn text(state: &State, number: OperationNumber) -> Option<String> {
    let (_, body) = state.body_at(number)?;
    let claim = body.claims.iter().find(|claim| claim.number == number)?;
    Some(crate::diff::value(&claim.statement))
}

impl Memory {
    /// The entries with their authors.
    pub fn entries(&self) -> Vec<Written> {
        self.state.lock().unwrap().1.clone()
    }

    pub fn state(&self) -> State {
        self.state.lock().unwrap().0.clone()
    }
}

impl Writer for Memory {
    fn edition(&self) -> Result<Arc<Edition>, String> {
        let held = self.state.lock().unwrap();
        let head =
            edition::Head { origin: "test".into(), size: held.1.len() as u64, root: [0; 32], day: String::new() };
        Ok(Arc::new(Edition::new(held.0.clone(), Arc::new(VOCABULARY.clone()), head)))
    }

    fn bury(
        &self,
        author: &str,
        graves: &[Grave],
        work: &dyn Fn(&State) -> Vec<Operation>,
    ) -> Result<Option<u64>, String> {
        let fault = self.fault.swap(NOTHING, Ordering::Relaxed);
        match fault {
            FAILS_BEFORE => return Err("the disk is full".into()),
            DIES_BEFORE => panic!("killed before it wrote"),
            _ => {}
        }
        let mut held = self.state.lock().unwrap();
        let mut operations = work(&held.0);
        if operations.is_empty() {
            return Ok(None);
        }
        let tombstone = |grave: &Grave| {
            let (subject, property) = held.0.claim_at(grave.number)?;
            let (operation, reason, notice) = (grave.number, grave.reason.clone(), grave.notice.clone());
            let tombstone = Tombstone { operation, subject, property, source: None, reason, notice };
            Some(Operation::Tombstone(tombstone))
        };
        operations.extend(graves.iter().filter_map(tombstone));
        let entry = u32::try_from(held.1.len()).unwrap();
        for (operation, number) in operations.iter().zip(0..) {
            held.0.apply(OperationNumber { entry, operation: number }, operation.clone());
        }
        held.1.push((author.to_owned(), operations));
        drop(held);
        match fault {
            FAILS_AFTER => Err("the link broke".into()),
            DIES_AFTER => panic!("killed after it wrote"),
            _ => Ok(Some(entry.into())),
        }
    }

    fn plan(&self, graves: &[Grave]) -> Result<Plan, String> {
        let state = self.state();
        let words = graves.iter().flat_map(|grave| text(&state, grave.number)).collect();
        Ok(Plan { doomed: graves.iter().map(|grave| grave.number).collect(), words, elsewhere: Vec::new() })
    }

    fn finish(&self, forget: Forget<'_>) -> Result<usize, String> {
        let (state, mut destroyed) = (self.state(), self.destroyed.lock().unwrap());
        let left: Vec<_> = state.buried().iter().filter(|number| !destroyed.contains(number)).copied().collect();
        forget(&left.iter().flat_map(|number| text(&state, *number)).collect())?;
        if self.destruction_fails.load(Ordering::Relaxed) {
            return Err("the disk can't be written".into());
        }
        destroyed.extend(&left);
        Ok(left.len())
    }

    fn unfinished(&self) -> Result<usize, String> {
        let destroyed = self.destroyed.lock().unwrap();
        Ok(self.state().buried().iter().filter(|number| !destroyed.contains(number)).count())
    }

    fn take(&self, url: &str) -> Result<Taken, String> {
        if url.contains("nothing") {
            return Err("nothing came".into());
        }
        let text = CaptureText::new("en", "A report", &[vec!["Acme Cameras sells cameras."]]);
        Ok(Taken {
            operation: capture(url).to_bytes(),
            text: text.to_bytes(),
            bytes: vec![b"warc".to_vec()],
            note: String::new(),
        })
    }

    fn keep(&self, source: &Id, taken: Taken) -> Result<(), String> {
        self.captured.lock().unwrap().push((source.to_string(), taken));
        Ok(())
    }

    fn find(&self, since: u64, digest: &[u8; 32]) -> Result<Option<u64>, String> {
        let holds =
            |entry: &Written| entry.1.iter().any(|o| matches!(o, Operation::Begin(origin) if origin.digest == *digest));
        let entries = self.entries();
        Ok((since..).zip(entries.iter().skip(since as usize)).find(|(_, entry)| holds(entry)).map(|(number, _)| number))
    }
}

/// A desk on a store in a temporary folder.
pub struct Trial {
    folder: tempfile::TempDir,
    pub world: Arc<Still>,
    pub writer: Arc<Memory>,
    pub texts: Arc<Held>,
    pub desk: Arc<Desk>,
}

/// Texts of captures, by digest.
#[derive(Default)]
pub struct Held(pub Mutex<BTreeMap<[u8; 32], CaptureText>>);

impl Texts for Held {
    fn text(&self, digest: &[u8; 32]) -> Option<CaptureText> {
        self.0.lock().unwrap().get(digest).cloned()
    }
}

impl Trial {
    pub fn new() -> Self {
        let folder = tempfile::tempdir().unwrap();
        let (world, writer) = (Arc::new(Still::at(1_790_000_000)), Arc::new(Memory::default()));
        let texts = Arc::new(Held::default());
        let desk = open(&folder, &world, &writer, &texts);
        Self { folder, world, writer, texts, desk }
    }

    /// What a new process finds.
    pub fn restart(&mut self) {
        self.desk = open(&self.folder, &self.world, &self.writer, &self.texts);
    }

    /// Somebody with these roles, logged in.
    pub fn user(&self, name: &str, roles: &[Role]) -> User<'_> {
        let (store, world) = (&self.desk.store, &*self.world);
        let roles = Roles::of(roles.iter().copied());
        let link = enrol::invite(store, world, None, (name, roles)).unwrap().unwrap();
        let secret = enrol::offer(store, world, &link).unwrap().unwrap().totp;
        let code = totp::code_at(&secret, world.now());
        enrol::by_code(store, world, &link, (PASSWORD, PASSWORD), &code).unwrap().unwrap();
        let id = store.read(|db| crate::accounts::named(db, name)).unwrap().unwrap().id;
        User { trial: self, id, secret, cookie: self.session(id) }
    }

    /// A new session of an account, as its cookie.
    pub fn session(&self, id: i64) -> String {
        let token: Token = self.desk.store.write(|tx| login::begin(tx, &*self.world, id)).unwrap();
        format!("desk={}", token.text())
    }

    /// Nobody in particular.
    pub fn stranger(&self) -> User<'_> {
        User { trial: self, id: 0, secret: Vec::new(), cookie: String::new() }
    }
}

fn open(folder: &tempfile::TempDir, world: &Arc<Still>, writer: &Arc<Memory>, texts: &Arc<Held>) -> Arc<Desk> {
    let store = Arc::new(Store::open(&folder.path().join("desk")).unwrap());
    let setup = Setup { address: "http://localhost:9000".into(), ..Setup::default() };
    let vocabulary = Arc::new(VOCABULARY.clone());
    let desk = Desk::open(store, world.clone(), writer.clone(), vocabulary, setup).unwrap();
    Arc::new(desk.with_texts(texts.clone()))
}

/// A browser with a cookie.
pub struct User<'t> {
    pub trial: &'t Trial,
    pub id: i64,
    pub secret: Vec<u8>,
    pub cookie: String,
}

pub struct Answer {
    pub status: u16,
    pub headers: HeaderMap,
    pub text: String,
    pub bytes: Vec<u8>,
}

impl Answer {
    pub fn header(&self, name: &str) -> &str {
        self.headers.get(name).map_or("", |value| value.to_str().unwrap())
    }

    #[track_caller]
    pub fn has(&self, text: &str) -> &Self {
        assert!(self.text.contains(text), "no `{text}` in: {}", self.text);
        self
    }

    #[track_caller]
    pub fn is(&self, status: u16) -> &Self {
        assert_eq!(self.status, status, "{}", self.text);
        self
    }

    /// A hidden field's value.
    pub fn hidden(&self, name: &str) -> String {
        let start = format!("type=\"hidden\" name=\"{name}\" value=\"");
        let (_, rest) = self.text.split_once(&start).unwrap_or_else(|| panic!("no `{name}` in: {}", self.text));
        rest.split('"').next().unwrap().to_owned()
    }
}

impl User<'_> {
    pub fn get(&self, path: &str) -> Answer {
        self.send("GET", path, &[], "")
    }

    /// A form of one of our own pages.
    pub fn post(&self, path: &str, fields: &[(&str, &str)]) -> Answer {
        let body = url::form_urlencoded::Serializer::new(String::new()).extend_pairs(fields).finish();
        self.send("POST", path, &[("sec-fetch-site", "same-origin")], &body)
    }

    pub fn send(&self, method: &str, path: &str, headers: &[(&str, &str)], body: &str) -> Answer {
        self.send_bytes(method, path, headers, body.as_bytes().to_vec())
    }

    pub fn send_bytes(&self, method: &str, path: &str, headers: &[(&str, &str)], body: Vec<u8>) -> Answer {
        let mut request = Request::builder().method(method).uri(path).header("host", "localhost:9000");
        if !self.cookie.is_empty() {
            request = request.header("cookie", &self.cookie);
        }
        for (name, value) in headers {
            request = request.header(*name, *value);
        }
        let request = request.body(Body::from(body)).unwrap();
        let runtime = tokio::runtime::Builder::new_current_thread().enable_time().build().unwrap();
        runtime.block_on(async {
            let response = router(self.trial.desk.clone()).oneshot(request).await.unwrap();
            let (parts, body) = response.into_parts();
            let bytes = to_bytes(body, usize::MAX).await.unwrap().to_vec();
            let text = String::from_utf8_lossy(&bytes).into_owned();
            Answer { status: parts.status.as_u16(), headers: parts.headers, text, bytes }
        })
    }

    /// Begins a draft; gives its address.
    pub fn begin(&self, title: &str) -> String {
        let answer = self.post("/drafts", &[("title", title)]);
        answer.is(303);
        answer.header("location").to_owned()
    }

    /// The version that stands.
    pub fn base(&self, draft: &str) -> String {
        self.get(&format!("{draft}/paste")).hidden("base")
    }

    /// Pastes a table; it has to stand.
    #[track_caller]
    pub fn paste(&self, draft: &str, table: &str) {
        let answer = self.post(&format!("{draft}/paste"), &[("base", &self.base(draft)), ("table", table)]);
        assert_eq!(
            (answer.status, answer.header("location")),
            (303, &*format!("{draft}?said=pasted")),
            "{}",
            answer.text
        );
    }

    /// Does something with what the draft's page shows.
    pub fn act(&self, draft: &str, act: &str) -> Answer {
        self.act_on(draft, act, &self.hash(draft))
    }

    pub fn act_on(&self, draft: &str, act: &str, hash: &str) -> Answer {
        let fields = [("hash", hash), ("reason", "because"), ("interest", "none"), ("personal", "seen")];
        self.post(&format!("{draft}/{act}"), &fields)
    }

    /// The hash that the draft's page shows.
    pub fn hash(&self, draft: &str) -> String {
        let page = self.get(draft);
        let digits = page.text.split("<code>").skip(1).map(|rest| rest.split("</code>").next().unwrap());
        digits.filter(|code| code.len() == 64 && code.bytes().all(|b| b.is_ascii_hexdigit())).last().unwrap().to_owned()
    }
}

pub const SOURCES: &str = "id,title,publisher,kind,url\nnews-1,A report,The Paper,news,https://paper.example/1\n";
pub const ENTITIES: &str = "id,kind,name,country,sources\nacme,company,Acme Cameras,CN,news-1\n\
     kenya-police,public-body,Police of Kenya,KE,news-1\n";
pub const RELATIONS: &str = "id,kind,subject,object,category,country,country_role,start,sources\n\
     acme-kenya,supplies,acme,kenya-police,smart-city-public-security,KE,fact,2014~,news-1#p. 3\n";

/// Takes a draft all the way to the ledger.
pub fn through(author: &User<'_>, approver: &User<'_>, draft: &str) {
    author.act(draft, "submit").is(303);
    approver.act(draft, "take").is(303);
    approver.act(draft, "accept").is(303);
}

/// A sound draft, ready to be submitted.
pub fn sound(author: &User<'_>) -> String {
    let draft = author.begin("Cameras in Kenya");
    [SOURCES, ENTITIES, RELATIONS].iter().for_each(|table| author.paste(&draft, table));
    draft
}

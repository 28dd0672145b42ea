//! The editors' desk, run as it is run: from the first account to the map, and killed in the middle.

use std::io::{BufRead, BufReader};
use std::process::{Child, Command, Stdio};
use std::sync::atomic::{AtomicBool, Ordering};
use std::time::Duration;

use ::desk::accounts::totp;

use crate::atlas::{Atlas, PROGRAM, holds};
use crate::site::{Answer, Site, encoded, try_send};

const PASSWORD: &str = "correct horse battery";

/// So many kills; `COUNTERATLAS_DESK_KILLS` sets another number.
const KILLS: u64 = 20;

/// A desk that can be killed.
struct Desk {
    server: Child,
    address: String,
}

impl Desk {
    fn of(atlas: &Atlas) -> Self {
        let mut server = Command::new(PROGRAM)
            .args(["desk", "atlas", "--listen", "127.0.0.1:0"])
            .current_dir(atlas.path(""))
            .stdout(Stdio::null())
            .stderr(Stdio::piped())
            .spawn()
            .expect("it runs");
        let mut lines = BufReader::new(server.stderr.take().expect("invariant: it is piped")).lines();
        let line = lines.by_ref().map(|line| line.expect("it is text")).find(|line| line.contains("http://"));
        let line = line.expect("it listens");
        let (_, rest) = line.split_once("http://").expect("invariant: it was found by that");
        let address = rest.split_whitespace().next().expect("an address").to_owned();
        std::thread::spawn(move || lines.for_each(drop));
        Self { server, address }
    }

    fn user(&self, cookie: &str) -> User {
        User { address: self.address.clone(), cookie: cookie.to_owned() }
    }

    /// Enrols by a link's path; gives the session's cookie.
    fn enrol(&self, link: &str) -> String {
        let stranger = self.user("");
        let page = stranger.get(link).text();
        let secret = base32(between(&page, "<code class=\"secret\">", "<"));
        let now = std::time::SystemTime::now().duration_since(std::time::UNIX_EPOCH).unwrap().as_secs();
        let code = totp::code_at(&secret, i64::try_from(now).unwrap());
        let answer = stranger.post(link, &[("password", PASSWORD), ("again", PASSWORD), ("code", &code)]);
        assert_eq!(answer.status, 303, "{}", answer.text());
        answer.header("set-cookie").split(';').next().unwrap().to_owned()
    }

    fn kill(mut self) {
        self.server.kill().expect("it runs");
        self.server.wait().expect("it ends");
    }
}

impl Drop for Desk {
    fn drop(&mut self) {
        let _ = self.server.kill();
        let _ = self.server.wait();
    }
}

/// A browser at the desk.
#[derive(Clone)]
struct User {
    address: String,
    cookie: String,
}

impl User {
    fn get(&self, path: &str) -> Answer {
        self.try_get(path).unwrap_or_else(|| panic!("no answer to {path}"))
    }

    fn post(&self, path: &str, fields: &[(&str, &str)]) -> Answer {
        self.try_post(path, fields).unwrap_or_else(|| panic!("no answer to {path}"))
    }

    fn try_get(&self, path: &str) -> Option<Answer> {
        try_send(&self.address, &format!("GET {path} HTTP/1.1\r\nCookie: {}\r\n", self.cookie), "")
    }

    fn try_post(&self, path: &str, fields: &[(&str, &str)]) -> Option<Answer> {
        let body = fields.iter().map(|(key, value)| format!("{key}={}", encoded(value))).collect::<Vec<_>>().join("&");
        let head = format!(
            "POST {path} HTTP/1.1\r\nCookie: {}\r\nSec-Fetch-Site: same-origin\r\nContent-Length: {}\r\n\
             Content-Type: application/x-www-form-urlencoded\r\n",
            self.cookie,
            body.len()
        );
        try_send(&self.address, &head, &body)
    }

    /// Begins a draft; gives its path.
    fn try_begin(&self, title: &str) -> Option<String> {
        let answer = self.try_post("/drafts", &[("title", title)])?;
        Some(answer.header("location").to_owned()).filter(|path| path.starts_with("/draft/"))
    }

    fn try_paste(&self, draft: &str, table: &str) -> Option<()> {
        let form = self.try_get(&format!("{draft}/paste"))?.text();
        let base = between(&form, "name=\"base\" value=\"", "\"").to_owned();
        let answer = self.try_post(&format!("{draft}/paste"), &[("base", &base), ("table", table)])?;
        (answer.status == 303).then_some(())
    }

    fn try_act(&self, draft: &str, act: &str) -> Option<()> {
        let page = self.try_get(draft)?.text();
        let hash = page.split("<code>").skip(1).filter_map(|rest| rest.split_once('<')).map(|(code, _)| code);
        let hash = hash.filter(|code| code.len() == 64).last()?.to_owned();
        let fields = [("hash", hash.as_str()), ("interest", "none"), ("personal", "seen")];
        let answer = self.try_post(&format!("{draft}/{act}"), &fields)?;
        (answer.status == 303).then_some(())
    }
}

fn between<'t>(text: &'t str, before: &str, after: &str) -> &'t str {
    let (_, rest) = text.split_once(before).unwrap_or_else(|| panic!("no `{before}` in {text}"));
    rest.split(after).next().unwrap_or(rest)
}

/// Reads base 32 as an authenticator does.
fn base32(text: &str) -> Vec<u8> {
    let letters = text.bytes().filter(|b| !b.is_ascii_whitespace());
    let bits: String =
        letters.map(|b| format!("{:05b}", if b.is_ascii_digit() { b - b'2' + 26 } else { b - b'A' })).collect();
    let bytes = bits.as_bytes().chunks_exact(8);
    bytes.map(|byte| u8::from_str_radix(std::str::from_utf8(byte).unwrap(), 2).unwrap()).collect()
}

/// The first admin, an author and an approver, as cookies.
fn staff(atlas: &Atlas, desk: &Desk) -> [String; 3] {
    let link = atlas.program(["desk", "add-admin", "atlas", "first"]).code(0).out();
    let path = |link: &str| format!("/enrol/{}", link.trim().rsplit('/').next().unwrap());
    let admin = desk.enrol(&path(&link));
    let hire = |name: &str, role: &str| {
        let page = desk.user(&admin).post("/accounts", &[("name", name), ("role", role)]).text();
        desk.enrol(&path(between(&page, "<code>http://localhost", "<")))
    };
    let (author, approver) = (hire("Quill", "contributor"), hire("Seal", "approver"));
    [admin, author, approver]
}

const RECORDS: [&str; 3] = [
    "id,title,publisher,kind,url\nnews-1,A report,The Paper,news,https://paper.example/1\n",
    "id,kind,name,country,sources\nacme,company,Acme Cameras,CN,news-1\nkenya-police,public-body,Police of Kenya,KE,news-1\n",
    "id,kind,subject,object,category,place,country,country_role,lat,lon,location_precision,start,sources\n\
     acme-kenya,supplies,acme,kenya-police,smart-city-public-security,Nairobi,KE,fact,-1.286,36.817,city,2014~,news-1\n",
];

#[test]
fn from_the_first_account_to_the_map_with_two_persons_behind_it() {
    let atlas = Atlas::new();
    let site = Site::of(&atlas);
    let desk = Desk::of(&atlas);
    let [admin, author, approver] = staff(&atlas, &desk);
    let (author, approver) = (desk.user(&author), desk.user(&approver));
    let draft = author.try_begin("Cameras in Nairobi").expect("it begins");
    for table in RECORDS {
        author.try_paste(&draft, table).expect("it is pasted");
    }
    author.try_act(&draft, "submit").expect("it is submitted");
    assert!(author.try_act(&draft, "accept").is_none());
    approver.try_act(&draft, "take").expect("it is taken");
    assert!(site.get("/item/acme").status == 404, "nothing is public before");
    atlas.run(["verify"]).code(0);
    approver.try_act(&draft, "accept").expect("it is accepted");
    atlas.run(["verify"]).code(0).stderr_has("the ledger is whole");
    site.until("/link/acme-kenya", "Acme Cameras");
    let found = site.json("/links.json?country=KE");
    assert!(found.to_string().contains("acme-kenya"), "{found}");
    let change = site.get("/changes/1").text();
    assert!(change.contains("approver") && !change.contains("Quill") && !change.contains("Seal"), "{change}");
    assert_eq!(desk.user(&admin).get("/drafts").status, 403);

    // Nothing of the desk is in the ledger or the published files, and only its owner can read it.
    let private = atlas.bytes().into_iter().filter(|(path, _)| !path.components().any(|c| c.as_os_str() == "desk"));
    for (path, bytes) in private {
        for word in ["Quill", "Seal", "Cameras in Nairobi"] {
            assert!(!holds(&bytes, word.as_bytes()), "{word} in {}", path.display());
        }
    }
}

/// What was acknowledged of one draft before the desk was killed.
#[derive(Clone, Default)]
struct Acknowledged {
    number: u64,
    path: String,
    /// How many of the steps: paste, submit, take, accept.
    steps: usize,
}

/// Works through drafts until nobody answers any more.
fn work(author: &User, approver: &User, numbers: &mut u64, done: &mut Vec<Acknowledged>) -> Option<()> {
    loop {
        *numbers += 1;
        let number = *numbers;
        let path = author.try_begin(&format!("Draft {number}"))?;
        done.push(Acknowledged { number, path: path.clone(), steps: 0 });
        let table =
            format!("id,kind,name,sources\nfirm-{number},company,Firm Number {number},editors-general-knowledge\n");
        let last = done.len() - 1;
        author.try_paste(&path, &table)?;
        done[last].steps = 1;
        author.try_act(&path, "submit")?;
        done[last].steps = 2;
        approver.try_act(&path, "take")?;
        done[last].steps = 3;
        approver.try_act(&path, "accept")?;
        done[last].steps = 4;
    }
}

#[test]
fn kills_in_the_middle_of_submissions_and_reviews_lose_nothing_that_was_acknowledged() {
    let kills = std::env::var("COUNTERATLAS_DESK_KILLS").ok().and_then(|text| text.parse().ok()).unwrap_or(KILLS);
    let atlas = Atlas::new();
    let mut desk = Desk::of(&atlas);
    let [_, author, approver] = staff(&atlas, &desk);
    let (mut numbers, mut done) = (0, Vec::new());
    for kill in 0..kills {
        let users = (desk.user(&author), desk.user(&approver));
        let stopped = AtomicBool::new(false);
        std::thread::scope(|scope| {
            scope.spawn(|| {
                work(&users.0, &users.1, &mut numbers, &mut done);
                stopped.store(true, Ordering::Release);
            });
            // Spread over whole rounds of the work, so that every step is met.
            std::thread::sleep(Duration::from_millis(150 + kill * 37 % 400));
            assert!(!stopped.load(Ordering::Acquire), "the worker stopped before it was interrupted");
            desk.kill();
        });
        desk = Desk::of(&atlas);
        check(&desk.user(&approver), &done);
    }
    let accepted = done.iter().filter(|draft| draft.steps == 4).count();
    println!("{kills} kills, {} drafts, {accepted} accepted", done.len());
    assert!(accepted > 0);
    atlas.run(["verify"]).code(0).stderr_has("the ledger is whole");
    let ledger = atlas.run(["export"]).code(0).out();
    for draft in &done {
        let times = ledger.lines().filter(|line| line.contains(&format!("\"firm-{}\"", draft.number))).count();
        assert!(times <= 1 && (draft.steps < 4 || times == 1), "draft {}: {times} times", draft.number);
    }
}

/// Every acknowledged step is there. One more may be, whose answer did not arrive.
fn check(user: &User, done: &[Acknowledged]) {
    const STATES: [&[&str]; 5] = [
        &["draft", "submitted"],
        &["draft", "submitted"],
        &["submitted", "in review"],
        &["in review", "accepted"],
        &["accepted"],
    ];
    for draft in done.iter().rev().take(5) {
        let page = user.get(&draft.path).text();
        let state = between(&page, "<span class=\"badge\">", "<");
        assert!(STATES[draft.steps].contains(&state), "draft {} after step {}: {state}", draft.number, draft.steps);
        let text = format!("Firm Number {}", draft.number);
        assert!(draft.steps == 0 || page.contains(&text), "{text} is lost: {page}");
    }
}

#[test]
fn the_desk_listens_to_the_network_only_behind_a_certificate() {
    let atlas = Atlas::new();
    for words in [
        ["desk", "atlas", "--listen", "0.0.0.0:0"].as_slice(),
        &["desk", "atlas", "--listen", "0.0.0.0:0", "--address", "http://desk.example"],
        &["desk", "atlas", "--address", "http://desk.example"],
    ] {
        atlas.program(words.iter().copied()).code(2).stderr_has("over TLS or on this machine alone");
    }
    atlas.program(["desk", "add-admin", "atlas", ""]).code(2).stderr_has("a name has 1 to 60 characters");
    std::fs::remove_file(atlas.path("atlas/keys/log.key")).unwrap();
    atlas.program(["desk", "atlas", "--listen", "127.0.0.1:0"]).code(2).stderr_has("can't read");
}

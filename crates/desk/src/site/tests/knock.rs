//! At the door: headers, hosts, log-in, cookies.

use super::*;
use crate::site::reply::ALWAYS;

#[test]
fn every_answer_carries_every_header_and_none_may_be_kept() {
    let trial = Trial::new();
    let user = trial.user("user", &[Role::Contributor]);
    for answer in [
        user.get("/"),
        user.get("/nothing"),
        user.get("/accounts"),
        user.get("/draft/99"),
        trial.stranger().get("/"),
        trial.stranger().get("/login"),
        trial.stranger().get("/enrol/made-up"),
        trial.stranger().post("/login", &[("name", "x")]),
        user.send("DELETE", "/", &[], ""),
        user.send("HEAD", "/", &[], ""),
        user.send("POST", "/drafts", &[], ""),
    ] {
        for (name, value) in ALWAYS {
            assert_eq!(answer.header(name), value, "{name}: {}", answer.status);
        }
        assert_eq!(answer.header("cache-control"), "no-store");
    }
    for word in ["default-src 'none'", "frame-ancestors 'none'", "form-action 'self'"] {
        assert!(ALWAYS[0].1.contains(word) && !ALWAYS[0].1.contains("unsafe"));
    }
}

#[test]
fn a_request_for_another_host_gets_nowhere() {
    let trial = Trial::new();
    let user = trial.user("user", &[Role::Contributor]);
    let request = |host: &str| {
        let request = Request::builder().uri("/").header("host", host).header("cookie", &user.cookie);
        let runtime = tokio::runtime::Builder::new_current_thread().enable_time().build().unwrap();
        let request = request.body(Body::empty()).unwrap();
        runtime.block_on(async { router(trial.desk.clone()).oneshot(request).await.unwrap().status().as_u16() })
    };
    assert_eq!((request("localhost:9000"), request("127.0.0.1:9000")), (200, 200));
    for host in ["evil.example", "localhost:9000.evil.example", "localhost", "169.254.0.1:9000"] {
        assert_eq!(request(host), 403, "{host}");
    }
}

#[test]
fn logging_in_gives_a_token_of_its_own_whatever_cookie_came_along() {
    let trial = Trial::new();
    let user = trial.user("victim", &[Role::Editor]);
    trial.world.pass(30);
    let planted = User { trial: &trial, id: 0, secret: Vec::new(), cookie: "desk=planted-by-somebody".into() };
    planted.get("/").is(303);
    let code = totp::code_at(&user.secret, trial.world.now());
    let typed = [("name", "victim"), ("password", PASSWORD), ("code", code.as_str())];
    let answer = planted.post("/login", &typed);
    answer.is(303);
    let cookie = answer.header("set-cookie").to_owned();
    assert!(cookie.starts_with("desk=") && !cookie.contains("planted"), "{cookie}");
    for word in ["HttpOnly", "SameSite=Strict", "Path=/", "Max-Age=43200"] {
        assert!(cookie.contains(word), "{cookie}");
    }
    planted.get("/").is(303);
    let own = User { cookie: cookie.split(';').next().unwrap().to_owned(), ..planted };
    own.get("/").is(200).has("victim");
    own.post("/login", &typed).is(403).has("wrong");
    own.post("/logout", &[]).is(303);
    own.get("/").is(303);
    user.get("/").is(200);
}

#[test]
fn behind_tls_the_cookie_is_bound_to_its_host() {
    let mut trial = Trial::new();
    let store = Arc::new(Store::open(&trial.folder.path().join("desk")).unwrap());
    let setup = Setup { address: "https://desk.example".into(), ..Setup::default() };
    let vocabulary = Arc::new(VOCABULARY.clone());
    trial.desk = Arc::new(Desk::open(store, trial.world.clone(), trial.writer.clone(), vocabulary, setup).unwrap());
    assert!(trial.desk.is_secure());
    assert_eq!(trial.desk.cookie(), "__Host-desk");
}

#[test]
fn an_invited_person_enrols_over_the_pages_alone() {
    let trial = Trial::new();
    let admin = trial.user("admin", &[Role::Admin]);
    let made = admin.post("/accounts", &[("name", "New <hand>"), ("role", "editor"), ("role", "researcher")]);
    made.is(200).has("New &lt;hand&gt;");
    let link = made.text.split("http://localhost:9000").nth(1).unwrap().split('<').next().unwrap().to_owned();
    let stranger = trial.stranger();
    let page = stranger.get(&link);
    page.is(200).has("New &lt;hand&gt;");
    let secret = base32(page.text.split("<code class=\"secret\">").nth(1).unwrap().split('<').next().unwrap());
    let code = totp::code_at(&secret, trial.world.now());
    stranger
        .post(&link, &[("password", PASSWORD), ("again", "another password"), ("code", &code)])
        .is(422)
        .has("differ");
    let answer = stranger.post(&link, &[("password", PASSWORD), ("again", PASSWORD), ("code", &code)]);
    answer.is(303);
    let cookie = answer.header("set-cookie").split(';').next().unwrap().to_owned();
    let new = User { trial: &trial, id: 0, secret, cookie };
    new.get("/").is(200);
    new.get("/drafts").is(200);
    new.get("/accounts").is(403);
    stranger.get(&link).is(410);
    admin.get("/acts").has("made a link").has("enrolled").has("the command line");
}

/// Reads base 32 as an authenticator does.
fn base32(text: &str) -> Vec<u8> {
    let bits: String = text
        .bytes()
        .filter(|b| !b.is_ascii_whitespace())
        .map(|b| format!("{:05b}", if b.is_ascii_digit() { b - b'2' + 26 } else { b - b'A' }))
        .collect();
    bits.as_bytes()
        .chunks_exact(8)
        .map(|byte| u8::from_str_radix(std::str::from_utf8(byte).unwrap(), 2).unwrap())
        .collect()
}

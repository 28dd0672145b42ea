//! Accounts as a whole: links that count once, sessions that end, codes that count once, the last admin.

use super::enrol::Fault;
use super::*;
use crate::Token;
use crate::trial::Still;

const WORDS: &str = "correct horse battery";
const START: i64 = 1_790_000_000;

struct Desk {
    _folder: tempfile::TempDir,
    store: Store,
    world: Still,
}

impl Desk {
    fn new() -> Self {
        let folder = tempfile::tempdir().unwrap();
        let store = Store::open(&folder.path().join("desk")).unwrap();
        Self { _folder: folder, store, world: Still::at(START) }
    }

    fn link(&self, name: &str, roles: &[Role]) -> Token {
        let roles = Roles::of(roles.iter().copied());
        invite(&self.store, &self.world, None, (name, roles)).unwrap().unwrap()
    }

    /// The session of somebody who has just enrolled, and the secret.
    fn enrolled(&self, name: &str, roles: &[Role]) -> (Token, Vec<u8>) {
        let link = self.link(name, roles);
        let secret = enrol::offer(&self.store, &self.world, &link).unwrap().unwrap().totp;
        let session = self.enrol(&link, &secret, WORDS).unwrap();
        (session, secret)
    }

    fn enrol(&self, link: &Token, secret: &[u8], words: &str) -> Result<Token, Fault> {
        let code = totp::code_at(secret, self.world.now());
        enrol::by_code(&self.store, &self.world, link, (words, words), &code).unwrap()
    }

    fn whose(&self, token: &Token) -> Option<String> {
        login::session(&self.store, &self.world, token).unwrap().map(|account| account.name)
    }

    fn log_in(&self, name: &str, words: &str, secret: &[u8]) -> Option<Token> {
        let code = totp::code_at(secret, self.world.now());
        login::by_code(&self.store, &self.world, name, words, &code).unwrap()
    }
}

#[test]
fn a_link_counts_once_and_for_a_day() {
    let desk = Desk::new();
    let link = desk.link("first", &[Role::Admin]);
    let secret = enrol::offer(&desk.store, &desk.world, &link).unwrap().unwrap().totp;
    let session = desk.enrol(&link, &secret, WORDS).unwrap();
    assert_eq!(desk.whose(&session).as_deref(), Some("first"));
    assert_eq!(desk.enrol(&link, &secret, WORDS).err(), Some(Fault::Link), "a second time");

    let late = desk.link("late", &[Role::Editor]);
    desk.world.pass(24 * 3600);
    assert!(enrol::offer(&desk.store, &desk.world, &late).unwrap().is_none());
    assert_eq!(desk.enrol(&late, &secret, WORDS).err(), Some(Fault::Link));
}

#[test]
fn a_new_link_ends_the_older_ones_and_its_use_ends_what_was_there_before() {
    let desk = Desk::new();
    let (session, secret) = desk.enrolled("editor", &[Role::Editor]);
    let older = desk.link("editor", &[]);
    let newer = desk.link("editor", &[]);
    assert!(enrol::offer(&desk.store, &desk.world, &older).unwrap().is_none());
    assert!(desk.whose(&session).is_some(), "an unused link changes nothing");
    let fresh = enrol::offer(&desk.store, &desk.world, &newer).unwrap().unwrap().totp;
    assert_ne!(fresh, secret);
    desk.enrol(&newer, &fresh, "another long password").unwrap();
    desk.world.pass(60);
    assert!(desk.whose(&session).is_none());
    assert!(desk.log_in("editor", WORDS, &secret).is_none());
    assert!(desk.log_in("editor", "another long password", &fresh).is_some());
}

#[test]
fn what_is_typed_at_enrolment_is_checked_and_nothing_of_it_is_kept_until_it_holds() {
    let desk = Desk::new();
    let link = desk.link("editor", &[Role::Editor]);
    let secret = enrol::offer(&desk.store, &desk.world, &link).unwrap().unwrap().totp;
    let code = totp::code_at(&secret, START);
    let long = "x".repeat(201);
    let typed =
        |words, again, code| enrol::by_code(&desk.store, &desk.world, &link, (words, again), code).unwrap().err();
    assert_eq!(typed("short", "short", &code), Some(Fault::Password));
    assert_eq!(typed(&long, &long, &code), Some(Fault::Password));
    assert_eq!(typed(WORDS, "correct horse", &code), Some(Fault::Unlike));
    assert_eq!(typed(WORDS, WORDS, "12345"), Some(Fault::Code));
    assert!(!all(&desk.store).unwrap()[0].enrolled);
    assert_eq!(typed(WORDS, WORDS, &code), None);
    assert!(all(&desk.store).unwrap()[0].enrolled);
}

#[test]
fn a_session_ends_by_rest_by_age_and_by_log_out_and_each_log_in_has_a_token_of_its_own() {
    let desk = Desk::new();
    let (session, secret) = desk.enrolled("editor", &[Role::Editor]);
    desk.world.pass(login::IDLE - 1);
    assert!(desk.whose(&session).is_some(), "used within the half hour");
    desk.world.pass(login::IDLE - 1);
    assert!(desk.whose(&session).is_some(), "and again, for being used keeps it");
    desk.world.pass(login::IDLE);
    assert!(desk.whose(&session).is_none(), "half an hour of rest");

    let second = desk.log_in("editor", WORDS, &secret).unwrap();
    assert_ne!(second.text(), session.text());
    for _ in 0..WHOLE_IN_STEPS {
        desk.world.pass(login::IDLE - 1);
        desk.whose(&second);
    }
    assert!(desk.whose(&second).is_none(), "twelve hours, however busy");

    let third = desk.log_in("editor", WORDS, &secret).unwrap();
    login::end(&desk.store, &third).unwrap();
    assert!(desk.whose(&third).is_none(), "logged out");
    assert!(desk.whose(&Token::shown("")).is_none() && desk.whose(&Token::shown("made up")).is_none());
}

const WHOLE_IN_STEPS: i64 = login::WHOLE / (login::IDLE - 1) + 1;

#[test]
fn neither_password_nor_code_is_enough_and_a_code_counts_once() {
    let desk = Desk::new();
    let (_, secret) = desk.enrolled("both", &[Role::Editor]);
    let code = totp::code_at(&secret, START);
    let typed = |name, words, code: &str| login::by_code(&desk.store, &desk.world, name, words, code).unwrap();
    assert!(typed("both", WORDS, &code).is_none(), "the code of the enrolment is used up");
    desk.world.pass(30);
    let code = totp::code_at(&secret, START + 30);
    assert!(typed("both", "wrong password", &code).is_none());
    assert!(typed("both", WORDS, "").is_none());
    assert!(typed("nobody", WORDS, &code).is_none());
    assert!(typed("both", WORDS, &code).is_some());
    assert!(typed("both", WORDS, &code).is_none(), "replayed");
}

#[test]
fn after_ten_wrong_tries_a_name_pauses_also_for_who_knows_the_password() {
    let desk = Desk::new();
    let (_, secret) = desk.enrolled("tried", &[Role::Editor]);
    desk.world.pass(30);
    for _ in 0..10 {
        let wrong = login::by_code(&desk.store, &desk.world, "tried", "wrong", "000000").unwrap();
        assert!(wrong.is_none());
    }
    assert!(desk.log_in("tried", WORDS, &secret).is_none());
    desk.world.pass(10 * 60);
    assert!(desk.log_in("tried", WORDS, &secret).is_some());
}

#[test]
fn closing_an_account_ends_it_and_the_last_admin_stays() {
    let desk = Desk::new();
    let (_, _) = desk.enrolled("admin", &[Role::Admin]);
    let (session, secret) = desk.enrolled("leaver", &[Role::Editor, Role::Admin]);
    let number =
        |name: &str| all(&desk.store).unwrap().into_iter().find(|l| l.account.name == name).unwrap().account.id;
    let (admin, leaver) = (number("admin"), number("leaver"));
    change(&desk.store, &desk.world, admin, leaver, Roles::of([Role::Editor])).unwrap().unwrap();
    assert_eq!(
        change(&desk.store, &desk.world, admin, admin, Roles::of([Role::Editor])).unwrap(),
        Err(Refused::LastAdmin)
    );
    assert_eq!(close(&desk.store, &desk.world, admin, admin).unwrap(), Err(Refused::LastAdmin));
    assert_eq!(change(&desk.store, &desk.world, admin, leaver, Roles::default()).unwrap(), Err(Refused::NoRole));
    close(&desk.store, &desk.world, admin, leaver).unwrap().unwrap();
    assert!(desk.whose(&session).is_none());
    desk.world.pass(60);
    assert!(desk.log_in("leaver", WORDS, &secret).is_none());
    assert_eq!(close(&desk.store, &desk.world, admin, leaver).unwrap(), Err(Refused::Unknown));
    let again = invite(&desk.store, &desk.world, None, ("leaver", Roles::of([Role::Admin]))).unwrap();
    assert_eq!(again.err(), Some(Refused::Name), "a closed name does not come back as somebody else");
    let told: Vec<String> = acts(&desk.store, 100).unwrap().into_iter().map(|act| act.what).collect();
    assert_eq!(told, ["close", "roles", "enrol", "link", "enrol", "link"]);
}

#[test]
fn no_token_secret_or_password_stands_in_the_store_as_it_was_given() {
    let desk = Desk::new();
    let link = desk.link("editor", &[Role::Editor]);
    let secret = enrol::offer(&desk.store, &desk.world, &link).unwrap().unwrap().totp;
    let session = desk.enrol(&link, &secret, WORDS).unwrap();
    desk.store.scrub().unwrap();
    let files = std::fs::read_dir(desk._folder.path().join("desk")).unwrap().flatten();
    let bytes: Vec<u8> = files.flat_map(|file| std::fs::read(file.path()).unwrap()).collect();
    for text in [link.text(), session.text(), WORDS] {
        assert!(!bytes.windows(text.len()).any(|part| part == text.as_bytes()), "{text}");
    }
}

#[test]
fn names_that_can_not_be_read_are_refused() {
    let desk = Desk::new();
    for name in ["", "  ", "a\nb", "zero\u{200b}width", &"x".repeat(61)] {
        let refused = invite(&desk.store, &desk.world, None, (name, Roles::of([Role::Editor]))).unwrap();
        assert_eq!(refused.err(), Some(Refused::Name), "{name:?}");
    }
    let refused = invite(&desk.store, &desk.world, None, ("nobody", Roles::default())).unwrap();
    assert_eq!(refused.err(), Some(Refused::NoRole));
}

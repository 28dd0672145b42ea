//! The inbox over a store on disk: what is kept, what is bounded, and that what is deleted is gone.

use std::path::Path;
use std::sync::atomic::{AtomicU64, Ordering};

use model::{About, Field};

use super::*;

struct Fixed {
    day: Day,
    count: AtomicU64,
}

impl World for Fixed {
    fn now(&self) -> i64 {
        0
    }

    fn today(&self) -> Day {
        self.day
    }

    fn random(&self) -> [u8; 32] {
        let count = self.count.fetch_add(1, Ordering::Relaxed);
        Sha256::digest(count.to_be_bytes()).into()
    }
}

use sha2::Digest;

fn inbox(folder: &Path, day: &str, first: u64, bounds: Bounds) -> (StoreInbox, Arc<Store>) {
    let store = Arc::new(Store::open(&folder.join("desk")).expect("a store"));
    let world = Fixed { day: Day::parse(day).expect("a day"), count: AtomicU64::new(first) };
    (StoreInbox::new(store.clone(), Arc::new(world), Box::new(clean), bounds), store)
}

fn suggestion(what: &str) -> Suggestion {
    let mut suggestion = Suggestion { lang: "en".into(), ..Suggestion::default() };
    suggestion.about = About::parse("item/zte/city").expect("a subject");
    suggestion.fields.set(Field::What, what);
    suggestion.fields.set(Field::Note, "for you\nalone");
    suggestion.files = vec![
        Cleaned::Words("page one".into()),
        Cleaned::Picture { media_type: "image/png".into(), size: (2, 1), bytes: vec![137, 80] },
    ];
    suggestion
}

#[test]
fn a_suggestion_is_read_as_it_was_sent_and_asked_about_and_answered() {
    let folder = tempfile::tempdir().unwrap();
    let (inbox, store) = inbox(folder.path(), "2026-11-22", 0, Bounds::default());
    let code = inbox.submit(&suggestion("Shenzhen")).unwrap().code;
    let listed = list(&store, None, 0, 10).unwrap();
    assert_eq!((listed.len(), listed[0].start.as_str(), listed[0].files), (1, "Shenzhen for you alone", 2));
    let kept = read(&store, listed[0].id).unwrap().expect("it is there");
    assert_eq!(kept.suggestion, suggestion("Shenzhen"));
    let picture = file(&store, kept.id, 2).unwrap().expect("a file");
    assert_eq!((picture.name.as_str(), picture.bytes), ("picture-2.png", vec![137, 80]));
    assert_eq!(inbox.answer(&code, "now?"), Err(Refused::NotAsked));
    let today = Day::parse("2026-11-23").unwrap();
    assert!(set(&store, kept.id, Step::Asked, "Since when?", today).unwrap());
    let standing = inbox.answer(&code, "Since 1985").unwrap();
    let said: Vec<(bool, &str)> = standing.said.iter().map(|word| (word.by_sender, word.text.as_str())).collect();
    assert_eq!((standing.step, said), (Step::InReview, vec![(false, "Since when?"), (true, "Since 1985")]));
    assert_eq!(counts(&store).unwrap(), [(Step::InReview, 1)].into());
    assert!(!set(&store, 1, Step::Accepted, "", today).unwrap() && !say(&store, 1, "x", today).unwrap());
}

#[test]
fn a_code_opens_its_own_suggestion_alone_and_stands_nowhere() {
    let folder = tempfile::tempdir().unwrap();
    let (inbox, _store) = inbox(folder.path(), "2026-11-22", 0, Bounds::default());
    let other = Code::of([1; 12]);
    assert_eq!(inbox.status(&other), Err(Refused::NoSuchCode), "no key yet");
    let code = inbox.submit(&suggestion("a")).unwrap().code;
    assert_eq!(inbox.status(&code).map(|standing| standing.step), Ok(Step::Received));
    assert_eq!(inbox.status(&other), Err(Refused::NoSuchCode));
    assert_eq!(inbox.withdraw(&other), Err(Refused::NoSuchCode));
    let bytes = all_bytes(folder.path());
    assert!(!holds(&bytes, &code.bytes()) && !holds(&bytes, code.words()[5].as_bytes()));
}

#[test]
fn what_is_withdrawn_or_old_is_in_no_file() {
    let folder = tempfile::tempdir().unwrap();
    let (first, store) = inbox(folder.path(), "2025-11-20", 0, Bounds::default());
    let secret = "CANARY".repeat(500);
    let code = first.submit(&suggestion(&secret)).unwrap().code;
    assert!(holds(&all_bytes(folder.path()), b"CANARY"), "the search can find it");
    first.withdraw(&code).unwrap();
    assert!(!holds(&all_bytes(folder.path()), b"CANARY"));
    assert_eq!(first.status(&code), Err(Refused::NoSuchCode));
    let code = first.submit(&suggestion(&secret)).unwrap().code;
    let id = list(&store, None, 0, 1).unwrap()[0].id;
    set(&store, id, Step::Rejected, "no source", Day::parse("2025-11-21").unwrap()).unwrap();
    let (later, _) = inbox(folder.path(), "2026-11-21", 50, Bounds::default());
    later.forget_old().unwrap();
    assert!(later.status(&code).is_ok(), "a year is not over");
    let (later, _) = inbox(folder.path(), "2026-11-22", 50, Bounds::default());
    later.forget_old().unwrap();
    assert_eq!(later.status(&code), Err(Refused::NoSuchCode));
    assert!(!holds(&all_bytes(folder.path()), b"CANARY"));
}

#[test]
fn what_waits_is_bounded_in_number_and_size() {
    let folder = tempfile::tempdir().unwrap();
    let (inbox, store) = inbox(folder.path(), "2026-11-22", 0, Bounds { waiting: 2, bytes: 10_000 });
    let mut small = Suggestion::default();
    small.fields.set(Field::What, "x");
    assert!(inbox.submit(&small).is_ok() && inbox.submit(&small).is_ok());
    assert_eq!(inbox.submit(&small), Err(Refused::Full));
    let id = list(&store, None, 0, 1).unwrap()[0].id;
    set(&store, id, Step::Rejected, "", Day::parse("2026-11-22").unwrap()).unwrap();
    small.fields.set(Field::What, "y".repeat(8_000));
    assert!(inbox.submit(&small).is_ok());
    let id = list(&store, None, 0, 1).unwrap()[0].id;
    set(&store, id, Step::Rejected, "", Day::parse("2026-11-22").unwrap()).unwrap();
    assert_eq!(inbox.submit(&small), Err(Refused::Full), "16,000 bytes are more than 10,000");
    assert_eq!(inbox.submit(&Suggestion::default()), Err(Refused::Size));
    small.fields.set(Field::When, "z".repeat(301));
    assert_eq!(inbox.submit(&small), Err(Refused::Size));
}

#[test]
fn a_year_before_is_counted_in_days() {
    let day = |text: &str| Day::parse(text).unwrap();
    for (from, days, expected) in [
        ("2026-11-22", 365, "2025-11-22"),
        ("2024-03-01", 1, "2024-02-29"),
        ("2025-03-01", 365, "2024-03-01"),
        ("2025-01-01", 1, "2024-12-31"),
        ("2025-01-31", 30, "2025-01-01"),
    ] {
        assert_eq!(earlier(day(from), days), day(expected), "{from} - {days}");
    }
}

fn all_bytes(folder: &Path) -> Vec<u8> {
    let files = std::fs::read_dir(folder.join("desk")).unwrap().flatten();
    files.flat_map(|file| std::fs::read(file.path()).unwrap()).collect()
}

fn holds(bytes: &[u8], needle: &[u8]) -> bool {
    bytes.windows(needle.len()).any(|window| window == needle)
}

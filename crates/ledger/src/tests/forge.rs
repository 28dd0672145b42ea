//! Forged histories: someone who holds the signing key rewrites the past so that it fits itself. Whoever kept an
//! earlier checkpoint finds out, every time.

use super::*;

/// An entry's operations, to be written again.
type History = Vec<Vec<String>>;

/// What a forger does to a history, at one of its entries.
type Forgery = fn(&mut History, usize);

const FORGERIES: [(&str, Forgery); 6] = [
    ("edit", |history, at| history[at][0] += " (edited)"),
    ("drop", |history, at| drop(history.remove(at))),
    ("insert", |history, at| history.insert(at, vec!["inserted".into()])),
    ("reorder", |history, at| {
        let other = (at + 1) % history.len();
        history.swap(at, other);
    }),
    ("truncate", |history, at| history.truncate(at)),
    ("fork", |history, at| {
        history.truncate(at);
        history.extend((0..9).map(|n| vec![format!("fork {n}")]));
    }),
];

fn honest(entries: usize) -> History {
    (0..entries).map(|n| (0..1 + n % 3).map(|m| format!("operation {m} of entry {n}")).collect()).collect()
}

fn write(history: &History) -> (Arc<MemStorage>, Ledger) {
    let (storage, mut ledger) = empty();
    for (n, texts) in history.iter().enumerate() {
        let texts: Vec<&str> = texts.iter().map(String::as_str).collect();
        // Salts that depend on the place alone, so that what is the same is the same.
        let mut salt = [n as u8; 32];
        put(&mut ledger, "desk", &texts, &mut || {
            salt[31] += 1;
            salt
        });
    }
    (storage, ledger)
}

#[test]
fn a_rewritten_history_with_good_signatures_fits_itself_and_no_earlier_checkpoint() {
    let key = key().verifying_key();
    let mut forged = 0;
    for entries in (5..).take(34) {
        let kept = write(&honest(entries)).1.checkpoint().clone();
        for (at, (what, forge)) in FORGERIES
            .iter()
            .enumerate()
            .flat_map(|(n, f)| [(n % entries, f), (entries / 2, f), (entries - 1, f), (0, f), (entries / 3, f)])
        {
            let mut history = honest(entries);
            forge(&mut history, at);
            let (storage, mut ledger) = write(&history);
            assert!(verify(&*storage, Some(&key)).holds(), "{what} at {at}");
            let verdict = verify_since(&*storage, Some(&key), &kept);
            assert!(!verdict.holds(), "{what} at {at} of {entries} entries passes");
            // However many entries follow.
            put(&mut ledger, "desk", &["more"], &mut salts());
            assert!(!verify_since(&*storage, Some(&key), &kept).holds(), "{what} at {at} passes when more follows");
            forged += 1;
        }
    }
    println!("forged histories: {forged}, all refused");
    assert!(forged >= 1000, "{forged}");
}

#[test]
fn an_honest_ledger_fits_all_its_earlier_checkpoints() {
    let (storage, mut ledger) = empty();
    let mut kept = vec![ledger.checkpoint().clone()];
    let mut salts = salts();
    for n in 0..20 {
        put(&mut ledger, "desk", &[&n.to_string()], &mut salts);
        kept.push(ledger.checkpoint().clone());
    }
    for checkpoint in kept {
        assert!(verify_since(&*storage, Some(&key().verifying_key()), &checkpoint).holds());
    }
}

#[test]
fn a_reader_that_follows_refuses_every_forgery() {
    for (what, forge) in FORGERIES {
        let (storage, mut ledger) = write(&honest(9));
        let mut history = honest(9);
        forge(&mut history, 4);
        let forged = files(&*write(&history).0);
        let mut tx = storage.begin().unwrap();
        for path in storage.list("").unwrap() {
            tx.remove(&path).unwrap();
        }
        forged.iter().for_each(|(path, bytes)| tx.create(path, bytes).unwrap());
        drop(tx);
        assert!(ledger.refresh().is_err(), "{what}");
    }
}

//! The desk stops at the worst moments: what was acknowledged is there, and nothing is written twice.

use std::panic::{AssertUnwindSafe, catch_unwind};

use super::*;

/// A draft under review, as far as the approver's last click.
fn reviewed(trial: &Trial) -> String {
    let (author, approver) = (trial.user("author", &[Role::Contributor]), trial.user("approver", &[Role::Approver]));
    let draft = sound(&author);
    author.act(&draft, "submit").is(303);
    approver.act(&draft, "take").is(303);
    draft
}

fn approver(trial: &Trial) -> User<'_> {
    let id = trial.desk.store.read(|db| crate::accounts::named(db, "approver")).unwrap().unwrap().id;
    User { trial, id, secret: Vec::new(), cookie: trial.session(id) }
}

#[test]
fn whatever_goes_wrong_while_it_is_written_a_draft_ends_in_one_entry_or_waits_for_another_try() {
    for (fault, written) in [(FAILS_BEFORE, 0), (FAILS_AFTER, 1), (DIES_BEFORE, 0), (DIES_AFTER, 1)] {
        let mut trial = Trial::new();
        let draft = reviewed(&trial);
        trial.writer.fault.store(fault, Ordering::Relaxed);
        let answer = approver(&trial).act(&draft, "accept");
        assert_eq!(answer.status == 303, fault == FAILS_AFTER, "{fault}: {}", answer.text);
        assert_eq!(trial.writer.entries().len(), written, "{fault}");
        trial.restart();
        let page = approver(&trial).get(&draft).text;
        assert_eq!(page.contains("entry 0 of the ledger"), written == 1, "{fault}");
        let again = approver(&trial).act(&draft, "accept");
        assert_eq!(again.status == 303, written == 0, "{fault}: {}", again.text);
        assert_eq!(trial.writer.entries().len(), 1, "{fault}");
    }
}

#[test]
fn twenty_stops_in_the_middle_of_a_transaction_lose_nothing_that_was_acknowledged() {
    let mut trial = Trial::new();
    let draft = {
        let author = trial.user("author", &[Role::Contributor]);
        author.begin("Twenty stops")
    };
    let id = trial.desk.store.read(|db| crate::accounts::named(db, "author")).unwrap().unwrap().id;
    for stop in 0..20 {
        let author = User { trial: &trial, id, secret: Vec::new(), cookie: trial.session(id) };
        author.paste(&draft, &format!("id,title,kind\nnews-{stop},Report {stop},news\n"));
        let _ = catch_unwind(AssertUnwindSafe(|| {
            let _: Result<(), StoreError> = trial.desk.store.write(|tx| {
                tx.execute("DELETE FROM version", [])?;
                tx.execute("UPDATE draft SET state = 'accepted'", [])?;
                panic!("stopped")
            });
        }));
        trial.restart();
        let author = User { trial: &trial, id, secret: Vec::new(), cookie: trial.session(id) };
        let page = author.get(&draft).text;
        assert!((0..=stop).all(|n| page.contains(&format!("Report {n}<"))), "{stop}");
    }
}

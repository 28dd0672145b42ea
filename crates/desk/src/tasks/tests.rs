//! A task from hand to hand: taken for some days, given back, followed by its draft.

use super::*;
use crate::accounts::{Role, Roles};
use crate::trial::Still;

struct Bench {
    _folder: tempfile::TempDir,
    store: Store,
    world: Still,
    people: Vec<Account>,
}

impl Bench {
    fn new() -> Self {
        let folder = tempfile::tempdir().unwrap();
        let store = Store::open(&folder.path().join("desk")).unwrap();
        let person = |id: i64| Account { id, name: format!("p{id}"), roles: Roles::of([Role::Contributor]) };
        let people = vec![person(1), person(2)];
        for one in &people {
            let sql =
                "INSERT INTO account (id, name, handle, roles, made) VALUES (?1, ?2, ?3, 'contributor', '2026-11-22')";
            store.write(|tx| Ok(tx.execute(sql, params![one.id, one.name, [one.id as u8; 16]])?)).unwrap();
        }
        Self { _folder: folder, store, world: Still::default(), people }
    }

    fn make(&self, records: &[&str]) -> usize {
        let records: Vec<String> = records.iter().map(|record| (*record).to_owned()).collect();
        let kind = Kind::find("undated").unwrap();
        make(&self.store, &self.world, &self.people[0], (kind, ""), &records).unwrap()
    }

    fn take(&self, who: usize, id: i64) -> Result<(), Refused> {
        take(&self.store, &self.world, &self.people[who], id).unwrap()
    }

    fn state(&self, id: i64) -> (State, Option<i64>) {
        let task = self.store.read(|db| read(db, id)).unwrap().unwrap();
        (task.state, task.holder)
    }

    /// Begins a draft of a task by hand, so that its state can be moved at will.
    fn draft(&self, id: i64, who: i64) {
        let sql = "INSERT INTO draft (id, title, author, state, version, changed) VALUES (?1, '', ?2, 'draft', 1, '2026-11-22')";
        self.store.write(|tx| Ok(tx.execute(sql, [id, who])?)).unwrap();
        self.store.write(|tx| Ok(tx.execute("UPDATE task SET draft = ?1 WHERE id = ?1", [id])?)).unwrap();
    }

    fn move_draft(&self, id: i64, state: &str) -> (State, Option<i64>) {
        let sql = "UPDATE draft SET state = ?2, changed = '2026-11-25' WHERE id = ?1";
        self.store.write(|tx| Ok(tx.execute(sql, params![id, state])?)).unwrap();
        self.state(id)
    }

    fn lapse_on(&self, day: &str) {
        self.store.write(|tx| lapse_in(tx, day)).unwrap();
    }
}

#[test]
fn a_record_has_one_task_of_a_kind_until_that_is_over() {
    let bench = Bench::new();
    assert_eq!(bench.make(&["link/a", "link/b", "link/a"]), 2);
    assert_eq!(bench.make(&["link/a", "link/c"]), 1);
    end(&bench.store, &bench.world, 1).unwrap().unwrap();
    assert_eq!(bench.make(&["link/a"]), 1);
    let kind = Kind::find("undated").unwrap();
    let without = |record: &str| bench.store.read(|db| without(db, kind, vec![record.to_owned()])).unwrap().len();
    assert_eq!((without("link/a"), without("link/z")), (0, 1));
    assert_eq!(bench.store.read(|db| waiting(db, kind)).unwrap(), 3);
}

#[test]
fn one_person_has_a_task_at_a_time_and_nobody_hoards() {
    let bench = Bench::new();
    let names: Vec<String> = (0..7).map(|n| format!("link/l{n}")).collect();
    bench.make(&names.iter().map(String::as_str).collect::<Vec<_>>());
    assert_eq!(bench.take(0, 1), Ok(()));
    assert_eq!(bench.take(1, 1), Err(Refused::State));
    assert_eq!(bench.take(0, 1), Err(Refused::State));
    (2..=MOST_HELD).for_each(|id| assert_eq!(bench.take(0, id), Ok(())));
    assert_eq!(bench.take(0, 6), Err(Refused::Enough));
    let (store, world) = (&bench.store, &bench.world);
    assert_eq!(give_back(store, world, &bench.people[1], 1).unwrap(), Err(Refused::State), "it is not theirs");
    assert_eq!(give_back(store, world, &bench.people[0], 1).unwrap(), Ok(()));
    assert_eq!(bench.state(1), (State::Open, None));
    assert_eq!(bench.take(0, 6), Ok(()));
}

#[test]
fn what_is_not_worked_on_goes_back_after_its_days_and_what_is_stays() {
    let bench = Bench::new();
    bench.make(&["link/a", "link/b"]);
    bench.take(0, 1).unwrap();
    bench.take(1, 2).unwrap();
    bench.draft(2, 2);
    bench.lapse_on("2026-11-25");
    assert_eq!(bench.state(1), (State::Taken, Some(1)), "the last day counts");
    // Somebody writes on the second one.
    let sql = "UPDATE draft SET changed = '2026-11-25' WHERE id = 2";
    bench.store.write(|tx| Ok(tx.execute(sql, [])?)).unwrap();
    bench.lapse_on("2026-11-26");
    assert_eq!((bench.state(1), bench.state(2)), ((State::Open, None), (State::Taken, Some(2))));
    bench.lapse_on("2026-11-29");
    assert_eq!(bench.state(2), (State::Open, None));
}

#[test]
fn a_task_follows_its_draft() {
    let bench = Bench::new();
    bench.make(&["link/a", "link/b"]);
    bench.take(0, 1).unwrap();
    bench.draft(1, 1);
    for state in ["submitted", "in-review"] {
        assert_eq!(bench.move_draft(1, state), (State::Submitted, Some(1)), "{state}");
    }
    assert_eq!(end(&bench.store, &bench.world, 1).unwrap(), Err(Refused::State), "its draft is being reviewed");
    assert_eq!(bench.move_draft(1, "returned"), (State::Taken, Some(1)));
    bench.lapse_on("2026-11-28");
    assert_eq!(bench.state(1), (State::Taken, Some(1)), "there are new days for it");
    assert_eq!(bench.move_draft(1, "submitted"), (State::Submitted, Some(1)));
    assert_eq!(bench.move_draft(1, "in-review"), (State::Submitted, Some(1)));
    assert_eq!(bench.move_draft(1, "accepting"), (State::Submitted, Some(1)));
    assert_eq!(bench.move_draft(1, "accepted"), (State::Done, Some(1)));

    bench.take(0, 2).unwrap();
    bench.draft(2, 1);
    bench.move_draft(2, "submitted");
    assert_eq!(bench.move_draft(2, "rejected"), (State::Open, None), "somebody else may do better");
    assert_eq!(bench.store.read(|db| of_draft(db, 2)).unwrap().map(|task| task.id), None);
}

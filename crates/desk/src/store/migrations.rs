//! The store's tables, step by step: numbered SQL in the program, each applied once and remembered by its hash.

use rusqlite::{Connection, OptionalExtension, Transaction, TransactionBehavior, params};
use sha2::{Digest, Sha256};

use super::StoreError;

/// A step. Once released, its text never changes; a new need gets a new number.
#[derive(Debug, Clone, Copy)]
pub(super) struct Migration {
    number: i64,
    sql: &'static str,
}

/// All steps in their order. 1 to 9 are accounts, drafts and reviews; 10 to 19 are what strangers send in, 30 to
/// 39 captures, 40 to 49 what editors work with.
const ALL: &[Migration] = &[
    Migration { number: 1, sql: include_str!("01-accounts.sql") },
    Migration { number: 2, sql: include_str!("02-drafts.sql") },
    Migration { number: 10, sql: include_str!("10-submissions.sql") },
    Migration { number: 30, sql: include_str!("30-captures.sql") },
    Migration { number: 40, sql: include_str!("40-tasks.sql") },
    Migration { number: 41, sql: include_str!("41-uploads.sql") },
];

/// Applies what is missing, in one transaction.
pub(super) fn bring_up(connection: &mut Connection) -> Result<(), StoreError> {
    bring_up_to(connection, ALL)
}

pub(super) fn bring_up_to(connection: &mut Connection, all: &[Migration]) -> Result<(), StoreError> {
    let transaction = connection.transaction_with_behavior(TransactionBehavior::Immediate)?;
    transaction.execute_batch(
        "CREATE TABLE IF NOT EXISTS migration (number INTEGER PRIMARY KEY, sha256 BLOB NOT NULL) STRICT",
    )?;
    no_stranger(&transaction, all)?;
    all.iter().try_for_each(|step| apply(&transaction, step))?;
    Ok(transaction.commit()?)
}

/// A step that this program does not have was made by a newer one.
fn no_stranger(transaction: &Transaction<'_>, all: &[Migration]) -> Result<(), StoreError> {
    let mut applied = transaction.prepare("SELECT number FROM migration ORDER BY number")?;
    let numbers = applied.query_map([], |row| row.get(0))?.collect::<Result<Vec<i64>, _>>()?;
    match numbers.into_iter().find(|number| all.iter().all(|step| step.number != *number)) {
        Some(number) => Err(StoreError::Foreign { what: format!("it has step {number} of a newer program") }),
        None => Ok(()),
    }
}

fn apply(transaction: &Transaction<'_>, step: &Migration) -> Result<(), StoreError> {
    let hash = Sha256::digest(step.sql).to_vec();
    let known: Option<Vec<u8>> = transaction
        .query_row("SELECT sha256 FROM migration WHERE number = ?1", [step.number], |row| row.get(0))
        .optional()?;
    match known {
        Some(known) if known == hash => Ok(()),
        Some(_) => Err(StoreError::Foreign { what: format!("its step {} is another", step.number) }),
        None => {
            transaction.execute_batch(step.sql)?;
            transaction.execute("INSERT INTO migration VALUES (?1, ?2)", params![step.number, hash])?;
            Ok(())
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const FIRST: Migration = Migration { number: 1, sql: "CREATE TABLE a (x INTEGER) STRICT" };
    const SECOND: Migration = Migration { number: 2, sql: "CREATE TABLE b (x INTEGER) STRICT" };
    const LATE: Migration = Migration { number: 10, sql: "CREATE TABLE c (x INTEGER) STRICT" };

    fn tables(connection: &Connection) -> i64 {
        let sql = "SELECT count(*) FROM sqlite_schema WHERE type = 'table' AND name IN ('a', 'b', 'c')";
        connection.query_row(sql, [], |row| row.get(0)).unwrap()
    }

    #[test]
    fn the_steps_of_the_program_are_in_order_and_each_number_stands_once() {
        assert!(ALL.windows(2).all(|pair| pair[0].number < pair[1].number));
    }

    #[test]
    fn each_step_is_applied_once_also_one_that_came_after_a_later_number() {
        let mut connection = Connection::open_in_memory().unwrap();
        bring_up_to(&mut connection, &[FIRST, LATE]).unwrap();
        assert_eq!(tables(&connection), 2);
        bring_up_to(&mut connection, &[FIRST, SECOND, LATE]).unwrap();
        bring_up_to(&mut connection, &[FIRST, SECOND, LATE]).unwrap();
        assert_eq!(tables(&connection), 3);
    }

    #[test]
    fn a_step_of_a_newer_program_or_with_another_text_is_refused() {
        let mut connection = Connection::open_in_memory().unwrap();
        bring_up_to(&mut connection, &[FIRST, SECOND]).unwrap();
        let older = bring_up_to(&mut connection, &[FIRST]);
        assert!(matches!(older, Err(StoreError::Foreign { .. })), "{older:?}");
        let changed = Migration { number: 2, sql: "CREATE TABLE c (x INTEGER) STRICT" };
        let edited = bring_up_to(&mut connection, &[FIRST, changed]);
        assert!(matches!(edited, Err(StoreError::Foreign { .. })), "{edited:?}");
        assert_eq!(tables(&connection), 2);
    }

    #[test]
    fn a_step_that_fails_leaves_nothing_of_any_step() {
        let mut connection = Connection::open_in_memory().unwrap();
        let broken = Migration { number: 3, sql: "CREATE TABLE c (x INTEGER) STRICT; CREATE NONSENSE" };
        assert!(bring_up_to(&mut connection, &[FIRST, SECOND, broken]).is_err());
        assert_eq!(tables(&connection), 0);
    }
}

//! The way of a suggestion into the desk's store: all of the desk that `serve` has.

use std::sync::Arc;
use std::time::Duration;

use anyhow::Result;
use desk::World;
use desk::inbox::{Bounds, StoreInbox, read_answer};
use desk::store::Store;
use model::{Cleaned, Day, Refused};
use web::WebState;

use crate::apart::{self, Role};
use crate::atlas::{Atlas, random, today};
use crate::confine::READER_SECONDS;
use crate::report::say;

/// The site with the inbox of the atlas' desk, where there is one; otherwise the site says that it takes no suggestions.
pub fn opened(atlas: &Atlas, state: WebState) -> WebState {
    match inbox(atlas) {
        Ok(Some(inbox)) => state.with_inbox(Arc::new(inbox), atlas.settings.suggestions_an_hour),
        Ok(None) => state,
        Err(error) => {
            say(&format!("counteratlas: no suggestions are taken: {error:#}"));
            state
        }
    }
}

fn inbox(atlas: &Atlas) -> Result<Option<StoreInbox>> {
    let folder = atlas.desk();
    if !Store::exists(&folder) {
        return Ok(None);
    }
    let store = Arc::new(Store::open(&folder)?);
    let bounds = Bounds { waiting: atlas.settings.suggestions_waiting, ..Bounds::default() };
    let inbox = StoreInbox::new(store, Arc::new(Outside), Box::new(cleaned), bounds);
    inbox.forget_old()?;
    Ok(Some(inbox))
}

/// Has a file cleaned apart. Whatever it does to the process that reads it is a damaged file.
pub fn cleaned(bytes: &[u8]) -> Result<Cleaned, Refused> {
    let answer = apart::run(Role::Clean, bytes.to_vec(), Duration::from_secs(READER_SECONDS + 1));
    read_answer(&answer.map_err(|_| Refused::Damaged)?)
}

/// Clock and chance of this machine.
pub struct Outside;

impl World for Outside {
    fn now(&self) -> i64 {
        jiff::Timestamp::now().as_second()
    }

    fn today(&self) -> Day {
        today()
    }

    fn random(&self) -> [u8; 32] {
        random().expect("invariant: the system gives random bytes")
    }
}

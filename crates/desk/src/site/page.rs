//! The pages: one module each, and the files they need.

pub(crate) mod accounts;
pub(crate) mod beside;
pub(crate) mod burial;
pub(crate) mod captures;
pub(crate) mod difference;
pub(crate) mod draft;
pub(crate) mod duplicates;
pub(crate) mod enrol;
pub(crate) mod field;
pub(crate) mod find;
pub(crate) mod hint;
pub(crate) mod home;
pub(crate) mod inbox;
pub(crate) mod login;
pub(crate) mod parcel;
pub(crate) mod passage;
pub(crate) mod passkey;
pub(crate) mod paste;
pub(crate) mod queue;
pub(crate) mod record;
pub(crate) mod review;
pub(crate) mod rights;
pub(crate) mod row;
pub(crate) mod table;
pub(crate) mod task;
pub(crate) mod tasks;
pub(crate) mod twin;

use super::ask::Ask;
use super::reply::{Failure, Reply};

/// A file of style, script or pictures. Its address names its content.
pub(crate) fn asset(ask: &Ask<'_>) -> Result<Reply, Failure> {
    let (mime, bytes) = ask.desk.setup.files.get(&ask.params[0]).ok_or(Failure::Missing)?;
    Ok(Reply { immutable: true, ..Reply::data(mime, bytes.clone()) })
}

//! For machines that look after the site: whether it answers, and what robots may read.

use serde_json::json;

use crate::ask::Ask;
use crate::filtering::no_query;
use crate::reply::{Failure, Reply};

pub(crate) fn health(ask: &Ask<'_>) -> Result<Reply, Failure> {
    no_query(ask)?;
    let stamp = ask.site.edition.as_ref();
    Ok(Reply::json(&json!({
        "status": "ok",
        "edition": stamp.map(|stamp| stamp.number),
        "root": stamp.map(|stamp| stamp.root.as_str()),
        "links": ask.edition().rows().len(),
    })))
}

/// Every record may be read; filters are endless and lead robots nowhere.
pub(crate) fn robots(ask: &Ask<'_>) -> Result<Reply, Failure> {
    no_query(ask)?;
    let text = "User-agent: *\nDisallow: /*?\nDisallow: /tiles/\nDisallow: /columns/\n";
    Ok(Reply::data("text/plain; charset=utf-8", text.into()))
}

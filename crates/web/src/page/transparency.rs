//! Transparency: what this atlas keeps, where and for how long, and how often it took something back, counted from the
//! ledger.

use maud::html;
use serde::Serialize;
use ui::{Arg, Layout, Section};

use crate::ask::{Ask, Face};
use crate::filtering::no_query;
use crate::page::changes::class;
use crate::page::{Frame, cite, framed, here};
use crate::reply::{Failure, Reply};
use crate::view::notices::Tally;
use crate::view::{Maker, citable};

/// What is held, by message: the words, and for how long.
const INVENTORY: [(&str, &str); 6] = [
    ("inventory-ledger", "inventory-ledger-long"),
    ("inventory-captures", "inventory-captures-long"),
    ("inventory-readers", "inventory-readers-long"),
    ("inventory-lists", "inventory-lists-long"),
    ("inventory-suggestions", "inventory-suggestions-long"),
    ("inventory-counts", "inventory-counts-long"),
];

#[derive(Serialize)]
struct Transparency {
    /// What is held and for how long, in words.
    inventory: Vec<[String; 2]>,
    #[serde(flatten)]
    tally: Tally,
    /// How many notices have an outcome in the ledger.
    notices: usize,
}

pub(crate) fn transparency(ask: &Ask<'_>) -> Result<Reply, Failure> {
    no_query(ask)?;
    let (maker, lang) = (Maker::of(ask), ask.lang);
    let inventory = INVENTORY.iter().map(|(what, long)| [lang.t(what), lang.t(long)]).collect();
    let view = Transparency { inventory, tally: maker.tally(), notices: maker.notices().len() };
    if ask.face == Face::Json {
        return Ok(Reply::json(&citable(ask, here(ask), view)));
    }
    let title = lang.t("nav-transparency");
    let count = |key: &str, n: usize| lang.t_with(key, &[("n", Arg::Count(n as u64))]);
    let prefix = lang.prefix();
    let body = html! {
        h1 { (title) }
        p.lead { (lang.t("transparency-intro")) }
        section aria-labelledby="inventory" {
            h2 #inventory { (lang.t("transparency-inventory")) }
            dl.facts {
                @for [what, long] in &view.inventory { div.fact { dt { (what) } dd { p { (long) } } } }
            }
        }
        section aria-labelledby="counts" {
            h2 #counts { (lang.t("transparency-counts")) }
            ul {
                li { (count("transparency-editions", view.tally.editions)) }
                li { a href=(format!("{prefix}/corrections")) { (count("transparency-corrected", view.tally.corrected)) } }
                li { a href=(format!("{prefix}/corrections")) { (count("transparency-withdrawn", view.tally.withdrawn)) } }
                li { a href=(format!("{prefix}/corrections")) { (count("transparency-redacted", view.tally.redacted)) } }
                @for (reason, number) in &view.tally.destroyed {
                    li { (count("transparency-destroyed", *number)) (lang.t("list-colon")) (class(ask, reason)) }
                }
                @for (reason, number) in &view.tally.captures_destroyed {
                    li { (count("transparency-captures", *number)) (lang.t("list-colon")) (class(ask, reason)) }
                }
                li { a href=(format!("{prefix}/notices")) { (count("transparency-notices", view.notices)) } }
            }
            p.soft { (lang.t("transparency-counted")) }
        }
        (cite(ask, &title, ""))
    };
    Ok(framed(ask, Frame::new(&title, Section::About, Layout::Text, body)))
}

//! How a stranger verifies what this atlas shows: the proofs of a record, and what to do with them.

use edition::{Found, Holder, Traced};
use maud::{Markup, html};
use model::OperationNumber;
use serde::Serialize;
use ui::{Arg, Column, Layout, Section};

use crate::ask::{Ask, Face};
use crate::filtering::no_query;
use crate::page::{Frame, framed, here, live};
use crate::reply::{Failure, Reply, Stone};
use crate::view::verify::{Operation, Operations};
use crate::view::{Maker, citable};

/// So many operations stand in one table; who wants more takes the ledger whole.
const MOST: usize = 400;

/// Where the parts of the record that do not follow from an edition are.
const CHECKPOINT: &str = "/log/checkpoint";
const KEY: &str = "/log/key.pub";
const VERIFIER: &str = "/log/verify.py";

const STEPS: [&str; 5] = ["verify-step-1", "verify-step-2", "verify-step-3", "verify-step-4", "verify-step-5"];
const LIMITS: [&str; 3] = ["verify-limits-1", "verify-limits-2", "verify-limits-3"];

/// How to verify anything.
#[derive(Serialize)]
struct Guide {
    checkpoint: &'static str,
    key: &'static str,
    verifier: &'static str,
    steps: Vec<String>,
}

#[derive(Serialize)]
struct Verify {
    #[serde(flatten)]
    of: Operations,
    #[serde(flatten)]
    guide: Guide,
}

/// The instructions alone.
pub(crate) fn index(ask: &Ask<'_>) -> Result<Reply, Failure> {
    no_query(ask)?;
    let guide = guide(ask, "e12-345");
    if ask.face == Face::Json {
        return Ok(Reply::json(&citable(ask, here(ask), guide)));
    }
    let lang = ask.lang;
    let title = lang.t("verify-title");
    let body = html! {
        h1 { (title) }
        p.lead { (lang.t("verify-lead")) }
        (witnesses(ask))
        (steps(ask, &guide, "e12-345"))
        (limits(ask))
    };
    Ok(framed(ask, Frame::new(&title, Section::About, Layout::Text, body)))
}

/// One operation.
pub(crate) fn operation(ask: &Ask<'_>) -> Result<Reply, Failure> {
    no_query(ask)?;
    let number =
        OperationNumber::parse(ask.id()).filter(|number| number.to_string() == ask.id()).ok_or(Failure::Missing)?;
    let maker = Maker::of(ask);
    let of = |holder: Holder<'_>, operations| {
        let (about, page) = maker.holder(holder);
        Operations { about, page, operations }
    };
    let one = |kind, says| vec![Operation::new(number.to_string(), kind, says)];
    let operations = match ask.edition().trace(number) {
        Traced::Missing => return Err(Failure::Missing),
        Traced::Redacted(grave) => return Err(Failure::Gone(Stone::redacted(grave))),
        Traced::Destroyed(grave) => return Err(Failure::Gone(Stone::capture(grave))),
        Traced::Withdrawn(gone) => return Err(Failure::Gone(Stone::withdrawn(gone))),
        Traced::Made(holder) => of(holder, one("record", maker.holder(holder).0)),
        Traced::Claim(holder, claim) => of(holder, maker.claim_operations(&claim)),
        Traced::Evidence(holder, source) => of(holder, one("evidence", maker.source_ref(source).title)),
        Traced::Act => {
            let about = ask.lang.t("verify-act");
            Operations { operations: one("act", about.clone()), about, page: String::new() }
        }
    };
    page(ask, operations)
}

/// A record whole.
pub(crate) fn record(ask: &Ask<'_>) -> Result<Reply, Failure> {
    no_query(ask)?;
    let (edition, id) = (ask.edition(), ask.params.get(1).copied().unwrap_or_default());
    let maker = Maker::of(ask);
    let operations = match ask.id() {
        "item" => {
            maker.operations(Holder::Item(live(ask, edition.item(id)).map_err(|f| moved(ask, edition.item(id), f))?))
        }
        "link" => maker.operations(Holder::Link(live(ask, edition.link(id))?)),
        "source" => {
            let source = live(ask, edition.source(id))?;
            let about = source.source().title.text().to_owned();
            let made = source.made().map(|made| Operation::new(made.to_string(), "record", about.clone()));
            Operations { about, page: ask.urls().source(id), operations: made.into_iter().collect() }
        }
        _ => return Err(Failure::Missing),
    };
    page(ask, operations)
}

/// A merged item's proofs are with the item that it is part of.
fn moved<T>(ask: &Ask<'_>, found: Found<'_, T>, failure: Failure) -> Failure {
    match found {
        Found::Merged(into) => {
            let page = ask.urls().verify_record("item", into.as_str());
            Failure::Moved(format!("{page}{}", ask.face.ending()))
        }
        _ => failure,
    }
}

fn page(ask: &Ask<'_>, of: Operations) -> Result<Reply, Failure> {
    let first = of.operations.first().map_or_else(String::new, |operation| operation.id.clone());
    let guide = guide(ask, &first);
    if ask.face == Face::Json {
        return Ok(Reply::json(&citable(ask, here(ask), Verify { of, guide })));
    }
    let title = ask.lang.t_with("verify-record-title", &[("about", Arg::Text(&of.about))]);
    let body = html! {
        h1 { (ask.lang.t("verify-record")) }
        p.lead { @if of.page.is_empty() { (of.about) } @else { a href=(of.page) { bdi { (of.about) } } } }
        (witnesses(ask))
        (steps(ask, &guide, &first))
        (proofs(ask, &of.operations))
        (limits(ask))
    };
    Ok(framed(ask, Frame::new(&title, Section::Other, Layout::Text, body)))
}

fn proofs(ask: &Ask<'_>, operations: &[Operation]) -> Markup {
    let lang = ask.lang;
    let columns = ["verify-what", "verify-number", "verify-file"].map(|key| Column::text(lang.t(key)));
    let row = |operation: &Operation| {
        let kind = lang.t(match operation.kind {
            "record" => "verify-kind-record",
            "claim" => "verify-kind-claim",
            "evidence" => "verify-kind-evidence",
            _ => "verify-kind-act",
        });
        vec![
            html! { span.soft { (kind) } " " bdi { (operation.says) } },
            html! { code { (operation.id) } },
            html! { a href=(operation.proof) download { (lang.t("verify-proof")) } },
        ]
    };
    let rows: Vec<Vec<Markup>> = operations.iter().take(MOST).map(row).collect();
    html! {
        (ui::table(&lang.t("verify-proofs"), &columns, &rows))
        @if operations.len() > MOST { p.soft { (lang.t("verify-more")) } }
    }
}

/// Who else has signed for this state of the record.
fn witnesses(ask: &Ask<'_>) -> Markup {
    html! {
        @if let Some(stamp) = &ask.site.edition {
            p.warning-box[!stamp.witnesses.met] { (ui::witness_line(ask.lang, &stamp.witnesses)) }
        }
    }
}

fn guide(ask: &Ask<'_>, id: &str) -> Guide {
    let file = format!("{id}.tlog-proof");
    let steps = STEPS.map(|key| ask.lang.t_with(key, &[("file", Arg::Text(&file))])).into();
    Guide { checkpoint: CHECKPOINT, key: KEY, verifier: VERIFIER, steps }
}

fn steps(ask: &Ask<'_>, guide: &Guide, id: &str) -> Markup {
    let lang = ask.lang;
    let command = format!("python3 verify.py proof {id}.tlog-proof --key 'KEY'");
    html! {
        section aria-labelledby="how" {
            h2 #how { (lang.t("verify-how")) }
            ol { @for step in &guide.steps { li { (step) } } }
            pre { code { (command) } }
            ul {
                li { a href=(guide.key) { (lang.t("verify-get-key")) } }
                li { a href=(guide.verifier) download { (lang.t("verify-get-verifier")) } }
                li { a href=(guide.checkpoint) { (lang.t("verify-get-checkpoint")) } }
            }
        }
    }
}

fn limits(ask: &Ask<'_>) -> Markup {
    html! {
        section aria-labelledby="limits" {
            h2 #limits { (ask.lang.t("verify-limits")) }
            @for key in LIMITS { p { (ask.lang.t(key)) } }
        }
    }
}

//! The register of notices: what was destroyed or given up because a court, a law or a right asked for it.

use maud::{Markup, html};
use serde::Serialize;
use ui::{Arg, Column, Layout, Section};

use crate::ask::{Ask, Face};
use crate::filtering::no_query;
use crate::page::changes::class;
use crate::page::{Frame, cite, framed, here};
use crate::reply::{Failure, Reply};
use crate::view::notices::Noticed;
use crate::view::{Maker, citable};

#[derive(Serialize)]
struct Register {
    notices: Vec<Noticed>,
}

pub(crate) fn notices(ask: &Ask<'_>) -> Result<Reply, Failure> {
    no_query(ask)?;
    let notices = Maker::of(ask).notices();
    if ask.face == Face::Json {
        return Ok(Reply::json(&citable(ask, here(ask), Register { notices })));
    }
    let lang = ask.lang;
    let title = lang.t("nav-notices");
    let body = html! {
        h1 { (title) }
        p.lead { (lang.t("notices-intro")) }
        @if notices.is_empty() { p { (lang.t("notices-none")) } } @else { (table(ask, &notices)) }
        p.soft { (lang.t("notices-limits")) }
        p { a href=(format!("{}/transparency", lang.prefix())) { (lang.t("nav-transparency")) } }
        (cite(ask, &title, ""))
    };
    Ok(framed(ask, Frame::new(&title, Section::Other, Layout::Wide, body)))
}

fn table(ask: &Ask<'_>, notices: &[Noticed]) -> Markup {
    let lang = ask.lang;
    let columns = ["notices-reference", "notices-reason", "notices-outcome", "notices-when"];
    let columns: Vec<Column> = columns.iter().map(|key| Column::text(lang.t(key))).collect();
    let rows: Vec<Vec<Markup>> = notices.iter().map(|notice| row(ask, notice)).collect();
    ui::table(&lang.t("nav-notices"), &columns, &rows)
}

fn row(ask: &Ask<'_>, notice: &Noticed) -> Vec<Markup> {
    let lang = ask.lang;
    let counted = |key, n: usize| (n > 0).then(|| lang.t_with(key, &[("n", Arg::Count(n as u64))]));
    let outcome: Vec<String> = match notice.outcome {
        "destroyed" => {
            let both = [("notices-destroyed", notice.values), ("notices-captures", notice.captures)];
            both.into_iter().filter_map(|(key, n)| counted(key, n)).collect()
        }
        _ => vec![lang.t("notices-given-up")],
    };
    let reference = if notice.reference.is_empty() { "–" } else { &notice.reference };
    vec![
        html! { bdi { (reference) } },
        html! { (class(ask, &notice.reason)) },
        html! {
            @for said in &outcome { div { (said) } }
            @if !notice.proof.is_empty() { " " a href=(notice.proof) download { (lang.t("verify-proof")) } }
        },
        html! { a href=(notice.url) { (ui::date(lang, &notice.day)) } },
    ]
}

//! A link's page: the statement, where and when, how sure, and every piece of evidence.

use maud::{Markup, html};
use ui::{Layout, Section};

use crate::ask::{Ask, Face};
use crate::filtering::no_query;
use crate::page::item::{definition, description_of, readable};
use crate::page::reply::replies;
use crate::page::{Frame, cite, framed, gaps, here, live, rows, said, verify};
use crate::reply::{Failure, Reply};
use crate::view::claim::{Claim, Said};
use crate::view::link::Whole;
use crate::view::{Maker, citable};

/// The properties that have places of their own on the page.
const APART: [&str; 4] = ["asserts", "description", "offered-only", "highlight"];

pub(crate) fn link(ask: &Ask<'_>) -> Result<Reply, Failure> {
    no_query(ask)?;
    let whole = Maker::of(ask).whole(live(ask, ask.edition().link(ask.id()))?);
    if ask.face == Face::Json {
        return Ok(Reply::json(&citable(ask, here(ask), whole)));
    }
    let title = rows::sentence_text(ask.lang, &whole.row);
    Ok(framed(ask, Frame::new(&title, Section::Links, Layout::Wide, body(ask, &whole, &title))))
}

fn body(ask: &Ask<'_>, whole: &Whole, title: &str) -> Markup {
    let (lang, row) = (ask.lang, &whole.row);
    let plain: Vec<&Claim> = whole.claims.iter().filter(|claim| !APART.contains(&claim.property.id.as_str())).collect();
    html! {
        header.record-head {
            p.kicker { (ui::tag(&row.link_type.tag(String::new()))) span { (lang.t("a-link")) } }
            h1.sentence { (rows::sentence(lang, row)) }
            p.badges { (rows::flags(lang, row)) (rows::status(lang, row)) }
            @if row.offered_only { p.warning-box { (lang.t("offered-only-why")) } }
            @if row.subject.collective || row.object.collective { p.soft { "* " (lang.t("collective-why")) } }
            p.result-meta {
                (rows::place(lang, &row.place, true))
                span { (rows::when(lang, row)) }
                @for category in &row.categories { (ui::tag(&category.tag(ask.urls().category(&category.id)))) }
            }
        }
        section aria-labelledby="evidence" {
            h2 #evidence { (lang.t("how-do-we-know")) }
            @for claim in whole.claims.iter().filter(|claim| claim.property.id == "asserts") {
                (ui::how_we_know_open(lang, &ui::Standing { stated: stated(whole), ..said::standing(lang, claim) }))
            }
            @if row.link_type.id == "responds" { p.soft { (lang.t("responses-why")) } }
        }
        (replies(ask, &whole.replies))
        @for claim in readable(lang, whole.claims.iter().filter(|claim| claim.property.id == "description").collect()) {
            (description_of(ask, claim))
        }
        section aria-labelledby="facts" {
            h2 #facts { (lang.t("facts")) }
            (said::facts(lang, &plain, definition(ask)))
            (gaps(ask, "link", &row.id, &whole.gaps))
        }
        (verify(ask, "link", &row.id))
        (cite(ask, title, ""))
    }
}

/// The confidence that the file stated, where the rule gives another.
fn stated(whole: &Whole) -> Option<String> {
    whole.claims.iter().filter(|claim| claim.property.id == "stated-confidence").find_map(|claim| match &claim.value {
        Said::Term { term } if term.id != whole.row.confidence => Some(term.label.clone()),
        _ => None,
    })
}

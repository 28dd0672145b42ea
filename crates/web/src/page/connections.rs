//! Whom an item is connected with: a picture made here, and tables that say the same; a script lets readers
//! go on from item to item in place.

mod picture;

use maud::{Markup, html};
use model::Confidence;
use ui::{Arg, Column, Lang, Layout, Section};

use crate::ask::{Ask, Face};
use crate::page::{Frame, cite, framed, here, live, rows};
use crate::reply::{Failure, Reply};
use crate::url::question;
use crate::view::connections::{Circle, Connections, Kin, Neighbour};
use crate::view::tie::Tie;
use crate::view::{Maker, citable};
use crate::walking::{Walking, walking};

/// The logical name of the script that opens neighbours in place.
const SCRIPT: &str = "connections.js";

pub(crate) fn connections(ask: &Ask<'_>) -> Result<Reply, Failure> {
    let walking = walking(ask, &[])?;
    let item = live(ask, ask.edition().item(ask.id()))?;
    let query = crate::url::query(walking.pairs());
    let conditions = walking.conditions(ask.edition());
    let network = ask.live.network(item.number(), &conditions);
    let view = Maker::of(ask).connections(item, &conditions, network, query.clone());
    if ask.face == Face::Json {
        return Ok(Reply::json(&citable(ask, format!("{}{}", here(ask), question(&query)), view)));
    }
    let title = ask.lang.t_with("connections-title", &[("item", Arg::Text(&view.item.name))]);
    let body = body(ask, &view, &walking, &title);
    let scripts: &[&str] = if ask.site.assets.has(SCRIPT) { &[SCRIPT] } else { &[] };
    Ok(framed(ask, Frame { query, scripts, ..Frame::new(&title, Section::Items, Layout::Wide, body) }))
}

fn body(ask: &Ask<'_>, view: &Connections, walking: &Walking, title: &str) -> Markup {
    let lang = ask.lang;
    html! {
        header.record-head {
            p.kicker { a href=(view.item.url) { (lang.t("connections-profile")) } }
            h1 { (lang.t_markup("connections-title", &[("item", html! { bdi { (view.item.name) } })])) }
            p { (summary(lang, view)) }
            @if view.item.collective { p.warning-box { (lang.t("collective-why")) } }
            ul.jump {
                li { a href=(ask.urls().path_from(&view.item.id)) { (lang.t("connections-to-path")) } }
                li { a href=(ask.urls().compare_with(&view.item.id)) { (lang.t("connections-to-compare")) } }
            }
        }
        form.walk-form method="get" action=(here(ask)) {
            (walking.fields(ask))
            button type="submit" { (lang.t("filter-apply")) }
        }
        @if is_alone(view) { p { (lang.t("connections-none")) } }
        @else {
            (picture::picture(lang, view))
            div data-connections data-own=(view.item.id) data-lang=(lang.tag()) data-base=(lang.prefix()) data-query=(view.conditions)
                data-open=(lang.t("connections-open")) data-close=(lang.t("connections-close"))
                data-owners=(lang.t("connections-owners")) data-owned=(lang.t("connections-owned"))
                data-confirmed=(ui::confidence_label(lang, Confidence::Confirmed))
                data-probable=(ui::confidence_label(lang, Confidence::Probable))
                data-reported=(ui::confidence_label(lang, Confidence::Reported))
                data-disputed=(ui::confidence_label(lang, Confidence::Disputed))
                data-none=(lang.t("connections-none")) data-failed=(lang.t("connections-failed")) {
                (kin_table(lang, "owners", &lang.t("connections-owners"), &view.owners, view))
                (kin_table(lang, "owned", &lang.t("connections-owned"), &view.owned, view))
                @for circle in &view.groups { (circle_table(ask, circle)) }
            }
        }
        (cite(ask, title, &view.conditions))
    }
}

fn is_alone(view: &Connections) -> bool {
    view.owners.is_empty() && view.owned.is_empty() && view.groups.is_empty()
}

/// What the picture shows, in one sentence.
pub(super) fn summary(lang: Lang, view: &Connections) -> String {
    let others: usize = view.groups.iter().map(|circle| circle.total).sum();
    let count = |n: usize| Arg::Count(n as u64);
    let args = [
        ("owners", count(view.owners.len())),
        ("owned", count(view.owned.len())),
        ("others", count(others)),
        ("network", count(view.network)),
    ];
    lang.t_with("connections-summary", &args)
}

fn kin_table(lang: Lang, id: &str, heading: &str, kin: &[Kin], view: &Connections) -> Markup {
    let columns = ["connections-who", "connections-through", "table-when", "table-confidence"];
    let cells: Vec<Vec<Markup>> = kin.iter().map(|one| kin_cells(lang, one, kin, view)).collect();
    html! {
        @if !kin.is_empty() {
            section.link-group aria-labelledby=(id) {
                h2 id=(id) { (ui::icon("branch")) (heading) }
                (ui::table(&lang.t_with("count-items", &[("n", Arg::Count(kin.len() as u64))]), &columns.map(|key| Column::text(lang.t(key))), &cells))
            }
        }
    }
}

fn kin_cells(lang: Lang, one: &Kin, kin: &[Kin], view: &Connections) -> Vec<Markup> {
    let nearer = kin.iter().map(|other| &other.item).find(|item| item.id == one.next_to).unwrap_or(&view.item);
    let tie = &one.ties[0];
    vec![
        html! { span.(format!("kin-level-{}", one.level)) data-item=(one.item.id) { (rows::end(&one.item)) } },
        html! { (rows::end(nearer)) },
        when(lang, tie),
        how(lang, tie),
    ]
}

fn circle_table(ask: &Ask<'_>, circle: &Circle) -> Markup {
    let lang = ask.lang;
    let id = format!("{}-{}", circle.way, circle.link_type.id);
    let columns = [
        Column::text(lang.t("connections-who")),
        Column::number(lang.t("connections-ties")),
        Column::text(lang.t("table-when")),
        Column::text(lang.t("table-confidence")),
    ];
    let count = lang.t_with("count-items", &[("n", Arg::Count(circle.total as u64))]);
    let cells: Vec<Vec<Markup>> = circle.others.iter().map(|one| neighbour_cells(lang, one)).collect();
    html! {
        section.link-group aria-labelledby=(id) {
            h2 id=(id) { (ui::icon(&circle.link_type.icon)) (ui::capitalised(&circle.link_type.label)) }
            (ui::table(&count, &columns, &cells))
            @if circle.total > circle.others.len() {
                @let filter = model::Filter::default()
                    .with(model::FilterKey::Item, ask.id())
                    .with(model::FilterKey::Link, &circle.link_type.id);
                p { a href=(ask.urls().links(&filter, 1)) { (lang.t("results-all")) } }
            }
        }
    }
}

fn neighbour_cells(lang: Lang, one: &Neighbour) -> Vec<Markup> {
    vec![
        html! { span data-item=(one.item.id) { (rows::end(&one.item)) } },
        html! { (ui::grouped(one.ties as u64)) },
        when(lang, &one.tie),
        how(lang, &one.tie),
    ]
}

/// When a tie holds.
pub(crate) fn when(lang: Lang, tie: &Tie) -> Markup {
    match (&tie.start, &tie.end) {
        (Some(start), Some(end)) if start != end => {
            lang.t_markup("when-between", &[("from", ui::date(lang, start)), ("to", ui::date(lang, end))])
        }
        (Some(date), _) => ui::date(lang, date),
        (None, Some(end)) => lang.t_markup("when-until", &[("to", ui::date(lang, end))]),
        (None, None) => html! { span.unknown { (lang.t("undated")) } },
    }
}

/// How sure a tie is, leading to its record.
pub(crate) fn how(lang: Lang, tie: &Tie) -> Markup {
    html! {
        a.record href=(tie.url) {
            (ui::confidence(lang, tie.rated.0, tie.rated.1))
            span.visually-hidden { " " (lang.t("record-and-evidence")) }
        }
    }
}

/// "SUBJECT supplies OBJECT", each end a link to its page.
pub(crate) fn sentence(lang: Lang, tie: &Tie) -> Markup {
    let verb = html! { span.verb { (tie.link_type.label) } };
    lang.t_markup(
        "link-sentence",
        &[("subject", rows::end(&tie.subject)), ("verb", verb), ("object", rows::end(&tie.object))],
    )
}

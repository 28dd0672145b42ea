//! Which research tasks there are, by kind, by state and by the filter of the public pages; and those that could be made.

use std::collections::BTreeMap;

use edition::Edition;
use maud::{Markup, html};
use model::{Filter, FilterKey, FilterProblem};
use serde_json::json;
use ui::{Arg, Column};

use super::super::ask::Ask;
use super::super::frame;
use super::super::reply::{Failure, Reply};
use super::task;
use crate::drafts::state::REVIEWERS;
use crate::tasks::kind::{Among, KINDS, Kind};
use crate::tasks::{self, Asked, MOST_AT_ONCE, PAGE, State, Task};

/// The names of the address that are none of the filter's.
const OWN: [&str; 6] = ["kind", "state", "holder", "page", "said", "n"];

/// So many records are shown of those that tasks could be made of.
const SHOWN: usize = 50;

/// What the address asks for.
struct Wanted {
    kind: Option<&'static Kind>,
    state: Option<State>,
    mine: bool,
    page: usize,
    filter: Filter,
    problems: Vec<FilterProblem>,
}

fn wanted(ask: &Ask<'_>, edition: &Edition) -> Wanted {
    let pairs = ask.query.iter().filter(|(key, _)| !OWN.contains(&key.as_str())).cloned();
    let (filter, problems) = Filter::parse(pairs, edition);
    let state = match ask.asked("state") {
        "" if ask.asked("holder").is_empty() => Some(State::Open),
        word => State::parse(word),
    };
    Wanted {
        kind: Kind::find(ask.asked("kind")),
        state,
        mine: ask.asked("holder") == "me",
        page: ask.asked("page").parse().unwrap_or(0).min(1_000_000),
        filter,
        problems,
    }
}

fn found(ask: &Ask<'_>, edition: &Edition, wanted: &Wanted) -> Result<(Vec<Task>, usize), Failure> {
    let desk = ask.desk;
    tasks::lapse(&desk.store, &*desk.world)?;
    let holder = wanted.mine.then_some(ask.who()?.id);
    let asked = Asked { kind: wanted.kind, state: wanted.state, holder };
    let among = Among::of(edition, &wanted.filter);
    Ok(desk.store.read(|db| tasks::list(db, asked, &|record| among.record(edition, record), wanted.page))?)
}

/// The list.
pub(crate) fn list(ask: &Ask<'_>) -> Result<Reply, Failure> {
    let edition = ask.desk.writer.edition().map_err(|_| Failure::Broken)?;
    let wanted = wanted(ask, &edition);
    let (shown, count) = found(ask, &edition, &wanted)?;
    let title = ask.t("tasks");
    let may_make = ask.who()?.roles.any(REVIEWERS);
    let body = html! {
        h1 { (title) }
        (said(ask))
        p.lead { (ask.t("tasks-intro")) }
        @if may_make { p { a href=(ask.to("/quality")) { (ask.t("tasks-make-link")) } } }
        form.desk-filter method="get" action=(ask.to("/tasks")) {
            (kind_field(ask, wanted.kind, true))
            (state_field(ask, &wanted))
            (filter_fields(ask, &wanted.filter, &edition))
            button type="submit" { (ask.t("desk-queue-show")) }
        }
        (not_understood(ask, &wanted.problems))
        p role="status" { (ask.t_with("tasks-count", &[("n", Arg::Count(count as u64))])) }
        @if !shown.is_empty() { (table(ask, &title, &edition, &shown)) }
        (pages(ask, &wanted, count))
    };
    Ok(frame::page(ask, &title, body))
}

/// The list for programs.
pub(crate) fn list_json(ask: &Ask<'_>) -> Result<Reply, Failure> {
    let edition = ask.desk.writer.edition().map_err(|_| Failure::Broken)?;
    let wanted = wanted(ask, &edition);
    let (shown, count) = found(ask, &edition, &wanted)?;
    let who = ask.who()?;
    let all: Vec<serde_json::Value> = shown.iter().map(|one| task::json(who, one)).collect();
    Ok(Reply::json(&json!({ "total": count, "page": wanted.page, "filter": wanted.filter.query(), "tasks": all })))
}

fn table(ask: &Ask<'_>, caption: &str, edition: &Edition, shown: &[Task]) -> Markup {
    let columns = ["tasks-record", "tasks-kind", "desk-column-state", "desk-column-assigned", "tasks-until"]
        .map(|key| ask.t(key));
    let columns: Vec<Column> = columns.into_iter().map(Column::text).collect();
    let row = |one: &Task| {
        let holder = ask.who.as_ref().filter(|who| tasks::may_see_holder(who, one)).and(one.holder_name.as_ref());
        vec![
            html! { a href=(ask.to(format!("/task/{}", one.id))) { bdi { (task::record_name(ask, edition, &one.record)) } } },
            html! { span { (ask.t(one.kind.title)) } },
            html! { span { (ask.t(task::state_label(one.state))) } },
            html! { @if let Some(holder) = holder { bdi { (holder) } } },
            html! { @if let Some(until) = &one.until { (ui::date(ask.lang, until)) } },
        ]
    };
    ui::table(caption, &columns, &shown.iter().map(row).collect::<Vec<_>>())
}

fn kind_field(ask: &Ask<'_>, chosen: Option<&Kind>, all: bool) -> Markup {
    html! {
        p {
            label for="kind" { (ask.t("tasks-kind")) }
            select #kind name="kind" {
                @if all { option value="" { (ask.t("desk-queue-all")) } }
                @for kind in &KINDS { option value=(kind.id) selected[chosen == Some(kind)] { (ask.t(kind.title)) } }
            }
        }
    }
}

fn state_field(ask: &Ask<'_>, wanted: &Wanted) -> Markup {
    html! {
        p {
            label for="state" { (ask.t("desk-column-state")) }
            select #state name="state" {
                option value="all" { (ask.t("desk-queue-all")) }
                @for state in State::ALL {
                    option value=(state.word()) selected[wanted.state == Some(state)] { (ask.t(task::state_label(state))) }
                }
            }
        }
        p {
            label for="holder" { (ask.t("desk-column-assigned")) }
            select #holder name="holder" {
                option value="" { (ask.t("desk-queue-all")) }
                option value="me" selected[wanted.mine] { (ask.t("desk-queue-me")) }
            }
        }
    }
}

/// The filter of the public pages: its commonest keys as fields, whatever else the address says kept as it is.
fn filter_fields(ask: &Ask<'_>, filter: &Filter, edition: &Edition) -> Markup {
    const FIELDS: [(FilterKey, &str); 3] = [
        (FilterKey::Country, "desk-field-country"),
        (FilterKey::Link, "desk-field-link-type"),
        (FilterKey::Category, "desk-field-category"),
    ];
    let lone = |key| filter.values(key).next().filter(|_| filter.values(key).count() == 1);
    let is_field = |key: FilterKey| key == FilterKey::Q || FIELDS.iter().any(|(field, _)| *field == key);
    let kept = |key: FilterKey| !is_field(key) || lone(key).is_none();
    html! {
        @for (key, label) in FIELDS {
            p {
                label for=(key.name()) { (ask.t(label)) }
                select id=(key.name()) name=(key.name()) {
                    option value="" { (ask.t("desk-queue-all")) }
                    @for (value, label) in choices(ask, edition, key) {
                        option value=(value) selected[lone(key) == Some(&*value)] { (label) }
                    }
                }
            }
        }
        p {
            label for="q" { (ask.t("tasks-words")) }
            input #q name="q" type="text" maxlength="200" value=(lone(FilterKey::Q).unwrap_or_default()) autocomplete="off";
        }
        @for (key, value) in filter.pairs().filter(|(key, _)| kept(*key)) {
            input type="hidden" name=(key.name()) value=(value);
        }
    }
}

/// What a key may ask for, by label.
fn choices(ask: &Ask<'_>, edition: &Edition, key: FilterKey) -> Vec<(String, String)> {
    let (v, tag) = (&ask.desk.vocabulary, ask.lang.tag());
    let label = |id: &str| match key {
        FilterKey::Country => v.countries.iter().find(|c| c.code.as_str() == id).map(|c| c.name(tag).to_owned()),
        FilterKey::Link => v.link_types.get(id).map(|link| link.label.get(tag).to_owned()),
        _ => v.categories.get(id).map(|category| category.label.get(tag).to_owned()),
    };
    let named = |id: &str| (id.to_owned(), label(id).unwrap_or_else(|| id.to_owned()));
    let all: BTreeMap<String, String> =
        edition.choices(key).into_iter().map(named).map(|(id, name)| (name, id)).collect();
    all.into_iter().map(|(name, id)| (id, name)).collect()
}

fn not_understood(ask: &Ask<'_>, problems: &[FilterProblem]) -> Markup {
    let word = |problem: &FilterProblem| match problem {
        FilterProblem::UnknownKey { key } => key.clone(),
        FilterProblem::UnknownValue { key, value, .. } => format!("{}={value}", key.name()),
    };
    html! {
        @if !problems.is_empty() {
            p.warning-box {
                (ask.t("tasks-not-understood"))
                @for problem in problems { " " code { (word(problem)) } }
            }
        }
    }
}

fn pages(ask: &Ask<'_>, wanted: &Wanted, count: usize) -> Markup {
    let mut words: Vec<String> = Vec::new();
    for name in ["kind", "state", "holder"] {
        let value: String = url::form_urlencoded::byte_serialize(ask.asked(name).as_bytes()).collect();
        words.push(format!("{name}={value}"));
    }
    words.push(wanted.filter.query());
    let to = |page: usize| ask.to(format!("/tasks?{}&page={page}", words.join("&")));
    let more = (wanted.page + 1) * PAGE < count;
    html! {
        @if wanted.page > 0 || more {
            nav.pager aria-label=(ask.t("tasks-pages")) {
                @if wanted.page > 0 { a href=(to(wanted.page - 1)) { (ask.t("tasks-earlier")) } " " }
                @if more { a href=(to(wanted.page + 1)) { (ask.t("tasks-later")) } }
            }
        }
    }
}

/// The word about what was just done with tasks.
pub(super) fn said(ask: &Ask<'_>) -> Markup {
    let made = ask.asked("n").parse().unwrap_or(0);
    html! {
        @match ask.asked("said") {
            "made" => p.notice-box role="status" { (ask.t_with("task-said-made", &[("n", Arg::Count(made))])) },
            "taken" => p.notice-box role="status" { (ask.t("task-said-taken")) },
            "back" => p.notice-box role="status" { (ask.t("task-said-back")) },
            "dropped" => p.notice-box role="status" { (ask.t("task-said-dropped")) },
            _ => {},
        }
    }
}

/// What the edition lacks, counted as on the public page of quality, with the way to tasks.
pub(crate) fn quality(ask: &Ask<'_>) -> Result<Reply, Failure> {
    let edition = ask.desk.writer.edition().map_err(|_| Failure::Broken)?;
    let may_make = ask.who()?.roles.any(REVIEWERS);
    let title = ask.t("tasks-quality");
    let columns = [
        Column::text(ask.t("tasks-kind")),
        Column::number(ask.t("quality-count")),
        Column::number(ask.t("quality-of")),
        Column::number(ask.t("tasks-waiting")),
        Column::text(ask.t("desk-row-do")),
    ];
    let mut rows = Vec::new();
    for kind in &KINDS {
        let waiting = ask.desk.store.read(|db| tasks::waiting(db, kind))?;
        let make = ask.to(format!("/tasks/make?kind={}", kind.id));
        rows.push(vec![
            html! { span { (ask.t(kind.title)) } },
            html! { (ui::grouped(kind.records(&edition, &Filter::default()).len() as u64)) },
            html! { (ui::grouped(kind.total(&edition) as u64)) },
            html! { a href=(ask.to(format!("/tasks?kind={}&state=all", kind.id))) { (ui::grouped(waiting.unsigned_abs())) } },
            html! { @if may_make { a href=(make) { (ask.t("tasks-make-these")) } } },
        ]);
    }
    let body = html! {
        h1 { (title) }
        p.lead { (ask.t("tasks-quality-intro")) }
        (ui::table(&title, &columns, &rows))
    };
    Ok(frame::page(ask, &title, body))
}

/// The form that makes tasks of what a question finds.
pub(crate) fn form(ask: &Ask<'_>) -> Result<Reply, Failure> {
    let edition = ask.desk.writer.edition().map_err(|_| Failure::Broken)?;
    let wanted = wanted(ask, &edition);
    let kind = wanted.kind.unwrap_or(&KINDS[0]);
    let records = kind.records(&edition, &wanted.filter);
    let found = records.len();
    let fresh = ask.desk.store.read(|db| tasks::without(db, kind, records))?;
    let title = ask.t("tasks-make");
    let body = html! {
        h1 { (title) }
        p { a href=(ask.to("/quality")) { (ask.t("tasks-quality")) } }
        form.desk-filter method="get" action=(ask.to("/tasks/make")) {
            (kind_field(ask, Some(kind), false))
            (filter_fields(ask, &wanted.filter, &edition))
            button type="submit" { (ask.t("desk-queue-show")) }
        }
        (not_understood(ask, &wanted.problems))
        @if !kind.is_filtered() && !wanted.filter.is_empty() { p.help { (ask.t("tasks-no-filter")) } }
        p role="status" {
            (ask.t_with("tasks-found", &[("n", Arg::Count(found as u64)), ("fresh", Arg::Count(fresh.len() as u64))]))
        }
        (task::guidance(ask, kind))
        @if !fresh.is_empty() {
            form.desk-form method="post" action=(ask.to("/tasks")) {
                input type="hidden" name="kind" value=(kind.id);
                input type="hidden" name="filter" value=(wanted.filter.query());
                p {
                    label for="most" { (ask.t_with("tasks-most", &[("most", Arg::Count(MOST_AT_ONCE as u64))])) }
                    input #most name="most" type="text" inputmode="numeric" value=(fresh.len().min(MOST_AT_ONCE).min(20)) required maxlength="4";
                }
                button type="submit" { (ask.t("tasks-make-do")) }
            }
            h2 { (ask.t("tasks-preview")) }
            ul { @for record in fresh.iter().take(SHOWN) { li { bdi { (task::record_name(ask, &edition, record)) } } } }
        }
    };
    Ok(frame::page(ask, &title, body))
}

/// Makes them.
pub(crate) fn make(ask: &Ask<'_>) -> Result<Reply, Failure> {
    let desk = ask.desk;
    let edition = desk.writer.edition().map_err(|_| Failure::Broken)?;
    let kind = Kind::find(ask.field("kind")).ok_or(Failure::Query)?;
    let most: usize = ask.field("most").trim().parse().map_err(|_| Failure::Query)?;
    let pairs = url::form_urlencoded::parse(ask.field("filter").as_bytes()).into_owned();
    let (filter, problems) = Filter::parse(pairs, &*edition);
    if !problems.is_empty() || !(1..=MOST_AT_ONCE).contains(&most) {
        return Err(Failure::Query);
    }
    let records = kind.records(&edition, &filter);
    let mut fresh = desk.store.read(|db| tasks::without(db, kind, records))?;
    fresh.truncate(most);
    let made = tasks::make(&desk.store, &*desk.world, ask.who()?, (kind, &filter.query()), &fresh)?;
    Ok(Reply::see_other(ask.to(format!("/tasks?kind={}&said=made&n={made}", kind.id))))
}

//! How two items are connected: every path of up to four steps, each with the evidence of its weakest step named.

use edition::graph::{Conditions, Path, Scratch};
use maud::{Markup, html};
use serde::Serialize;
use ui::{Arg, Lang, Layout, Section};

use crate::ask::{Ask, Face};
use crate::page::{Frame, cite, connections, framed, here, rows, said};
use crate::picked::{Picked, picked};
use crate::reply::{Failure, Reply};
use crate::url::question;
use crate::view::terms::ItemRef;
use crate::view::tie::{Chain, Knot};
use crate::view::{Maker, citable};
use crate::walking::{Walking, walking};

/// The most steps of a path.
pub(crate) const MOST_STEPS: usize = 4;

/// So many paths are shown unless fewer are asked for, and so many looked at for them.
const SHOWN: usize = 25;
const LOOKED_AT: usize = 2_000;

/// Types that say what outsiders do with an item.
const LEFT_OUT: [&str; 3] = ["reviews", "listed-on", "indexed-by"];

/// The paths between two items.
#[derive(Serialize)]
struct Found {
    #[serde(skip_serializing_if = "Option::is_none")]
    from: Option<ItemRef>,
    #[serde(skip_serializing_if = "Option::is_none")]
    to: Option<ItemRef>,
    /// How many paths there are.
    total: usize,
    /// Whether there are more than were counted.
    more: bool,
    /// The fewest steps.
    #[serde(skip_serializing_if = "Option::is_none")]
    fewest: Option<usize>,
    /// Those that say most first.
    paths: Vec<Chain>,
    /// The conditions that every step meets, as a query string.
    conditions: String,
}

pub(crate) fn path(ask: &Ask<'_>) -> Result<Reply, Failure> {
    let walking = walking(ask, &["from", "to", "paths"])?;
    let ends = [picked(ask, "from")?, picked(ask, "to")?];
    let most = most(ask)?;
    let view = found(ask, &walking, &ends, most);
    let mut pairs: Vec<(&'static str, String)> = Vec::new();
    pairs.extend(ends[0].id(ask).map(|id| ("from", id)));
    pairs.extend(ends[1].id(ask).map(|id| ("to", id)));
    pairs.extend(walking.pairs());
    pairs.extend((most < SHOWN).then(|| ("paths", most.to_string())));
    let query = crate::url::query(pairs);
    if ask.face == Face::Json {
        return Ok(Reply::json(&citable(ask, format!("{}{}", here(ask), question(&query)), view)));
    }
    let title = title(ask.lang, &view);
    let body = body(ask, &view, &walking, &ends, &title, &query);
    Ok(framed(ask, Frame { query, ..Frame::new(&title, Section::Items, Layout::Wide, body) }))
}

/// How many paths are asked for.
fn most(ask: &Ask<'_>) -> Result<usize, Failure> {
    let given = ask.query.iter().find(|(key, value)| key == "paths" && !value.is_empty());
    let number = given.map_or(Some(SHOWN), |(_, value)| value.parse().ok());
    number.filter(|n| (1..=SHOWN).contains(n)).ok_or_else(|| Failure::Parameter("paths", format!("1–{SHOWN}")))
}

fn found(ask: &Ask<'_>, walking: &Walking, ends: &[Picked; 2], most: usize) -> Found {
    let maker = Maker::of(ask);
    let conditions = conditions(ask, walking);
    let of = |end: &Picked| end.item.map(|item| maker.item_ref(ask.edition().item_at(item)));
    let (mut paths, mut more): (Vec<Path>, bool) = (Vec::new(), false);
    if let (Some(from), Some(to), true) = (ends[0].item, ends[1].item, most == 1) {
        // The shortest alone is found from both ends in microseconds; whether there are others is not looked for.
        paths = ask.live.walk(|graph, scratch| {
            let items = graph.shortest(from, to, &conditions, MOST_STEPS, scratch);
            items.and_then(|items| graph.path(items, &conditions)).into_iter().collect()
        });
        more = !paths.is_empty();
    } else if let (Some(from), Some(to)) = (ends[0].item, ends[1].item) {
        let all = ask
            .live
            .walk(|graph, scratch: &mut Scratch| graph.all(from, to, &conditions, MOST_STEPS, LOOKED_AT, scratch));
        (paths, more) = (all.paths, all.more);
    }
    Found {
        from: of(&ends[0]),
        to: of(&ends[1]),
        total: paths.len(),
        more,
        fewest: paths.iter().map(|path| path.hops.len()).min(),
        paths: paths.iter().take(most).map(|path| maker.chain(path)).collect(),
        conditions: crate::url::query(walking.pairs()),
    }
}

/// Being reviewed by the same authority, or standing on the same list, connects nobody: such links count only if asked for.
fn conditions(ask: &Ask<'_>, walking: &Walking) -> Conditions {
    let conditions = walking.conditions(ask.edition());
    let types = &ask.edition().vocabulary().link_types;
    let left_out = LEFT_OUT.iter().filter_map(|id| types.position(id)).fold(0u64, |bits, at| bits | 1 << at);
    if walking.links.is_empty() { Conditions { types: !left_out, ..conditions } } else { conditions }
}

fn title(lang: Lang, view: &Found) -> String {
    match (&view.from, &view.to) {
        (Some(from), Some(to)) => {
            lang.t_with("path-title", &[("from", Arg::Text(&from.name)), ("to", Arg::Text(&to.name))])
        }
        _ => lang.t("path-ask"),
    }
}

fn body(ask: &Ask<'_>, view: &Found, walking: &Walking, ends: &[Picked; 2], title: &str, query: &str) -> Markup {
    let lang = ask.lang;
    html! {
        h1 { (title) }
        p.lead { (lang.t("path-intro")) }
        form.walk-form method="get" action=(here(ask)) {
            div.ends {
                (ends[0].field(ask, "from", &lang.t("path-from")))
                (ends[1].field(ask, "to", &lang.t("path-to")))
            }
            (walking.fields(ask))
            button type="submit" { (lang.t("path-show")) }
        }
        @if view.from.is_some() && view.to.is_some() { (results(lang, view)) }
        (cite(ask, title, query))
    }
}

fn results(lang: Lang, view: &Found) -> Markup {
    html! {
        section aria-labelledby="paths" {
            h2 #paths { (count(lang, view)) }
            @if view.paths.is_empty() { p { (lang.t("path-none-why")) } }
            @else { p.soft { (lang.t("path-ranking")) } }
            ol.paths { @for chain in &view.paths { li { (one(lang, chain)) } } }
            @if view.total > view.paths.len() {
                p.soft { (lang.t_with("path-shown", &[("n", Arg::Count(view.paths.len() as u64))])) }
            }
        }
    }
}

fn count(lang: Lang, view: &Found) -> String {
    match (view.total, view.more) {
        (0, _) => lang.t("path-none"),
        (n, true) => lang.t_with("path-count-more", &[("n", Arg::Count(n as u64))]),
        (n, false) => lang.t_with("path-count", &[("n", Arg::Count(n as u64))]),
    }
}

/// A path as its chain of names, then step by step.
pub(crate) fn one(lang: Lang, chain: &Chain) -> Markup {
    html! {
        article.path {
            h3.chain {
                @for (n, item) in chain.items.iter().enumerate() {
                    @if n > 0 { (ui::icon("arrow")) span.visually-hidden { " " (lang.t("path-then")) " " } }
                    bdi { (item.name) } @if item.collective { "*" }
                }
            }
            p.soft {
                (lang.t_with("path-steps", &[("n", Arg::Count(chain.steps as u64))]))
                (lang.t("list-comma"))
                @if let Some(knot) = chain.hops.get(chain.weakest) { (weakest(lang, knot)) }
            }
            ol.steps { @for (n, knot) in chain.hops.iter().enumerate() { (step(lang, knot, n == chain.weakest)) } }
        }
    }
}

/// "weakest evidence: A supplies B, reported".
pub(crate) fn weakest(lang: Lang, knot: &Knot) -> Markup {
    let what = connections::sentence(lang, &knot.tie);
    let how = html! { (ui::confidence(lang, knot.tie.rated.0, knot.tie.rated.1)) };
    lang.t_markup("path-weakest", &[("what", what), ("how", how)])
}

fn step(lang: Lang, knot: &Knot, weakest: bool) -> Markup {
    html! {
        li.step-weakest[weakest] {
            p {
                (ui::icon(&knot.tie.link_type.icon)) " " (connections::sentence(lang, &knot.tie)) " "
                span.soft { (connections::when(lang, &knot.tie)) }
                @if weakest { " " span.badge.weakest { (lang.t("path-weakest-mark")) } }
            }
            @match &knot.claim {
                Some(claim) => (ui::how_we_know(lang, &said::standing(lang, claim))),
                None => (connections::how(lang, &knot.tie)),
            }
            @if !knot.others.is_empty() {
                p.soft { (lang.t_with("path-others", &[("n", Arg::Count(knot.others_in_all as u64))])) }
                ul.others {
                    @for other in &knot.others {
                        li { (rows::end(&other.subject)) " " (other.link_type.label) " " (rows::end(&other.object)) " " (connections::how(lang, other)) }
                    }
                }
            }
        }
    }
}

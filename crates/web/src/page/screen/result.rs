//! The results of screening: a page of rows at a time, each with the reasons to decide by; downloads; and one printable
//! report of everything that was found.

use edition::screen::{Answer, Verdict};
use maud::{DOCTYPE, Markup, html};
use model::Asked;
use ui::{Arg, EditionStamp, Lang, Layout, Pages, Section};

use crate::ask::{Ask, Face};
use crate::face::screening;
use crate::filtering::refused_page;
use crate::page::screen::{forget, private};
use crate::page::{Frame, connections, path, rows};
use crate::reply::{Failure, Reply};
use crate::screening::{News, Screened};
use crate::state::stamp;
use crate::view::Maker;
use crate::view::screening::{Entry, Found, Known, ResultRow, Screening, Why};

/// So many rows stand on a page.
const PAGE: usize = 50;

/// So many rows stand in a report.
const REPORT: usize = 2_000;

type RowOf<'d> = (&'d Asked, &'d Answer);

/// The result as the face that is asked for.
pub(super) fn faces(ask: &Ask<'_>, done: &Screened) -> Result<Reply, Failure> {
    // The list was compared with this edition, whatever is on show by now.
    let stamp = stamp(&done.edition);
    match ask.face {
        Face::Html => page(ask, done),
        Face::Csv => {
            let bytes = screening::table(done, ask.lang, &stamp);
            Ok(Reply { download: "screening.csv", ..Reply::data("text/csv; charset=utf-8", bytes) })
        }
        Face::Xlsx => {
            if done.answers.len() > screening::SHEET_ROWS {
                return Err(Failure::Parameter("xlsx", format!("≤ {}", screening::SHEET_ROWS)));
            }
            let bytes = screening::workbook(done, ask.lang, &stamp).ok_or(Failure::Broken)?;
            let mime = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet";
            Ok(Reply { download: "screening.xlsx", ..Reply::data(mime, bytes) })
        }
        _ => {
            let maker = Maker { edition: &done.edition, lang: ask.lang };
            Ok(Reply { download: "screening.json", ..Reply::json(&maker.screening(done, done.rows())) })
        }
    }
}

/// Which rows are shown.
fn shown<'d>(done: &'d Screened, which: &str) -> Vec<RowOf<'d>> {
    let mut all: Vec<RowOf<'d>> = done.rows().collect();
    match Verdict::ALL.into_iter().find(|verdict| verdict.word() == which) {
        Some(verdict) => all.retain(|(_, answer)| answer.verdict == verdict),
        None if which == "new" => all.retain(|(asked, answer)| {
            let earlier = asked.earlier.as_deref();
            earlier.is_some_and(|e| !crate::screening::news(&done.edition, e, answer, done.record(answer)).is_empty())
        }),
        None if which == "report" => all.retain(|(_, answer)| answer.verdict < Verdict::None),
        None => {}
    }
    all.sort_by_key(|(asked, answer)| (answer.verdict, asked.line));
    all
}

fn page(ask: &Ask<'_>, done: &Screened) -> Result<Reply, Failure> {
    let field = |name: &str| ask.query.iter().find(|(key, _)| key == name).map_or("", |(_, value)| value.as_str());
    let which = field("show");
    let rows = shown(done, which);
    if which == "report" {
        let title = ask.lang.t("screen-report");
        let body = report_body(ask.lang, done, &rows, &stamp(&done.edition));
        return Ok(private(ask, Frame::new(&title, Section::Items, Layout::Wide, body)));
    }
    let number = match field("page") {
        "" => 1,
        text => text.parse().map_err(|_| refused_page("1"))?,
    };
    let last = rows.len().div_ceil(PAGE).max(1);
    let pages = Pages::of(rows.len(), PAGE, number).ok_or_else(|| refused_page(&format!("1–{last}")))?;
    let maker = Maker { edition: &done.edition, lang: ask.lang };
    let view = maker.screening(done, rows.iter().skip((number - 1) * PAGE).take(PAGE).copied());
    let title = ask.lang.t("screen-results");
    let address = |page: usize| {
        let pairs = [("show", which.to_owned()), ("page", page.to_string())];
        let pairs = pairs.into_iter().filter(|(key, value)| !(value.is_empty() || *key == "page" && value == "1"));
        format!("{}{}", ask.urls().screening(ask.id()), crate::url::question(&crate::url::query(pairs)))
    };
    let body = html! {
        h1 { (title) }
        (summary(ask.lang, &view))
        (choices(ask, done, which))
        (downloads(ask))
        @if view.results.is_empty() { p { (ask.lang.t("screen-no-rows")) } }
        @for row in &view.results { (one(ask.lang, row, &view, false)) }
        (ui::pager(ask.lang, pages, address))
        (forget(ask))
    };
    Ok(private(ask, Frame::new(&title, Section::Items, Layout::Wide, body)))
}

fn verdict_label(lang: Lang, verdict: Verdict) -> String {
    lang.t(match verdict {
        Verdict::Match => "screen-match",
        Verdict::Possible => "screen-possible",
        Verdict::None => "screen-none",
        Verdict::Refused => "screen-refused",
    })
}

fn summary(lang: Lang, view: &Screening) -> Markup {
    let refused = view.refused.values().sum::<u64>();
    html! {
        p role="status" {
            (lang.t_with("screen-summary", &[("n", Arg::Count(view.rows as u64)), ("day", Arg::Text(&ui::date_text(lang, &view.as_of)))]))
        }
        @if refused > 0 { p.warning-box { (lang.t_with("screen-refused-rows", &[("n", Arg::Count(refused))])) } }
        @if view.empty > 0 { p.soft { (lang.t_with("screen-empty-rows", &[("n", Arg::Count(view.empty))])) } }
        @if !view.problems.is_empty() {
            details {
                summary { (lang.t_with("screen-problems", &[("n", Arg::Count(view.problems.len() as u64))])) }
                ul lang="en" { @for problem in &view.problems { li { (problem) } } }
            }
        }
        p.soft { (lang.t("screen-scores")) }
    }
}

fn choices(ask: &Ask<'_>, done: &Screened, which: &str) -> Markup {
    let base = ask.urls().screening(ask.id());
    let all = Verdict::ALL.into_iter().zip(done.counts()).filter(|(_, count)| *count > 0);
    let compared = done.list.asked.iter().any(|asked| asked.earlier.is_some());
    html! {
        nav aria-label=(ask.lang.t("screen-show")) {
            ul.jump {
                li { a href=(base) aria-current=[which.is_empty().then_some("page")] { (ask.lang.t("screen-all")) } }
                @for (verdict, count) in all {
                    li {
                        a href=(format!("{base}?show={}", verdict.word())) aria-current=[(which == verdict.word()).then_some("page")] {
                            (verdict_label(ask.lang, verdict)) (crate::page::item::count(ask.lang, count))
                        }
                    }
                }
                @if compared {
                    li { a href=(format!("{base}?show=new")) aria-current=[(which == "new").then_some("page")] { (ask.lang.t("screen-new")) } }
                }
            }
        }
    }
}

fn downloads(ask: &Ask<'_>) -> Markup {
    let base = ask.urls().screening(ask.id());
    html! {
        p.downloads {
            (ui::icon("download")) (ask.lang.t("screen-download"))
            @for (ending, name) in [("csv", "CSV"), ("xlsx", "XLSX"), ("json", "JSON")] {
                a href=(format!("{base}.{ending}")) { (name) }
            }
            a href=(format!("{base}?show=report")) { (ask.lang.t("screen-report")) }
        }
    }
}

fn one(lang: Lang, row: &ResultRow, view: &Screening, open: bool) -> Markup {
    let best = row.candidates.first();
    let known = best.and_then(|best| view.items.get(&best.item.id));
    html! {
        article.screened.(format!("screened-{}", row.verdict)) {
            h2 {
                @if row.asked.is_empty() { (lang.t("screen-unnamed")) } @else { bdi { (row.asked) } } " "
                span.soft { (lang.t_with("screen-line", &[("n", Arg::Text(&row.line.to_string()))])) }
            }
            p {
                span.badge.(format!("verdict-{}", row.verdict)) { (verdict_label(lang, row.rated)) }
                @if let Some(best) = best { " " (rows::end(&best.item)) " " (score(lang, best)) }
            }
            @if row.rated == Verdict::Refused { p.soft { (lang.t("screen-refused-why")) } }
            @if !row.told.is_empty() { ul.news { @for news in &row.told { li { (news_text(lang, news, view)) } } } }
            @if let Some(best) = best { (why(lang, best)) }
            @if row.candidates.len() > 1 { (others(lang, &row.candidates[1..])) }
            @if let Some(known) = known { (known_of(lang, known, open)) }
        }
    }
}

fn score(lang: Lang, found: &Found) -> Markup {
    html! {
        span.soft {
            @if found.by == "identifier" { (lang.t("screen-by-identifier")) }
            @else { (lang.t_with("screen-score", &[("score", Arg::Text(&format!("{:.2}", found.score)))])) }
        }
    }
}

fn why(lang: Lang, found: &Found) -> Markup {
    let for_it = found.reasons.iter().filter(|why| why.speaks_for);
    let against = found.reasons.iter().filter(|why| !why.speaks_for);
    html! {
        @if !found.name.is_empty() {
            p.soft { (lang.t_markup("screen-known-as", &[("name", html! { bdi { (found.name) } })])) }
        }
        @if !found.reasons.is_empty() || !found.but.is_empty() {
            ul.reasons {
                @for why in for_it { li.for { (ui::icon("tick")) " " (reason(lang, why)) } }
                @for why in against { li.against { (ui::icon("contradicts")) " " (reason(lang, why)) } }
                @if !found.but.is_empty() { li.against { (ui::icon("contradicts")) " " (but(lang, found.but)) } }
            }
        }
    }
}

fn but(lang: Lang, but: &str) -> String {
    lang.t(match but {
        "country" => "screen-but-country",
        "identifier" => "screen-but-identifier",
        _ => "screen-but-rival",
    })
}

fn reason(lang: Lang, why: &Why) -> Markup {
    let rule = lang.t(match why.rule {
        "same" => "screen-rule-same",
        "translated" => "screen-rule-translated",
        "read" => "screen-rule-read",
        "consonants" => "screen-rule-consonants",
        "near" => "screen-rule-near",
        "shortened" => "screen-rule-shortened",
        "joined" => "screen-rule-joined",
        "initials" => "screen-rule-initials",
        "other-character" => "screen-rule-other-character",
        "clash" => "screen-rule-clash",
        _ => "screen-rule-alone",
    });
    html! {
        @if !why.asked.is_empty() { bdi { (why.asked) } }
        @if !why.asked.is_empty() && !why.known.is_empty() { " = " }
        @if !why.known.is_empty() { bdi { (why.known) } }
        " " span.soft { (rule) }
    }
}

fn others(lang: Lang, others: &[Found]) -> Markup {
    html! {
        p.soft {
            (lang.t("screen-others")) " "
            @for (n, other) in others.iter().enumerate() {
                @if n > 0 { (lang.t("list-comma")) }
                (rows::end(&other.item)) " " (score(lang, other))
            }
        }
    }
}

fn known_of(lang: Lang, known: &Known, open: bool) -> Markup {
    html! {
        @if !known.lists.is_empty() {
            h3 { (lang.t("lists-it-is-on")) }
            ul { @for entry in &known.lists { li { (entry_of(lang, entry)) } } }
        }
        @if !known.acts.is_empty() {
            details open[open] {
                summary { (lang.t_with("screen-acts", &[("n", Arg::Count(known.acts_in_all as u64))])) }
                ul.acts {
                    @for tie in &known.acts {
                        li { (connections::sentence(lang, tie)) " " span.soft { (connections::when(lang, tie)) } " " (connections::how(lang, tie)) }
                    }
                }
                @if known.acts_in_all > known.acts.len() { p { a href=(known.item.url) { (lang.t("screen-profile")) } } }
            }
        }
        @if !known.exposures.is_empty() {
            details open[open] {
                summary { (lang.t_with("screen-exposures", &[("n", Arg::Count(known.exposures_in_all as u64))])) }
                p.soft { (lang.t("screen-exposures-why")) }
                @for exposed in &known.exposures { (exposure(lang, exposed)) }
            }
        }
    }
}

fn entry_of(lang: Lang, entry: &Entry) -> Markup {
    let standing = lang.t(match entry.standing {
        "current" => "screen-current",
        "past" => "screen-past",
        _ => "screen-later",
    });
    html! {
        strong { (rows::end(&entry.list)) } " " span.badge { (standing) } " "
        (connections::when(lang, &entry.tie)) " " (connections::how(lang, &entry.tie))
        @for citation in &entry.citations { br; span.soft { (lang.t("legal-citation")) " " span dir="auto" { (citation) } } }
    }
}

fn exposure(lang: Lang, exposed: &crate::view::screening::Exposed) -> Markup {
    html! {
        div.exposure {
            p {
                strong { (rows::end(&exposed.item)) } " "
                span.soft { (exposed.lists.iter().map(|list| list.name.clone()).collect::<Vec<_>>().join(&lang.t("list-comma"))) }
            }
            ol.steps {
                @for knot in &exposed.path.hops {
                    li { (connections::sentence(lang, &knot.tie)) " " span.soft { (connections::when(lang, &knot.tie)) } " " (connections::how(lang, &knot.tie)) }
                }
            }
            @if let Some(knot) = exposed.path.hops.get(exposed.path.weakest) { p.soft { (path::weakest(lang, knot)) } }
        }
    }
}

fn news_text(lang: Lang, news: &News, view: &Screening) -> String {
    let name = |id: &str| {
        let all = view.items.values().flat_map(|known| {
            let lists = known.lists.iter().map(|entry| &entry.list);
            lists.chain(known.exposures.iter().map(|exposed| &exposed.item)).chain([&known.item])
        });
        all.into_iter().find(|item| item.id == id).map_or_else(|| id.to_owned(), |item| item.name.clone())
    };
    let with = |key: &'static str, id: &str| lang.t_with(key, &[("what", Arg::Text(&name(id)))]);
    match news {
        News::Verdict(was) => match Verdict::ALL.into_iter().find(|verdict| verdict.word() == was) {
            Some(was) => lang.t_with("screen-news-verdict", &[("what", Arg::Text(&verdict_label(lang, was)))]),
            None => lang.t("screen-news-row"),
        },
        News::Item(was) => with("screen-news-item", was),
        News::Listed(list) => with("screen-news-listed", list),
        News::Unlisted(list) => with("screen-news-unlisted", list),
        News::Links(more) => lang.t_with("screen-news-links", &[("n", Arg::Count(*more))]),
        News::Exposed(item) => with("screen-news-exposed", item),
    }
}

fn report_body(lang: Lang, done: &Screened, rows: &[RowOf<'_>], stamp: &EditionStamp) -> Markup {
    let maker = Maker { edition: &done.edition, lang };
    let view = maker.screening(done, rows.iter().take(REPORT).copied());
    let edition = stamp.number.to_string();
    html! {
        h1 { (lang.t("screen-report")) }
        (summary(lang, &view))
        p.soft {
            (lang.t_with("footer-edition", &[("number", Arg::Text(&edition))])) (lang.t("list-comma"))
            (ui::date(lang, &stamp.date)) (lang.t("list-comma")) code { (stamp.root) }
        }
        ul { @for (verdict, count) in Verdict::ALL.into_iter().zip(done.counts()) { li { (verdict_label(lang, verdict)) (lang.t("list-colon")) (ui::grouped(count as u64)) } } }
        @for row in &view.results { (one(lang, row, &view, true)) }
        @if rows.len() > REPORT { p { (lang.t_with("screen-report-cut", &[("n", Arg::Count(REPORT as u64))])) } }
    }
}

/// The report as a document of its own, without style or links to files: for the command line.
pub(crate) fn report(done: &Screened, lang: Lang, stamp: &EditionStamp) -> String {
    let rows = shown(done, "report");
    let body = report_body(lang, done, &rows, stamp);
    let title = lang.t("screen-report");
    let document = html! {
        (DOCTYPE)
        html lang=(lang.tag()) dir=(lang.dir()) {
            head { meta charset="utf-8"; title { (title) } }
            body { main { (body) p { (lang.t("notice")) } } }
        }
    };
    document.0
}

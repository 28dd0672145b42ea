//! How a search looks: box, groups, marks, explanation, and the filter beside them.

use edition::search::Group;
use maud::{Markup, html};
use ui::{Arg, Lang};

use crate::ask::Ask;
use crate::filtering::ignored_note;
use crate::page::filter::{chips, form};
use crate::page::rows;
use crate::page::search::Wish;
use crate::page::search::found::{Explanation, Found, Listed, Piece};
use crate::url::Urls;

/// The page inside the frame.
pub(super) fn body(ask: &Ask<'_>, wish: &Wish, found: &Found) -> Markup {
    let lang = ask.lang;
    html! {
        h1 { (lang.t("search")) }
        (search_box(ask, wish))
        (ignored_note(ask, &wish.ignored, &ask.urls().search(&wish.query())))
        div.two {
            div {
                @if !found.query.is_empty() || !found.filter.is_empty() || found.group.is_some() { (results(ask, wish, found)) }
                @else { p.soft { (lang.t("search-intro")) } }
                (how(lang))
            }
            aside {
                h2 { (lang.t("filter")) }
                p.soft { (lang.t("search-filter-note")) }
                @if let Some(counts) = &found.counts { (form(ask, ask.urls().search(""), &wish.whole(), counts)) }
            }
        }
    }
}

fn search_box(ask: &Ask<'_>, wish: &Wish) -> Markup {
    let lang = ask.lang;
    html! {
        search {
            form.search-box method="get" action=(ask.urls().search("")) {
                label for="search-q" { (lang.t("search-label")) }
                div.with-button {
                    input #search-q type="search" name="q" value=(wish.text) maxlength="200" autocomplete="off"
                        data-suggest=(lang.t("search-suggestions"));
                    button type="submit" { (ui::icon("search")) (lang.t("search")) }
                }
                @for (key, value) in wish.filter.pairs() { input type="hidden" name=(key.name()) value=(value); }
                @if let Some(group) = wish.group { input type="hidden" name="group" value=(group.word()); }
                @if wish.explain { input type="hidden" name="explain" value="1"; }
            }
        }
    }
}

fn results(ask: &Ask<'_>, wish: &Wish, found: &Found) -> Markup {
    let lang = ask.lang;
    let total: usize = Group::ALL.into_iter().map(|group| total(found, group)).sum();
    html! {
        p role="status" { (lang.t_with("search-count", &[("n", Arg::Count(total as u64))])) }
        (groups(ask, wish, found))
        (chips(ask, &wish.filter, |filter| {
            ask.urls().search(&Wish { filter: filter.clone(), ..wish.of(wish.group) }.query())
        }))
        @for correction in &found.corrections {
            p.warning-box { (lang.t_markup("search-read-as", &[
                ("typed", html! { q { bdi { (correction.typed) } } }),
                ("read", html! { strong { bdi { (correction.read_as.join(", ")) } } }),
            ])) }
        }
        @for group in Group::ALL { (group_results(ask, wish, found, group)) }
        @if total == 0 { (nothing(ask, found)) }
        (ui::pager(lang, found.pages, |page| ask.urls().search(&Wish { page, ..wish.of(wish.group) }.query())))
        @if total > 0 { (explain_link(ask, wish)) }
    }
}

fn total(found: &Found, group: Group) -> usize {
    match group {
        Group::Items => found.totals.items,
        Group::Links => found.totals.links,
        Group::Sources => found.totals.sources,
        Group::Stories => found.totals.stories,
        Group::Terms => found.totals.terms,
    }
}

fn group_name(lang: Lang, group: Group) -> String {
    lang.t(match group {
        Group::Items => "nav-items",
        Group::Links => "links",
        Group::Sources => "search-sources",
        Group::Stories => "nav-stories",
        Group::Terms => "nav-glossary",
    })
}

/// The ways from group to group, each with its number.
fn groups(ask: &Ask<'_>, wish: &Wish, found: &Found) -> Markup {
    let lang = ask.lang;
    let all = [None].into_iter().chain(Group::ALL.map(Some));
    html! {
        nav.search-groups aria-label=(lang.t("search-groups")) {
            ul {
                @for group in all.filter(|group| group.is_none_or(|group| total(found, group) > 0)) {
                    li {
                        a href=(ask.urls().search(&wish.of(group).query())) aria-current=[(wish.group == group).then_some("page")] {
                            (group.map_or_else(|| lang.t("search-all"), |group| group_name(lang, group)))
                            @if let Some(group) = group { " " span.soft { (ui::grouped(total(found, group) as u64)) } }
                        }
                    }
                }
            }
        }
    }
}

fn group_results(ask: &Ask<'_>, wish: &Wish, found: &Found, group: Group) -> Markup {
    let lang = ask.lang;
    let shown: Vec<&Listed> = found.results.iter().filter(|result| result.group == group.word()).collect();
    let all = total(found, group);
    let start = (found.pages.page - 1) * super::PAGE + 1;
    html! {
        @if !shown.is_empty() {
            section.search-group {
                h2 { (group_name(lang, group)) }
                ol.results start=(start) { @for one in &shown { li.result { (result(lang, one)) } } }
                @if wish.group.is_none() && all > shown.len() {
                    p {
                        a href=(ask.urls().search(&wish.of(Some(group)).query())) {
                            (lang.t_with("search-more", &[("n", Arg::Count(all as u64)), ("group", Arg::Text(&group_name(lang, group)))]))
                        }
                    }
                }
            }
        }
    }
}

fn result(lang: Lang, result: &Listed) -> Markup {
    html! {
        p.result-title { a href=(result.url) { bdi { (marked(&result.title)) } } }
        @if !result.also.is_empty() {
            p.search-also { (lang.t("search-also")) " " bdi { (marked(&result.also)) } }
        }
        @if !result.text.is_empty() { p.search-text dir="auto" { (marked(&result.text)) } }
        div.result-meta {
            @match &result.row {
                Some(row) => {
                    (rows::place(lang, &row.place, false))
                    span { (rows::when(lang, row)) }
                    (ui::confidence(lang, row.rated.0, row.rated.1))
                    (rows::flags(lang, row))
                }
                None => { (ui::tag(&result.kind.tag(String::new()))) }
            }
            @if let Some((publisher, date)) = &result.published {
                @if !publisher.is_empty() { bdi { (publisher) } }
                @if !date.is_empty() { (ui::date(lang, date)) }
            }
        }
        @if let Some(why) = &result.explanation { (explanation(lang, why, result.score)) }
    }
}

fn marked(pieces: &[Piece]) -> Markup {
    html! { @for piece in pieces { @if piece.found { mark { (piece.text) } } @else { (piece.text) } } }
}

fn explanation(lang: Lang, why: &Explanation, score: f32) -> Markup {
    let number = |n: f32| format!("{n:.2}");
    html! {
        details.search-why open {
            summary { (lang.t_with("search-score", &[("score", Arg::Text(&number(score)))])) }
            ul {
                @for share in &why.shares {
                    li {
                        (number(share.score)) " " q { bdi { (share.typed) } } " " (by(lang, share.by))
                        @if share.by != "typed" && !share.terms.is_empty() { " " bdi { (share.terms.join(", ")) } }
                    }
                }
                @if why.known > 1.0 { li { "× " (number(why.known)) " " (lang.t("search-known")) } }
                @if why.whole_name > 1.0 { li { "× " (number(why.whole_name)) " " (lang.t("search-whole-name")) } }
            }
        }
    }
}

fn by(lang: Lang, by: &str) -> String {
    lang.t(match by {
        "form" => "search-by-form",
        "beginning" => "search-by-beginning",
        "pinyin" => "search-by-pinyin",
        "spelling" => "search-by-spelling",
        _ => "search-by-typed",
    })
}

fn nothing(ask: &Ask<'_>, found: &Found) -> Markup {
    let lang = ask.lang;
    html! {
        p { (lang.t("search-nothing")) }
        @if !found.similar.is_empty() {
            h2 { (lang.t("search-similar")) }
            ul { @for item in &found.similar { li { a href=(item.url) { bdi { (item.name) } } } } }
        }
    }
}

fn explain_link(ask: &Ask<'_>, wish: &Wish) -> Markup {
    let other = Wish { page: wish.page, explain: !wish.explain, ..wish.of(wish.group) };
    let key = if wish.explain { "search-explain-less" } else { "search-explain" };
    html! { p.soft { a href=(ask.urls().search(&other.query())) { (ask.lang.t(key)) } } }
}

/// How to ask, with examples that can be followed.
fn how(lang: Lang) -> Markup {
    let examples = [
        ("“smart city”", "search-how-phrase"),
        ("huawei -kenya", "search-how-not"),
        ("name:海康", "search-how-field"),
        ("surveil*", "search-how-beginning"),
        ("haikang", "search-how-pinyin"),
    ];
    html! {
        details.search-how {
            summary { (lang.t("search-how")) }
            dl {
                @for (example, key) in examples {
                    dt { a href=(Urls { lang }.search(&model::Filter::default().with(model::FilterKey::Q, example).query())) { code { (example) } } }
                    dd { (lang.t(key)) }
                }
            }
        }
    }
}

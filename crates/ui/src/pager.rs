//! Pagination: where we are in a long list, and the ways on.

use maud::{Markup, html};

use crate::lang::{Arg, Lang};

/// A position in a list of pages, counted from 1.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Pages {
    /// The page shown.
    pub page: usize,
    /// How many pages there are, at least 1.
    pub last: usize,
}

impl Pages {
    /// Page `page` of a list of `total` rows, `size` a page. `None` if there is no such page.
    pub fn of(total: usize, size: usize, page: usize) -> Option<Self> {
        let last = total.div_ceil(size.max(1)).max(1);
        (1..=last).contains(&page).then_some(Self { page, last })
    }
}

/// Links to the first, neighbouring and last pages; nothing where one page holds all.
pub fn pager(lang: Lang, pages: Pages, href: impl Fn(usize) -> String) -> Markup {
    let Pages { page, last } = pages;
    html! {
        @if last > 1 {
            nav.pager aria-label=(lang.t("pager")) {
                @if page > 1 { a href=(href(page - 1)) rel="prev" { (lang.t("pager-previous")) } }
                ol {
                    @for number in shown(page, last) {
                        @match number {
                            None => { li aria-hidden="true" { "…" } }
                            Some(number) if number == page => { li { span aria-current="page" { (number) } } }
                            Some(number) => { li { (link(lang, number, &href)) } }
                        }
                    }
                }
                @if page < last { a href=(href(page + 1)) rel="next" { (lang.t("pager-next")) } }
            }
        }
    }
}

fn link(lang: Lang, number: usize, href: &impl Fn(usize) -> String) -> Markup {
    let label = lang.t_with("pager-page", &[("n", Arg::Text(&number.to_string()))]);
    html! { a href=(href(number)) aria-label=(label) { (number) } }
}

/// The first, the last and the neighbours of `page`; `None` stands for a gap.
fn shown(page: usize, last: usize) -> Vec<Option<usize>> {
    let mut out = Vec::new();
    let mut before = 0;
    for number in (1..=last).filter(|n| *n == 1 || *n == last || n.abs_diff(page) <= 2) {
        if number > before + 1 {
            out.push(None);
        }
        out.push(Some(number));
        before = number;
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn pages_outside_the_list_do_not_exist() {
        assert_eq!(Pages::of(0, 50, 1), Some(Pages { page: 1, last: 1 }));
        assert_eq!(Pages::of(101, 50, 3), Some(Pages { page: 3, last: 3 }));
        assert_eq!(Pages::of(100, 50, 3), None);
        assert_eq!(Pages::of(100, 50, 0), None);
    }

    #[test]
    fn first_last_and_neighbours_are_shown() {
        let text = |page, last| {
            shown(page, last).iter().map(|n| n.map_or("…".into(), |n| n.to_string())).collect::<Vec<_>>().join(" ")
        };
        assert_eq!(text(1, 3), "1 2 3");
        assert_eq!(text(6, 20), "1 … 4 5 6 7 8 … 20");
        assert_eq!(text(20, 20), "1 … 18 19 20");
    }

    #[test]
    fn one_page_needs_no_pager() {
        assert_eq!(pager(Lang::En, Pages { page: 1, last: 1 }, |n| n.to_string()).0, "");
        let html = pager(Lang::En, Pages { page: 2, last: 3 }, |n| format!("?page={n}")).0;
        assert!(html.contains("href=\"?page=1\" rel=\"prev\"") && html.contains("aria-current=\"page\">2"), "{html}");
    }
}

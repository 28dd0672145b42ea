//! Charts made on the server: one picture, and beside it the table that says the same.

use maud::{Markup, html};

use crate::lang::{Arg, Lang};
use crate::number::grouped;
use crate::table::{Column, table};

/// One bar: label, count, and where the reader finds what was counted (empty for nowhere).
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Bar {
    /// What was counted.
    pub label: String,
    /// How many.
    pub count: u64,
    /// The list of what was counted.
    pub href: String,
}

/// Counts by year as upright bars, every year between the first and the last drawn, and the undated said in words.
pub fn timeline(lang: Lang, caption: &str, years: &[Bar], undated: u64) -> Markup {
    let filled = fill_gaps(years);
    let most = filled.iter().map(|(_, count)| *count).max().unwrap_or(0).max(1);
    html! {
        figure.chart {
            figcaption { (caption) }
            @if !filled.is_empty() { (year_picture(lang, caption, &filled, most)) }
            @if undated > 0 { p.soft { (lang.t_with("chart-undated", &[("n", Arg::Count(undated))])) } }
            details.chart-table {
                summary { (lang.t("chart-as-table")) }
                (table(caption, &[Column::text(lang.t("year")), Column::number(lang.t("links"))], &rows(years)))
            }
        }
    }
}

/// Counts as lying bars in a table: the numbers are the table, the bars only help the eye.
pub fn bars(lang: Lang, caption: &str, heading: &str, all: &[Bar]) -> Markup {
    let most = all.iter().map(|bar| bar.count).max().unwrap_or(0).max(1);
    let (first, rest) = all.split_at(if all.len() > SHOWN + SHOWN / 4 { SHOWN } else { all.len() });
    let n = rest.len() as u64;
    html! {
        (bars_table(lang, caption, heading, first, most))
        @if n > 0 {
            details.bars-rest {
                summary { (lang.t_with("figure-rest", &[("n", Arg::Count(n))])) span.visually-hidden { (lang.t("list-colon")) (caption) } }
                (bars_table(lang, caption, heading, rest, most))
            }
        }
    }
}

/// So many bars are seen at once; more than a few others are folded away below them.
const SHOWN: usize = 20;

fn bars_table(lang: Lang, caption: &str, heading: &str, all: &[Bar], most: u64) -> Markup {
    html! {
        table.bars {
            caption { (caption) }
            thead.visually-hidden { tr { th scope="col" { (heading) } th scope="col" { (lang.t("links")) } td {} } }
            tbody {
                @for bar in all {
                    tr {
                        th scope="row" { (label(bar)) }
                        td.num { (grouped(bar.count)) }
                        td.bar aria-hidden="true" {
                            svg viewBox="0 0 100 6" preserveAspectRatio="none" width="100" height="6" {
                                rect width=(bar.count * 100 / most) height="6" {}
                            }
                        }
                    }
                }
            }
        }
    }
}

fn year_picture(lang: Lang, caption: &str, years: &[(i32, u64)], most: u64) -> Markup {
    let width = years.len() * 12;
    let step = years.len().div_ceil(6).max(1);
    html! {
        svg.timeline viewBox=(format!("0 0 {width} 76")) preserveAspectRatio="none" height="76" width=(width)
            role="img" aria-label=(caption) {
            @for (index, (year, count)) in years.iter().enumerate() {
                @let height = if *count == 0 { 0 } else { (count * 72 / most).max(2) };
                rect x=(index * 12 + 2) y=(74 - height) width="8" height=(height) {
                    title { (year) (lang.t("list-colon")) (lang.t_with("count-links", &[("n", Arg::Count(*count))])) }
                }
            }
            line x1="0" x2=(width) y1="75" y2="75" {}
        }
        p.timeline-years aria-hidden="true" {
            @for (year, _) in years.iter().step_by(step) { span { (year) } }
        }
    }
}

fn rows(bars: &[Bar]) -> Vec<Vec<Markup>> {
    bars.iter().map(|bar| vec![label(bar), html! { (grouped(bar.count)) }]).collect()
}

fn label(bar: &Bar) -> Markup {
    html! { @if bar.href.is_empty() { (bar.label) } @else { a href=(bar.href) { (bar.label) } } }
}

/// Every year from the first to the last; labels that are no year are left out of the picture.
fn fill_gaps(bars: &[Bar]) -> Vec<(i32, u64)> {
    let known: Vec<(i32, u64)> = bars.iter().filter_map(|bar| Some((bar.label.parse().ok()?, bar.count))).collect();
    let (Some(first), Some(last)) = (known.iter().map(|y| y.0).min(), known.iter().map(|y| y.0).max()) else {
        return Vec::new();
    };
    // A mistyped year must not draw ten thousand bars.
    let first = first.max(last - 120);
    let count = |year| known.iter().filter(|(known, _)| *known == year).map(|(_, count)| count).sum();
    (first..=last).map(|year| (year, count(year))).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn bar(label: &str, count: u64) -> Bar {
        Bar { label: label.into(), count, href: format!("/links?from={label}&to={label}") }
    }

    #[test]
    fn years_without_links_are_drawn_as_gaps() {
        assert_eq!(fill_gaps(&[bar("2015", 2), bar("2018", 1)]), [(2015, 2), (2016, 0), (2017, 0), (2018, 1)]);
        assert_eq!(fill_gaps(&[]), []);
        assert_eq!(fill_gaps(&[bar("-9000", 1), bar("2018", 1)]).len(), 121);
    }

    #[test]
    fn the_picture_has_a_table_twin_and_says_what_it_can_not_show() {
        let html = timeline(Lang::En, "By year", &[bar("2015", 2), bar("2018", 1)], 7).0;
        assert_eq!(html.matches("<rect").count(), 4);
        assert_eq!(html.matches("role=\"rowheader\"").count(), 2);
        assert!(html.contains("7 links have no date"), "{html}");
    }

    #[test]
    fn bars_carry_their_numbers() {
        let html = bars(Lang::En, "By country", "Country", &[bar("Chad", 1200), bar("Mali", 300)]).0;
        assert!(html.contains("1,200") && html.contains("width=\"25\""), "{html}");
    }
}

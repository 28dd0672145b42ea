//! Search: one box over items, links, sources, stories and words, grouped, with the filter beside it.

mod body;
mod found;

use model::{Filter, FilterKey};
use ui::{Layout, Pages, Section};

use crate::ask::{Ask, Face};
use crate::filtering::{Asked, asked, refused_page};
use crate::page::{Frame, framed};
use crate::reply::{Failure, Reply};
use crate::view::citable;
use edition::search::{Group, Wanted};

use found::found;

/// So many hits of one group stand on one page.
pub(crate) const PAGE: usize = 25;

/// So many hits of each group stand on the first page.
const FIRST: usize = 6;

/// What is asked for.
pub(crate) struct Wish {
    /// What was typed.
    pub text: String,
    /// The filter, without the text.
    pub filter: Filter,
    /// One group alone, or the best of each.
    pub group: Option<Group>,
    /// The page, from 1; only of one group.
    pub page: usize,
    /// Whether every score is to be explained.
    pub explain: bool,
    /// Keys without meaning, ignored.
    pub ignored: Vec<String>,
}

impl Wish {
    /// The same of one group, or of all, from its first page on.
    pub fn of(&self, group: Option<Group>) -> Self {
        Self { text: self.text.clone(), filter: self.filter.clone(), group, page: 1, ignored: Vec::new(), ..*self }
    }

    /// The filter with the text as its `q`.
    pub fn whole(&self) -> Filter {
        self.filter.with(FilterKey::Q, &self.text)
    }

    /// The canonical query.
    pub fn query(&self) -> String {
        let mut query = self.whole().query();
        let mut more = |key: &str, value: &str| {
            query.push_str(if query.is_empty() { "" } else { "&" });
            query.push_str(&format!("{key}={value}"));
        };
        if let Some(group) = self.group {
            more("group", group.word());
        }
        if self.page > 1 {
            more("page", &self.page.to_string());
        }
        if self.explain {
            more("explain", "1");
        }
        query
    }

    fn wanted(&self) -> Wanted {
        match self.group {
            None => Wanted { group: None, skip: 0, take: FIRST },
            group => Wanted { group, skip: (self.page - 1) * PAGE, take: PAGE },
        }
    }
}

pub(crate) fn search(ask: &Ask<'_>) -> Result<Reply, Failure> {
    let wish = wish(ask)?;
    let found = found(ask, &wish)?;
    let url = ask.urls().search(&wish.query());
    if ask.face == Face::Json {
        return Ok(Reply::json(&citable(ask, url, found)));
    }
    let title = match wish.text.as_str() {
        "" => ask.lang.t("search"),
        text => ask.lang.t_with("search-title", &[("text", ui::Arg::Text(text))]),
    };
    let body = body::body(ask, &wish, &found);
    Ok(framed(ask, Frame { query: wish.query(), ..Frame::new(&title, Section::Other, Layout::Wide, body) }))
}

/// Reads the query: the text, the group and page, whether to explain, and the filter.
fn wish(ask: &Ask<'_>) -> Result<Wish, Failure> {
    let (mut text, mut group, mut page, mut explain, mut rest) = (Vec::new(), None, 1, false, Vec::new());
    for (key, value) in &ask.query {
        match (key.as_str(), value.trim()) {
            ("q", value) => text.extend((!value.is_empty()).then_some(value)),
            ("group" | "page" | "explain", "") => {}
            ("group", word) => group = Some(Group::parse(word).ok_or_else(refused_group)?),
            ("page", number) => page = number.parse().ok().filter(|n| *n > 0).ok_or_else(|| refused_page("1"))?,
            ("explain", flag) => {
                explain = (flag == "1").then_some(true).ok_or(Failure::Parameter("explain", "1".into()))?
            }
            _ => rest.push((key.clone(), value.clone())),
        }
    }
    let Asked { filter, ignored, .. } = asked(&ask.with_query(rest), false)?;
    let text: String = text.join(" ").chars().take(200).collect();
    Ok(Wish { text: text.trim().to_owned(), filter, group, page, explain, ignored })
}

fn refused_group() -> Failure {
    Failure::Parameter("group", Group::ALL.map(Group::word).join(" "))
}

/// The pages of a group with so many hits; all groups together have one page.
fn pages(wish: &Wish, total: usize) -> Result<Pages, Failure> {
    let size = if wish.group.is_some() { PAGE } else { usize::MAX };
    Pages::of(total, size, wish.page).ok_or_else(|| refused_page(&format!("1–{}", total.div_ceil(size).max(1))))
}

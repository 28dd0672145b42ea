//! What is new since an earlier result on the same list.

use edition::Edition;
use edition::screen::{Answer, Record, Standing, Verdict};
use model::Earlier;

/// One thing that is new.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) enum News {
    /// The verdict was another; the word it had.
    Verdict(String),
    /// Another item is found; the id of the one that was.
    Item(String),
    /// It is on a list on which it was not; the list's id.
    Listed(String),
    /// It was on a list of which nothing is known any more.
    Unlisted(String),
    /// So many more links.
    Links(u64),
    /// It hangs together with one more organisation on a list.
    Exposed(String),
}

impl News {
    /// As a word for programs, with what it is about behind a colon.
    pub fn word(&self) -> String {
        match self {
            Self::Verdict(was) => format!("verdict-was:{was}"),
            Self::Item(was) => format!("item-was:{was}"),
            Self::Listed(list) => format!("new-list:{list}"),
            Self::Unlisted(list) => format!("list-gone:{list}"),
            Self::Links(more) => format!("new-links:{more}"),
            Self::Exposed(item) => format!("new-exposure:{item}"),
        }
    }
}

/// What differs from an earlier answer.
pub(crate) fn news(edition: &Edition, earlier: &Earlier, answer: &Answer, record: Option<&Record>) -> Vec<News> {
    let mut news = Vec::new();
    if earlier.verdict != answer.verdict.word() {
        news.push(News::Verdict(earlier.verdict.clone()));
    }
    let item = answer.candidates.first().map_or("", |best| edition.item_at(best.item).id());
    if earlier.item != item {
        // Of another item everything is new; saying that once is enough.
        if !earlier.item.is_empty() {
            news.push(News::Item(earlier.item.clone()));
        }
        return news;
    }
    if let Some(record) = record.filter(|_| answer.verdict != Verdict::Refused) {
        details(edition, earlier, record, &mut news);
    }
    news
}

fn details(edition: &Edition, earlier: &Earlier, record: &Record, news: &mut Vec<News>) {
    let lists = lists(edition, record);
    news.extend(lists.iter().filter(|id| !earlier.lists.contains(id)).cloned().map(News::Listed));
    news.extend(earlier.lists.iter().filter(|id| !lists.contains(id)).cloned().map(News::Unlisted));
    let links = record.acts.len() as u64;
    news.extend((links > earlier.links).then(|| News::Links(links - earlier.links)));
    let exposed = exposed(edition, record);
    news.extend(exposed.into_iter().filter(|id| !earlier.exposed.contains(id)).map(News::Exposed));
}

/// The ids of the lists that an item is or was on.
pub(crate) fn lists(edition: &Edition, record: &Record) -> Vec<String> {
    let all = record.memberships.iter().filter(|one| one.standing != Standing::Later);
    let mut ids: Vec<String> = all.map(|one| edition.item_at(one.list).id().to_owned()).collect();
    ids.sort();
    ids.dedup();
    ids
}

/// The ids of the items on lists that an item hangs together with.
pub(crate) fn exposed(edition: &Edition, record: &Record) -> Vec<String> {
    let mut ids: Vec<String> = record.exposures.iter().map(|one| edition.item_at(one.item).id().to_owned()).collect();
    ids.sort();
    ids
}

//! What a search finds, as its page and its JSON twin show it.

use std::borrow::Cow;

use edition::search::{Group, Hit, Query, Search, Snippet};
use edition::story::tell;
use model::{LangText, Value};
use serde::Serialize;
use ui::Pages;

use crate::ask::{Ask, Face};
use crate::page::rows;
use crate::page::search::{Wish, pages};
use crate::reply::Failure;
use crate::view::Maker;
use crate::view::link::Row;
use crate::view::terms::Term;

/// A page of what was found.
#[derive(Serialize)]
pub(crate) struct Found {
    /// What was typed.
    pub query: String,
    /// The canonical filter, without the text.
    pub filter: String,
    /// How many there are in each group.
    pub totals: Totals,
    /// The group that is shown alone, if one is.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub group: Option<&'static str>,
    /// The page, from 1.
    pub page: usize,
    /// How many pages there are.
    pub last_page: usize,
    /// Words that nothing is spelt as, and what was looked for instead.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub corrections: Vec<Correction>,
    /// What was found, group by group, the best of each first.
    pub results: Vec<Listed>,
    /// Items with like names, where no item was found.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub similar: Vec<Similar>,
    #[serde(skip)]
    pub pages: Pages,
    /// Beside the filter of the page alone.
    #[serde(skip)]
    pub counts: Option<edition::select::Counts>,
}

/// How many are found in each group.
#[derive(Serialize, Clone, Copy)]
pub(crate) struct Totals {
    pub items: usize,
    pub links: usize,
    pub sources: usize,
    pub stories: usize,
    pub terms: usize,
}

/// A word read as another.
#[derive(Serialize)]
pub(crate) struct Correction {
    pub typed: String,
    pub read_as: Vec<String>,
}

/// One thing found.
#[derive(Serialize)]
pub(crate) struct Listed {
    /// `items`, `links`, `sources`, `stories` or `terms`.
    pub group: &'static str,
    pub id: String,
    pub url: String,
    /// What kind of item, link, source or word it is.
    pub kind: Term,
    /// Its name or sentence, in pieces.
    pub title: Vec<Piece>,
    /// Another name that was found, where the title was not.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub also: Vec<Piece>,
    /// A passage of its text, in pieces.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub text: Vec<Piece>,
    pub score: f32,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub explanation: Option<Explanation>,
    /// The link behind a sentence.
    #[serde(skip)]
    pub row: Option<Row>,
    /// Who published a source, and when.
    #[serde(skip)]
    pub published: Option<(String, String)>,
}

/// A piece of a text.
#[derive(Serialize, Debug, Clone, PartialEq, Eq)]
pub(crate) struct Piece {
    pub text: String,
    /// Whether it is what was looked for.
    pub found: bool,
}

/// Why a hit has its score: the sum of the shares, times `known`, times `whole_name`.
#[derive(Serialize)]
pub(crate) struct Explanation {
    pub shares: Vec<Share>,
    /// 1 and more, by how many links or citations the record has.
    pub known: f32,
    /// More than 1 if the query is one of its names, whole.
    pub whole_name: f32,
}

/// What one part of a query added.
#[derive(Serialize)]
pub(crate) struct Share {
    pub typed: String,
    /// `typed`, `form`, `beginning`, `pinyin` or `spelling`.
    pub by: &'static str,
    pub terms: Vec<String>,
    pub score: f32,
}

/// An item whose name is like what was typed.
#[derive(Serialize)]
pub(crate) struct Similar {
    pub id: String,
    pub name: String,
    pub url: String,
    /// From 0 to 1: how sure it is that both names are one organisation's.
    pub score: f32,
}

/// Searches.
pub(crate) fn found(ask: &Ask<'_>, wish: &Wish) -> Result<Found, Failure> {
    let search = ask.live.search()?;
    let query = search.query(&wish.text);
    // Nothing asked, nothing found: the page then is a form. A filter alone is a question.
    let answer = search.find(ask.edition(), &query, &wish.filter, wish.wanted());
    let blank = query.is_empty() && wish.filter.is_empty() && wish.group.is_none();
    let total = |group: Group| if blank { 0 } else { answer.totals[group as usize] };
    let pages = pages(wish, wish.group.map_or(0, total))?;
    let show = Show { ask, wish, search, query: &query };
    let hits: &[Hit] = if blank { &[] } else { &answer.hits };
    let corrections = search.corrections(&query).into_iter().map(|(typed, read_as)| Correction { typed, read_as });
    Ok(Found {
        query: wish.text.clone(),
        filter: wish.filter.query(),
        totals: Totals {
            items: total(Group::Items),
            links: total(Group::Links),
            sources: total(Group::Sources),
            stories: total(Group::Stories),
            terms: total(Group::Terms),
        },
        group: wish.group.map(Group::word),
        page: pages.page,
        last_page: pages.last,
        corrections: corrections.collect(),
        results: hits.iter().map(|hit| show.hit(*hit)).collect(),
        similar: if total(Group::Items) == 0 { similar(ask, &wish.text) } else { Vec::new() },
        pages,
        counts: (ask.face == Face::Html).then(|| search.counts(ask.edition(), &answer, &wish.filter)),
    })
}

/// Items whose names are like what was typed; in any script.
fn similar(ask: &Ask<'_>, text: &str) -> Vec<Similar> {
    let maker = Maker::of(ask);
    let known = ask.edition().known();
    let mut asker = known.asker();
    let name = asker.read(text);
    let likely = asker.likely(&name, 5).into_iter().filter(|likely| likely.comparison.score >= LIKE);
    let items = likely.map(|likely| (maker.item_ref(ask.edition().item_at(likely.item)), likely.comparison.score));
    items.map(|(item, score)| Similar { id: item.id, name: item.name, url: item.url, score }).collect()
}

/// From this score on two names are worth showing as alike.
const LIKE: f32 = 0.2;

/// Shows hits.
struct Show<'a> {
    ask: &'a Ask<'a>,
    wish: &'a Wish,
    search: &'a Search,
    query: &'a Query,
}

/// What is shown of a hit before it is marked.
#[derive(Default)]
struct Plain<'e> {
    id: &'e str,
    url: String,
    kind: Term,
    title: String,
    names: Vec<&'e str>,
    texts: Vec<Cow<'e, str>>,
    row: Option<Row>,
    published: Option<(String, String)>,
}

impl<'a> Show<'a> {
    fn hit(&self, hit: Hit) -> Listed {
        let plain = match hit.group {
            Group::Items => self.item(hit.record),
            Group::Links => self.link(hit.record),
            Group::Sources => self.source(hit.record),
            Group::Stories => self.story(hit.record),
            Group::Terms => self.term(hit.record),
        };
        let title = self.search.marked(self.query, &plain.title);
        let also = plain.names.iter().filter(|name| **name != plain.title && !title.is_marked());
        let also = also.map(|name| self.search.marked(self.query, name)).find(Snippet::is_marked);
        Listed {
            group: hit.group.word(),
            id: plain.id.to_owned(),
            url: plain.url,
            kind: plain.kind,
            title: pieces(title),
            also: also.map(pieces).unwrap_or_default(),
            text: self.passage(&plain.texts),
            score: hit.score,
            explanation: self.wish.explain.then(|| self.explanation(hit)),
            row: plain.row,
            published: plain.published,
        }
    }

    /// The first text that was found, cut around the place; else the beginning of the first.
    fn passage(&self, texts: &[Cow<'_, str>]) -> Vec<Piece> {
        let marked: Vec<Snippet> = texts.iter().map(|text| self.search.marked(self.query, text)).collect();
        let best = marked.iter().find(|snippet| snippet.is_marked()).or(marked.first());
        best.map(|snippet| pieces(snippet.clone().around(180))).unwrap_or_default()
    }

    fn explanation(&self, hit: Hit) -> Explanation {
        let why = self.search.explain(self.query, hit);
        let share =
            |s: edition::search::Share| Share { typed: s.typed, by: s.by.word(), terms: s.terms, score: s.score };
        Explanation {
            shares: why.shares.into_iter().map(share).collect(),
            known: why.known,
            whole_name: why.whole_name,
        }
    }

    fn item(&self, record: u32) -> Plain<'a> {
        let maker = Maker::of(self.ask);
        let item = self.ask.edition().item_at(record);
        let names = ["name", "alias"].into_iter().flat_map(|property| item.values(property)).filter_map(text);
        let texts = ["description", "note", "address"].into_iter().flat_map(|property| item.values(property));
        Plain {
            id: item.id(),
            url: maker.urls().item(item.id()),
            kind: maker.kind(item.kind()),
            title: item.name(self.ask.lang.tag()).to_owned(),
            names: names.map(LangText::text).collect(),
            texts: self.own_language_first(texts.filter_map(text).collect()),
            ..Plain::default()
        }
    }

    fn link(&self, record: u32) -> Plain<'a> {
        let maker = Maker::of(self.ask);
        let link = self.ask.edition().link_at(record);
        let row = maker.row(link);
        let ends = [link.subject(), link.object()];
        let names = ends.into_iter().flat_map(|item| item.values("name").chain(item.values("alias"))).filter_map(text);
        let printed = link.values("list-entry-name").filter_map(text);
        let texts = ["description", "note", "legal-citation", "place"].into_iter().flat_map(|p| link.values(p));
        Plain {
            id: link.id(),
            url: row.url.clone(),
            kind: row.link_type.clone(),
            title: rows::sentence_text(self.ask.lang, &row),
            names: names.chain(printed).map(LangText::text).collect(),
            texts: self.own_language_first(texts.filter_map(text).collect()),
            row: Some(row),
            published: None,
        }
    }

    fn source(&self, record: u32) -> Plain<'a> {
        let maker = Maker::of(self.ask);
        let view = self.ask.edition().source_at(record);
        let source = view.source();
        let date = source.published.as_ref().map(|date| date.as_str().to_owned()).unwrap_or_default();
        Plain {
            id: view.id(),
            url: maker.urls().source(view.id()),
            kind: maker.choice("source-kind", source.kind.as_str()),
            title: source.title.text().to_owned(),
            texts: if source.note.is_empty() { Vec::new() } else { vec![Cow::Borrowed(&*source.note)] },
            published: Some((source.publisher.to_string(), date)),
            ..Plain::default()
        }
    }

    fn term(&self, number: u32) -> Plain<'a> {
        let Some(term) = self.ask.edition().terms().nth(number as usize) else { return Plain::default() };
        let (lang, maker) = (self.ask.lang, Maker::of(self.ask));
        let own = |text: &&LangText| text.lang().split('-').next() == lang.tag().split('-').next();
        let name = term.names.iter().find(own).or(term.names.first());
        Plain {
            id: term.id.as_str(),
            url: format!("{}#{}", maker.urls().glossary(), term.id),
            kind: maker.choice("glossary-category", term.category.as_str()),
            title: name.map_or(term.id.as_str(), LangText::text).to_owned(),
            names: term.names.iter().map(LangText::text).collect(),
            texts: self.own_language_first(term.definitions.iter().collect()),
            ..Plain::default()
        }
    }

    /// In the reader's language if it is told in it; what is found in another language alone shows that one.
    fn story(&self, number: u32) -> Plain<'a> {
        let (edition, lang) = (self.ask.edition(), self.ask.lang);
        let Some(id) = edition.story_ids().get(number as usize).copied() else { return Plain::default() };
        let Some(story) = edition.story(id, lang.tag()) else { return Plain::default() };
        let mut told: Vec<&model::Story> = edition.told(id).collect();
        told.sort_by_key(|other| other.title != story.title);
        let texts = told.iter().flat_map(|story| {
            let prose: Vec<String> = tell(&story.body).texts().collect();
            [Cow::Borrowed(&*story.summary)].into_iter().chain(prose.into_iter().map(Cow::Owned))
        });
        Plain {
            id,
            url: Maker::of(self.ask).urls().story(id),
            kind: Term { id: "story".into(), label: lang.t("search-story"), ..Term::default() },
            title: story.title.text().to_owned(),
            names: told.iter().map(|story| story.title.text()).collect(),
            texts: texts.collect(),
            published: Some((String::new(), story.written.as_str().to_owned())),
            ..Plain::default()
        }
    }

    fn own_language_first(&self, mut texts: Vec<&'a LangText>) -> Vec<Cow<'a, str>> {
        let own = self.ask.lang.tag().split('-').next();
        texts.sort_by_key(|text| text.lang().split('-').next() != own);
        texts.into_iter().map(|text| Cow::Borrowed(text.text())).collect()
    }
}

fn text(value: &Value) -> Option<&LangText> {
    match value {
        Value::Text(text) => Some(text),
        _ => None,
    }
}

fn pieces(snippet: Snippet) -> Vec<Piece> {
    snippet.pieces.into_iter().map(|(text, found)| Piece { text, found }).collect()
}

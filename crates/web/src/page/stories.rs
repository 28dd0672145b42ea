//! Stories: the list, and each case study with its references, maps and pinned records.

use edition::story::{Block, Pin, Span, pairs, tell};
use maud::{Markup, html};
use model::{Filter, Story};
use serde::Serialize;
use ui::{Layout, Section};

use crate::ask::{Ask, Face};
use crate::filtering::no_query;
use crate::page::gloss::Gloss;
use crate::page::picture::image;
use crate::page::{Frame, cite, framed, here, map_script, rows, said, small_map};
use crate::picture::Look;
use crate::reply::{Failure, Reply};
use crate::view::story::{Reference, StoryRef, Target};
use crate::view::{Maker, citable};

/// So many links stand below a story's map.
const FEW: usize = 8;

#[derive(Serialize)]
struct Stories {
    stories: Vec<StoryRef>,
}

#[derive(Serialize)]
struct Telling<'s> {
    #[serde(flatten)]
    story: StoryRef,
    /// The text as the editors wrote it.
    markdown: &'s str,
    /// What stands behind its sentences, by number from 1.
    references: Vec<Reference>,
    /// The records that stand in it as cards.
    records: Vec<Reference>,
}

pub(crate) fn stories(ask: &Ask<'_>) -> Result<Reply, Failure> {
    no_query(ask)?;
    let maker = Maker::of(ask);
    let stories = ask.edition().stories(ask.lang.tag()).into_iter().map(|story| maker.story_ref(story)).collect();
    let view = Stories { stories };
    if ask.face == Face::Json {
        return Ok(Reply::json(&citable(ask, here(ask), view)));
    }
    let title = ask.lang.t("nav-stories");
    let body = html! {
        h1 { (title) }
        p.lead { (ask.lang.t("stories-intro")) }
        @if view.stories.is_empty() { p { (ask.lang.t("stories-none")) } }
        @for story in &view.stories { (entry(ask, story)) }
    };
    Ok(framed(ask, Frame::new(&title, Section::Stories, Layout::Text, body)))
}

/// A story in a list.
pub(crate) fn entry(ask: &Ask<'_>, story: &StoryRef) -> Markup {
    html! {
        article.story-entry lang=(story.language) {
            h2 { a href=(story.url) { (story.title) } }
            @if !said::is_readers(ask.lang, &story.language) { p { (ui::untranslated(ask.lang)) } }
            p { (story.summary) }
            p.soft { (ui::date(ask.lang, &story.written)) }
        }
    }
}

pub(crate) fn story(ask: &Ask<'_>) -> Result<Reply, Failure> {
    no_query(ask)?;
    let edition = ask.edition();
    let Some(story) = edition.story(ask.id(), ask.lang.tag()) else {
        return Err(edition
            .story_gone(ask.id())
            .map_or(Failure::Missing, |gone| Failure::Gone(crate::reply::Stone::withdrawn(gone))));
    };
    let maker = Maker::of(ask);
    let told = tell(&story.body);
    let pins = References::of(&told);
    let references = pins.0.iter().map(|pin| maker.reference(pin)).collect();
    let cards = told.blocks.iter().filter_map(|block| if let Block::Record(pin) = block { Some(pin) } else { None });
    let records = cards.map(|pin| maker.reference(pin)).collect();
    let view = Telling { story: maker.story_ref(story), markdown: &story.body, references, records };
    if ask.face == Face::Json {
        return Ok(Reply::json(&citable(ask, here(ask), view)));
    }
    let title = story.title.text().to_owned();
    let body = body(ask, story, &view, &told.blocks, &pins);
    let frame = Frame {
        description: story.summary.to_string(),
        scripts: map_script(ask),
        ..Frame::new(&title, Section::Stories, Layout::Text, body)
    };
    Ok(framed(ask, frame))
}

/// The records behind the sentences, each once, in the order in which they are first needed.
struct References(Vec<Pin>);

impl References {
    fn of(told: &edition::story::Told) -> Self {
        let mut all: Vec<Pin> = Vec::new();
        let spans = told.blocks.iter().flat_map(|block| match block {
            Block::Paragraph(spans) | Block::Quote(spans) => spans.iter().collect::<Vec<_>>(),
            Block::List(points) => points.iter().flatten().collect(),
            _ => Vec::new(),
        });
        for pin in spans.filter_map(|span| if let Span::Cite(pin) = span { Some(pin) } else { None }) {
            if !all.contains(pin) {
                all.push(pin.clone());
            }
        }
        Self(all)
    }

    fn number(&self, pin: &Pin) -> usize {
        self.0.iter().position(|other| other == pin).map_or(0, |at| at + 1)
    }
}

/// What all blocks of a story need.
struct Page<'p, 'a> {
    ask: &'p Ask<'a>,
    lang: &'p str,
    gloss: Gloss<'a>,
    pins: &'p References,
}

fn body(ask: &Ask<'_>, story: &Story, view: &Telling<'_>, blocks: &[Block], pins: &References) -> Markup {
    let (lang, own) = (ask.lang, story.title.lang());
    let page = Page { ask, lang: own, gloss: Gloss::of(ask), pins };
    let first_map = blocks.iter().position(|block| matches!(block, Block::Map(_)));
    html! {
        article.story lang=(own) dir="auto" {
            header.record-head {
                p.kicker { (lang.t("story")) " · " (ui::date(lang, &view.story.written)) }
                h1 { (story.title.text()) }
                p.lead { (story.summary) }
                p.editors-mark {
                    (lang.t("editors-text")) @if !said::is_readers(lang, own) { " " (ui::untranslated(lang)) }
                }
            }
            @for (number, block) in blocks.iter().enumerate() { (page.block(block, number, first_map == Some(number))) }
        }
        section aria-labelledby="references" {
            h2 #references { (lang.t("story-references")) }
            p.soft { (lang.t("story-references-why")) }
            ol.references {
                @for (number, reference) in (1..).zip(&view.references) {
                    li id=(format!("ref-{number}")) { (behind(ask, reference)) }
                }
            }
        }
        (cite(ask, story.title.text(), ""))
    }
}

impl Page<'_, '_> {
    fn block(&self, block: &Block, number: usize, has_map: bool) -> Markup {
        match block {
            Block::Heading(text) => html! { h2 { (text) } },
            Block::Paragraph(spans) => html! { p { (self.spans(spans, &number.to_string())) } },
            Block::Quote(spans) => html! { blockquote { (self.spans(spans, &number.to_string())) } },
            Block::List(points) => html! {
                ul {
                    @for (point, spans) in points.iter().enumerate() { li { (self.spans(spans, &format!("{number}-{point}"))) } }
                }
            },
            Block::Map(query) => self.map(query, has_map),
            Block::Record(pin) => self.record(pin),
        }
    }

    fn spans(&self, spans: &[Span], context: &str) -> Markup {
        html! {
            @for (number, span) in spans.iter().enumerate() {
                @match span {
                    Span::Text(text) => (self.gloss.marked(text, self.lang, &format!("{context}-{number}"))),
                    Span::Emphasis(text) => em { (text) },
                    Span::Mention(pin, text) => a href=(self.address(pin)) { (text) },
                    Span::Cite(pin) => (self.cited(pin)),
                }
            }
        }
    }

    fn cited(&self, pin: &Pin) -> Markup {
        let number = self.pins.number(pin);
        let label = self.ask.lang.t_with("story-reference", &[("n", ui::Arg::Count(number as u64))]);
        html! { sup.cited { a href=(format!("#ref-{number}")) aria-label=(label) { (number) } } }
    }

    fn address(&self, pin: &Pin) -> String {
        let (urls, id) = (self.ask.urls(), pin.id().as_str());
        match pin {
            Pin::Source(_) => urls.source(id),
            Pin::Link(_) => urls.link(id),
            Pin::Item(_) => urls.item(id),
        }
    }

    /// The map of a filter with its latest links. A page has one live map; the others are pictures of theirs.
    fn map(&self, query: &str, live: bool) -> Markup {
        let (ask, lang) = (self.ask, self.ask.lang);
        let (filter, _) = Filter::parse(pairs(query), ask.edition());
        let maker = Maker::of(ask);
        let selected = maker.select(filter.clone());
        let latest: Vec<_> = maker.page(&selected, 1).into_iter().take(FEW).collect();
        html! {
            figure.story-map lang=(lang.tag()) {
                @if live { (small_map(ask, &filter)) } @else { (pictured(ask, &filter)) }
                figcaption {
                    (rows::count(lang, selected.counts.total, selected.counts.located)) " · "
                    a href=(ask.urls().home(&filter)) { (lang.t("show-on-map")) } " · "
                    a href=(ask.urls().links(&filter, 1)) { (lang.t("show-in-list")) }
                }
                details.story-links {
                    summary { (lang.t("story-map-list")) }
                    (rows::list(lang, &latest))
                    @if selected.len() > FEW { p { a href=(ask.urls().links(&filter, 1)) { (lang.t("results-all")) } } }
                }
            }
        }
    }

    fn record(&self, pin: &Pin) -> Markup {
        let (ask, lang, maker) = (self.ask, self.ask.lang, Maker::of(self.ask));
        let named = |name: &str| format!("{}{}{name}", lang.t("story-record"), lang.t("list-colon"));
        match maker.reference(pin).target {
            Target::Gone { .. } => {
                html! { aside.record-card lang=(lang.tag()) { p { (lang.t("story-record-gone")) } } }
            }
            Target::Link { row, .. } => {
                let standing = ask
                    .edition()
                    .link(pin.id().as_str())
                    .live()
                    .and_then(|link| link.asserted())
                    .map(|claim| said::standing(lang, &maker.claim(&claim)));
                html! {
                    aside.record-card lang=(lang.tag()) aria-label=(named(&rows::sentence_text(lang, &row))) {
                        (rows::list(lang, std::slice::from_ref(&*row)))
                        @if let Some(standing) = standing { (ui::how_we_know(lang, &standing)) }
                    }
                }
            }
            Target::Item { item } => html! {
                aside.record-card lang=(lang.tag()) aria-label=(named(&item.name)) {
                    p { (ui::icon(&maker.kind(&item.kind).icon)) " " strong { (rows::end(&item)) } " " span.soft { (maker.kind(&item.kind).label) } }
                }
            },
            Target::Source { source } => html! {
                aside.record-card lang=(lang.tag()) aria-label=(named(&source.title)) { p { (said::source_sentence(lang, &source)) } }
            },
        }
    }
}

/// The map of a filter as a picture that leads to the map itself.
fn pictured(ask: &Ask<'_>, filter: &Filter) -> Markup {
    html! {
        a.map-figure href=(ask.urls().home(filter)) {
            (image(ask, filter, Look::PAGE, &ask.lang.t("map-picture-alt")))
        }
    }
}

/// One line of the references: a source's sentence, or a record with the sentences of its sources.
fn behind(ask: &Ask<'_>, reference: &Reference) -> Markup {
    let lang = ask.lang;
    html! {
        @match &reference.target {
            Target::Gone { .. } => { (lang.t("story-record-gone")) " " code { (reference.id) } }
            Target::Source { source } => (said::source_sentence(lang, source)),
            Target::Item { item } => (rows::end(item)),
            Target::Link { row, sources } => {
                a href=(row.url) { (rows::sentence_plain(lang, row)) } " " (ui::confidence(lang, row.rated.0, row.rated.1))
                ul.reference-sources {
                    @for (stance, source) in sources {
                        li { @if *stance != model::Stance::Supports { strong { (ui::stance_label(lang, *stance)) } " " } (said::source_sentence(lang, source)) }
                    }
                }
            }
        }
    }
}

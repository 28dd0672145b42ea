//! A story as its page and its JSON twin need it: its head, and what became of every record it holds on to.

use edition::story::Pin;
use model::{Stance, Story};
use serde::Serialize;

use crate::view::Maker;
use crate::view::claim::SourceRef;
use crate::view::link::Row;
use crate::view::terms::ItemRef;

/// A story in a list.
#[derive(Serialize)]
pub(crate) struct StoryRef {
    /// Its id.
    pub id: String,
    /// Its title.
    pub title: String,
    /// The language of title, summary and text.
    pub language: String,
    /// What it tells.
    pub summary: String,
    /// When it was written. EDTF.
    pub written: String,
    /// Its page.
    pub url: String,
}

/// A record behind a sentence.
#[derive(Serialize)]
pub(crate) struct Reference {
    /// Its id.
    pub id: String,
    #[serde(flatten)]
    pub target: Target,
}

/// What a reference leads to.
#[derive(Serialize)]
#[serde(tag = "record", rename_all = "kebab-case")]
pub(crate) enum Target {
    /// A source.
    Source {
        #[serde(flatten)]
        source: SourceRef,
    },
    /// A link with the sources behind it.
    Link {
        #[serde(flatten)]
        row: Box<Row>,
        #[serde(serialize_with = "stances")]
        sources: Vec<(Stance, SourceRef)>,
    },
    /// An item.
    Item {
        #[serde(flatten)]
        item: ItemRef,
    },
    /// A record that is no longer published.
    Gone {
        /// Always true: the record was withdrawn.
        withdrawn: bool,
    },
}

impl Maker<'_> {
    /// The head of a story.
    pub fn story_ref(&self, story: &Story) -> StoryRef {
        StoryRef {
            id: story.id.as_str().into(),
            title: story.title.text().into(),
            language: story.title.lang().into(),
            summary: story.summary.to_string(),
            written: story.written.as_str().into(),
            url: self.urls().story(story.id.as_str()),
        }
    }

    /// What a pin leads to today.
    pub fn reference(&self, pin: &Pin) -> Reference {
        let id = pin.id().as_str();
        let target = match pin {
            Pin::Source(_) => self.edition.source(id).live().map(|_| Target::Source { source: self.source_ref(id) }),
            Pin::Item(_) => self.item_ref_by_id(id).map(|item| Target::Item { item }),
            Pin::Link(_) => self.edition.link(id).live().map(|link| {
                let asserted = link.asserted();
                let cited = asserted.iter().flat_map(|claim| claim.evidence());
                let mut sources: Vec<(Stance, SourceRef)> =
                    cited.map(|cited| (cited.stance, self.source_ref(cited.source_id.as_str()))).collect();
                sources.dedup();
                Target::Link { row: Box::new(self.row(link)), sources }
            }),
        };
        Reference { id: id.into(), target: target.unwrap_or(Target::Gone { withdrawn: true }) }
    }
}

fn stances<S: serde::Serializer>(sources: &[(Stance, SourceRef)], serializer: S) -> Result<S::Ok, S::Error> {
    #[derive(Serialize)]
    struct Cited<'s> {
        stance: &'static str,
        #[serde(flatten)]
        source: &'s SourceRef,
    }
    serializer.collect_seq(sources.iter().map(|(stance, source)| Cited { stance: stance.word(), source }))
}

//! The stories of an edition by id and language, and what is wrong with them today.

use std::collections::BTreeSet;

use model::{Filter, Problem, Story, Where};

use crate::edition::Edition;
use crate::state::{Gone, StoryRecord};
use crate::story::{Pin, tell};

impl Edition {
    /// The live stories for readers of a language, the latest first; one that is told in another language alone is there too.
    pub fn stories(&self, lang: &str) -> Vec<&Story> {
        let mut stories: Vec<&Story> = self.story_ids().into_iter().filter_map(|id| self.story(id, lang)).collect();
        stories.sort_by(|a, b| (&b.written.as_str(), &a.id).cmp(&(&a.written.as_str(), &b.id)));
        stories
    }

    /// The ids of the live stories, in order.
    pub fn story_ids(&self) -> Vec<&str> {
        let live = self.state.stories.values().filter(|record| record.gone.is_none());
        let mut ids: Vec<&str> = live.map(|record| record.story.id.as_str()).collect();
        ids.dedup();
        ids
    }

    /// A live story in this language, or in the one it has.
    pub fn story(&self, id: &str, lang: &str) -> Option<&Story> {
        self.told(id).find(|story| story.title.lang() == lang).or_else(|| self.told(id).next())
    }

    /// A live story in every language that it has.
    pub fn told(&self, id: &str) -> impl Iterator<Item = &Story> {
        self.records(id).filter(|record| record.gone.is_none()).map(|record| &record.story)
    }

    /// Why there is a story of this id no longer.
    pub fn story_gone(&self, id: &str) -> Option<&Gone> {
        self.records(id).find_map(|record| record.gone.as_ref())
    }

    fn records(&self, id: &str) -> impl Iterator<Item = &StoryRecord> {
        self.state.stories.values().filter(move |record| record.story.id.as_str() == id)
    }

    /// Whether a record that a story holds on to is published.
    pub fn holds(&self, pin: &Pin) -> bool {
        match pin {
            Pin::Source(id) => self.source(id.as_str()).live().is_some(),
            Pin::Link(id) => self.link(id.as_str()).live().is_some(),
            Pin::Item(id) => self.item(id.as_str()).live().is_some(),
        }
    }

    /// Every story that names what is not published, or filters by what there is not.
    pub(crate) fn stories_faults(&self) -> Vec<Problem> {
        let live = self.state.stories.values().filter(|record| record.gone.is_none());
        live.flat_map(|record| self.story_faults(&record.story)).collect()
    }

    fn story_faults(&self, story: &Story) -> Vec<Problem> {
        let told = tell(&story.body);
        let at = || Where { file: format!("story {} ({})", story.id, story.title.lang()), line: 0, column: 0 };
        let pins: BTreeSet<&Pin> = told.pins().filter(|pin| !self.holds(pin)).collect();
        let missing = pins.into_iter().map(|pin| {
            Problem::error(at(), format!("names `{pin}`, which is not published"))
                .hint("mend the story and import it again, or withdraw it")
        });
        let maps = told.maps().filter(|query| !self.understands(query));
        let maps = maps.map(|query| Problem::error(at(), format!("the map's filter `{query}` has no meaning")));
        let faults =
            told.faults.iter().map(|fault| Problem::warning(at(), format!("{} (line {})", fault.what, fault.line)));
        missing.chain(maps).chain(faults).collect()
    }

    fn understands(&self, query: &str) -> bool {
        Filter::parse(crate::story::pairs(query), self).1.is_empty()
    }
}

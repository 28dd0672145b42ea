//! What an atlas' editors should look at: findings about the content, not about the bytes.

use model::{Problem, Where};

use crate::edition::Edition;
use crate::view::LinkView;

impl Edition {
    /// Every finding: claims without evidence, stated confidence that differs from the computed one,
    /// words that the vocabulary does not know, stories that name what is no longer there.
    pub fn audit(&self) -> Vec<Problem> {
        let mut problems: Vec<Problem> = self.state.problems().to_vec();
        problems.extend(self.unsourced());
        problems.extend(self.links().iter().filter_map(stated_otherwise));
        problems.extend(self.unknown_words());
        problems.extend(self.stories_faults());
        problems
    }

    fn unsourced(&self) -> Vec<Problem> {
        let items = self.state.items.iter().filter(|(_, i)| i.gone.is_none()).map(|(_, i)| ("item", &i.id, &i.body));
        let links = self.state.links.iter().filter(|(_, l)| l.gone.is_none()).map(|(_, l)| ("link", &l.id, &l.body));
        let mut problems = Vec::new();
        for (what, id, body) in items.chain(links) {
            let live = body.claims.iter().filter(|c| c.gone.is_none());
            for claim in live.filter(|c| body.evidence_of(c).next().is_none()) {
                let property = self.state.property(claim.property);
                let text = format!("claim {} about `{property}` has no evidence and is not published", claim.number);
                problems
                    .push(Problem::warning(at(what, id.as_str()), text).hint("add evidence, or withdraw the claim"));
            }
        }
        problems
    }

    fn unknown_words(&self) -> Vec<Problem> {
        let v = &self.vocabulary;
        let kinds = self.items().into_iter().filter(|i| v.kinds.get(i.kind()).is_none());
        let types = self.links().into_iter().filter(|l| v.link_types.get(l.link_type()).is_none());
        let kinds = kinds.map(|i| Problem::error(at("item", i.id()), format!("unknown kind `{}`", i.kind())));
        let types = types.map(|l| Problem::error(at("link", l.id()), format!("unknown link type `{}`", l.link_type())));
        kinds.chain(types).collect()
    }
}

fn at(what: &str, id: &str) -> Where {
    Where { file: format!("{what} {id}"), line: 0, column: 0 }
}

fn stated_otherwise(link: &LinkView<'_>) -> Option<Problem> {
    let stated = link.term("stated-confidence")?;
    let computed = link.confidence();
    let what = format!("stated as `{stated}`, but its evidence makes it `{}`", computed.word());
    (stated != computed.word()).then(|| Problem::note(at("link", link.id()), what))
}

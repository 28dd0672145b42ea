//! Lays a graph out, from plain links or from the records of an edition.

use model::{Date, Value};

use super::{Graph, LinkInput, OFFERED, PARENT, Step, UNDATED, Via};
use crate::edition::Edition;
use crate::fields::{Fields, RESPONDS};
use crate::published;
use crate::state::{ItemRecord, LinkRecord};

/// Kinds of items that connect nobody: what they have in common says nothing of those they touch.
const ENDS_ONLY: [&str; 3] = ["list", "law", "place"];

/// The type that a parent claim stands for.
const OWNS: &str = "owns";

/// Builds the arrays. The steps of an item are in the order of how few steps the other end has, then by number, so
/// that walks try quiet items before hubs.
pub(super) fn graph(items: usize, links: &[LinkInput], ends_only: impl Fn(u32) -> bool) -> Graph {
    let sound = |l: &&LinkInput| {
        l.subject != l.object && (l.subject as usize) < items && (l.object as usize) < items && l.link_type < 64
    };
    let links: Vec<&LinkInput> = links.iter().filter(sound).collect();
    let starts = starts(items, &links);
    let mut next = starts.clone();
    let mut steps = vec![step(0, &NOTHING); links.len() * 2];
    for link in &links {
        for (slot, to) in [(link.subject * 2, link.object), (link.object * 2 + 1, link.subject)] {
            let at = &mut next[slot as usize];
            steps[*at as usize] = step(to, link);
            *at += 1;
        }
    }
    let degree = |item: u32| starts[item as usize * 2 + 2] - starts[item as usize * 2];
    for slot in starts.windows(2) {
        steps[slot[0] as usize..slot[1] as usize].sort_unstable_by_key(|s| (degree(s.to), s.to, s.via));
    }
    Graph { starts, steps, ends_only: (0..items as u32).map(ends_only).collect() }
}

const NOTHING: LinkInput = LinkInput {
    via: Via::Link(0),
    subject: 0,
    object: 0,
    link_type: 0,
    confidence: 0,
    from: None,
    until: None,
    offered: false,
};

fn starts(items: usize, links: &[&LinkInput]) -> Vec<u32> {
    let mut starts = vec![0u32; items * 2 + 1];
    for link in links {
        starts[link.subject as usize * 2 + 1] += 1;
        starts[link.object as usize * 2 + 2] += 1;
    }
    (1..starts.len()).for_each(|i| starts[i] += starts[i - 1]);
    starts
}

fn step(to: u32, link: &LinkInput) -> Step {
    let undated = link.from.is_none() && link.until.is_none();
    Step {
        to,
        via: match link.via {
            Via::Link(number) => number,
            Via::Parent(item) => item | PARENT,
        },
        from: link.from.unwrap_or(i32::MIN),
        until: link.until.unwrap_or(i32::MAX),
        link_type: link.link_type,
        confidence: link.confidence & 3,
        marks: if link.offered { OFFERED } else { 0 } | if undated { UNDATED } else { 0 },
    }
}

impl Edition {
    /// The graph of all published links and parent claims; worked out when first asked for.
    pub fn graph(&self) -> &Graph {
        self.graph.get_or_init(|| {
            let mut links = self.graph_links();
            links.extend(self.graph_parents());
            graph(self.state.items.len(), &links, |item| self.ends_only(item))
        })
    }

    fn ends_only(&self, item: u32) -> bool {
        let record = self.state.items.at(item);
        let kind = record.kind.as_ref().map_or("", |kind| kind.as_str());
        ENDS_ONLY.contains(&kind) || Fields::new(&self.state).flag(&record.body, "collective")
    }

    fn graph_links(&self) -> Vec<LinkInput> {
        let published = self.state.links.iter().filter_map(|(n, link)| Some((n, link, self.confidence[n as usize]?)));
        published.filter_map(|(n, link, confidence)| self.graph_link(n, link, confidence as u8)).collect()
    }

    fn graph_link(&self, number: u32, link: &LinkRecord, confidence: u8) -> Option<LinkInput> {
        let fields = Fields::new(&self.state);
        let name = link.link.as_ref()?.link_type.as_str();
        let link_type = u8::try_from(self.vocabulary.link_types.position(name)?).ok()?;
        let dates = |property: &'static str| fields.values(&link.body, property).filter_map(date);
        // That somebody spoke about something is no connection between them.
        (![RESPONDS, "asked-for-reply"].contains(&name)).then(|| LinkInput {
            via: Via::Link(number),
            subject: link.subject,
            object: link.object,
            link_type,
            confidence,
            from: dates("start").chain(dates("effective-date")).filter_map(first_day).min(),
            until: dates("end").filter_map(last_day).max(),
            offered: fields.flag(&link.body, "offered-only"),
        })
    }

    fn graph_parents(&self) -> Vec<LinkInput> {
        let live = self.state.items.iter().filter(|(_, item)| item.gone.is_none() && item.kind.is_some());
        live.flat_map(|(n, item)| self.parents_of(n, item)).collect()
    }

    fn parents_of(&self, number: u32, item: &ItemRecord) -> Vec<LinkInput> {
        let (Some(parent), Some(owns)) =
            (self.state.property_number("parent"), self.vocabulary.link_types.position(OWNS))
        else {
            return Vec::new();
        };
        let claims = item.body.live(parent).filter_map(|claim| {
            let Some(Value::Item(id)) = claim.statement.value() else { return None };
            let subject = self.state.items.number(id.as_str()).filter(|n| self.is_live(*n))?;
            let evidence: Vec<_> = item.body.evidence_of(claim).collect();
            let held = claim.qualifiers.as_deref();
            (!evidence.is_empty()).then(|| LinkInput {
                via: Via::Parent(number),
                subject,
                object: number,
                link_type: u8::try_from(owns).unwrap_or(u8::MAX),
                confidence: published::rate(&self.state, &self.origins, &evidence, false).0 as u8,
                from: held.and_then(|q| q.valid_from.as_ref()).and_then(first_day),
                until: held.and_then(|q| q.valid_to.as_ref()).and_then(last_day),
                offered: false,
            })
        });
        claims.collect()
    }

    fn is_live(&self, item: u32) -> bool {
        let record = self.state.items.at(item);
        record.gone.is_none() && record.kind.is_some()
    }
}

fn date(value: &Value) -> Option<&Date> {
    if let Value::Date(date) = value { Some(date) } else { None }
}

/// The first day that a date may mean, as `yyyymmdd`; `None` if it is open.
pub(crate) fn first_day(date: &Date) -> Option<i32> {
    date.earliest_day().map(number)
}

/// The last day that a date may mean.
pub(crate) fn last_day(date: &Date) -> Option<i32> {
    date.latest_day().map(number)
}

fn number((year, month, day): (i64, u8, u8)) -> i32 {
    let year = year.clamp(-200_000, 200_000) as i32;
    year * 10_000 + i32::from(month) * 100 + i32::from(day)
}

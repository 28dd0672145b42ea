//! Reads the fields that filters and maps need out of the claims of each link.

use model::{Confidence, Date, Point, Statement, Value, Vocabulary};

use crate::published;
use crate::rows::{ItemColumn, RowInput, Rows, Sizes};
use crate::state::{Body, LinkRecord, State};

/// The link type that rates only that a statement was made.
pub(crate) const RESPONDS: &str = "responds";

/// The computed confidence of every link by record number; `None` for what is not published:
/// withdrawn links, links with a withdrawn end, links whose own statement has no evidence.
pub(crate) fn confidences(state: &State, origins: &[Vec<u32>]) -> Vec<Option<Confidence>> {
    let asserts = state.property_number("asserts");
    let rate = |link: &LinkRecord| {
        let kind = link.link.as_ref().filter(|_| link.gone.is_none() && live_ends(state, link))?;
        let claim = link.body.live(asserts?).next()?;
        let evidence: Vec<_> = link.body.evidence_of(claim).collect();
        let statement_only = kind.link_type.as_str() == RESPONDS;
        (!evidence.is_empty()).then(|| published::rate(state, origins, &evidence, statement_only).0)
    };
    state.links.iter().map(|(_, link)| rate(link)).collect()
}

fn live_ends(state: &State, link: &LinkRecord) -> bool {
    let live = |n| {
        let item = state.items.at(n);
        item.gone.is_none() && item.kind.is_some()
    };
    live(link.subject) && live(link.object)
}

/// Numbers of the properties that links are read by.
pub(crate) struct Fields<'s> {
    state: &'s State,
}

impl<'s> Fields<'s> {
    pub(crate) fn new(state: &'s State) -> Self {
        Self { state }
    }

    /// The live values of a property that rest on evidence, oldest claim first.
    pub(crate) fn values<'b>(&self, body: &'b Body, property: &str) -> impl Iterator<Item = &'b Value> + use<'b> {
        let number = self.state.property_number(property).unwrap_or(u16::MAX);
        let sourced = body.live(number).filter(|c| body.evidence_of(c).next().is_some());
        sourced.filter_map(|c| c.statement.value())
    }

    /// The one term of a property.
    pub(crate) fn term<'b>(&self, body: &'b Body, property: &str) -> Option<&'b str> {
        self.values(body, property).find_map(|value| match value {
            Value::Term(id) => Some(id.as_str()),
            _ => None,
        })
    }

    /// Whether a flag is set.
    pub(crate) fn flag(&self, body: &Body, property: &str) -> bool {
        self.values(body, property).any(|value| *value == Value::Flag(true))
    }

    /// The point of the fact, unless it is known no better than to a country.
    pub(crate) fn position(&self, body: &Body) -> Option<Point> {
        let near = matches!(self.term(body, "precision"), Some("site" | "city" | "region"));
        let point = |value: &Value| match value {
            Value::Point(point) => Some(*point),
            _ => None,
        };
        self.values(body, "point").find_map(point).filter(|_| near)
    }

    /// Whether the country is the fact's own and not a party's.
    pub(crate) fn country_of_fact(&self, body: &Body) -> bool {
        self.term(body, "country-role") != Some("party")
    }

    /// First and last year of `start`, `end` and `effective-date` together.
    pub(crate) fn years(&self, body: &Body) -> Option<(i16, i16)> {
        let dates = ["start", "end", "effective-date"].into_iter().flat_map(|property| self.values(body, property));
        let spans = dates.filter_map(|value| match value {
            Value::Date(date) => Date::years(date),
            _ => None,
        });
        spans.reduce(|a, b| (a.0.min(b.0), a.1.max(b.1)))
    }
}

/// Lays out the rows of all published links. Linear in the number of claims, but for the sort along the curve.
pub(crate) fn rows(state: &State, vocabulary: &Vocabulary, confidence: &[Option<Confidence>], lists: &[u32]) -> Rows {
    let fields = Fields::new(state);
    let published = state.links.iter().filter_map(|(n, link)| Some((n, link, confidence[n as usize]?)));
    let inputs: Vec<RowInput<'_>> = published.map(|(n, link, c)| row(&fields, vocabulary, n, link, c)).collect();
    let rows = Rows::build(&inputs, items(state, vocabulary, confidence, lists), sizes(vocabulary, lists));
    let offered = |link| fields.flag(&state.links.at(link).body, "offered-only");
    rows.marked(offered, |item| fields.flag(&state.items.at(item).body, "collective"))
}

fn row<'s>(
    fields: &Fields<'s>,
    v: &Vocabulary,
    number: u32,
    link: &'s LinkRecord,
    confidence: Confidence,
) -> RowInput<'s> {
    let body = &link.body;
    let country = fields.values(body, "country").find_map(|value| match value {
        Value::Country(code) => v.country_index(*code),
        _ => None,
    });
    let link_type = link.link.as_ref().and_then(|l| v.link_types.position(l.link_type.as_str()));
    RowInput {
        link: number,
        id: link.id.as_str(),
        position: fields.position(body).map(|p| (p.longitude(), p.latitude())),
        precision: choice(v, "precision", fields.term(body, "precision").unwrap_or("unknown")),
        country: country.filter(|_| fields.country_of_fact(body)).and_then(|i| u16::try_from(i).ok()),
        subject: link.subject,
        object: link.object,
        link_type: index(link_type),
        categories: mask(fields, body, "category", |id| v.categories.position(id)),
        topics: mask(fields, body, "topic", |id| v.topics.position(id)) as u32,
        status: choice(v, "status", fields.term(body, "status").unwrap_or("unknown")),
        confidence: choice(v, "confidence", confidence.word()),
        years: fields.years(body),
        poi: fields.flag(body, "highlight"),
    }
}

fn index(position: Option<usize>) -> u8 {
    position.and_then(|p| u8::try_from(p).ok()).unwrap_or(0)
}

fn choice(v: &Vocabulary, set: &str, word: &str) -> u8 {
    index(v.set(set).iter().position(|c| c.id.as_str() == word))
}

fn mask(fields: &Fields<'_>, body: &Body, property: &str, position: impl Fn(&str) -> Option<usize>) -> u64 {
    let terms = fields.values(body, property).filter_map(|value| match value {
        Value::Term(id) => position(id.as_str()),
        _ => None,
    });
    terms.filter(|p| *p < 64).fold(0, |mask, p| mask | 1 << p)
}

fn items(state: &State, v: &Vocabulary, confidence: &[Option<Confidence>], lists: &[u32]) -> Vec<ItemColumn> {
    let kind = |kind: Option<&str>| index(kind.and_then(|k| v.kinds.position(k)));
    let column = |item: &crate::ItemRecord| ItemColumn { kind: kind(item.kind.as_ref().map(|k| k.as_str())), lists: 0 };
    let mut columns: Vec<ItemColumn> = state.items.iter().map(|(_, item)| column(item)).collect();
    let listed = state.links.iter().filter(|(n, link)| confidence[*n as usize].is_some() && is_listing(link));
    for (_, link) in listed {
        if let Some(bit) = lists.iter().position(|l| *l == link.object) {
            columns[link.subject as usize].lists |= 1u64 << bit;
        }
    }
    columns
}

/// Whether a link puts an item on a list.
pub(crate) fn is_listing(link: &LinkRecord) -> bool {
    link.link.as_ref().is_some_and(|l| l.link_type.as_str() == "listed-on")
}

fn sizes(v: &Vocabulary, lists: &[u32]) -> Sizes {
    Sizes {
        kinds: v.kinds.all().len(),
        link_types: v.link_types.all().len(),
        categories: v.categories.all().len(),
        topics: v.topics.all().len(),
        lists: lists.len(),
        countries: v.countries.len(),
        statuses: v.set("status").len(),
        confidences: v.set("confidence").len(),
        precisions: v.set("precision").len(),
    }
}

/// Whether a claim says that its property is unknown or that there is none.
pub(crate) fn is_open(statement: &Statement) -> bool {
    statement.value().is_none()
}

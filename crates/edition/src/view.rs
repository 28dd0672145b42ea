//! Page-shaped answers: an item, a link, a source, each with what belongs to it.

use model::{
    Confidence, Date, GlossaryTerm, Id, Landing, LangText, OperationNumber, Point, Source, Stance, Statement, Value,
};

use crate::edition::Edition;
use crate::fields::{self, Fields, RESPONDS};
use crate::joins::Cites;
use crate::published::PublishedClaim;
use crate::state::{CaptureRecord, Gone, ItemRecord, LinkRecord, SourceRecord, quotes_in};

/// An item of an edition. Copy it freely; it borrows the edition.
#[derive(Debug, Clone, Copy)]
pub struct Item<'e> {
    edition: &'e Edition,
    number: u32,
}

/// A link of an edition.
#[derive(Debug, Clone, Copy)]
pub struct LinkView<'e> {
    edition: &'e Edition,
    number: u32,
}

/// A source of an edition.
#[derive(Debug, Clone, Copy)]
pub struct SourceView<'e> {
    edition: &'e Edition,
    number: u32,
}

/// What a look-up by id finds.
#[derive(Debug, Clone, Copy)]
pub enum Found<'e, T> {
    /// It is published.
    Live(T),
    /// It was withdrawn, with the reason.
    Gone(&'e Gone),
    /// It is part of the item with this id, by decision.
    Merged(&'e Id),
    /// There is and was no such thing.
    Missing,
}

impl<T> Found<'_, T> {
    /// The record, if it is published.
    pub fn live(self) -> Option<T> {
        match self {
            Self::Live(record) => Some(record),
            Self::Gone(_) | Self::Merged(_) | Self::Missing => None,
        }
    }
}

impl Edition {
    /// The item with this id.
    pub fn item(&self, id: &str) -> Found<'_, Item<'_>> {
        match self.state.items.number(id) {
            Some(number) => match self.state.items.at(number) {
                ItemRecord { merged: Some(into), .. } => Found::Merged(into),
                ItemRecord { gone: Some(gone), .. } => Found::Gone(gone),
                ItemRecord { kind: None, .. } => Found::Missing,
                _ => Found::Live(Item { edition: self, number }),
            },
            None => Found::Missing,
        }
    }

    /// The item with this id, or the one that it is part of.
    pub fn item_or_merged(&self, id: &str) -> Option<Item<'_>> {
        match self.item(id) {
            Found::Merged(into) => self.item(into.as_str()).live(),
            found => found.live(),
        }
    }

    /// The link with this id.
    pub fn link(&self, id: &str) -> Found<'_, LinkView<'_>> {
        match self.state.links.number(id) {
            Some(number) => match &self.state.links.at(number).gone {
                Some(gone) => Found::Gone(gone),
                None if self.confidence[number as usize].is_none() => Found::Missing,
                None => Found::Live(LinkView { edition: self, number }),
            },
            None => Found::Missing,
        }
    }

    /// The source with this id.
    pub fn source(&self, id: &str) -> Found<'_, SourceView<'_>> {
        match self.state.sources.number(id) {
            Some(number) => match &self.state.sources.at(number).gone {
                Some(gone) => Found::Gone(gone),
                None if self.state.sources.at(number).source.is_none() => Found::Missing,
                None => Found::Live(SourceView { edition: self, number }),
            },
            None => Found::Missing,
        }
    }

    /// The link of a record number, as rows name it.
    pub fn link_at(&self, number: u32) -> LinkView<'_> {
        LinkView { edition: self, number }
    }

    /// The item of a record number, as rows name it.
    pub fn item_at(&self, number: u32) -> Item<'_> {
        Item { edition: self, number }
    }

    /// The source of a record number.
    pub fn source_at(&self, number: u32) -> SourceView<'_> {
        SourceView { edition: self, number }
    }

    /// All published items, by id.
    pub fn items(&self) -> Vec<Item<'_>> {
        let live = self.state.items.iter().filter(|(_, i)| i.gone.is_none() && i.kind.is_some());
        let mut items: Vec<Item<'_>> = live.map(|(number, _)| Item { edition: self, number }).collect();
        items.sort_unstable_by_key(|i| i.id());
        items
    }

    /// All published links, by id.
    pub fn links(&self) -> Vec<LinkView<'_>> {
        let live = self.state.links.iter().filter(|(n, _)| self.confidence[*n as usize].is_some());
        let mut links: Vec<LinkView<'_>> = live.map(|(number, _)| LinkView { edition: self, number }).collect();
        links.sort_unstable_by_key(|l| l.id());
        links
    }

    /// All published sources, by id.
    pub fn sources(&self) -> Vec<SourceView<'_>> {
        let live = self.state.sources.iter().filter(|(_, s)| s.gone.is_none() && s.source.is_some());
        let mut sources: Vec<SourceView<'_>> = live.map(|(number, _)| SourceView { edition: self, number }).collect();
        sources.sort_unstable_by_key(|s| s.id());
        sources
    }

    /// All published cables that have at least two landing points, by id.
    pub fn cables(&self) -> Vec<Item<'_>> {
        self.items().into_iter().filter(|i| i.kind() == "cable" && i.landings().len() > 1).collect()
    }

    /// The glossary's live terms, by id.
    pub fn terms(&self) -> impl Iterator<Item = &GlossaryTerm> {
        self.state.terms().values().filter(|t| t.gone.is_none()).map(|t| &t.term)
    }

    fn link_list(&self, numbers: &[u32]) -> Vec<LinkView<'_>> {
        numbers.iter().map(|n| self.link_at(*n)).collect()
    }
}

impl<'e> Item<'e> {
    fn record(&self) -> &'e ItemRecord {
        self.edition.state.items.at(self.number)
    }

    /// Its record number: unchanging within an atlas.
    pub fn number(&self) -> u32 {
        self.number
    }

    /// Its id.
    pub fn id(&self) -> &'e str {
        self.record().id.as_str()
    }

    /// The operation that made it.
    pub fn made(&self) -> Option<OperationNumber> {
        self.record().made
    }

    /// Its kind's id.
    pub fn kind(&self) -> &'e str {
        self.record().kind.as_ref().map_or("", Id::as_str)
    }

    /// The name that stands for it in a language (`en` or `zh-Hans`), and that name's own language tag.
    pub fn name(&self, lang: &str) -> &'e str {
        let (other, chinese) = crate::name::names(&self.edition.state, self.number);
        chinese.filter(|_| lang.starts_with("zh")).unwrap_or(other)
    }

    /// Every name that it has been given, in any language, each once.
    pub fn names(&self) -> Vec<&'e str> {
        crate::search::names_of(*self)
    }

    /// A group that the sources do not break down: never to be shown as an organisation.
    pub fn collective(&self) -> bool {
        Fields::new(&self.edition.state).flag(&self.record().body, "collective")
    }

    /// What is claimed of it, in the order of the vocabulary.
    pub fn claims(&self) -> Vec<PublishedClaim<'e>> {
        self.edition.claims(&self.record().body, false)
    }

    /// Links that go from it, oldest record first.
    pub fn links_out(&self) -> Vec<LinkView<'e>> {
        self.edition.link_list(self.edition.joins.out.of(self.number))
    }

    /// Links that go to it, oldest record first.
    pub fn links_in(&self) -> Vec<LinkView<'e>> {
        self.edition.link_list(self.edition.joins.into.of(self.number))
    }

    /// Items that name it as their parent.
    pub fn children(&self) -> Vec<Item<'e>> {
        let children = self.edition.joins.children.of(self.number);
        children.iter().map(|n| self.edition.item_at(*n)).collect()
    }

    /// The links that put it on a list.
    pub fn listings(&self) -> Vec<LinkView<'e>> {
        self.links_out().into_iter().filter(|l| fields::is_listing(l.record())).collect()
    }

    /// The landing points of a cable in the order of its route.
    pub fn landings(&self) -> Vec<&'e Landing> {
        let values = Fields::new(&self.edition.state).values(&self.record().body, "landing");
        let mut landings: Vec<&Landing> =
            values.filter_map(|v| if let Value::Landing(l) = v { Some(&**l) } else { None }).collect();
        landings.sort_by_key(|l| l.order);
        landings
    }

    /// The country of its seat.
    pub fn country(&self) -> Option<&'e str> {
        let mut values = Fields::new(&self.edition.state).values(&self.record().body, "country");
        values.find_map(|value| if let Value::Country(code) = value { Some(code.as_str()) } else { None })
    }

    /// The entry in which it came.
    pub fn since(&self) -> u32 {
        self.record().since
    }

    /// The values of a property that rest on evidence, oldest claim first.
    pub fn values(&self, property: &str) -> impl Iterator<Item = &'e Value> + use<'e> {
        Fields::new(&self.edition.state).values(&self.record().body, property)
    }

    /// A property's word from a closed set, such as a cable's `status` or `route-accuracy`.
    pub fn term(&self, property: &str) -> Option<&'e str> {
        Fields::new(&self.edition.state).term(&self.record().body, property)
    }
}

impl<'e> LinkView<'e> {
    fn record(&self) -> &'e LinkRecord {
        self.edition.state.links.at(self.number)
    }

    fn fields(&self) -> Fields<'e> {
        Fields::new(&self.edition.state)
    }

    /// Its record number: unchanging within an atlas.
    pub fn number(&self) -> u32 {
        self.number
    }

    /// Its id.
    pub fn id(&self) -> &'e str {
        self.record().id.as_str()
    }

    /// The operation that made it.
    pub fn made(&self) -> Option<OperationNumber> {
        self.record().made
    }

    /// Its type's id.
    pub fn link_type(&self) -> &'e str {
        self.record().link.as_ref().map_or("", |l| l.link_type.as_str())
    }

    /// The item it goes from.
    pub fn subject(&self) -> Item<'e> {
        self.edition.item_at(self.record().subject)
    }

    /// The item it goes to.
    pub fn object(&self) -> Item<'e> {
        self.edition.item_at(self.record().object)
    }

    /// What is claimed of it, in the order of the vocabulary.
    pub fn claims(&self) -> Vec<PublishedClaim<'e>> {
        self.edition.claims(&self.record().body, self.link_type() == RESPONDS)
    }

    /// The claim that the link holds at all.
    pub fn asserted(&self) -> Option<PublishedClaim<'e>> {
        let (state, body) = (&self.edition.state, &self.record().body);
        let mut claims = body.live(state.property_number("asserts")?);
        claims.find_map(|claim| {
            PublishedClaim::new(state, &self.edition.origins, body, claim, self.link_type() == RESPONDS)
        })
    }

    /// How sure it is that the link holds.
    pub fn confidence(&self) -> Confidence {
        self.edition.confidence[self.number as usize].unwrap_or(Confidence::Reported)
    }

    /// The values of a property that rest on evidence, oldest claim first.
    pub fn values(&self, property: &str) -> impl Iterator<Item = &'e Value> + use<'e> {
        self.fields().values(&self.record().body, property)
    }

    /// A property's word: `status`, `precision`, `country-role` …
    pub fn term(&self, property: &str) -> Option<&'e str> {
        self.fields().term(&self.record().body, property)
    }

    /// All words of a property: `category`, `topic`.
    pub fn terms(&self, property: &str) -> Vec<&'e str> {
        self.values(property).filter_map(|v| if let Value::Term(id) = v { Some(id.as_str()) } else { None }).collect()
    }

    /// Whether a flag is set: `highlight`, `offered-only`.
    pub fn flag(&self, property: &str) -> bool {
        self.fields().flag(&self.record().body, property)
    }

    /// The point of the fact; never that of a country.
    pub fn position(&self) -> Option<Point> {
        self.fields().position(&self.record().body)
    }

    /// The country that its sources name, and whether it is the fact's own (not a party's).
    pub fn country(&self) -> Option<(&'e str, bool)> {
        let own = self.fields().country_of_fact(&self.record().body);
        self.values("country").find_map(|v| if let Value::Country(c) = v { Some((c.as_str(), own)) } else { None })
    }

    /// First and last year of its dates.
    pub fn years(&self) -> Option<(i16, i16)> {
        self.fields().years(&self.record().body)
    }

    /// A property's date.
    pub fn date(&self, property: &str) -> Option<&'e Date> {
        self.values(property).find_map(|v| if let Value::Date(d) = v { Some(d) } else { None })
    }

    /// The entry in which it came.
    pub fn since(&self) -> u32 {
        self.record().since
    }

    /// The date of its latest dated source: what every status is "as of".
    pub fn as_of(&self) -> Option<&'e Date> {
        let asserted = self.asserted()?;
        let dates = asserted.evidence().iter().filter(|e| e.stance != Stance::Context).filter_map(|e| e.source);
        dates.filter_map(|s| s.published.as_ref()).max_by_key(|d| d.latest_day().or(d.earliest_day()))
    }
}

impl<'e> SourceView<'e> {
    fn record(&self) -> &'e SourceRecord {
        self.edition.state.sources.at(self.number)
    }

    /// Its id.
    pub fn id(&self) -> &'e str {
        self.record().id.as_str()
    }

    /// The operation that last described it.
    pub fn made(&self) -> Option<OperationNumber> {
        self.record().made
    }

    /// Its record number: unchanging within an atlas.
    pub fn number(&self) -> u32 {
        self.number
    }

    /// What is known of it.
    pub fn source(&self) -> &'e Source {
        self.record().source.as_ref().expect("invariant: only defined sources become views")
    }

    /// The entry in which it came.
    pub fn since(&self) -> u32 {
        self.record().since
    }

    /// What it is cited for, with the stance; each record once per stance.
    pub fn uses(&self) -> &'e [(Stance, Cites)] {
        self.edition.joins.uses.of(self.number)
    }

    /// What the archive holds of it, oldest first.
    pub fn captures(&self) -> impl DoubleEndedIterator<Item = &'e CaptureRecord> {
        self.edition.state.captures_of(self.id())
    }

    /// The words that evidence quotes from it, each by the evidence.
    pub fn quotes(&self) -> Vec<(OperationNumber, &'e LangText)> {
        let state = &self.edition.state;
        let mut all: Vec<_> = self
            .uses()
            .iter()
            .map(|(_, cites)| match cites {
                Cites::Item(number) => &state.items.at(*number).body,
                Cites::Link(number) => &state.links.at(*number).body,
            })
            .flat_map(quotes_in)
            .filter(|(source, _, _)| *source == self.number)
            .map(|(_, number, quote)| (number, quote))
            .collect();
        all.sort_unstable_by_key(|(number, _)| *number);
        all.dedup_by_key(|(number, _)| *number);
        all
    }

    /// The sources it relays that are defined.
    pub fn relays(&self) -> Vec<SourceView<'e>> {
        self.source().relays.iter().filter_map(|id| self.edition.source(id.as_str()).live()).collect()
    }

    /// The sources that relay it.
    pub fn relayed_by(&self) -> Vec<SourceView<'e>> {
        let numbers = self.edition.joins.relayed_by.of(self.number);
        numbers.iter().map(|n| SourceView { edition: self.edition, number: *n }).collect()
    }
}

/// Whether a claim says *unknown* or *none*.
pub fn is_open(statement: &Statement) -> bool {
    fields::is_open(statement)
}

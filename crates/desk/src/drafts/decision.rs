//! Decisions about what is there, from the rows of a draft: dispute, take back, bring back, destroy, same or different.
//!
//! Each row is judged on the ledger as the rows before it leave it, and becomes operations of the draft's entry. What is
//! to be destroyed becomes a [`Grave`]: only the program, which holds the archive, can say all that goes with it.

use edition::{Body, ClaimRecord, EvidenceRecord, State};
use model::{
    Claim, Decision, Evidence, Id, LangText, Link, Operation, OperationNumber, Passage, Problem, Reference, Stance,
    Subject, Target, Verdict,
};

use super::content::Content;
use super::propose::place;
use super::sheet::{CLASSES, DECISIONS, DESTROYING, Sheet};
use crate::facts::fixed_id;
use crate::nearest;
use crate::writer::Grave;

/// The most bytes of a reason.
const LONGEST_REASON: usize = 2000;
/// The most bytes of a notice's reference.
const LONGEST_NOTICE: usize = 200;

/// What the rows come to.
#[derive(Debug, Default)]
pub(crate) struct Decided {
    /// Behind the other operations of the entry.
    pub operations: Vec<Operation>,
    /// What is destroyed.
    pub graves: Vec<Grave>,
    pub problems: Vec<Problem>,
}

/// Reads the decisions of a draft whose other rows come to `before`.
pub(crate) fn decide(content: &Content, before: &[Operation], state: &State) -> Decided {
    let sheet = Sheet::find("decisions").expect("invariant: the sheets have this word");
    if content.rows(sheet).is_empty() {
        return Decided::default();
    }
    let entry = u32::try_from(state.entries()).unwrap_or(u32::MAX);
    let mut reading = Reading { state: state.clone(), entry, count: 0, found: Decided::default() };
    before.iter().for_each(|operation| reading.apply(operation.clone()));
    for (number, cells) in content.rows(sheet).iter().enumerate() {
        if let Err(fault) = reading.row(&Row { sheet, cells }) {
            let problem = Problem::error(place(sheet, number), fault.0).hint(fault.1);
            reading.found.problems.push(problem);
        }
    }
    reading.found
}

/// What is wrong with a row, and the way out.
struct Fault(String, String);

fn fault<T>(what: impl Into<String>, hint: impl Into<String>) -> Result<T, Fault> {
    Err(Fault(what.into(), hint.into()))
}

struct Row<'a> {
    sheet: &'static Sheet,
    cells: &'a [String],
}

impl Row<'_> {
    fn get(&self, column: &str) -> &str {
        let place = self.sheet.column(column).expect("invariant: the sheet has this column");
        &self.cells[place]
    }

    fn flag(&self, column: &str) -> Result<bool, Fault> {
        match self.get(column) {
            "" | "no" => Ok(false),
            "yes" => Ok(true),
            other => fault(format!("`{}` is neither yes nor no", crate::native::short(other)), ""),
        }
    }

    fn number(&self) -> Result<OperationNumber, Fault> {
        let text = self.get("about");
        let hint = "a claim's number, such as `e12-345`, stands beside its value";
        OperationNumber::parse(text).map_or_else(|| fault(format!("`{text}` is no number of a claim"), hint), Ok)
    }

    /// An item, as `item/ID` or its bare id.
    fn item(&self, column: &str) -> Result<Id, Fault> {
        let text = self.get(column);
        let id = Id::parse(text.strip_prefix("item/").unwrap_or(text));
        id.map_or_else(|| fault(format!("`{text}` is no item"), "write `item/ID`, as in its address"), Ok)
    }

    fn reason(&self) -> Result<&str, Fault> {
        let reason = self.get("reason");
        match reason.is_empty() || reason.len() > LONGEST_REASON || reason.chars().any(char::is_control) {
            true => fault(format!("a reason has 1 to {LONGEST_REASON} bytes"), "readers see why it was decided so"),
            false => Ok(reason),
        }
    }

    fn class(&self) -> Result<&str, Fault> {
        let class = self.get("class");
        let words = CLASSES.iter().map(|(word, _)| *word);
        match words.clone().any(|word| word == class) {
            true => Ok(class),
            false => fault(format!("`{class}` is no class of reasons"), nearest::hint(class, words)),
        }
    }
}

struct Reading {
    /// As the rows so far leave it.
    state: State,
    entry: u32,
    /// So many operations stand before the next one.
    count: u32,
    found: Decided,
}

impl Reading {
    fn apply(&mut self, operation: Operation) {
        self.state.apply(OperationNumber { entry: self.entry, operation: self.count }, operation);
        self.count += 1;
    }

    /// Adds an operation; gives how others of the entry name it.
    fn add(&mut self, operation: Operation) -> Reference {
        let here = Reference::Here(self.count);
        self.apply(operation.clone());
        self.found.operations.push(operation);
        here
    }

    fn row(&mut self, row: &Row<'_>) -> Result<(), Fault> {
        match row.get("decision") {
            "dispute" => self.dispute(row),
            "withdraw" => self.withdraw(row),
            "restore" => self.restore(row),
            "redact" => self.redact(row),
            "same" => self.verdict(row, Verdict::Same),
            "different" => self.verdict(row, Verdict::Different),
            "unsure" => self.verdict(row, Verdict::Unsure),
            other => {
                let words = DECISIONS.iter().map(|(word, _)| *word);
                fault(format!("unknown decision `{}`", crate::native::short(other)), nearest::hint(other, words))
            }
        }
    }

    /// How operations of the entry name a claim or piece of evidence.
    fn reference(&self, number: OperationNumber) -> Reference {
        if number.entry == self.entry { Reference::Here(number.operation) } else { Reference::There(number) }
    }

    /// The sources of a row, each of which is there.
    fn sources(&self, row: &Row<'_>) -> Result<Vec<Id>, Fault> {
        let words = row.get("source").split('|').map(str::trim).filter(|word| !word.is_empty());
        let live =
            |id: &Id| self.state.sources().get(id.as_str()).is_some_and(|s| s.source.is_some() && s.gone.is_none());
        let known = |word: &str| match Id::parse(word).filter(live) {
            Some(id) => Ok(id),
            None => fault(format!("there is no source `{}`", crate::native::short(word)), "add it to the draft"),
        };
        words.map(known).collect()
    }

    /// Evidence against a claim that stays.
    fn dispute(&mut self, row: &Row<'_>) -> Result<(), Fault> {
        let number = row.number()?;
        let (_, body) = self.at(number)?;
        if body.claims.iter().all(|claim| claim.number != number || claim.gone.is_some()) {
            return fault(format!("there is no live claim `{number}`"), "only what stands can be disputed");
        }
        let [source] = &self.sources(row)?[..] else {
            return fault(
                "a dispute names one source",
                "add the publication that says otherwise, and name its id here",
            );
        };
        let quote = match (row.get("quote"), row.get("quote_language")) {
            ("", _) => None,
            (words, language) => Some(LangText::new(words, language).map_err(|why| Fault(why, String::new()))?),
        };
        let anchor = Some(row.get("anchor")).filter(|anchor| !anchor.is_empty()).map(Into::into);
        let passage = Passage { anchor, quote, translation: None };
        let known = |piece: &EvidenceRecord| {
            piece.gone.is_none()
                && piece.stance == Stance::Contradicts
                && self.state.sources().at(piece.source).id == *source
                && piece.passage.as_deref().is_none_or(|known| *known == passage)
        };
        let on = body.claims.iter().filter(|claim| claim.number == number);
        if on.flat_map(|claim| body.evidence_of(claim)).any(known) {
            return fault(format!("`{source}` contradicts `{number}` already"), "");
        }
        self.bring(&[self.reference(number)], (source.clone(), Stance::Contradicts, passage));
        Ok(())
    }

    fn bring(&mut self, claims: &[Reference], (source, stance, passage): (Id, Stance, Passage)) {
        let claims = claims.to_vec();
        let evidence = Evidence { claims, source, stance, passage, group: None, against_interest: false };
        self.add(Operation::Evidence(evidence));
    }

    /// The record that holds what has this number.
    fn at(&self, number: OperationNumber) -> Result<(Subject, &Body), Fault> {
        if self.state.has_tombstone(number) {
            return fault(format!("the value of `{number}` was destroyed"), "nothing can bring it back");
        }
        let hint = "numbers stand beside the values on the record's page";
        self.state.body_at(number).map_or_else(|| fault(format!("there is no claim or evidence `{number}`"), hint), Ok)
    }

    /// Takes a claim, a piece of evidence, an item or a link back. It stays in history, with the class and the reason.
    fn withdraw(&mut self, row: &Row<'_>) -> Result<(), Fault> {
        let (class, reason) = (row.class()?, row.reason()?);
        let target = self.target(row)?;
        let reason = format!("{class}: {reason}").into();
        self.add(Operation::Withdraw { target, reason });
        Ok(())
    }

    fn target(&self, row: &Row<'_>) -> Result<Target, Fault> {
        let gone = || Fault(format!("`{}` is not there, or was taken back already", row.get("about")), String::new());
        match subject(row.get("about")) {
            Some(Subject::Item(id)) => {
                let item = self.state.items().get(id.as_str()).filter(|i| i.gone.is_none() && i.kind.is_some());
                item.ok_or_else(gone)?;
                let names = |link: &Link| link.subject == id || link.object == id;
                let links = self.state.links().iter().filter(|(_, l)| l.gone.is_none());
                let links = links.filter(|(_, l)| l.link.as_ref().is_some_and(names)).count();
                match links {
                    0 => Ok(Target::Item(id)),
                    n => fault(format!("{n} links name `{id}`"), "take those back first"),
                }
            }
            Some(Subject::Link(id)) => {
                let link = self.state.links().get(id.as_str()).filter(|l| l.gone.is_none() && l.link.is_some());
                link.map(|_| Target::Link(id)).ok_or_else(gone)
            }
            None => {
                let number = row.number()?;
                let (_, body) = self.at(number)?;
                if let Some(claim) = body.claims.iter().find(|claim| claim.number == number) {
                    return claim.gone.is_none().then(|| Target::Claim(self.reference(number))).ok_or_else(gone);
                }
                let piece = body.evidence.iter().find(|piece| piece.number == number && piece.gone.is_none());
                piece.map(|_| Target::Evidence(self.reference(number))).ok_or_else(gone)
            }
        }
    }

    /// Brings back what was taken back, as a new operation that says why.
    fn restore(&mut self, row: &Row<'_>) -> Result<(), Fault> {
        let reason = row.reason()?.to_owned();
        let claims = match subject(row.get("about")) {
            Some(subject) => self.record_again(&subject)?,
            None => self.number_again(row.number()?)?,
        };
        let anchor = format!("brings back {}: {reason}", row.get("about"));
        let passage = Passage { anchor: Some(anchor.into()), ..Passage::default() };
        self.bring(&claims, (fixed_id(model::EDITORS), Stance::Context, passage));
        Ok(())
    }

    /// An item or a link; gives its first live claim, to which the reason is put.
    fn record_again(&mut self, subject: &Subject) -> Result<Vec<Reference>, Fault> {
        let again = match subject {
            Subject::Item(id) => {
                let item = self.state.items().get(id.as_str()).filter(|item| item.gone.is_some());
                item.and_then(|item| Some(Operation::Item { id: id.clone(), kind: item.kind.clone()? }))
            }
            Subject::Link(id) => {
                let link = self.state.links().get(id.as_str()).filter(|link| link.gone.is_some());
                link.and_then(|link| link.link.clone()).map(Operation::Link)
            }
        };
        let Some(again) = again else { return fault(format!("{subject} was not taken back"), "") };
        let body = self.state.body(subject);
        let Some(first) = body.and_then(|body| body.claims.iter().find(|claim| claim.gone.is_none())) else {
            return fault(
                format!("no claim of {subject} stands any more"),
                "bring back a claim of it in a row before this",
            );
        };
        let first = self.reference(first.number);
        self.add(again);
        Ok(vec![first])
    }

    /// A claim with what it rested on, or a piece of evidence; gives the claims it is about.
    fn number_again(&mut self, number: OperationNumber) -> Result<Vec<Reference>, Fault> {
        let (subject, body) = self.at(number)?;
        let standing = || fault(format!("`{number}` was not taken back"), "");
        let (claim, pieces) = match body.claims.iter().find(|claim| claim.number == number) {
            Some(claim) if claim.gone.is_none() => return standing(),
            Some(claim) => (Some(self.anew(&subject, body, claim)?), evidence(body, claim)),
            None => {
                let piece = body.evidence.iter().filter(|piece| piece.number == number);
                (None, piece.filter(|piece| piece.gone.is_some()).cloned().collect())
            }
        };
        let on = |claim: &&ClaimRecord| {
            claim.gone.is_none() && claim.evidence.iter().any(|at| body.evidence[*at as usize].number == number)
        };
        let stood: Vec<Reference> = body.claims.iter().filter(on).map(|claim| self.reference(claim.number)).collect();
        let property = claim.as_ref().map(|claim| claim.property.clone());
        let pieces = self.allowed(&subject, property.as_ref(), pieces);
        let claims = match claim {
            _ if pieces.is_empty() => return fault(format!("nothing that stands supports `{number}`"), ""),
            None if stood.is_empty() => return fault(format!("no claim that `{number}` is about stands"), ""),
            None => stood,
            Some(claim) => vec![self.add(Operation::Claim(claim))],
        };
        for piece in pieces {
            let source = self.state.sources().at(piece.source).id.clone();
            let passage = piece.passage.map_or_else(Passage::default, |passage| *passage);
            self.bring(&claims, (source, piece.stance, passage));
        }
        Ok(claims)
    }

    /// The claim as it was, unless the same stands again by now.
    fn anew(&self, subject: &Subject, body: &Body, claim: &ClaimRecord) -> Result<Claim, Fault> {
        let twin = |other: &&ClaimRecord| {
            let same = (other.property, &other.statement, &other.qualifiers)
                == (claim.property, &claim.statement, &claim.qualifiers);
            same && other.gone.is_none()
        };
        if let Some(twin) = body.claims.iter().find(twin) {
            return fault(format!("`{}` says the same and stands", twin.number), "");
        }
        Ok(Claim {
            subject: subject.clone(),
            property: self.state.property(claim.property).clone(),
            statement: claim.statement.clone(),
            qualifiers: claim.qualifiers.as_deref().cloned().unwrap_or_default(),
        })
    }

    /// Without what a redaction keeps out.
    fn allowed(
        &self,
        subject: &Subject,
        property: Option<&Id>,
        mut pieces: Vec<EvidenceRecord>,
    ) -> Vec<EvidenceRecord> {
        let source = |piece: &EvidenceRecord| self.state.sources().at(piece.source).id.clone();
        pieces.retain(|piece| property.is_none_or(|property| !self.state.redacted(subject, property, &source(piece))));
        pieces
    }

    fn redact(&mut self, row: &Row<'_>) -> Result<(), Fault> {
        let (number, class) = (row.number()?, row.class()?);
        if !DESTROYING.contains(&class) {
            return fault(format!("nothing is destroyed for being `{class}`"), "take it back instead");
        }
        let notice = row.get("notice");
        if notice.is_empty() || notice.len() > LONGEST_NOTICE {
            return fault(format!("a notice's reference has 1 to {LONGEST_NOTICE} bytes"), "readers see it");
        }
        if self.state.has_tombstone(number) {
            return fault(format!("the value of `{number}` was destroyed already"), "");
        }
        if number.entry >= self.entry || (self.state.body_at(number).is_none() && self.state.capture(number).is_none())
        {
            return fault(
                format!("there is no claim, evidence or capture `{number}`"),
                "take other records back instead",
            );
        }
        let (with_evidence, with_captures) = (row.flag("with_evidence")?, row.flag("with_captures")?);
        let (reason, notice, all_sources) = (fixed_id(class), notice.into(), row.flag("all_sources")?);
        self.found.graves.push(Grave { number, reason, notice, with_evidence, with_captures, all_sources });
        Ok(())
    }

    fn verdict(&mut self, row: &Row<'_>, verdict: Verdict) -> Result<(), Fault> {
        let (from, into) = (row.item("about")?, row.item("other")?);
        let (reason, evidence) = (row.reason()?.into(), self.sources(row)?);
        let decision = Decision { verdict, from, into, reason, evidence };
        if let Some(objection) = self.state.objection(&decision) {
            return fault(objection.to_string(), "");
        }
        self.add(Operation::Decision(decision));
        Ok(())
    }
}

/// `item/ID` or `link/ID`.
pub(crate) fn subject(text: &str) -> Option<Subject> {
    let (what, id) = text.split_once('/')?;
    let id = Id::parse(id)?;
    match what {
        "item" => Some(Subject::Item(id)),
        "link" => Some(Subject::Link(id)),
        _ => None,
    }
}

/// What a claim rests on; where all of it was taken back, all that it once rested on.
fn evidence(body: &Body, claim: &ClaimRecord) -> Vec<EvidenceRecord> {
    let live: Vec<EvidenceRecord> = body.evidence_of(claim).cloned().collect();
    match live.is_empty() {
        true => claim.evidence.iter().map(|at| body.evidence[*at as usize].clone()).collect(),
        false => live,
    }
}

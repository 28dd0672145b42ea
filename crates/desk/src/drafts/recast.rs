//! The export of ASPI's map as rows of a draft: read as the importer reads it, then laid into our own tables, so that it
//! goes the way of everything else at the desk.

use std::collections::BTreeMap;

use edition::State;
use model::{Day, Id, Origin, Problem, Statement, Value, Vocabulary};
use sha2::{Digest, Sha256};

use super::content::{Cells, Content, quoted};
use super::sheet::Sheet;
use super::upload::Rows;
use crate::detect::{self, Format};
use crate::facts::{Body, ClaimFacts, EvidenceFacts, Facts};
use crate::outcome::Options;
use crate::table::Table;
use crate::{aspi, live};

/// What becomes of an export.
#[derive(Debug, Default)]
pub(crate) struct Recast {
    pub content: Content,
    /// What was found, by line of the table as it came.
    pub problems: Vec<Problem>,
    /// Rows that are about persons and were not taken.
    pub refused: u64,
    /// Values that have no form in our tables, and stay behind.
    pub left: usize,
}

/// Whether a table has the columns of ASPI's export.
pub(crate) fn is_aspi(rows: &Rows) -> bool {
    let text = csv(&rows[..rows.len().min(1)]);
    let table = Table::open("table", 0, &text, &mut Vec::new());
    table.is_some_and(|table| detect::format(&table) == Some(Format::Aspi))
}

/// The export as rows of a draft, on what is live.
pub(crate) fn recast(rows: &Rows, vocabulary: &Vocabulary, state: &State, today: Day) -> Recast {
    let (text, mut recast) = (csv(rows), Recast::default());
    let Some(table) = Table::open("table", 0, &text, &mut recast.problems) else { return recast };
    let options = Options { format: None, withdraw_missing: false, as_of: None, today };
    let origin =
        Origin { dataset: super::propose::DATASET.into(), format: "aspi".into(), digest: Sha256::digest(&text).into() };
    let (mut refused, mut quiet) = (BTreeMap::new(), |_| {});
    let problems = &mut recast.problems;
    let mut reading =
        aspi::Reading { vocabulary, state, options: &options, problems, refused: &mut refused, progress: &mut quiet };
    let facts = aspi::read(&mut reading, origin, &[table], &["table"]);
    recast.refused = refused.values().sum();
    lay(&facts, state, &mut recast);
    recast
}

fn csv(rows: &[Vec<String>]) -> String {
    let width = rows.first().map_or(0, Vec::len);
    let line = |row: &Vec<String>| {
        let cells = (0..width).map(|at| quoted(row.get(at).map_or("", String::as_str)));
        cells.collect::<Vec<_>>().join(",") + "\n"
    };
    rows.iter().map(line).collect()
}

fn lay(facts: &Facts, state: &State, recast: &mut Recast) {
    for source in facts.sources.iter().map(|facts| &facts.source) {
        if state.sources().get(source.id.as_str()).is_none_or(|known| known.source.is_none()) {
            let relays: Vec<&str> = source.relays.iter().map(Id::as_str).collect();
            let published = source.published.as_ref().map(ToString::to_string).unwrap_or_default();
            let cells = [
                ("id", source.id.to_string()),
                ("title", source.title.text().to_owned()),
                ("publisher", source.publisher.to_string()),
                ("published_on", published),
                ("language", source.language.to_string()),
                ("kind", source.kind.to_string()),
                ("reports_on", relays.join("|")),
                ("url", source.url.to_string()),
                ("note", source.note.to_string()),
            ];
            put(&mut recast.content, "sources", &cells);
        }
    }
    for item in &facts.items {
        let about = format!("item/{}", item.id);
        match item.kind.as_ref().filter(|_| live::item_kind(state, &item.id).is_none()) {
            Some(kind) => {
                let name = item.body.claims.iter().find(|claim| claim.property.as_str() == "name");
                let words = name.and_then(|claim| cell(&claim.statement)).unwrap_or_default().0;
                let sources = name.map(|claim| sources(&item.body, claim)).unwrap_or_default();
                let cells =
                    [("id", item.id.to_string()), ("kind", kind.to_string()), ("name", words), ("sources", sources)];
                put(&mut recast.content, "entities", &cells);
                claims(&about, &item.body, name, recast);
            }
            None => claims(&about, &item.body, None, recast),
        }
    }
    for link in &facts.links {
        let about = format!("link/{}", link.link.id);
        let asserts = link.body.claims.iter().find(|claim| claim.property.as_str() == "asserts");
        let cells = [
            ("id", link.link.id.to_string()),
            ("kind", link.link.link_type.to_string()),
            ("subject", link.link.subject.to_string()),
            ("object", link.link.object.to_string()),
            ("sources", asserts.map(|claim| sources(&link.body, claim)).unwrap_or_default()),
        ];
        put(&mut recast.content, "relations", &cells);
        claims(&about, &link.body, asserts, recast);
    }
}

fn put(content: &mut Content, sheet: &str, cells: &[(&str, String)]) {
    let sheet = Sheet::find(sheet).expect("invariant: the sheets have these words");
    let cell = |column: &str| cells.iter().find(|(name, _)| *name == column).map(|(_, cell)| cell.clone());
    let row: Cells = sheet.fields.iter().map(|field| cell(field.column).unwrap_or_default()).collect();
    content.put(sheet, None, row);
}

/// The evidence of a claim as a cell of sources.
fn sources(body: &Body, claim: &ClaimFacts) -> String {
    let spelt = |evidence: &EvidenceFacts| {
        let anchor = evidence.passage.anchor.as_ref().map_or(String::new(), |anchor| format!("#{anchor}"));
        format!("{}{anchor}:{}", evidence.source, evidence.stance.word())
    };
    claim.rests_on.iter().map(|at| spelt(&body.evidence[*at as usize])).collect::<Vec<_>>().join("|")
}

/// All claims of a body but the one that its row states already, a row for each source of each.
fn claims(about: &str, body: &Body, but: Option<&ClaimFacts>, recast: &mut Recast) {
    for claim in body.claims.iter().filter(|claim| but.is_none_or(|but| !std::ptr::eq(*claim, but))) {
        let Some((value, language)) = cell(&claim.statement) else {
            recast.left += 1;
            continue;
        };
        for evidence in claim.rests_on.iter().map(|at| &body.evidence[*at as usize]) {
            let anchor = evidence.passage.anchor.as_deref().unwrap_or_default();
            let cells = [
                ("about", about.to_owned()),
                ("property", claim.property.to_string()),
                ("value", value.clone()),
                ("language", language.clone()),
                ("source", evidence.source.to_string()),
                ("stance", evidence.stance.word().to_owned()),
                ("anchor", anchor.to_owned()),
            ];
            put(&mut recast.content, "claims", &cells);
        }
    }
}

/// A statement as our table of claims spells it, and the language of a text; `None` if it has no cell for it.
fn cell(statement: &Statement) -> Option<(String, String)> {
    let text = match statement {
        Statement::Unknown => "unknown".to_owned(),
        Statement::None => "none".to_owned(),
        Statement::Is(Value::Text(text)) => return Some((text.text().to_owned(), text.lang().to_owned())),
        Statement::Is(Value::Money(money)) => {
            let shown = money.to_string();
            let (currency, amount) = shown.split_once(' ')?;
            format!("{amount} {currency}")
        }
        Statement::Is(Value::Share(share)) => share.to_string(),
        Statement::Is(Value::Figure(_) | Value::Landing(_)) => return None,
        Statement::Is(_) => crate::diff::value(statement),
    };
    Some((text, String::new()))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::drafts::propose::propose;
    use crate::trial::{Atlas, VOCABULARY, file, options};

    const EXPORT: &str = "company_overseas_infrastructure_id,company_id,infrastructure_type_id,country_id,city,\
        overseas_infrastructure_lat,overseas_infrastructure_lng,label,year_commenced,text,sources\n\
        1,Huawei,Data centre,Kenya,Nairobi,-1.286,36.817,\"Cloud, region\",2019,<p>It <b>opened</b>.</p>,https://paper.example/1\n\
        2,Huawei,Data centre,Kenya,,,,Second,,,\n";

    fn rows(text: &str) -> Rows {
        use model::ReadsLists;
        crate::screening::ListReader.sheet("t", text.as_bytes()).unwrap().rows
    }

    /// What an atlas says after operations, each claim with its value and sources.
    fn said(atlas: &Atlas) -> Vec<String> {
        let items = atlas.state.items().iter().map(|(_, item)| item.id.to_string());
        let links = atlas.state.links().iter().map(|(_, link)| link.id.to_string());
        let mut all: Vec<String> = items.map(|id| format!("{id}\n{}", atlas.item(&id))).collect();
        all.extend(links.map(|id| format!("{id}\n{}", atlas.link(&id))));
        for text in &mut all {
            let mut lines: Vec<&str> = text.lines().collect();
            lines[1..].sort_unstable();
            *text = lines.join("\n");
        }
        all.sort();
        all
    }

    #[test]
    fn a_draft_of_the_export_says_what_an_import_of_it_says() {
        let mut imported = Atlas::default();
        let outcome = imported.import(&[file("a/export.csv", EXPORT)]);
        assert!(!outcome.has_errors(), "{:?}", outcome.problems);
        let rows = rows(EXPORT);
        assert!(is_aspi(&rows));
        let mut drafted = Atlas::default();
        let recast = recast(&rows, &VOCABULARY, &drafted.state, options().today);
        assert_eq!((recast.left, recast.refused), (0, 0));
        let proposal = propose(&recast.content, [0; 32], &VOCABULARY, &drafted.state, options().today);
        assert!(proposal.is_sound(), "{:?}", proposal.problems);
        drafted.apply(proposal.operations);
        assert_eq!(said(&drafted), said(&imported));
        assert!(said(&imported).len() > 3);
    }

    #[test]
    fn findings_keep_the_line_of_the_table_and_persons_are_not_taken() {
        let bad = EXPORT.replace("2,Huawei,Data centre", "2,Huawei,Date centre").replace("Second", "Mr John Smith");
        let recast = recast(&rows(&bad), &VOCABULARY, &State::default(), options().today);
        assert!(
            recast.refused == 1 || recast.problems.iter().any(|problem| problem.at.line == 3),
            "{:?}",
            recast.problems
        );
        assert!(!recast.content.text().contains("John Smith"));
        assert!(!is_aspi(&rows("name,country\na,b\n")));
    }
}

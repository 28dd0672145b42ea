//! From rows of cells to organisations to look for; rows about persons are refused and counted, never repeated.

use model::{Asked, Columns, Earlier, Id, Identifier, List, Problem, Sheet, SheetKind, Vocabulary};

use super::place;
use crate::outcome::Refusal;
use crate::person;

/// Longer names are cut: no organisation needs them.
const LONGEST_NAME: usize = 400;

/// So many problems are told one by one.
const MOST_PROBLEMS: usize = 100;

/// What a cell of the kind column says of an organisation.
const ORGANISATION_KINDS: [&str; 14] = [
    "company",
    "organisation",
    "organization",
    "entity",
    "legal entity",
    "legalentity",
    "public body",
    "public-body",
    "university",
    "investor",
    "business",
    "corporation",
    "公司",
    "机构",
];

/// The rows as organisations.
pub(super) fn list(sheet: &Sheet, columns: &Columns, vocabulary: &Vocabulary) -> List {
    let mut list = List { problems: sheet.problems.clone(), ..List::default() };
    let rows = sheet.rows.iter().zip(&sheet.lines).skip(usize::from(columns.heading));
    for (row, line) in rows {
        let name = unquoted(cell(row, columns.name));
        if name.is_empty() {
            list.empty += 1;
            continue;
        }
        let name: String = name.chars().take(LONGEST_NAME).collect();
        let identifiers = identifiers(row, *line, columns, vocabulary, &mut list.problems);
        match doubt(sheet, row, &name, columns, vocabulary) {
            Doubt::Refused(refusal) => *list.refused.entry(refusal.reason()).or_default() += 1,
            doubt => list.asked.push(Asked {
                line: *line,
                doubtful: doubt == Doubt::Doubtful && identifiers.is_empty(),
                country: country(row, columns, vocabulary),
                earlier: columns.earlier.map(|at| Box::new(earlier(row, at))),
                identifiers,
                name,
            }),
        }
    }
    list
}

fn cell(row: &[String], at: usize) -> &str {
    row.get(at).map_or("", |cell| cell.trim())
}

/// Takes away the apostrophe that our own results put before what a spreadsheet program might run.
fn unquoted(cell: &str) -> &str {
    cell.strip_prefix('\'').unwrap_or(cell).trim()
}

#[derive(PartialEq)]
enum Doubt {
    None,
    Doubtful,
    Refused(Refusal),
}

fn doubt(sheet: &Sheet, row: &[String], name: &str, columns: &Columns, vocabulary: &Vocabulary) -> Doubt {
    let kind = columns.kind.map(|at| cell(row, at).to_lowercase()).unwrap_or_default();
    if person::is_person_word(&kind) {
        return Doubt::Refused(Refusal::PersonKind);
    }
    // A fund's filing names issuers of securities.
    let typed =
        ORGANISATION_KINDS.contains(&kind.as_str()) || matches!(sheet.kind, SheetKind::Form13F | SheetKind::FormNPort);
    let notes: Vec<&str> =
        row.iter().enumerate().filter(|(at, _)| *at != columns.name).map(|(_, cell)| cell.as_str()).collect();
    match person::refusal(vocabulary, name, &[], &notes.join(" · ")) {
        None => Doubt::None,
        Some(Refusal::LooksLikePerson) if typed => Doubt::None,
        Some(Refusal::LooksLikePerson) => Doubt::Doubtful,
        Some(refusal) => Doubt::Refused(refusal),
    }
}

fn country(row: &[String], columns: &Columns, vocabulary: &Vocabulary) -> Option<model::CountryCode> {
    let text = cell(row, columns.country?);
    vocabulary.country_named(text).or_else(|| vocabulary.country_named(&text.to_uppercase())).flatten()
}

fn identifiers(
    row: &[String],
    line: u32,
    columns: &Columns,
    vocabulary: &Vocabulary,
    problems: &mut Vec<Problem>,
) -> Vec<Identifier> {
    let mut found = Vec::new();
    for (at, scheme) in &columns.identifiers {
        let value: String = cell(row, *at).chars().filter(|c| !c.is_whitespace() && *c != '-').collect();
        let value = if scheme == "qid" || scheme == "ror" { value } else { value.to_uppercase() };
        let (Some(known), Some(id)) = (vocabulary.schemes.get(scheme), Id::parse(scheme)) else { continue };
        // Forms write `N/A`, or zeros, where there is none.
        if value.is_empty() || value == "N/A" || value == "NA" || value.chars().all(|c| c == '0') {
            continue;
        }
        if known.holds(&value) {
            found.push(Identifier { scheme: id, value: value.into() });
        } else if problems.len() < MOST_PROBLEMS {
            let what = format!("the identifier in column `{scheme}` fails its check and is left out");
            problems.push(Problem::warning(place("", line), what));
        }
    }
    found
}

fn earlier(row: &[String], [verdict, item, lists, links, exposed]: [usize; 5]) -> Earlier {
    let listed =
        |at: usize| cell(row, at).split('|').map(str::trim).filter(|id| !id.is_empty()).map(str::to_owned).collect();
    Earlier {
        verdict: cell(row, verdict).to_owned(),
        item: cell(row, item).to_owned(),
        lists: listed(lists),
        links: cell(row, links).parse::<f64>().map_or(0, |n| n as u64),
        exposed: listed(exposed),
    }
}

//! The results of screening as a table to take home: CSV and workbook, one row for each row of the list. Either can
//! be uploaded again later, to learn what is new.

use edition::screen::Standing;
use rust_xlsxwriter::{Format, Workbook};
use ui::{EditionStamp, Lang};

use crate::csv;
use crate::screening::{News, Screened};
use crate::view::Maker;
use crate::view::screening::{Known, ResultRow, Screening};

/// The columns, in order.
const COLUMNS: [&str; 22] = [
    "line",
    "asked",
    "verdict",
    "score",
    "item",
    "item_name",
    "item_url",
    "matched_name",
    "reasons_for",
    "reasons_against",
    "lists",
    "lists_current",
    "lists_past",
    "links",
    "latest_links",
    "exposed_to",
    "nearest_exposure",
    "weakest_evidence",
    "other_candidates",
    "news",
    "as_of",
    "edition",
];

/// Sheets of a workbook hold no more rows.
pub(crate) const SHEET_ROWS: usize = 1_048_000;

/// The whole result as CSV.
pub(crate) fn table(done: &Screened, lang: Lang, stamp: &EditionStamp) -> Vec<u8> {
    let mut text = csv::row(COLUMNS);
    rows(done, lang, stamp, |cells| text.push_str(&csv::row(cells.iter().map(String::as_str))));
    text.into_bytes()
}

/// The whole result as a workbook, made in memory. Every cell is text or a number, never a formula.
pub(crate) fn workbook(done: &Screened, lang: Lang, stamp: &EditionStamp) -> Option<Vec<u8>> {
    let mut book = Workbook::new();
    let sheet = book.add_worksheet();
    let bold = Format::new().set_bold();
    for (column, name) in (0u16..).zip(COLUMNS) {
        sheet.write_string_with_format(0, column, name, &bold).ok()?;
    }
    let mut at = 0u32;
    rows(done, lang, stamp, |cells| {
        at += 1;
        for (column, cell) in (0u16..).zip(cells).filter(|(_, cell)| !cell.is_empty()) {
            // A cell that can't be written (too long) stays empty; the CSV has it whole.
            let _ = match cell.parse::<f64>().ok().filter(|_| NUMBERS.contains(&COLUMNS[usize::from(column)])) {
                Some(number) => sheet.write_number(at, column, number),
                None => sheet.write_string(at, column, cell),
            };
        }
    });
    sheet.set_freeze_panes(1, 0).ok()?;
    book.save_to_buffer().ok()
}

const NUMBERS: [&str; 3] = ["line", "score", "links"];

fn rows(done: &Screened, lang: Lang, stamp: &EditionStamp, mut write: impl FnMut(&[String; 22])) {
    let maker = Maker { edition: &done.edition, lang };
    let edition = format!("{} {} {}", stamp.number, stamp.date, stamp.short_root());
    // Portion by portion: what is known of an item is then held once, not once for each of its rows.
    let all: Vec<_> = done.rows().collect();
    for portion in all.chunks(512) {
        let view = maker.screening(done, portion.iter().copied());
        for (row, (_, answer)) in view.results.iter().zip(portion) {
            let record = done.record(answer);
            let lists = record.map(|record| crate::screening::lists(&done.edition, record)).unwrap_or_default();
            let exposed = record.map(|record| crate::screening::exposed(&done.edition, record)).unwrap_or_default();
            write(&cells(&view, row, [lists.join("|"), exposed.join("|")], &edition));
        }
    }
}

fn cells(view: &Screening, row: &ResultRow, [lists, exposed]: [String; 2], edition: &str) -> [String; 22] {
    let best = row.candidates.first();
    let known = best.and_then(|best| view.items.get(&best.item.id));
    let text = |of: fn(&crate::view::screening::Found) -> String| best.map(of).unwrap_or_default();
    [
        row.line.to_string(),
        row.asked.clone(),
        row.verdict.into(),
        best.map(|best| format!("{:.3}", best.score)).unwrap_or_default(),
        text(|best| best.item.id.clone()),
        text(|best| best.item.name.clone()),
        text(|best| best.item.url.clone()),
        text(|best| best.name.clone()),
        reasons(row, true),
        reasons(row, false),
        lists,
        entries(known, Standing::Current),
        entries(known, Standing::Past),
        known.map(|known| known.acts_in_all.to_string()).unwrap_or_default(),
        acts(known),
        exposed,
        nearest(known),
        weakest(known),
        others(row),
        row.told.iter().map(News::word).collect::<Vec<_>>().join("|"),
        view.as_of.clone(),
        edition.to_owned(),
    ]
}

fn reasons(row: &ResultRow, speaks_for: bool) -> String {
    let Some(best) = row.candidates.first() else { return String::new() };
    let mut all: Vec<String> = best.reasons.iter().filter(|why| why.speaks_for == speaks_for).map(why).collect();
    if speaks_for && best.by == "identifier" {
        all.push("identifier".into());
    }
    if !speaks_for && !best.but.is_empty() {
        all.push(format!("other {}", best.but));
    }
    all.join("; ")
}

fn why(why: &crate::view::screening::Why) -> String {
    match (why.asked.as_str(), why.known.as_str()) {
        ("", known) => format!("{}: {known}", why.rule),
        (asked, "") => format!("{}: {asked}", why.rule),
        (asked, known) => format!("{}: {asked} = {known}", why.rule),
    }
}

fn entries(known: Option<&Known>, standing: Standing) -> String {
    let entry = |entry: &crate::view::screening::Entry| {
        let dates = [entry.tie.start.as_deref(), entry.tie.end.as_deref()];
        let dates = dates.map(|date| date.unwrap_or("..")).join("/");
        let said: Vec<&str> =
            std::iter::once(dates.as_str()).chain(entry.citations.iter().map(String::as_str)).collect();
        format!("{} ({})", entry.list.name, said.join("; "))
    };
    let all = known.iter().flat_map(|known| &known.lists).filter(|one| one.standing == standing.word());
    all.map(entry).collect::<Vec<_>>().join(" | ")
}

fn acts(known: Option<&Known>) -> String {
    let act = |tie: &crate::view::tie::Tie| {
        format!("{} {} {} ({})", tie.subject.name, tie.link_type.label, tie.object.name, tie.confidence)
    };
    known.iter().flat_map(|known| &known.acts).map(act).collect::<Vec<_>>().join(" | ")
}

fn nearest(known: Option<&Known>) -> String {
    let first = known.and_then(|known| known.exposures.first());
    let names = |path: &crate::view::tie::Chain| path.items.iter().map(|item| item.name.clone()).collect::<Vec<_>>();
    first.map(|exposed| names(&exposed.path).join(" → ")).unwrap_or_default()
}

fn weakest(known: Option<&Known>) -> String {
    let path = known.and_then(|known| known.exposures.first()).map(|exposed| &exposed.path);
    let knot = path.and_then(|path| path.hops.get(path.weakest));
    let text = |knot: &crate::view::tie::Knot| {
        let tie = &knot.tie;
        format!("{} {} {}: {}", tie.subject.name, tie.link_type.label, tie.object.name, tie.confidence)
    };
    knot.map(text).unwrap_or_default()
}

fn others(row: &ResultRow) -> String {
    let other = |found: &crate::view::screening::Found| format!("{} ({:.3})", found.item.id, found.score);
    row.candidates.iter().skip(1).map(other).collect::<Vec<_>>().join("|")
}

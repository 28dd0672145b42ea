//! What a draft proposes: rows of our own tables. A form fills one in, a pasted table many; the bytes that are approved
//! are these rows in one canonical text.

use std::collections::HashMap;
use std::collections::hash_map::Entry;

use sha2::{Digest, Sha256};

use super::sheet::{SHEETS, Sheet};
use crate::table::{Table, decode};
use model::Problem;

/// The largest text of one draft, in bytes.
pub(crate) const LARGEST: usize = 8 << 20;

/// One row: a cell for each column of its sheet, in the sheet's order, without line breaks.
pub(crate) type Cells = Vec<String>;

/// The rows of a draft, by sheet.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub(crate) struct Content {
    sheets: [Vec<Cells>; SHEETS.len()],
}

impl Content {
    /// Reads the canonical text; `None` if it is not one.
    pub fn parse(text: &str) -> Option<Self> {
        let (mut content, mut rest) = (Self::default(), text);
        while !rest.is_empty() {
            let (head, after) = rest.split_once('\n')?;
            let (word, length) = head.split_once(' ')?;
            let length: usize = length.parse().ok()?;
            let table = after.get(..length)?;
            content.sheets[Sheet::find(word)?.place()] = rows(Sheet::find(word)?, table, &mut Vec::new());
            rest = &after[length..];
        }
        Some(content)
    }

    /// The canonical text: for each sheet with rows its word, the length of its table in bytes, and the table.
    pub fn text(&self) -> String {
        let tables = self.tables().map(|(sheet, table)| format!("{} {}\n{table}", sheet.word, table.len()));
        tables.collect()
    }

    /// Each sheet that has rows, as CSV (RFC 4180) with a header.
    pub fn tables(&self) -> impl Iterator<Item = (&'static Sheet, String)> {
        let filled = SHEETS.iter().zip(&self.sheets).filter(|(_, rows)| !rows.is_empty());
        filled.map(|(sheet, rows)| (sheet, csv(sheet, rows)))
    }

    /// The rows of a sheet.
    pub fn rows(&self, sheet: &Sheet) -> &[Cells] {
        &self.sheets[sheet.place()]
    }

    /// How many rows there are in all.
    pub fn len(&self) -> usize {
        self.sheets.iter().map(Vec::len).sum()
    }

    /// Whether there are none.
    pub fn is_empty(&self) -> bool {
        self.len() == 0
    }

    /// Puts a row in the place of another, or behind all.
    pub fn put(&mut self, sheet: &Sheet, place: Option<usize>, cells: Cells) {
        let rows = &mut self.sheets[sheet.place()];
        let cells = cells.iter().map(|cell| one_line(cell)).collect();
        match place.and_then(|place| rows.get_mut(place)) {
            Some(row) => *row = cells,
            None => rows.push(cells),
        }
    }

    /// Takes a row out.
    pub fn remove(&mut self, sheet: &Sheet, place: usize) {
        let rows = &mut self.sheets[sheet.place()];
        if place < rows.len() {
            rows.remove(place);
        }
    }

    /// Adds the rows of a pasted table: a row with the id of one that is there takes its place. Says what could not be
    /// read; then nothing is added.
    pub fn paste(&mut self, bytes: &[u8]) -> Result<usize, Vec<Problem>> {
        let mut problems = Vec::new();
        let text = decode("table", bytes).map_err(|problem| vec![problem])?;
        let table = Table::open("table", 0, &text, &mut problems).ok_or_else(|| problems.clone())?;
        let Some(sheet) = of(&table) else {
            let hint = "the first line names the columns: those of sources, entities, relations, claims, glossary or decisions";
            problems.push(Problem::error(table.header_place(), "no table of ours has these columns").hint(hint));
            return Err(problems);
        };
        table.knows(&sheet.fields.iter().map(|field| field.column).collect::<Vec<_>>(), &mut problems);
        let rows = rows(sheet, &text, &mut problems);
        if problems.iter().any(|problem| problem.severity == model::Severity::Error) {
            return Err(problems);
        }
        let count = rows.len();
        self.lay(sheet, rows);
        Ok(count)
    }

    /// Adds all rows of another content.
    pub fn join(&mut self, other: &Self) {
        for sheet in &SHEETS {
            self.lay(sheet, other.rows(sheet).to_vec());
        }
    }

    /// Adds every row of a table as it stands, whatever its ids.
    ///
    /// # Errors
    /// The first thing that could not be read; then rows of it may be missing.
    pub fn fill(&mut self, sheet: &Sheet, label: &str, text: &str) -> Result<(), Problem> {
        let mut problems = Vec::new();
        let rows = rows(sheet, text, &mut problems);
        self.sheets[sheet.place()].extend(rows);
        match problems.into_iter().find(|problem| problem.severity == model::Severity::Error) {
            Some(mut problem) => {
                label.clone_into(&mut problem.at.file);
                Err(problem)
            }
            None => Ok(()),
        }
    }

    /// Adds rows: one with the id, or the word, of one that is there takes its place.
    pub fn lay(&mut self, sheet: &Sheet, rows: Vec<Cells>) {
        let id = sheet.column("id").or_else(|| sheet.column("term"));
        let own = &mut self.sheets[sheet.place()];
        let key = |cells: &Cells| id.map(|id| cells[id].clone()).filter(|id| !id.is_empty());
        let mut known: HashMap<String, usize> =
            own.iter().enumerate().filter_map(|(place, cells)| Some((key(cells)?, place))).collect();
        for cells in rows {
            let cells: Cells = cells.iter().map(|cell| one_line(cell)).collect();
            match key(&cells).map(|key| known.entry(key)) {
                Some(Entry::Occupied(there)) => own[*there.get()] = cells,
                Some(Entry::Vacant(free)) => {
                    free.insert(own.len());
                    own.push(cells);
                }
                None => own.push(cells),
            }
        }
    }

    /// The column of a row's cell that a finding's place, a character of the row's line from 1, is in.
    pub fn column_at(&self, sheet: &Sheet, row: usize, character: u64) -> &'static str {
        let Some(cells) = self.rows(sheet).get(row).filter(|_| character > 0) else { return "" };
        let mut begins = 1;
        for (field, cell) in sheet.fields.iter().zip(cells) {
            let ends = begins + quoted(cell).chars().count() as u64;
            if character <= ends {
                return field.column;
            }
            begins = ends + 1;
        }
        ""
    }
}

/// What an approval is given for: SHA-256 over the draft's number and its text.
pub(crate) fn hash(draft: i64, text: &str) -> [u8; 32] {
    let mut hash = Sha256::new();
    hash.update(format!("counteratlas draft v1\n{draft}\n"));
    hash.update(text);
    hash.finalize().into()
}

fn of(table: &Table<'_>) -> Option<&'static Sheet> {
    use crate::detect::{NativeTable, native_table};
    if table.has("decision") && table.has("about") {
        return Sheet::find("decisions");
    }
    let word = match native_table(table)? {
        NativeTable::Sources => "sources",
        NativeTable::Entities => "entities",
        NativeTable::Relations => "relations",
        NativeTable::Claims => "claims",
        NativeTable::Glossary => "glossary",
        NativeTable::Cables | NativeTable::Figures => return None,
    };
    Sheet::find(word)
}

fn rows(sheet: &Sheet, text: &str, problems: &mut Vec<Problem>) -> Vec<Cells> {
    let Some(table) = Table::open("table", 0, text, problems) else { return Vec::new() };
    let (mut reader, mut rows) = (table.rows(), Vec::new());
    while let Some(row) = reader.next(problems) {
        rows.push(sheet.fields.iter().map(|field| one_line(row.get(field.column))).collect());
    }
    rows
}

/// White space at the ends goes, line breaks and other controls become blanks: a row is one line, so that its number
/// names it.
fn one_line(cell: &str) -> String {
    cell.replace("\r\n", "\n")
        .chars()
        .map(|c| if c.is_control() { ' ' } else { c })
        .collect::<String>()
        .trim()
        .to_owned()
}

fn csv(sheet: &Sheet, rows: &[Cells]) -> String {
    let header = sheet.fields.iter().map(|field| field.column).collect::<Vec<_>>().join(",");
    let line = |cells: &Cells| cells.iter().map(|cell| quoted(cell)).collect::<Vec<_>>().join(",");
    let mut text = header + "\n";
    rows.iter().for_each(|cells| text += &(line(cells) + "\n"));
    text
}

/// A cell as CSV spells it.
pub(crate) fn quoted(cell: &str) -> String {
    match cell.contains([',', '"', '\n', '\r']) {
        true => format!("\"{}\"", cell.replace('"', "\"\"")),
        false => cell.to_owned(),
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    const PASTED: &str = "kind,id,name,sources\ncompany,acme,\"Acme, Ltd\",s1\npublic-body,kenya,Kenya,s1\n";

    #[test]
    fn a_pasted_table_is_told_by_its_columns_and_a_row_takes_the_place_of_its_id() {
        let mut content = Content::default();
        assert_eq!(content.paste(PASTED.as_bytes()), Ok(2));
        let entities = Sheet::find("entities").unwrap();
        assert_eq!(content.rows(entities)[0][..3], ["acme", "company", "Acme, Ltd"]);
        assert_eq!(content.paste(b"id,kind,name,sources\nacme,company,Acme,s2\n"), Ok(1));
        assert_eq!((content.len(), content.rows(entities)[0][2].as_str()), (2, "Acme"));
    }

    #[test]
    fn the_place_of_a_finding_names_its_column() {
        let mut content = Content::default();
        content.paste(PASTED.as_bytes()).unwrap();
        let entities = Sheet::find("entities").unwrap();
        // The line is: acme,company,"Acme, Ltd",,,,,,,s1,,
        for (character, column) in [(0, ""), (1, "id"), (5, "id"), (6, "kind"), (14, "name"), (26, "name_zh"), (99, "")]
        {
            assert_eq!(content.column_at(entities, 0, character), column, "{character}");
        }
    }

    #[test]
    fn a_table_that_is_broken_or_of_another_sort_adds_nothing() {
        let mut content = Content::default();
        for wrong in ["", "a,b\n1,2\n", "id,kind,name,sources\nacme,company\n", "id,statement,value\na,b,1\n"] {
            assert!(content.paste(wrong.as_bytes()).is_err(), "{wrong}");
        }
        assert!(content.is_empty());
    }

    #[test]
    fn the_hash_is_of_the_draft_and_of_every_byte() {
        let mut content = Content::default();
        content.paste(PASTED.as_bytes()).unwrap();
        let text = content.text();
        assert!(text.starts_with("entities 1"), "{text}");
        assert_ne!(hash(1, &text), hash(2, &text));
        assert_ne!(hash(1, &text), hash(1, &text.replace("Kenya", "Kenia")));
        // By sha256sum, of "counteratlas draft v1", a line break, "1" and a line break.
        let empty = "b69e8a8770adf51ae57c1ad02c890f0b085a2d35012654f7d3e1ba17d117d298";
        assert_eq!(crate::hash::hex(&hash(1, "")), empty);
    }

    #[test]
    fn a_text_that_is_none_of_ours_is_not_read() {
        for wrong in ["x", "entities\n", "entities 9\nid\n", "nothing 3\nid\n", "entities -1\n", "entities 1\né"] {
            assert_eq!(Content::parse(wrong), None, "{wrong}");
        }
        assert_eq!(Content::parse(""), Some(Content::default()));
    }

    proptest! {
        #[test]
        fn every_content_reads_back_from_its_text(cells in prop::collection::vec((0..SHEETS.len(), ".{0,12}"), 0..12)) {
            let mut content = Content::default();
            for (sheet, cell) in cells {
                let sheet = &SHEETS[sheet];
                let row = sheet.fields.iter().enumerate().map(|(at, _)| if at % 3 == 0 { format!("x{cell}") } else { cell.clone() });
                content.put(sheet, None, row.collect());
            }
            let text = content.text();
            let back = Content::parse(&text).unwrap();
            prop_assert_eq!(back.text(), text);
            prop_assert_eq!(back, content);
        }

        #[test]
        fn no_text_makes_the_reader_stumble(text in ".{0,80}") {
            let _content = Content::parse(&text);
            let _pasted = Content::default().paste(text.as_bytes());
        }
    }
}

//! Reads the SEC's forms 13F (information table) and N-PORT: who the issuers of an institution's or fund's holdings are.
//!
//! Elements are known by their local names, so that any prefix will do. Entities beyond XML's own five are left as text and
//! nothing outside the file is ever read.

use model::{Problem, Sheet, SheetKind};
use quick_xml::events::{BytesStart, Event};
use quick_xml::{Reader, XmlVersion};

use super::{MOST_ROWS, place, too_many};

/// The columns of a holding, as a heading would name them.
const HEADING: [&str; 6] = ["nameOfIssuer", "lei", "isin", "cusip", "country", "title"];

/// Which column an element or attribute of a form fills.
fn column(form: SheetKind, element: &str) -> Option<usize> {
    match (form, element) {
        (SheetKind::Form13F, "nameOfIssuer") | (SheetKind::FormNPort, "name") => Some(0),
        (SheetKind::FormNPort, "lei") => Some(1),
        (SheetKind::FormNPort, "isin") => Some(2),
        (_, "cusip") => Some(3),
        (SheetKind::FormNPort, "invCountry") => Some(4),
        (SheetKind::Form13F, "titleOfClass") | (SheetKind::FormNPort, "title") => Some(5),
        _ => None,
    }
}

/// What is being read.
struct Form<'l> {
    label: &'l str,
    sheet: Sheet,
    holding: Option<Vec<String>>,
    /// How deep inside the holding; only its own children are its name and title.
    depth: usize,
    filling: Option<usize>,
}

pub(super) fn sheet(label: &str, text: &str) -> Result<Sheet, Problem> {
    let kind = match () {
        () if text.contains("infoTable") => SheetKind::Form13F,
        () if text.contains("invstOrSec") => SheetKind::FormNPort,
        () => {
            let what = "the file is XML, but neither a form 13F nor a form N-PORT with holdings";
            return Err(Problem::error(place(label, 0), what).hint("save the list as CSV or .xlsx"));
        }
    };
    let heading = HEADING.map(str::to_owned).to_vec();
    let sheet = Sheet { kind, rows: vec![heading], lines: vec![1], problems: Vec::new() };
    let mut form = Form { label, sheet, holding: None, depth: 0, filling: None };
    let mut reader = Reader::from_str(text);
    loop {
        match reader.read_event() {
            Err(error) => {
                let line = 1 + text[..(reader.error_position() as usize).min(text.len())].matches('\n').count() as u32;
                return Err(Problem::error(place(label, line), format!("the XML is broken: {error}")));
            }
            Ok(Event::Eof) => break,
            Ok(event) => form.event(event)?,
        }
    }
    form.done()
}

impl Form<'_> {
    fn event(&mut self, event: Event<'_>) -> Result<(), Problem> {
        match event {
            Event::Start(start) => self.open(&start, true)?,
            Event::Empty(start) => self.open(&start, false)?,
            Event::Text(text) => self.fill(&text),
            Event::CData(text) => self.fill(&text),
            Event::GeneralRef(reference) => {
                let known = reference.resolve_char_ref().ok().flatten().map(String::from);
                let named = quick_xml::escape::resolve_predefined_entity(&reference).map(str::to_owned);
                self.fill(&known.or(named).unwrap_or_default());
            }
            Event::End(end) => self.close(end.local_name().as_ref()),
            _ => {}
        }
        Ok(())
    }

    fn open(&mut self, start: &BytesStart<'_>, with_content: bool) -> Result<(), Problem> {
        let local = start.local_name();
        let name: &str = local.as_ref();
        if matches!(name, "infoTable" | "invstOrSec") && self.holding.is_none() {
            if self.sheet.rows.len() > MOST_ROWS {
                return Err(too_many(self.label));
            }
            (self.holding, self.depth) = (Some(vec![String::new(); HEADING.len()]), 0);
            return Ok(());
        }
        let Some(holding) = &mut self.holding else { return Ok(()) };
        let at = column(self.sheet.kind, name).filter(|at| self.depth == 0 || *at == 2);
        if let (Some(at), Ok(Some(value))) = (at, start.try_get_attribute("value")) {
            holding[at] = value.normalized_value(XmlVersion::Implicit1_0).unwrap_or_default().into_owned();
        }
        if with_content {
            self.filling = at;
            self.depth += 1;
        }
        Ok(())
    }

    fn fill(&mut self, text: &str) {
        if let (Some(holding), Some(at)) = (&mut self.holding, self.filling) {
            holding[at].push_str(text);
        }
    }

    fn close(&mut self, name: &str) {
        self.filling = None;
        if matches!(name, "infoTable" | "invstOrSec")
            && self.depth == 0
            && let Some(holding) = self.holding.take()
        {
            self.sheet.rows.push(holding.iter().map(|cell| cell.trim().to_owned()).collect());
            self.sheet.lines.push(self.sheet.rows.len() as u32);
        }
        self.depth = self.depth.saturating_sub(1);
    }

    fn done(self) -> Result<Sheet, Problem> {
        if self.sheet.rows.len() < 2 {
            return Err(Problem::error(place(self.label, 0), "the form lists no holdings"));
        }
        Ok(self.sheet)
    }
}

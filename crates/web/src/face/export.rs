//! Exactly the links of a filter, to take home: CSV, GeoJSON, JSON Lines and XLSX, each with edition, licence and filter
//! in the file. They are written row by row while they are sent, so that a large one needs no large memory.

mod geojson;
mod jsonl;
mod xlsx;

use std::io::{self, Write};
use std::sync::Arc;

use edition::{Edition, LinkView};
use ui::{EditionStamp, Imprint, Lang};

use crate::ask::{Ask, Face};
use crate::bundle::Contents;
use crate::csv;
use crate::reply::{Body, Failure, Reply};
use crate::view::Maker;
use crate::view::link::Row;
use crate::view::list::Selected;

/// The columns of the tables, in order.
pub(crate) const COLUMNS: [&str; 27] = [
    "id",
    "type",
    "subject",
    "subject_name",
    "object",
    "object_name",
    "categories",
    "topics",
    "place",
    "country",
    "country_role",
    "precision",
    "lat",
    "lon",
    "start",
    "end",
    "status",
    "as_of",
    "confidence",
    "offered_only",
    "highlight",
    "sources",
    "url",
    "edition",
    "licence",
    "attribution",
    "filter",
];

/// Exports with more rows are sent while they are written; smaller ones are written first, and sent with their length.
const LARGE: usize = 2000;

/// Rows that a sheet has besides its header.
const SHEET_ROWS: usize = 1_048_575;

/// Everything that an export needs after the request is gone.
pub(crate) struct Export {
    edition: Arc<Edition>,
    imprint: Arc<Imprint>,
    stamp: EditionStamp,
    lang: Lang,
    /// Record numbers of the links, in reading order.
    links: Vec<u32>,
    /// The canonical filter.
    filter: String,
}

/// The links of a selection in the format of the face.
pub(crate) fn links(ask: &Ask<'_>, selected: &Selected<'_>) -> Result<Reply, Failure> {
    let export = Export::of(ask, selected);
    let (mime, download) = match ask.face {
        Face::GeoJson => ("application/geo+json", "links.geojson"),
        Face::Jsonl => ("application/jsonl", "links.jsonl"),
        Face::Xlsx => ("application/vnd.openxmlformats-officedocument.spreadsheetml.sheet", "links.xlsx"),
        _ => ("text/csv; charset=utf-8", "links.csv"),
    };
    if ask.face == Face::Xlsx && export.links.len() > SHEET_ROWS {
        return Err(Failure::Parameter("xlsx", format!("≤ {SHEET_ROWS}")));
    }
    let large = export.links.len() > LARGE;
    let face = ask.face;
    let write = move |out: &mut (dyn Write + Send)| export.write(face, out);
    let body = if large {
        Body::Stream(Box::new(write))
    } else {
        let mut bytes = Vec::new();
        write(&mut bytes).map_err(|_| Failure::Broken)?;
        Body::Plain(bytes)
    };
    Ok(Reply { body, download, ..Reply::data(mime, Vec::new()) })
}

impl Export {
    pub fn of(ask: &Ask<'_>, selected: &Selected<'_>) -> Self {
        let nothing =
            || EditionStamp { number: 0, date: String::new(), root: String::new(), witnesses: Default::default() };
        Self {
            edition: ask.live.edition.clone(),
            imprint: ask.site.imprint.clone(),
            stamp: ask.site.edition.clone().unwrap_or_else(nothing),
            lang: ask.lang,
            links: selected.links(0, usize::MAX),
            filter: selected.filter.query(),
        }
    }

    /// Every link of an edition, labelled in English.
    pub fn whole(contents: &Contents) -> Self {
        let Contents { edition, imprint, stamp } = contents.clone();
        let all = Maker { edition: &edition, lang: Lang::En }.select(model::Filter::default());
        let links = all.links(0, usize::MAX);
        Self { imprint, stamp, lang: Lang::En, links, filter: String::new(), edition: edition.clone() }
    }

    /// Gives the cells of every link in turn.
    pub fn each_row<E>(&self, mut give: impl FnMut(&[String; 27]) -> Result<(), E>) -> Result<(), E> {
        self.links().try_for_each(|link| give(&self.cells(link)))
    }

    /// Writes the whole file.
    pub fn write(&self, face: Face, out: &mut (dyn Write + Send)) -> io::Result<()> {
        match face {
            Face::GeoJson => geojson::write(self, out),
            Face::Jsonl => jsonl::write(self, out),
            Face::Xlsx => xlsx::write(self, out),
            _ => self.csv(out),
        }
    }

    fn csv(&self, out: &mut dyn Write) -> io::Result<()> {
        out.write_all(csv::row(COLUMNS).as_bytes())?;
        for link in self.links() {
            let cells = self.cells(link);
            out.write_all(csv::row(cells.iter().map(String::as_str)).as_bytes())?;
        }
        Ok(())
    }

    fn links(&self) -> impl Iterator<Item = LinkView<'_>> {
        self.links.iter().map(|number| self.edition.link_at(*number))
    }

    /// A link as the cells of a table; lists are separated by `|`.
    fn cells(&self, link: LinkView<'_>) -> [String; 27] {
        let row = Maker { edition: &self.edition, lang: self.lang }.row(link);
        let [lat, lon] = row.place.point.clone().unwrap_or_default();
        let country = row.place.country.as_ref();
        [
            row.id.clone(),
            row.link_type.id.clone(),
            row.subject.id.clone(),
            row.subject.name.clone(),
            row.object.id.clone(),
            row.object.name.clone(),
            joined(&row.categories),
            joined(&row.topics),
            row.place.place.clone().unwrap_or_default(),
            country.map(|country| country.code.clone()).unwrap_or_default(),
            country.map(|country| country.role.to_owned()).unwrap_or_default(),
            row.place.precision.id.clone(),
            lat,
            lon,
            row.start.clone().unwrap_or_default(),
            row.end.clone().unwrap_or_default(),
            row.status.id.clone(),
            row.as_of.clone().unwrap_or_default(),
            row.confidence.to_owned(),
            yes(row.offered_only),
            yes(row.highlight),
            sources(link),
            self.imprint.whole(&row.url),
            self.edition_word(),
            self.imprint.licence.clone(),
            self.attribution(&row),
            self.filter.clone(),
        ]
    }

    /// The edition as one word: number, day and the start of the root.
    fn edition_word(&self) -> String {
        format!("{} {} {}", self.stamp.number, self.stamp.date, self.stamp.short_root())
    }

    /// How to name where a row is from.
    fn attribution(&self, row: &Row) -> String {
        let Self { imprint, stamp, .. } = self;
        let args = [
            ("title", ui::Arg::Text(&row.id)),
            ("name", ui::Arg::Text(&imprint.name)),
            ("number", ui::Arg::Text(&stamp.number.to_string())),
        ];
        self.lang.t_with("attribution", &args)
    }
}

fn joined(terms: &[crate::view::terms::Term]) -> String {
    terms.iter().map(|term| term.id.as_str()).collect::<Vec<_>>().join("|")
}

fn yes(flag: bool) -> String {
    if flag { "yes".to_owned() } else { String::new() }
}

/// The sources of the claim that a link holds, each with its stance.
fn sources(link: LinkView<'_>) -> String {
    let cited = link.asserted().map(|claim| {
        let ids = claim.evidence().iter().map(|cited| format!("{}:{}", cited.source_id, cited.stance.word()));
        ids.collect::<Vec<_>>().join("|")
    });
    cited.unwrap_or_default()
}

//! A table of any shape laid into one of ours: which of its columns fills which of ours, what is filled with one constant
//! word, and which ids are made.

use std::collections::BTreeSet;

use model::{Id, Vocabulary};

use super::content::Cells;
use super::sheet::{Field, Input, Sheet};

/// What fills a column of ours.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) enum From {
    /// Nothing does.
    Nothing,
    /// A column of the table, from 0.
    Column(usize),
    /// The same words in every row.
    Constant(String),
    /// An id is made of what the row says.
    Made,
}

impl From {
    /// Reads `c3`, `made`, `same` (with the words beside it) or nothing.
    pub fn parse(word: &str, constant: &str) -> Option<Self> {
        match word {
            "" => Some(Self::Nothing),
            "made" => Some(Self::Made),
            "same" => Some(Self::Constant(constant.trim().to_owned())),
            column => column.strip_prefix('c')?.parse().ok().map(Self::Column),
        }
    }

    /// The word that [`From::parse`] reads.
    pub fn word(&self) -> String {
        match self {
            Self::Nothing => String::new(),
            Self::Column(at) => format!("c{at}"),
            Self::Constant(_) => "same".into(),
            Self::Made => "made".into(),
        }
    }
}

/// What fills each column of a sheet, in the sheet's order.
pub(crate) type Mapping = Vec<From>;

/// Headings by which people name our columns, beside their own names, as [`plain`] makes them.
const OTHER_NAMES: [(&str, &[&str]); 17] = [
    (
        "name",
        &["company", "companyname", "organisation", "organization", "entity", "名称", "公司", "单位名称", "企业名称"],
    ),
    ("name_zh", &["chinesename", "namezh", "中文名称", "中文名"]),
    ("aliases", &["alias", "aka", "alsoknownas", "othernames", "别名"]),
    ("kind", &["type", "entitytype", "relation", "relationtype", "类型"]),
    ("country", &["countrycode", "nation", "jurisdiction", "国家", "国家或地区"]),
    ("city", &["town", "城市"]),
    ("title", &["headline", "标题"]),
    ("publisher", &["outlet", "newspaper", "出版者", "发布者"]),
    ("published_on", &["published", "date", "publicationdate", "发布日期"]),
    ("url", &["link", "address", "website", "网址"]),
    ("subject", &["supplier", "vendor", "from", "seller", "供应商"]),
    ("object", &["customer", "buyer", "recipient", "to", "client", "客户"]),
    ("start", &["year", "begin", "startdate", "since", "开始", "年份"]),
    ("lat", &["latitude", "纬度"]),
    ("lon", &["lng", "long", "longitude", "经度"]),
    ("sources", &["source", "来源"]),
    ("description", &["summary", "text", "notes", "说明"]),
];

/// Which column probably fills which of ours; ids that no column holds are made.
pub(crate) fn guess(header: &[String], sheet: &Sheet) -> Mapping {
    let header: Vec<String> = header.iter().map(|cell| plain(cell)).collect();
    let find = |name: &str| header.iter().position(|cell| *cell == name);
    let of = |field: &Field| {
        let others = OTHER_NAMES.iter().find(|(column, _)| *column == field.column).map_or(&[][..], |(_, names)| names);
        let at = find(&plain(field.column)).or_else(|| others.iter().find_map(|name| find(name)));
        match at {
            Some(at) => From::Column(at),
            None if field.column == "id" => From::Made,
            None => From::Nothing,
        }
    };
    sheet.fields.iter().map(of).collect()
}

/// How many of a sheet's needed columns the header fills: the sheet with most is the one that is meant.
pub(crate) fn likeness(header: &[String], sheet: &Sheet) -> usize {
    let mapping = guess(header, sheet);
    let filled = sheet.fields.iter().zip(&mapping).filter(|(_, from)| matches!(from, From::Column(_)));
    filled.map(|(field, _)| if field.needed { 3 } else { 1 }).sum()
}

/// The rows of a table as rows of the sheet. No id is made that one of the rows `there` has.
pub(crate) fn lay(
    rows: &[Vec<String>],
    (sheet, there): (&Sheet, &[Cells]),
    mapping: &Mapping,
    vocabulary: &Vocabulary,
) -> Vec<Cells> {
    let mut made: BTreeSet<String> = there.iter().map(|cells| cells[0].clone()).collect();
    let row = |row: &Vec<String>| {
        let cell = |(field, from): (&Field, &From)| match from {
            From::Column(at) => spelt(field, row.get(*at).map_or("", |cell| cell.trim()), vocabulary),
            From::Constant(words) => spelt(field, words.trim(), vocabulary),
            From::Nothing | From::Made => String::new(),
        };
        let mut cells: Cells = sheet.fields.iter().zip(mapping).map(cell).collect();
        if mapping.first() == Some(&From::Made) && sheet.column("id") == Some(0) {
            cells[0] = id(sheet, &cells, &mut made);
        }
        cells
    };
    let filled = rows.iter().filter(|row| row.iter().any(|cell| !cell.trim().is_empty()));
    filled.map(row).collect()
}

/// Countries by their codes, several parts between `|`; whatever is not known stays as it is, for the checks to say so.
fn spelt(field: &Field, cell: &str, vocabulary: &Vocabulary) -> String {
    match field.input {
        Input::Country => match vocabulary.country_named(cell) {
            Some(Some(code)) => code.to_string(),
            _ => cell.to_owned(),
        },
        Input::Flag => match cell.to_lowercase().as_str() {
            "yes" | "true" | "1" | "y" | "是" => "yes".into(),
            "no" | "false" | "0" | "n" | "否" => String::new(),
            _ => cell.to_owned(),
        },
        _ => cell.to_owned(),
    }
}

/// An id that no row before has, made of what tells the row from others.
fn id(sheet: &Sheet, cells: &[String], made: &mut BTreeSet<String>) -> String {
    const TELLING: [&[&str]; 3] = [&["title"], &["name"], &["subject", "kind", "object"]];
    let of = |columns: &&[&str]| {
        let places: Option<Vec<usize>> = columns.iter().map(|column| sheet.column(column)).collect();
        places.map(|places| places.iter().map(|at| cells[*at].as_str()).collect::<Vec<_>>().join(" "))
    };
    let words = TELLING.iter().find_map(of).unwrap_or_default();
    let base = match Id::slug(&words) {
        Some(id) => id.to_string(),
        None if words.trim().is_empty() => return String::new(),
        None => crate::hash::id(sheet.word, &words).to_string(),
    };
    let mut all = std::iter::once(base.clone()).chain((2..).map(|n| format!("{base}-{n}")));
    let id = all.find(|id| !made.contains(id)).expect("invariant: there are more numbers than rows");
    made.insert(id.clone());
    id
}

/// Lower case, letters and digits alone.
fn plain(cell: &str) -> String {
    cell.trim_start_matches('\u{feff}').chars().filter(|c| c.is_alphanumeric()).flat_map(char::to_lowercase).collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::trial::VOCABULARY;

    fn words(all: &[&str]) -> Vec<String> {
        all.iter().map(|word| (*word).to_owned()).collect()
    }

    fn sheet(word: &str) -> &'static Sheet {
        Sheet::find(word).unwrap()
    }

    #[test]
    fn columns_are_guessed_by_their_headings_in_both_languages() {
        let header = words(&["Company Name", "Nation", "中文名称", "Colour"]);
        let mapping = guess(&header, sheet("entities"));
        let at = |column: &str| mapping[sheet("entities").column(column).unwrap()].clone();
        assert_eq!((at("name"), at("country"), at("name_zh")), (From::Column(0), From::Column(1), From::Column(2)));
        assert_eq!((at("id"), at("kind"), at("sources")), (From::Made, From::Nothing, From::Nothing));
        assert!(likeness(&header, sheet("entities")) > likeness(&header, sheet("sources")));
        for own in ["sources", "entities", "relations", "claims", "glossary"] {
            let header: Vec<String> = sheet(own).fields.iter().map(|field| field.column.to_owned()).collect();
            let mapping = guess(&header, sheet(own));
            assert!(mapping.iter().enumerate().all(|(at, from)| *from == From::Column(at)), "{own}");
        }
    }

    #[test]
    fn rows_are_laid_with_constants_made_ids_and_codes_of_countries() {
        let rows = [
            words(&["Acme, Ltd", "Kenya", "x"]),
            words(&["  ", "", ""]),
            words(&["Acme Ltd", "Utopia"]),
            words(&["平安"]),
        ];
        let entities = sheet("entities");
        let mut mapping = guess(&words(&["name", "country"]), entities);
        mapping[entities.column("kind").unwrap()] = From::Constant(" company ".into());
        let laid = lay(&rows, (entities, &[]), &mapping, &VOCABULARY);
        let column = |name: &str| entities.column(name).unwrap();
        let shown = |cells: &Cells| ["id", "kind", "name", "country"].map(|name| cells[column(name)].clone()).join("/");
        assert_eq!(shown(&laid[0]), "acme-ltd/company/Acme, Ltd/KE");
        assert_eq!(shown(&laid[1]), "acme-ltd-2/company/Acme Ltd/Utopia");
        assert!(shown(&laid[2]).starts_with("entities-"), "{}", shown(&laid[2]));
        assert_eq!(laid.len(), 3);
        let again = lay(&rows, (entities, &laid), &mapping, &VOCABULARY);
        assert_eq!(shown(&again[0]), "acme-ltd-3/company/Acme, Ltd/KE", "what is there keeps its place");
    }

    #[test]
    fn what_fills_a_column_is_read_from_its_own_word() {
        for from in [From::Nothing, From::Column(12), From::Constant("a b".into()), From::Made] {
            assert_eq!(From::parse(&from.word(), "a b"), Some(from));
        }
        for wrong in ["c", "cx", "c-1", "x", "c99999999999999999999"] {
            assert_eq!(From::parse(wrong, ""), None, "{wrong}");
        }
    }
}

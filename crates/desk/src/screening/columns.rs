//! Guesses which column of a list holds the name, the country, identifiers and the kind.

use model::{Columns, Sheet, SheetKind, Vocabulary};

/// Headings of names, the most telling first, as [`plain`] makes them.
const NAMES: [&str; 30] = [
    "asked",
    "legalname",
    "companyname",
    "company",
    "suppliername",
    "supplier",
    "vendorname",
    "vendor",
    "nameofissuer",
    "issuername",
    "issuer",
    "customername",
    "customer",
    "counterparty",
    "addressee",
    "consignee",
    "organisation",
    "organization",
    "organisationname",
    "organizationname",
    "entityname",
    "entity",
    "name",
    "公司名称",
    "企业名称",
    "单位名称",
    "供应商",
    "客户",
    "公司",
    "名称",
];

const COUNTRIES: [&str; 9] = [
    "country",
    "countrycode",
    "countryname",
    "invcountry",
    "jurisdiction",
    "countryofincorporation",
    "国家",
    "国别",
    "国家地区",
];

const KINDS: [&str; 9] =
    ["type", "kind", "entitytype", "schema", "category", "partytype", "recordtype", "类型", "种类"];

/// Headings of identifiers besides the schemes' own ids.
const IDENTIFIERS: [(&str, &str); 6] = [
    ("legalentityidentifier", "lei"),
    ("leicode", "lei"),
    ("isincode", "isin"),
    ("统一社会信用代码", "uscc"),
    ("wikidata", "qid"),
    ("unifiedsocialcreditcode", "uscc"),
];

/// The columns of an earlier result, in the order of [`Columns::earlier`].
const EARLIER: [&str; 5] = ["verdict", "item", "lists", "links", "exposedto"];

/// So many rows are looked at where no heading helps.
const LOOKED_AT: usize = 200;

/// Whether cells look like headings.
pub(super) fn names_columns<'c>(cells: impl Iterator<Item = &'c str>) -> bool {
    let mut cells = cells.map(plain);
    cells.any(|cell| NAMES.contains(&cell.as_str()))
}

/// Which column probably holds what.
pub(super) fn guess(sheet: &Sheet, vocabulary: &Vocabulary) -> Columns {
    let first: Vec<String> =
        sheet.rows.first().map(|row| row.iter().map(|cell| plain(cell)).collect()).unwrap_or_default();
    let find = |known: &[&str]| known.iter().find_map(|name| first.iter().position(|cell| cell == name));
    let heading = find(&NAMES).is_some() || matches!(sheet.kind, SheetKind::Form13F | SheetKind::FormNPort);
    if !heading {
        return Columns { name: wordiest(sheet), ..Columns::default() };
    }
    let scheme = |cell: &str| {
        let own = vocabulary.schemes.ids().find(|id| *id == cell).map(str::to_owned);
        own.or_else(|| IDENTIFIERS.iter().find(|(name, _)| *name == cell).map(|(_, id)| (*id).to_owned()))
    };
    let identifiers = first.iter().enumerate().filter_map(|(at, cell)| Some((at, scheme(cell)?))).collect();
    let earlier: Vec<usize> = EARLIER.iter().filter_map(|name| first.iter().position(|cell| cell == name)).collect();
    Columns {
        heading,
        name: find(&NAMES).unwrap_or_default(),
        country: find(&COUNTRIES),
        kind: find(&KINDS),
        identifiers,
        earlier: earlier.try_into().ok(),
    }
}

/// Lower case, letters and digits alone.
fn plain(cell: &str) -> String {
    cell.trim_start_matches('\u{feff}').chars().filter(|c| c.is_alphanumeric()).flat_map(char::to_lowercase).collect()
}

/// The column with most letters that are no digits.
fn wordiest(sheet: &Sheet) -> usize {
    let width = sheet.rows.iter().take(LOOKED_AT).map(Vec::len).max().unwrap_or(1);
    let letters = |at: usize| -> usize {
        let cells = sheet.rows.iter().take(LOOKED_AT).filter_map(|row| row.get(at));
        cells.map(|cell| cell.chars().filter(|c| c.is_alphabetic()).count()).sum()
    };
    (0..width).max_by_key(|at| (letters(*at), std::cmp::Reverse(*at))).unwrap_or_default()
}

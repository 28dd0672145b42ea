//! Reads single cells: a value of the model, or what is wrong with it.

use model::{
    CountryCode, Date, Decimal, Id, Identifier, LangText, Money, Point, Problem, Share, Statement, Value, Vocabulary,
};

use crate::nearest;
use crate::table::Row;

/// What is wrong with a cell, before it is known where the cell is.
#[derive(Debug)]
pub(crate) struct Unsound {
    what: String,
    hint: String,
}

impl Unsound {
    /// A fault without advice.
    pub fn new(what: impl Into<String>) -> Self {
        Self { what: what.into(), hint: String::new() }
    }

    /// The same with advice.
    pub fn hint(mut self, hint: impl Into<String>) -> Self {
        self.hint = hint.into();
        self
    }

    /// The error, where nobody asks for its place.
    pub fn placeless(self) -> Problem {
        let nowhere = model::Where { file: String::new(), line: 0, column: 0 };
        Problem::error(nowhere, self.what).hint(self.hint)
    }

    /// The error at its place.
    pub fn at(self, row: &Row<'_, '_>, column: &str) -> Problem {
        Problem::error(row.at(column), self.what).hint(self.hint)
    }
}

/// The value of a cell, or that it is unknown or none; `None` if the cell is empty.
pub(crate) fn stated(
    cell: &str,
    value: impl FnOnce(&str) -> Result<Value, Unsound>,
) -> Result<Option<Statement>, Unsound> {
    match cell {
        "" => Ok(None),
        "unknown" | "?" => Ok(Some(Statement::Unknown)),
        "none" => Ok(Some(Statement::None)),
        _ => value(cell).map(|v| Some(Statement::Is(v))),
    }
}

/// An id.
pub(crate) fn id(cell: &str) -> Result<Id, Unsound> {
    Id::parse(cell).ok_or_else(|| match cell {
        "" => Unsound::new("the id is missing"),
        _ => Unsound::new(format!("`{}` is not an id", short(cell)))
            .hint("an id is lower-case words of letters and digits joined by hyphens"),
    })
}

/// An EDTF date.
pub(crate) fn date(cell: &str) -> Result<Value, Unsound> {
    let bad = |e: String| {
        Unsound::new(format!("`{}` is not an EDTF date: {e}", short(cell)))
            .hint("write `2017`, `2017-08`, `2017-08-15`, with `~` for about")
    };
    Date::parse(cell).map(Value::Date).map_err(bad)
}

/// A country.
pub(crate) fn country(vocabulary: &Vocabulary, cell: &str) -> Result<CountryCode, Unsound> {
    let code = vocabulary.country(cell).map(|c| c.code);
    code.ok_or_else(|| {
        let meant = vocabulary.country_named(cell).flatten();
        let hint = meant.map_or("countries are ISO 3166-1 codes of two capital letters".to_owned(), |c| {
            format!("did you mean `{c}`?")
        });
        Unsound::new(format!("unknown country `{}`", short(cell))).hint(hint)
    })
}

/// A word of the vocabulary's table, itself or by another spelling.
pub(crate) fn word(vocabulary: &Vocabulary, table: &str, cell: &str) -> Result<model::Alias, Unsound> {
    vocabulary.resolve(table, cell).ok_or_else(|| {
        let what = format!("unknown {} `{}`", table.replace('-', " "), short(cell));
        Unsound::new(what).hint(nearest::hint(cell, words(vocabulary, table)))
    })
}

fn words<'v>(vocabulary: &'v Vocabulary, table: &'v str) -> Vec<&'v str> {
    let own: Vec<&str> = match table {
        "item-kind" => vocabulary.kinds.ids().collect(),
        "link-type" => vocabulary.link_types.ids().collect(),
        "category" => vocabulary.categories.ids().collect(),
        "topic" => vocabulary.topics.ids().collect(),
        set => vocabulary.set(set).iter().map(|c| c.id.as_str()).collect(),
    };
    let others = vocabulary.aliases().filter(|(of, ..)| *of == table).map(|(_, spelling, _)| spelling);
    own.into_iter().chain(others).collect()
}

/// A point; `None` if both cells are empty.
pub(crate) fn point(lat: &str, lon: &str) -> Result<Option<Point>, Unsound> {
    let degrees = |text: &str| text.parse::<f64>().ok().filter(|d| d.is_finite());
    match (degrees(lat), degrees(lon)) {
        _ if lat.is_empty() && lon.is_empty() => Ok(None),
        (Some(lat), Some(lon)) => on_earth(lat, lon).map(Some),
        _ if lat.is_empty() || lon.is_empty() => Err(Unsound::new("a point needs both latitude and longitude")),
        _ => Err(Unsound::new(format!("`{}`, `{}` are not degrees", short(lat), short(lon)))
            .hint("write decimal degrees such as `-4.04`")),
    }
}

fn on_earth(lat: f64, lon: f64) -> Result<Point, Unsound> {
    if lat == 0.0 && lon == 0.0 {
        return Err(
            Unsound::new("latitude and longitude are both 0").hint("leave both cells empty if the place is not known")
        );
    }
    Point::new(lat, lon).ok_or_else(|| {
        let swapped = Point::new(lon, lat).is_some();
        let hint = if swapped {
            "latitude and longitude may have changed places"
        } else {
            "latitude is within ±90, longitude within ±180"
        };
        Unsound::new(format!("the point `{lat}, {lon}` is not on the earth")).hint(hint)
    })
}

/// A sum of money.
pub(crate) fn money(amount: &str, currency: &str) -> Result<Value, Unsound> {
    let number = decimal(amount)?;
    match currency {
        "" => Err(Unsound::new(format!("the amount `{amount}` has no currency"))),
        _ => Money::new(number, currency).map(Value::Money).map_err(Unsound::new),
    }
}

/// A plain number.
pub(crate) fn decimal(cell: &str) -> Result<Decimal, Unsound> {
    let bad = || {
        Unsound::new(format!("`{}` is not a plain number", short(cell)))
            .hint("write digits with a point for decimals, without separators")
    };
    Decimal::parse(cell).ok_or_else(bad)
}

/// A share in per cent.
pub(crate) fn share(cell: &str) -> Result<Value, Unsound> {
    let bad = || {
        Unsound::new(format!("`{}` is not a share", short(cell)))
            .hint("write per cent such as `25` or a range such as `25..50`")
    };
    Share::parse(cell).map(Value::Share).ok_or_else(bad)
}

/// `scheme:value`, with the scheme's check digits.
pub(crate) fn identifier(vocabulary: &Vocabulary, cell: &str) -> Result<Identifier, Unsound> {
    let (scheme, value) = cell
        .split_once(':')
        .ok_or_else(|| Unsound::new(format!("`{}` is not an identifier", short(cell))).hint("write `scheme:value`"))?;
    let known = vocabulary.schemes.get(scheme).ok_or_else(|| {
        Unsound::new(format!("unknown scheme `{}`", short(scheme)))
            .hint(nearest::hint(scheme, vocabulary.schemes.ids()))
    })?;
    match known.holds(value) {
        true => Ok(Identifier { scheme: known.id.clone(), value: value.into() }),
        false => Err(Unsound::new(format!("`{}` is not a valid {}", short(value), known.label.get("en")))
            .hint("its length, letters or check digits are wrong")),
    }
}

/// A text in a language given by its tag.
pub(crate) fn tagged(text: &str, tag: &str) -> Result<LangText, Unsound> {
    LangText::new(text, tag).map_err(Unsound::new)
}

/// A yes-or-no cell: empty is no.
pub(crate) fn flag(cell: &str) -> Result<bool, Unsound> {
    match cell.to_lowercase().as_str() {
        "yes" | "true" | "1" | "y" => Ok(true),
        "" | "no" | "false" | "0" | "n" => Ok(false),
        _ => Err(Unsound::new(format!("`{}` is neither `yes` nor `no`", short(cell)))),
    }
}

/// A web address.
pub(crate) fn url(cell: &str) -> Result<(), Unsound> {
    let rest = cell.strip_prefix("https://").or_else(|| cell.strip_prefix("http://"));
    let sound = rest.is_some_and(|r| !r.is_empty() && !r.starts_with('/') && !cell.contains(char::is_whitespace));
    sound.then_some(()).ok_or_else(|| {
        Unsound::new(format!("`{}` is not a web address", short(cell)))
            .hint("it must begin with `https://` or `http://`")
    })
}

/// The beginning of a cell, so that a message stays one line and shows nothing that is not there.
pub(crate) fn short(cell: &str) -> String {
    let hidden = |c: char| c.is_control() || names::hidden_character(c.encode_utf8(&mut [0; 4])).is_some();
    let plain: String = cell.chars().map(|c| if hidden(c) { ' ' } else { c }).take(61).collect();
    match plain.chars().count() > 60 {
        true => plain.chars().take(60).chain(['…']).collect(),
        false => plain,
    }
}

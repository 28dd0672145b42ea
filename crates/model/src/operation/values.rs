//! Canonical bytes of values: a tag byte, then the value.

use super::{read_id, write_id};
use crate::{
    CanonicalError, CountryCode, Date, Decimal, Figure, Identifier, Landing, LangText, Money, Point, Reader, Share,
    Statement, Value, Writer,
};

pub(super) fn write_statement(w: &mut Writer, statement: &Statement) {
    match statement {
        Statement::Unknown => drop(w.u8(0)),
        Statement::None => drop(w.u8(1)),
        Statement::Is(value) => write_value(w.u8(2), value),
    }
}

pub(super) fn read_statement(r: &mut Reader<'_>) -> Result<Statement, CanonicalError> {
    match r.u8()? {
        0 => Ok(Statement::Unknown),
        1 => Ok(Statement::None),
        2 => Ok(Statement::Is(read_value(r)?)),
        other => Err(r.meaning(format!("statement `{other}`"))),
    }
}

fn write_value(w: &mut Writer, value: &Value) {
    match value {
        Value::Text(text) => write_text(w.u8(1), text),
        Value::Date(date) => write_date(w.u8(2), date),
        Value::Point(point) => write_point(w.u8(3), *point),
        Value::Country(code) => drop(w.u8(4).text(code.as_str())),
        Value::Number(number) => write_decimal(w.u8(5), *number),
        Value::Money(money) => write_decimal(w.u8(6).text(money.currency()), money.amount),
        Value::Share(share) => {
            write_decimal(w.u8(7), share.least);
            write_decimal(w, share.most);
        }
        Value::Identifier(identifier) => drop(w.u8(8).text(identifier.scheme.as_str()).text(&identifier.value)),
        Value::Item(id) => write_id(w.u8(9), id),
        Value::Term(id) => write_id(w.u8(10), id),
        Value::Url(url) => drop(w.u8(11).text(url)),
        Value::Flag(flag) => drop(w.u8(12).u8(u8::from(*flag))),
        Value::Figure(figure) => write_figure(w.u8(13), figure),
        Value::Landing(landing) => write_landing(w.u8(14), landing),
    }
}

fn read_value(r: &mut Reader<'_>) -> Result<Value, CanonicalError> {
    Ok(match r.u8()? {
        1 => Value::Text(read_text(r)?),
        2 => Value::Date(read_date(r)?),
        3 => Value::Point(read_point(r)?),
        4 => Value::Country(read_country(r)?),
        5 => Value::Number(read_decimal(r)?),
        6 => Value::Money(read_money(r)?),
        7 => Value::Share(Share { least: read_decimal(r)?, most: read_decimal(r)? }),
        8 => Value::Identifier(Identifier { scheme: read_id(r)?, value: r.text()?.into() }),
        9 => Value::Item(read_id(r)?),
        10 => Value::Term(read_id(r)?),
        11 => Value::Url(r.text()?.into()),
        12 => Value::Flag(read_flag(r)?),
        13 => Value::Figure(Box::new(read_figure(r)?)),
        14 => Value::Landing(Box::new(read_landing(r)?)),
        other => return Err(r.meaning(format!("value type `{other}`"))),
    })
}

pub(super) fn write_text(w: &mut Writer, text: &LangText) {
    w.text(text.lang()).text(text.text());
}

pub(super) fn read_text(r: &mut Reader<'_>) -> Result<LangText, CanonicalError> {
    let (lang, text) = (r.text()?, r.text()?);
    let read = LangText::new(text, lang).map_err(|e| r.meaning(e))?;
    (read.lang() == lang).then_some(read).ok_or_else(|| r.meaning("language tag not in its usual case"))
}

pub(super) fn write_date(w: &mut Writer, date: &Date) {
    w.text(date.as_str());
}

pub(super) fn read_date(r: &mut Reader<'_>) -> Result<Date, CanonicalError> {
    let text = r.text()?;
    let date = Date::parse(text).map_err(|e| r.meaning(e))?;
    (date.as_str() == text).then_some(date).ok_or_else(|| r.meaning("date not in canonical spelling"))
}

pub(super) fn read_flag(r: &mut Reader<'_>) -> Result<bool, CanonicalError> {
    match r.u8()? {
        0 => Ok(false),
        1 => Ok(true),
        other => Err(r.meaning(format!("flag `{other}`"))),
    }
}

fn write_point(w: &mut Writer, point: Point) {
    let (latitude, longitude) = point.units();
    w.i64(i64::from(latitude)).i64(i64::from(longitude));
}

fn read_point(r: &mut Reader<'_>) -> Result<Point, CanonicalError> {
    let mut unit = || r.i64().map(i32::try_from);
    let point = match (unit()?, unit()?) {
        (Ok(latitude), Ok(longitude)) => Point::from_units(latitude, longitude),
        _ => None,
    };
    point.ok_or_else(|| r.meaning("point off the earth"))
}

fn read_country(r: &mut Reader<'_>) -> Result<CountryCode, CanonicalError> {
    let text = r.text()?;
    CountryCode::parse(text).ok_or_else(|| r.meaning(format!("country `{text}`")))
}

fn write_decimal(w: &mut Writer, decimal: Decimal) {
    w.i64(decimal.mantissa()).u8(decimal.scale());
}

fn read_decimal(r: &mut Reader<'_>) -> Result<Decimal, CanonicalError> {
    let (mantissa, scale) = (r.i64()?, r.u8()?);
    let decimal = Decimal::new(mantissa, scale).filter(|d| d.mantissa() == mantissa && d.scale() == scale);
    decimal.ok_or_else(|| r.meaning("decimal not in lowest terms"))
}

fn read_money(r: &mut Reader<'_>) -> Result<Money, CanonicalError> {
    let currency = r.text()?;
    let amount = read_decimal(r)?;
    Money::new(amount, currency).map_err(|e| r.meaning(e))
}

fn write_figure(w: &mut Writer, figure: &Figure) {
    write_text(w, &figure.statement);
    write_decimal(w, figure.number);
    w.text(&figure.unit).option(figure.as_of.as_ref(), write_date);
}

fn read_figure(r: &mut Reader<'_>) -> Result<Figure, CanonicalError> {
    Ok(Figure {
        statement: read_text(r)?,
        number: read_decimal(r)?,
        unit: r.text()?.into(),
        as_of: r.option(read_date)?,
    })
}

fn write_landing(w: &mut Writer, landing: &Landing) {
    w.text(&landing.name).text(landing.country.as_str());
    write_point(w, landing.point);
    w.u16(landing.order);
}

fn read_landing(r: &mut Reader<'_>) -> Result<Landing, CanonicalError> {
    Ok(Landing { name: r.text()?.into(), country: read_country(r)?, point: read_point(r)?, order: r.u16()? })
}

//! `screen`: checks a list of one's own against an atlas.

use std::io::Write;
use std::path::Path;
use std::sync::Arc;
use std::thread;
use std::time::Instant;

use anyhow::{Context, Result, bail};
use desk::ListReader;
use edition::{Edition, Follower};
use model::{Columns, Date, List, ReadsLists};
use ui::Lang;
use web::{ScreenReport, Screened};

use crate::args::{Report, Screen};
use crate::atlas::Atlas;
use crate::report::{problems, say};

/// Checks the list and writes the result. True if nothing was found that needs a look.
pub fn run(args: &Screen) -> Result<bool> {
    crate::no_core::forbid();
    let ending = ending(args.out.as_deref())?;
    let atlas = Atlas::open(&args.atlas)?;
    let edition = Arc::new(Follower::open(atlas.ledger()?, atlas.vocabulary()?)?.edition()?);
    let as_of = as_of(args.as_of.as_deref(), &edition)?;
    let list = read(args, &edition)?;
    let begun = Instant::now();
    let threads = thread::available_parallelism().map_or(1, usize::from);
    let rows = list.asked.len();
    let screened = Screened::new(edition, list, as_of, threads, &|_| true).context("the comparison stopped")?;
    let seconds = begun.elapsed().as_secs_f64();
    let [matched, possible, none, refused] = screened.counts();
    say(&format!(
        "{rows} rows in {seconds:.1} s: {matched} match, {possible} possible, {none} none, {refused} refused"
    ));
    write(args, &screened, ending)?;
    Ok(matched + possible == 0)
}

fn ending(out: Option<&Path>) -> Result<&str> {
    let Some(path) = out else { return Ok("csv") };
    let ending = path.extension().and_then(|ending| ending.to_str()).unwrap_or_default();
    match ending {
        "csv" | "xlsx" | "json" | "html" => Ok(ending),
        _ => bail!("`{}` has no ending that says what to write; hint: .csv, .xlsx, .json or .html", path.display()),
    }
}

fn as_of(text: Option<&str>, edition: &Edition) -> Result<i32> {
    let Some(text) = text else { return Ok(edition.day()) };
    let date = Date::parse(text).map_err(|error| anyhow::anyhow!("`{text}` is no date: {error}"))?;
    let day = date.latest_day().and_then(|(year, month, day)| {
        Some(
            i32::try_from(year).ok().filter(|y| (0..=9999).contains(y))? * 10_000
                + i32::from(month) * 100
                + i32::from(day),
        )
    });
    day.with_context(|| format!("`{text}` has no last day; hint: give a day, a month or a year"))
}

fn read(args: &Screen, edition: &Edition) -> Result<List> {
    let shown = args.list.display().to_string();
    let bytes = std::fs::read(&args.list).with_context(|| format!("can't read `{shown}`"))?;
    let sheet = match ListReader.sheet(&shown, &bytes) {
        Ok(sheet) => sheet,
        Err(unreadable) => bail!("{unreadable}"),
    };
    let guessed = ListReader.columns(&sheet, edition.vocabulary());
    let columns = match args.name_column {
        Some(0) => bail!("columns count from 1"),
        Some(number) => Columns { name: number - 1, ..guessed },
        None => guessed,
    };
    let list = ListReader.list(&sheet, &columns, edition.vocabulary());
    problems(&list.problems, Report::Text);
    for (reason, count) in &list.refused {
        say(&format!("refused {count} rows: {reason}"));
    }
    Ok(list)
}

fn write(args: &Screen, screened: &Screened, ending: &str) -> Result<()> {
    let report = ScreenReport::new(screened, if args.lang == "en" { Lang::En } else { Lang::ZhHans });
    let bytes = match ending {
        "xlsx" => report.xlsx().context("too many rows for a workbook; hint: write .csv")?,
        "json" => report.json(),
        "html" => report.html().into_bytes(),
        _ => report.csv(),
    };
    match &args.out {
        Some(path) => std::fs::write(path, bytes).with_context(|| format!("can't write `{}`", path.display())),
        None => Ok(std::io::stdout().lock().write_all(&bytes)?),
    }
}

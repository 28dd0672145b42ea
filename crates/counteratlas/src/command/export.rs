//! `export`: the published records, or the links of a filter, on standard output.

use std::io::{BufWriter, Write};
use std::sync::Arc;

use anyhow::{Context, Result, bail};
use axum::body::to_bytes;
use axum::http::Request;
use edition::Edition;
use tower::ServiceExt;
use ui::Lang;
use web::{Assets, WebState};

use crate::args::{Export, ExportFormat};
use crate::atlas::Atlas;
use crate::publication;
use crate::report::say;

/// Writes what was asked for.
pub fn run(args: &Export) -> Result<bool> {
    let atlas = Atlas::open(&args.atlas)?;
    let Some(edition) = publication::newest(&atlas)? else { return Ok(false) };
    let lang = if args.lang == "en" { Lang::En } else { Lang::ZhHans };
    let mut out = BufWriter::new(std::io::stdout().lock());
    match args.format {
        ExportFormat::Jsonl if !args.filter.is_empty() => {
            bail!("`jsonl` holds every record; hint: `--filter` goes with `--format csv` or `geojson`")
        }
        ExportFormat::Jsonl => whole(&edition, &atlas, lang, &mut out)?,
        ExportFormat::Csv => return face(&atlas, edition, lang, ".csv", &args.filter, &mut out),
        ExportFormat::Geojson => return face(&atlas, edition, lang, ".geojson", &args.filter, &mut out),
    }
    out.flush()?;
    Ok(true)
}

fn whole(edition: &Edition, atlas: &Atlas, lang: Lang, out: &mut impl Write) -> Result<()> {
    let mut failed = None;
    web::records(edition, &atlas.settings.licence, lang, &mut |line| {
        if failed.is_none() {
            failed = writeln!(out, "{line}").err();
        }
    });
    failed.map_or(Ok(()), |error| Err(error).context("can't write the export"))
}

/// The very bytes that the site gives at `/links.csv` or `/links.geojson`.
fn face(atlas: &Atlas, edition: Edition, lang: Lang, ending: &str, filter: &str, out: &mut impl Write) -> Result<bool> {
    let state = Arc::new(WebState::published_by(atlas.setup(), Arc::new(edition), Assets::built()));
    let address = format!("{}/links{ending}?{filter}", lang.prefix());
    let request =
        Request::get(&address).body(axum::body::Body::empty()).context("the filter can't be part of an address")?;
    let runtime = tokio::runtime::Builder::new_current_thread().enable_time().build()?;
    let (status, bytes) = runtime.block_on(async {
        let response = web::router(state).oneshot(request).await?;
        let status = response.status();
        anyhow::Ok((status, to_bytes(response.into_body(), usize::MAX).await?))
    })?;
    if !status.is_success() {
        say(&String::from_utf8_lossy(&bytes));
        return Ok(false);
    }
    out.write_all(&bytes)?;
    out.flush()?;
    Ok(true)
}

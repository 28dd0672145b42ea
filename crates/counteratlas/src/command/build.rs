//! `build`: the whole site as files, found by following its own links from the first pages on.

mod place;
mod rewrite;

use std::collections::{BTreeSet, VecDeque};
use std::fs;
use std::path::{Path, PathBuf};
use std::sync::Arc;

use anyhow::{Context, Result, bail};
use axum::Router;
use axum::body::{Body, to_bytes};
use axum::http::{Request, StatusCode, header};
use edition::Edition;
use tower::ServiceExt;
use ui::Lang;
use web::{Assets, WebState};

use crate::args::Build;
use crate::atlas::Atlas;
use crate::publication;
use crate::report::say;
use place::Place;
use rewrite::Rewriter;

/// Ids and texts of links stand in files of so many.
const CHUNK: usize = 4096;

/// Writes the site beside its place and moves it there whole.
pub fn run(args: &Build) -> Result<bool> {
    let atlas = Atlas::open(&args.atlas)?;
    let taken = fs::read_dir(&args.target).is_ok_and(|mut entries| entries.next().is_some());
    if taken {
        bail!("`{}` is not empty; hint: name a folder that does not exist yet", args.target.display());
    }
    let part = beside(&args.target);
    if part.exists() {
        fs::remove_dir_all(&part).with_context(|| format!("can't remove `{}`", part.display()))?;
    }
    let Some(edition) = publication::newest(&atlas)? else { return Ok(false) };
    let edition = Arc::new(edition);
    let mut copy = Copy::new(&atlas, edition, part)?;
    copy.everything(&args.atlas)?;
    let _ = fs::remove_dir(&args.target);
    fs::rename(&copy.folder, &args.target).with_context(|| format!("can't make `{}`", args.target.display()))?;
    say(&format!("wrote {} files, {} of them pages, to `{}`", copy.files, copy.pages, args.target.display()));
    copy.missing.iter().for_each(|address| say(&format!("warning: `{address}` has no answer")));
    Ok(copy.missing.is_empty())
}

fn beside(target: &Path) -> PathBuf {
    let name = target.file_name().map(|name| name.to_string_lossy().into_owned()).unwrap_or_default();
    target.with_file_name(format!("{name}.part"))
}

/// The copy in the making.
struct Copy {
    folder: PathBuf,
    site: Router,
    runtime: tokio::runtime::Runtime,
    edition: Arc<Edition>,
    rewriter: Rewriter,
    /// Addresses that are still to be asked for.
    queue: VecDeque<String>,
    seen: BTreeSet<String>,
    missing: Vec<String>,
    files: usize,
    pages: usize,
}

impl Copy {
    fn new(atlas: &Atlas, edition: Arc<Edition>, folder: PathBuf) -> Result<Self> {
        let state = WebState::published_by(atlas.setup(), edition.clone(), Assets::built());
        let state = Arc::new(state.with_texts(Arc::new(atlas.texts())));
        Ok(Self {
            folder,
            site: web::router(state),
            runtime: tokio::runtime::Runtime::new()?,
            rewriter: Rewriter::new(atlas.setup().imprint.address, edition.head().size),
            edition,
            queue: VecDeque::new(),
            seen: BTreeSet::new(),
            missing: Vec::new(),
            files: 0,
            pages: 0,
        })
    }

    fn everything(&mut self, atlas: &Path) -> Result<()> {
        for (path, bytes) in Assets::built().files() {
            self.write(&format!("assets/{path}"), bytes)?;
        }
        self.seeds();
        while let Some(address) = self.queue.pop_front() {
            self.one(&address)?;
        }
        for lang in Lang::ALL {
            self.not_found(lang)?;
        }
        copy_folder(&atlas.join("log"), &self.folder.join("log"))
    }

    /// The first pages; everything else is found from there, but no record is left to chance.
    fn seeds(&mut self) {
        for lang in Lang::ALL {
            let prefix = lang.prefix();
            self.found(format!("{prefix}/"));
            let edition = self.edition.clone();
            let items = edition.items().into_iter().map(|item| format!("{prefix}/item/{}", item.id()));
            let links = edition.links().into_iter().map(|link| format!("{prefix}/link/{}", link.id()));
            let sources = edition.sources().into_iter().map(|source| format!("{prefix}/source/{}", source.id()));
            items.chain(links).chain(sources).for_each(|address| self.found(address));
            self.found(format!("{prefix}/static-copy"));
        }
        self.found("/lines.geojson".into());
        self.found("/robots.txt".into());
    }

    fn found(&mut self, address: String) {
        if self.seen.insert(address.clone()) {
            self.queue.push_back(address);
        }
    }

    fn one(&mut self, address: &str) -> Result<()> {
        if address.starts_with("/columns/") && address.ends_with('/') {
            let chunks = self.edition.rows().len().div_ceil(CHUNK);
            (0..chunks).for_each(|chunk| self.found(format!("{address}{chunk}.json")));
            return Ok(());
        }
        if let Some(matches) = address.strip_suffix("/matches") {
            let edition = self.edition.clone();
            edition.sources().iter().for_each(|source| self.found(format!("{matches}/matches?source={}", source.id())));
            return Ok(());
        }
        let (status, mime, bytes) = self.ask(address)?;
        // What was taken back keeps its page, which says so.
        let stone = [StatusCode::GONE, StatusCode::UNAVAILABLE_FOR_LEGAL_REASONS].contains(&status);
        if status != StatusCode::OK && !stone {
            self.missing.push(address.to_owned());
            return Ok(());
        }
        let place = Place::of(address);
        if !mime.starts_with("text/html") {
            return self.write(&place.file(), &bytes);
        }
        let page = self.rewriter.page(&String::from_utf8_lossy(&bytes), &place);
        page.found.into_iter().for_each(|address| self.found(address));
        self.pages += 1;
        self.write(&place.file(), page.html.as_bytes())
    }

    fn not_found(&mut self, lang: Lang) -> Result<()> {
        let (_, _, bytes) = self.ask(&format!("{}/no-such-page", lang.prefix()))?;
        let page = self.rewriter.page(&String::from_utf8_lossy(&bytes), &Place::anywhere(lang.prefix()));
        self.write(&format!("{}/404.html", lang.prefix()), page.html.as_bytes())
    }

    fn ask(&self, address: &str) -> Result<(StatusCode, String, Vec<u8>)> {
        let request =
            Request::get(address).body(Body::empty()).with_context(|| format!("`{address}` is no address"))?;
        self.runtime.block_on(async {
            let response = self.site.clone().oneshot(request).await?;
            let (parts, body) = response.into_parts();
            let mime =
                parts.headers.get(header::CONTENT_TYPE).and_then(|value| value.to_str().ok()).unwrap_or_default();
            Ok((parts.status, mime.to_owned(), to_bytes(body, usize::MAX).await?.to_vec()))
        })
    }

    fn write(&mut self, path: &str, bytes: &[u8]) -> Result<()> {
        let path = self.folder.join(path.trim_start_matches('/'));
        let folder = path.parent().context("a file lies in a folder")?;
        fs::create_dir_all(folder).with_context(|| format!("can't make `{}`", folder.display()))?;
        self.files += 1;
        fs::write(&path, bytes).with_context(|| format!("can't write `{}`", path.display()))
    }
}

/// The log is files already, and public as it is.
fn copy_folder(from: &Path, to: &Path) -> Result<()> {
    fs::create_dir_all(to).with_context(|| format!("can't make `{}`", to.display()))?;
    for entry in fs::read_dir(from).with_context(|| format!("can't read `{}`", from.display()))? {
        let entry = entry?;
        let target = to.join(entry.file_name());
        if entry.file_type()?.is_dir() {
            copy_folder(&entry.path(), &target)?;
        } else {
            fs::copy(entry.path(), &target).with_context(|| format!("can't write `{}`", target.display()))?;
        }
    }
    Ok(())
}

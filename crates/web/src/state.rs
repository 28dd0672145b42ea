//! What all requests share: the edition on show, swapped whole, and the assets.

use std::sync::{Arc, OnceLock, PoisonError, RwLock};

use axum::body::Bytes;
use edition::columns::Published;
use edition::select::Counts;
use edition::{Edition, Item};
use model::Filter;
use ui::{EditionStamp, Lang, Site};

use crate::assets::Assets;
use crate::bundle::Bundle;
use crate::imprint::Imprint;
use crate::picture::{Store, Studio};
use crate::reply::Body;
use crate::seal::compress;

/// Shared by all requests; readers never wait for a new edition.
pub struct WebState {
    live: RwLock<Arc<Live>>,
    assets: Assets,
    imprint: Arc<Imprint>,
    studio: Arc<Studio>,
}

/// One edition, and what is worked out once from it.
pub(crate) struct Live {
    /// The edition.
    pub edition: Arc<Edition>,
    /// The frame of its pages.
    pub site: Site,
    /// Names the version of every answer.
    pub etag: String,
    /// Counts without any filter: which choices exist at all.
    pub counts: Counts,
    /// The columns file and its parts.
    pub columns: Columns,
    /// Record numbers of the cables, by id.
    pub cables: Vec<u32>,
    /// How many sources there are.
    pub sources: usize,
    /// Name, licence and address of the atlas.
    pub imprint: Arc<Imprint>,
    /// Where pictures are drawn.
    pub studio: Arc<Studio>,
    /// Pictures drawn lately.
    pub pictures: Store,
    /// The whole edition as files.
    pub bundle: Bundle,
    by_name: [OnceLock<Vec<u32>>; 2],
}

/// The columns file and its parts.
pub(crate) struct Columns {
    /// The content name.
    pub name: String,
    /// `/columns/{name}.bin`.
    pub columns: Ready,
    /// `/columns/{name}/names.json`.
    pub names: Ready,
    /// `/columns/{name}/ids/{chunk}.json`.
    pub ids: Vec<Ready>,
}

/// Bytes that never change, compressed when first asked for.
pub(crate) struct Ready {
    plain: Bytes,
    brotli: OnceLock<Bytes>,
}

impl WebState {
    /// Shows this edition.
    pub fn new(edition: Arc<Edition>, assets: Assets) -> Self {
        Self::published_by(Imprint::default(), edition, assets)
    }

    /// Shows this edition, under the publisher's name, licence and address.
    pub fn published_by(imprint: Imprint, edition: Arc<Edition>, assets: Assets) -> Self {
        let shapes = ["basemap.json", "basemap-detail.json"].map(|name| assets.bytes(name));
        let studio = Arc::new(Studio::new(shapes, imprint.fonts.clone()));
        let imprint = Arc::new(imprint);
        let live = RwLock::new(Arc::new(Live::new(edition, &assets, imprint.clone(), studio.clone())));
        Self { live, assets, imprint, studio }
    }

    /// Shows another edition from now on. Requests under way finish with the old one.
    pub fn publish(&self, edition: Arc<Edition>) {
        let live = Arc::new(Live::new(edition, &self.assets, self.imprint.clone(), self.studio.clone()));
        *self.live.write().unwrap_or_else(PoisonError::into_inner) = live;
    }

    pub(crate) fn live(&self) -> Arc<Live> {
        self.live.read().unwrap_or_else(PoisonError::into_inner).clone()
    }

    pub(crate) fn assets(&self) -> &Assets {
        &self.assets
    }
}

impl Live {
    fn new(edition: Arc<Edition>, assets: &Assets, imprint: Arc<Imprint>, studio: Arc<Studio>) -> Self {
        let (stamp, columns) = (stamp(&edition), Columns::new(&edition));
        let etag = format!("W/\"{}-{:016x}\"", stamp.short_root(), version(&stamp, &columns.name, assets));
        let (_, counts) = edition.select(&Filter::default());
        let site = Site { assets: assets.urls().clone(), edition: Some(stamp) };
        let cables = edition.items().iter().filter(|item| item.kind() == "cable").map(Item::number).collect();
        let (sources, by_name) = (edition.sources().len(), Default::default());
        let (pictures, bundle) = (Store::default(), Bundle::default());
        Self { edition, site, etag, counts, columns, cables, sources, imprint, studio, pictures, bundle, by_name }
    }

    /// Record numbers of all items in the order of their names in a language.
    pub fn items_by_name(&self, lang: Lang) -> &[u32] {
        self.by_name[lang as usize].get_or_init(|| {
            let mut items = self.edition.items();
            items.sort_by_cached_key(|item| (item.name(lang.tag()).to_lowercase(), item.id()));
            items.iter().map(Item::number).collect()
        })
    }
}

impl Columns {
    fn new(edition: &Edition) -> Self {
        let Published { name, columns, names, ids } = edition.publish();
        let ids = ids.into_iter().map(Ready::new).collect();
        Self { name, columns: Ready::new(columns), names: Ready::new(names), ids }
    }
}

impl Ready {
    fn new(plain: Vec<u8>) -> Self {
        Self { plain: plain.into(), brotli: OnceLock::new() }
    }

    /// Both forms, for an answer.
    pub fn body(&self) -> Body {
        let brotli = self.brotli.get_or_init(|| small(&self.plain)).clone();
        Body::Ready { plain: self.plain.clone(), brotli: Some(brotli) }
    }
}

/// Compresses as hard as a waiting reader can bear.
fn small(plain: &[u8]) -> Bytes {
    let quality = if plain.len() < 2_000_000 { 9 } else { 6 };
    compress(plain, quality).into()
}

fn stamp(edition: &Edition) -> EditionStamp {
    let head = edition.head();
    let root = head.root.iter().map(|byte| format!("{byte:02x}")).collect();
    EditionStamp { number: head.size, date: head.day.clone(), root }
}

/// FNV-1a over everything besides the ledger that makes an answer: edition number, words, program, assets.
fn version(stamp: &EditionStamp, columns: &str, assets: &Assets) -> u64 {
    let text = format!("{} {columns} {} {}", stamp.number, env!("CARGO_PKG_VERSION"), assets.version());
    text.bytes().fold(0xcbf2_9ce4_8422_2325, |hash, byte| (hash ^ u64::from(byte)).wrapping_mul(0x0100_0000_01b3))
}

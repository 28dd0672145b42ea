//! What all requests share: the edition on show, swapped whole, and the assets.

use std::collections::HashSet;
use std::sync::{Arc, Mutex, OnceLock, PoisonError, RwLock};

use axum::body::Bytes;
use edition::columns::Published;
use edition::graph::{Conditions, Graph, Scratch};
use edition::search::Search;
use edition::select::Counts;
use edition::{Edition, Item};
use model::{Filter, Inbox, ReadsLists, Texts};
use tokio::sync::{AcquireError, OwnedSemaphorePermit, Semaphore};
use ui::{EditionStamp, Imprint, Lang, Site, Witnesses};

use crate::assets::Assets;
use crate::bundle::Bundle;
use crate::order::{By, Names};
use crate::picture::{Store, Studio};
use crate::reply::{Body, Failure};
use crate::screening::Screening;
use crate::seal::compress;
use crate::setup::Setup;
use crate::suggesting::Suggesting;

/// Shared by all requests; readers never wait for a new edition.
pub struct WebState {
    live: RwLock<Arc<Live>>,
    base: Base,
    screening: Screening,
    suggesting: Suggesting,
    places: Arc<Semaphore>,
    texts: Option<Arc<dyn Texts>>,
}

/// What stays when the edition changes.
struct Base {
    assets: Assets,
    imprint: Arc<Imprint>,
    studio: Arc<Studio>,
    build: u32,
}

/// One edition, and what is worked out once from it.
#[derive(Clone)]
pub(crate) struct Live {
    /// The edition.
    pub edition: Arc<Edition>,
    /// The frame of its pages.
    pub site: Site,
    /// Names the version of every answer.
    pub etag: String,
    /// Counts without any filter: which choices exist at all.
    pub counts: Arc<Counts>,
    /// The columns file and its parts.
    pub columns: Arc<Columns>,
    /// Record numbers of the cables, by id.
    pub cables: Arc<Vec<u32>>,
    /// The rows of links that begin or end at a cable.
    pub landings: Arc<Vec<u32>>,
    /// How many sources there are.
    pub sources: usize,
    /// Where pictures are drawn.
    pub studio: Arc<Studio>,
    /// Pictures drawn lately.
    pub pictures: Arc<Store>,
    /// The whole edition as files.
    pub bundle: Arc<Bundle>,
    by_name: Arc<[OnceLock<Vec<u32>>; 2]>,
    /// Room for walks that are not under way.
    scratches: Arc<Mutex<Vec<Scratch>>>,
    /// What hangs together under no particular conditions.
    components: Arc<OnceLock<Vec<u32>>>,
    /// The version without the witnesses' part.
    plain_etag: String,
    search: Arc<OnceLock<Search>>,
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
        Self::published_by(Setup::default(), edition, assets)
    }

    /// Shows this edition, under the publisher's name, licence and address.
    pub fn published_by(setup: Setup, edition: Arc<Edition>, assets: Assets) -> Self {
        let shapes = ["basemap.json", "basemap-detail.json"].map(|name| assets.bytes(name));
        let studio = Arc::new(Studio::new(shapes, setup.fonts));
        let base = Base { assets, imprint: Arc::new(setup.imprint), studio, build: setup.build };
        let live = RwLock::new(Arc::new(Live::new(edition, &base)));
        let places = Arc::new(Semaphore::new(places()));
        let suggesting = Suggesting::new(None, crate::suggesting::AN_HOUR);
        Self { live, base, screening: Screening::new(None), suggesting, places, texts: None }
    }

    /// Takes readers' own lists too, which `reader` reads.
    pub fn with_lists(self, reader: Arc<dyn ReadsLists>) -> Self {
        Self { screening: Screening::new(Some(reader)), ..self }
    }

    /// Takes suggestions too: so many an hour, and hands them to the desk's inbox.
    pub fn with_inbox(self, inbox: Arc<dyn Inbox>, an_hour: u32) -> Self {
        Self { suggesting: Suggesting::new(Some(inbox), an_hour), ..self }
    }

    /// Shows the words of captures too.
    pub fn with_texts(self, texts: Arc<dyn Texts>) -> Self {
        Self { texts: Some(texts), ..self }
    }

    /// Shows another edition from now on. Requests under way finish with the old one.
    pub fn publish(&self, edition: Arc<Edition>) {
        self.publish_witnessed(edition, Witnesses::default());
    }

    /// The same, of an edition that others have signed for. Readers have the old one whole, its search included, until
    /// the new one's indexes are made; but what was redacted is gone at once.
    pub fn publish_witnessed(&self, edition: Arc<Edition>, witnesses: Witnesses) {
        let buried = |edition: &Edition| edition.state().buried().len();
        let redacts = buried(&edition) > buried(&self.live().edition);
        let live = Live::new(edition, &self.base).witnessed(witnesses);
        if !redacts {
            live.prepare();
        }
        self.swap(live);
        self.prepare();
    }

    /// Says from now on that these have signed for the edition on show.
    pub fn witnessed(&self, witnesses: Witnesses) {
        self.swap(Live::clone(&self.live()).witnessed(witnesses));
    }

    fn swap(&self, live: Live) {
        *self.live.write().unwrap_or_else(PoisonError::into_inner) = Arc::new(live);
    }

    /// Makes what the first search, match and path need, beside the serving path: some seconds for a large atlas. Until
    /// it is there, a search in a large atlas is told to come back in a moment.
    pub fn prepare(&self) {
        self.live().prepare();
    }

    pub(crate) fn live(&self) -> Arc<Live> {
        self.live.read().unwrap_or_else(PoisonError::into_inner).clone()
    }

    /// A place among the answers that are worked out at once. The others wait: more threads than this would answer
    /// nobody sooner, and each holds memory.
    pub(crate) async fn place(&self) -> Result<OwnedSemaphorePermit, AcquireError> {
        self.places.clone().acquire_owned().await
    }

    /// Where the words of captures are.
    pub(crate) fn texts(&self) -> Option<&dyn Texts> {
        self.texts.as_deref()
    }

    pub(crate) fn suggesting(&self) -> &Suggesting {
        &self.suggesting
    }

    pub(crate) fn screening(&self) -> &Screening {
        &self.screening
    }

    pub(crate) fn assets(&self) -> &Assets {
        &self.base.assets
    }
}

/// An index of so many records is made in a tenth of a second or two.
const MADE_AT_ONCE: usize = 10_000;

fn places() -> usize {
    4 * std::thread::available_parallelism().map_or(4, usize::from).max(4)
}

/// The rows of links that begin or end at one of these items.
fn landings(edition: &Edition, cables: &[u32]) -> Vec<u32> {
    let (rows, cables) = (edition.rows(), cables.iter().collect::<HashSet<_>>());
    let lands = |row: &u32| [&rows.subject, &rows.object].iter().any(|end| cables.contains(&end[*row as usize]));
    (0..rows.len() as u32).filter(lands).collect()
}

impl Live {
    fn new(edition: Arc<Edition>, base: &Base) -> Self {
        let (stamp, columns) = (stamp(&edition), Columns::new(&edition));
        let plain_etag = format!("W/\"{}-{:016x}\"", stamp.short_root(), version(&stamp, &columns.name, base));
        let (_, counts) = edition.select(&Filter::default());
        let site = Site { assets: base.assets.urls().clone(), edition: Some(stamp), imprint: base.imprint.clone() };
        let cables: Vec<u32> = edition.items().iter().filter(|item| item.kind() == "cable").map(Item::number).collect();
        let landings = landings(&edition, &cables);
        let sources = edition.sources().len();
        Self {
            edition,
            site,
            etag: plain_etag.clone(),
            counts: Arc::new(counts),
            columns: Arc::new(columns),
            cables: Arc::new(cables),
            landings: Arc::new(landings),
            sources,
            studio: base.studio.clone(),
            pictures: Arc::default(),
            bundle: Arc::default(),
            by_name: Arc::default(),
            scratches: Arc::default(),
            components: Arc::default(),
            plain_etag,
            search: Arc::default(),
        }
    }

    /// Lets a walk over the graph use room that an earlier one left.
    pub fn walk<T>(&self, walk: impl FnOnce(&Graph, &mut Scratch) -> T) -> T {
        let free = || self.scratches.lock().unwrap_or_else(PoisonError::into_inner);
        let mut scratch = free().pop().unwrap_or_default();
        let found = walk(self.edition.graph(), &mut scratch);
        free().push(scratch);
        found
    }

    /// With how many items one hangs together under conditions, itself included. Linear in the links, but for the usual
    /// conditions only once.
    pub fn network(&self, item: u32, conditions: &Conditions) -> usize {
        let size = |components: &[u32]| {
            let own = components.get(item as usize);
            components.iter().filter(|other| Some(*other) == own).count()
        };
        let graph = self.edition.graph();
        if *conditions == Conditions::default() {
            return size(self.components.get_or_init(|| graph.components(conditions)));
        }
        size(&graph.components(conditions))
    }

    /// The search index, if it is made.
    #[cfg(test)]
    pub fn indexed(&self) -> Option<&Search> {
        self.search.get()
    }

    /// The search index. A small one is made when first asked for; a large one is waited for by nobody.
    pub fn search(&self) -> Result<&Search, Failure> {
        let records = self.edition.state().items().len() + self.edition.state().links().len() + self.sources;
        if records <= MADE_AT_ONCE {
            self.search.get_or_init(|| Search::new(&self.edition));
        }
        self.search.get().ok_or(Failure::Busy)
    }

    fn prepare(&self) {
        self.search.get_or_init(|| Search::new(&self.edition));
        self.edition.known();
        self.edition.graph();
    }

    /// The same with another word on its witnesses, which every page says.
    fn witnessed(mut self, witnesses: Witnesses) -> Self {
        if let Some(stamp) = &mut self.site.edition {
            let Witnesses { have, of, met, stale, day } = &witnesses;
            let said = format!("-{have}-{of}-{}{}{day}\"", u8::from(*met), u8::from(*stale));
            let none = witnesses == Witnesses::default();
            let plain = self.plain_etag.trim_end_matches('"');
            self.etag = if none { self.plain_etag.clone() } else { format!("{plain}{said}") };
            stamp.witnesses = witnesses;
        }
        self
    }

    /// Record numbers of all items in the order of their names in a language.
    pub fn items_by_name(&self, lang: Lang) -> &[u32] {
        self.by_name[lang as usize].get_or_init(|| {
            let mut items = self.edition.items();
            Names::of(lang, By::Sound).sort(&mut items, |item| item.name(lang.tag()));
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

/// Which edition it is, for pages and files.
pub(crate) fn stamp(edition: &Edition) -> EditionStamp {
    let head = edition.head();
    let root = head.root.iter().map(|byte| format!("{byte:02x}")).collect();
    EditionStamp { number: head.size, date: head.day.clone(), root, witnesses: Witnesses::default() }
}

/// FNV-1a over everything besides the ledger that makes an answer: edition number, words, program, assets, imprint.
fn version(stamp: &EditionStamp, columns: &str, base: &Base) -> u64 {
    let text = format!("{} {columns} {:08x} {} {:?}", stamp.number, base.build, base.assets.version(), base.imprint);
    text.bytes().fold(0xcbf2_9ce4_8422_2325, |hash, byte| (hash ^ u64::from(byte)).wrapping_mul(0x0100_0000_01b3))
}

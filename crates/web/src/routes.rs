//! Every address of the site, in one table: it drives the server, the tests that walk it, and the documentation.

use ui::Lang;

use crate::ask::{Ask, Face};
use crate::reply::{Failure, Reply};
use crate::screening::LARGEST_UPLOAD;
use crate::{face, page};

/// What a route serves.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Kind {
    /// A view for readers: in every language, with a JSON twin.
    Page,
    /// Something for programs: one address, open to every origin.
    Data,
    /// A file of the browser part.
    Asset,
}

/// One row of the table.
pub struct Route {
    /// The path; `{name}` stands for one segment (or the part of it before an ending), `{*name}` for the rest.
    pub path: &'static str,
    /// What it serves.
    pub kind: Kind,
    /// The faces of a page, each at its own ending; a data route has its one face.
    pub faces: &'static [Face],
    /// What it is, in a few words.
    pub what: &'static str,
    /// The most bytes of a body that it takes by POST; 0 where it takes none.
    pub takes: usize,
    /// Whether it is counted, in memory and by a keyed hash, how often one place posts to it.
    pub counts: bool,
    pub(crate) handler: fn(&Ask<'_>) -> Result<Reply, Failure>,
}

/// The table, more telling patterns first.
pub fn routes() -> &'static [Route] {
    ROUTES
}

/// The only page that other sites may show in a frame.
pub(crate) const EMBED: &str = "/embed";
/// The most bytes of a plain form.
const FORM: usize = 64 * 1024;

const TWINS: &[Face] = &[Face::Html, Face::Json];
const MAP: &[Face] = &[Face::Html, Face::Json, Face::Svg, Face::Png];
const CITE: &[Face] = &[Face::Html, Face::Json, Face::Bib, Face::Ris, Face::Csl, Face::Text];
const LIST: &[Face] = &[Face::Html, Face::Json, Face::Csv, Face::GeoJson, Face::Xlsx, Face::Jsonl];

/// The faces of a screened list.
const RESULT: &[Face] = &[Face::Html, Face::Json, Face::Csv, Face::Xlsx];
const TABLE: &[Face] = &[Face::Html, Face::Json, Face::Csv];
const CHART: &[Face] = &[Face::Html, Face::Json, Face::Csv, Face::Svg, Face::Png];
const FEEDS: &[Face] = &[Face::Html, Face::JsonFeed, Face::Json, Face::Atom];

static ROUTES: &[Route] = &[
    page("/", TWINS, "map, filter and results", page::home::home),
    page("/map", MAP, "the map as a picture with its legend", page::picture::map),
    page(EMBED, TWINS, "the map to stand in a frame", page::embed::embed),
    page("/share", TWINS, "how to pass a slice on", page::share::share),
    page("/cite", CITE, "how to cite a slice or the edition", page::cite::selection),
    page("/cite/{what}/{id}", CITE, "how to cite a record", page::cite::record),
    page("/data", TWINS, "the whole edition to take home", page::data::data),
    page("/static-copy", TWINS, "what a copy without a server can do", page::static_copy::static_copy),
    page("/links", LIST, "the list of links", page::links::links),
    page("/items", TABLE, "the list of items", page::items::items),
    page("/item/{id}", TWINS, "an item", page::item::item),
    page("/item/{id}/connections", TWINS, "whom an item is connected with", page::connections::connections),
    page("/path", TWINS, "the paths between two items", page::path::path),
    page("/compare", TWINS, "items side by side", page::compare::compare),
    page("/screen", TWINS, "the form for a list of one's own", page::screen::screen).posts(LARGEST_UPLOAD),
    page("/screen/{run}", RESULT, "what became of a list", page::screen::run).posts(4_000),
    page("/link/{id}", TWINS, "a link", page::link::link),
    page("/source/{id}", TWINS, "a source", page::source::source),
    page("/capture/{id}", TWINS, "the words of a capture", page::capture::capture),
    page("/capture/{id}/difference", TWINS, "what changed between two captures", page::difference::difference),
    page("/sources", TWINS, "the list of sources", page::sources::sources),
    page("/lists", TWINS, "the lists", page::lists::lists),
    page("/list/{id}", TABLE, "who is on a list", page::lists::list),
    page("/countries", TABLE, "the index of countries", page::countries::countries),
    page("/country/{code}", TWINS, "a country", page::country::country),
    page("/categories", TWINS, "the index of categories", page::categories::categories),
    page("/category/{id}", TWINS, "a category", page::category::category),
    page("/stories", TWINS, "the list of stories", page::stories::stories),
    page("/story/{id}", TWINS, "a story", page::stories::story),
    page("/figures", TABLE, "figures of a filter", page::figures::figures),
    page("/figures/{table}", CHART, "one figure as a picture with its table", page::chart::chart),
    page("/changes", FEEDS, "changes under a filter", page::changes::changes),
    page("/changes/{edition}", TWINS, "what one edition brought", page::changes::step),
    page("/corrections", FEEDS, "what was put right and why", page::corrections::corrections),
    page("/notices", TWINS, "what was destroyed because of a notice", page::notices::notices),
    page("/transparency", TWINS, "what is kept and was taken back", page::transparency::transparency),
    page("/quality", TWINS, "what to look at", page::quality::quality),
    page("/quality/{check}", TABLE, "the records behind one number", page::quality::check),
    page("/search", TWINS, "search over everything", page::search::search).posts(FORM),
    page("/glossary", TWINS, "words and their meaning", page::glossary::glossary),
    page("/verify", TWINS, "how anyone can verify the record", page::verify::index),
    page("/verify/{number}", TWINS, "how to verify one operation", page::verify::operation),
    page("/verify/{what}/{id}", TWINS, "how to verify a record", page::verify::record),
    page("/suggestion", TWINS, "the form for a suggestion", page::suggestion::suggestion)
        .posts(crate::suggesting::LARGEST)
        .counts(),
    page("/suggestion/status", TWINS, "how a suggestion stands", page::suggestion::status::status).posts(FORM).counts(),
    page("/how-to", TWINS, "how to use the atlas", page::guide::how_to),
    page("/method", TWINS, "how the atlas is made", page::guide::method),
    page("/boundaries", TWINS, "how borders are drawn", page::guide::boundaries),
    page("/about", TWINS, "what this atlas is", page::about::about),
    page("/patterns", TWINS, "every component", page::patterns::patterns),
    data("/columns/{name}.bin", Face::Json, "the columns file", face::columns::columns),
    data("/columns/{name}/names.json", Face::Json, "names for the columns", face::columns::names),
    data("/columns/{name}/ids/{chunk}.json", Face::Json, "link ids by row", face::columns::ids),
    data("/columns/{name}/texts/{lang}/{chunk}.json", Face::Json, "places and dates by row", face::columns::texts),
    data("/columns/{name}/matches", Face::Json, "rows that match q or source", face::columns::matches),
    data("/data/{edition}/{file}", Face::Json, "a file of the whole edition", page::data::file),
    data("/picture/{id}.png", Face::Json, "the picture of a capture", page::capture::picture),
    data("/picture/{id}.jpg", Face::Json, "the same, as photographs are written", page::capture::picture),
    data("/lines.geojson", Face::GeoJson, "the cables", face::lines::lines),
    data("/tiles/{z}/{x}/{y}.mvt", Face::Json, "vector tiles of a filter", face::tiles::tile),
    data("/suggest", Face::Json, "names that begin like what was typed", face::suggest::suggest),
    data("/reconcile", Face::Json, "reconciliation, version 0.2", face::reconcile::reconcile)
        .posts(face::reconcile::BODY),
    data("/reconcile/suggest/entity", Face::Json, "items for a reconciliation client", face::reconcile::entities),
    data("/reconcile/suggest/property", Face::Json, "properties for such a client", face::reconcile::properties),
    data("/reconcile/suggest/type", Face::Json, "kinds for such a client", face::reconcile::types),
    data("/reconcile/flyout/entity", Face::Json, "an item in a few words", face::reconcile::flyout::entity),
    data("/reconcile/flyout/property", Face::Json, "a property in a few words", face::reconcile::flyout::property),
    data("/reconcile/flyout/type", Face::Json, "a kind in a few words", face::reconcile::flyout::kind),
    data("/reconcile/extend/propose", Face::Json, "properties of a kind", face::reconcile::propose),
    data("/reconcile/preview", Face::Json, "an item in a small frame", face::reconcile::preview),
    data("/reconcile/draft", Face::Json, "reconciliation, 1.0 draft", face::reconcile::draft_manifest),
    data("/reconcile/draft/match", Face::Json, "queries of the draft", face::reconcile::draft_match)
        .posts(face::reconcile::BODY),
    data("/reconcile/draft/extend", Face::Json, "values of properties", face::reconcile::draft_extend)
        .posts(face::reconcile::BODY),
    data("/reconcile/draft/extend/propose", Face::Json, "properties of a kind", face::reconcile::propose),
    data("/reconcile/draft/suggest/entity", Face::Json, "items for a client of the draft", face::reconcile::entities),
    data("/reconcile/draft/suggest/property", Face::Json, "properties for such a client", face::reconcile::properties),
    data("/reconcile/draft/suggest/type", Face::Json, "kinds for such a client", face::reconcile::types),
    data("/reconcile/draft/preview", Face::Json, "an item in a small frame", face::reconcile::preview),
    data("/match/{dataset}", Face::Json, "names matched as yente does", face::matching::matching)
        .posts(face::reconcile::BODY),
    data("/openapi.json", Face::Json, "this list, for programs", face::openapi::openapi),
    data("/health", Face::Json, "whether it answers", face::health::health),
    data("/robots.txt", Face::Json, "what robots may read", face::health::robots),
    Route {
        kind: Kind::Asset,
        ..data("/assets/{*file}", Face::Json, "files of the browser part", |_| Err(Failure::Missing))
    },
];

const fn page(
    path: &'static str,
    faces: &'static [Face],
    what: &'static str,
    handler: fn(&Ask<'_>) -> Result<Reply, Failure>,
) -> Route {
    Route { path, kind: Kind::Page, faces, what, takes: 0, counts: false, handler }
}

const fn data(
    path: &'static str,
    face: Face,
    what: &'static str,
    handler: fn(&Ask<'_>) -> Result<Reply, Failure>,
) -> Route {
    let faces: &'static [Face] = match face {
        Face::GeoJson => &[Face::GeoJson],
        _ => &[Face::Json],
    };
    Route { path, kind: Kind::Data, faces, what, takes: 0, counts: false, handler }
}

impl Route {
    /// The same route, which also takes a body of so many bytes by POST.
    const fn posts(self, takes: usize) -> Self {
        Self { takes, ..self }
    }

    /// The same route, on which it is counted how often one place posts.
    const fn counts(self) -> Self {
        Self { counts: true, ..self }
    }
}

/// A request path, understood.
pub(crate) struct Match<'p> {
    /// The row of the table.
    pub route: &'static Route,
    /// The language by its prefix.
    pub lang: Lang,
    /// The face by its ending.
    pub face: Face,
    /// The path without prefix and ending.
    pub path: &'p str,
    /// What stood in the braces.
    pub params: Vec<&'p str>,
}

/// Whether a path is that of a page for readers.
pub fn is_page(path: &str) -> bool {
    find(path).is_some_and(|found| found.route.kind == Kind::Page && found.face == Face::Html)
}

/// Whether a path is that of something else: a twin, a file, data.
pub fn is_data(path: &str) -> bool {
    find(path).is_some() && !is_page(path)
}

/// Finds the route of a path.
pub(crate) fn find(path: &str) -> Option<Match<'_>> {
    let (lang, plain) = Lang::of_path(path);
    let page = ROUTES.iter().filter(|route| route.kind == Kind::Page).find_map(|route| find_page(route, lang, plain));
    page.or_else(|| {
        ROUTES.iter().filter(|route| route.kind != Kind::Page).find_map(|route| {
            let params = params(route.path, path)?;
            Some(Match { route, lang: Lang::En, face: route.faces[0], path, params })
        })
    })
}

fn find_page<'p>(route: &'static Route, lang: Lang, path: &'p str) -> Option<Match<'p>> {
    route.faces.iter().find_map(|face| {
        let stem = path.strip_suffix(face.ending())?;
        let path = match (route.path, stem, face) {
            ("/", "/index", face) if *face != Face::Html => "/",
            ("/", "/", face) if *face != Face::Html => return None,
            _ => stem,
        };
        let params = params(route.path, path)?;
        // `/links.json` is never an id called `links.json`: ids hold no dot.
        let dotted = params.iter().any(|param| param.contains('.'));
        (!dotted).then_some(Match { route, lang, face: *face, path, params })
    })
}

/// What stands in the braces of a pattern, if the path fits it. Empty segments fit nothing.
fn params<'p>(pattern: &str, path: &'p str) -> Option<Vec<&'p str>> {
    let mut params = Vec::new();
    let (mut wanted, mut given) = (pattern.split('/').skip(1), path.strip_prefix('/')?);
    loop {
        let segment = wanted.next()?;
        if segment.starts_with("{*") {
            params.push(Some(given).filter(|rest| !rest.is_empty())?);
            return Some(params);
        }
        let (head, rest) = given.split_once('/').map_or((given, None), |(head, rest)| (head, Some(rest)));
        match segment.strip_prefix('{').and_then(|segment| segment.split_once('}')) {
            Some((_, ending)) => params.push(head.strip_suffix(ending).filter(|value| !value.is_empty())?),
            None if segment == head => {}
            None => return None,
        }
        match rest {
            Some(rest) => given = rest,
            None => return wanted.next().is_none().then_some(params),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(path: &str, expected: &str) {
        let found =
            find(path).map(|m| format!("{} {} {:?} {} {:?}", m.route.path, m.lang.tag(), m.face, m.path, m.params));
        assert_eq!(found.as_deref().unwrap_or("none"), expected, "{path}");
    }

    #[test]
    fn paths_find_their_route_language_and_face() {
        check("/", "/ en Html / []");
        check("/zh", "/ zh-Hans Html / []");
        check("/zh/", "/ zh-Hans Html / []");
        check("/index.json", "/ en Json / []");
        check("/links.geojson", "/links en GeoJson /links []");
        check("/zh/item/zte", "/item/{id} zh-Hans Html /item/zte [\"zte\"]");
        check("/item/zte.json", "/item/{id} en Json /item/zte [\"zte\"]");
        check("/columns/ab12.bin", "/columns/{name}.bin en Json /columns/ab12.bin [\"ab12\"]");
        check(
            "/columns/ab12/ids/3.json",
            "/columns/{name}/ids/{chunk}.json en Json /columns/ab12/ids/3.json [\"ab12\", \"3\"]",
        );
        check("/assets/a/b.js", "/assets/{*file} en Json /assets/a/b.js [\"a/b.js\"]");
    }

    #[test]
    fn other_paths_find_nothing() {
        for path in [
            "",
            "x",
            "//",
            "/item",
            "/item/",
            "/item/a/b",
            "/item/zte.csv",
            "/item/.json",
            "/zhx",
            "/links/",
            "/.json",
            "/assets/",
            "/zh/lines.geojson",
            "/item/zte.json.json",
            "/columns/.bin",
        ] {
            check(path, "none");
        }
    }

    #[test]
    fn every_page_has_a_json_twin_and_no_address_stands_twice() {
        for route in routes().iter().filter(|route| route.kind == Kind::Page) {
            assert!(route.faces.contains(&Face::Html) && route.faces.contains(&Face::Json), "{}", route.path);
        }
        let paths: std::collections::BTreeSet<_> = routes().iter().map(|route| route.path).collect();
        assert_eq!(paths.len(), routes().len());
    }
}

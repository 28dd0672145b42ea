//! Where an address of the site lies in a static copy.

use web::is_page;

/// An address of the site in a static copy.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Place {
    /// The address without its query, beginning with `/`.
    pub path: String,
    /// The page of a list.
    page: Option<String>,
    /// A name for what else the query asks for.
    query: String,
    /// May be shown under any address: it can't be written relative to itself.
    anywhere: bool,
}

impl Place {
    /// Of an address on the server, with its query.
    pub fn of(address: &str) -> Self {
        let (path, query) = address.split_once('?').unwrap_or((address, ""));
        let page = query.strip_prefix("page=").filter(|page| page.bytes().all(|byte| byte.is_ascii_digit()));
        let query = if page.is_some() { "" } else { query };
        Self { path: path.into(), page: page.map(str::to_owned), query: query.into(), anywhere: false }
    }

    /// Of a page that is shown wherever there is none.
    pub fn anywhere(prefix: &str) -> Self {
        Self { anywhere: true, ..Self::of(&format!("{prefix}/")) }
    }

    /// The file, below the folder of the copy.
    pub fn file(&self) -> String {
        let target = self.target();
        if target.is_empty() || target.ends_with('/') { format!("{target}index.html") } else { target }
    }

    /// What leads to it from the top of the copy: a folder for a page, else a file. Nothing for the first page.
    pub fn target(&self) -> String {
        let path = self.path.trim_matches('/');
        if !is_page(&self.path) {
            return named(path, &self.query);
        }
        match (&self.page, path.is_empty()) {
            (Some(page), _) => format!("{path}/page-{page}/").trim_start_matches('/').to_owned(),
            (None, true) => String::new(),
            (None, false) => format!("{path}/"),
        }
    }

    /// The way from this page to the top of the copy.
    pub fn up(&self) -> String {
        if self.anywhere {
            return "/".into();
        }
        let depth = self.target().matches('/').count();
        if depth == 0 { "./".into() } else { "../".repeat(depth) }
    }

    /// The prefix of its language.
    pub fn lang(&self) -> &'static str {
        if self.path == "/zh" || self.path.starts_with("/zh/") { "/zh" } else { "" }
    }
}

/// A file name for an address with a query: `matches?source=x` is `matches/source/x.json`, `map.png?w=480&h=270` is
/// `map.w-480.h-270.png`.
fn named(path: &str, query: &str) -> String {
    if query.is_empty() {
        return path.to_owned();
    }
    if path.ends_with("/matches") {
        return format!("{path}/{}.json", query.replace('=', "/"));
    }
    let (stem, ending) = path.rsplit_once('.').unwrap_or((path, ""));
    format!("{stem}.{}.{ending}", query.replace('&', ".").replace('=', "-"))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn pages_are_folders_and_everything_else_files() {
        let cases = [
            ("/", "index.html", "./"),
            ("/zh/", "zh/index.html", "../"),
            ("/item/zte", "item/zte/index.html", "../../"),
            ("/zh/links?page=3", "zh/links/page-3/index.html", "../../../"),
            ("/item/zte.json", "item/zte.json", "../"),
            ("/columns/ab/matches?source=x", "columns/ab/matches/source/x.json", "../../../../"),
            ("/map.png?w=480&h=270&theme=dark", "map.w-480.h-270.theme-dark.png", "./"),
        ];
        for (address, file, up) in cases {
            let place = Place::of(address);
            assert_eq!((place.file().as_str(), place.up().as_str()), (file, up), "{address}");
        }
        assert_eq!(Place::anywhere("/zh").up(), "/");
    }
}

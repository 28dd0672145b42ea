//! Where the files that a page needs are served: logical names become content-named URLs.

use std::collections::BTreeMap;

/// Logical name (`main.css`) → URL (`/assets/main-3f9a….css`).
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct AssetUrls {
    urls: BTreeMap<String, String>,
}

impl AssetUrls {
    /// The given names and URLs; a later one replaces an earlier one.
    pub fn new(urls: impl IntoIterator<Item = (String, String)>) -> Self {
        Self { urls: urls.into_iter().collect() }
    }

    /// The URL of a file, or of its plain name under `/assets/` where it is not known.
    pub fn url(&self, logical: &str) -> String {
        self.urls.get(logical).cloned().unwrap_or_else(|| format!("/assets/{logical}"))
    }

    /// Whether the file exists, for parts of a page that make no sense without it.
    pub fn has(&self, logical: &str) -> bool {
        self.urls.contains_key(logical)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn unknown_files_fall_back_to_their_plain_name() {
        let assets = AssetUrls::new([("main.css".to_owned(), "/assets/main-1.css".to_owned())]);
        assert_eq!(assets.url("main.css"), "/assets/main-1.css");
        assert_eq!(assets.url("map.js"), "/assets/map.js");
        assert!(!assets.has("map.js"));
    }
}

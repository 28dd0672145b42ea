//! The files of the browser part and our own pictures, held in memory under content-named addresses.

use std::collections::BTreeMap;

use axum::body::Bytes;
use rust_embed::RustEmbed;
use ui::AssetUrls;

use crate::reply::{Body, Failure, Keep, Reply};

/// Read from disk in development, inside the program in a release.
#[derive(RustEmbed)]
#[folder = "../../browser/dist"]
#[allow_missing = true]
struct Dist;

/// Every file by its path under `/assets/`, and where pages find it by its logical name.
#[derive(Debug, Default)]
pub struct Assets {
    files: BTreeMap<String, File>,
    urls: AssetUrls,
}

#[derive(Debug)]
struct File {
    mime: &'static str,
    plain: Bytes,
    brotli: Option<Bytes>,
}

impl Assets {
    /// The build of the browser part that this program was made with (or finds beside itself in development).
    pub fn built() -> Self {
        let read = |name: &str| Dist::get(name).map(|file| file.data.into_owned());
        Self::new(Dist::iter().filter_map(|name| Some((name.to_string(), read(&name)?))))
    }

    /// From files by path; `manifest.json` maps logical names to paths, `x.br` is the brotli form of `x`.
    pub fn new(files: impl Iterator<Item = (String, Vec<u8>)>) -> Self {
        let mut all: BTreeMap<String, Vec<u8>> = files.collect();
        let manifest = all.remove("manifest.json").unwrap_or_default();
        let logical: BTreeMap<String, String> = serde_json::from_slice(&manifest).unwrap_or_default();
        let urls = AssetUrls::new(logical.into_iter().map(|(name, path)| (name, format!("/assets/{path}"))));
        let brotli = |path: &str| all.get(&format!("{path}.br")).cloned().map(Bytes::from);
        let plain = all.iter().filter(|(path, _)| !path.ends_with(".br"));
        let files = plain.map(|(path, bytes)| {
            let file = File { mime: mime(path), plain: bytes.clone().into(), brotli: brotli(path) };
            (path.clone(), file)
        });
        let mut assets = Self { files: files.collect(), urls };
        assets.add(ui::SPRITE_URL.as_str(), ui::SPRITE);
        assets.add(ui::FAVICON_URL.as_str(), ui::FAVICON);
        assets
    }

    /// Where pages find files by logical name.
    pub fn urls(&self) -> &AssetUrls {
        &self.urls
    }

    /// Every file with its path under `/assets/`.
    pub fn files(&self) -> impl Iterator<Item = (&str, &[u8])> {
        self.files.iter().map(|(path, file)| (path.as_str(), &file.plain[..]))
    }

    /// The same with each file's MIME type, for whoever else serves them.
    pub fn served(&self) -> impl Iterator<Item = (&str, &'static str, &[u8])> {
        self.files.iter().map(|(path, file)| (path.as_str(), file.mime, &file.plain[..]))
    }

    /// The bytes of a file by its logical name; none if it was not built.
    pub(crate) fn bytes(&self, logical: &str) -> Bytes {
        let url = self.urls.url(logical);
        self.files.get(url.trim_start_matches("/assets/")).map(|file| file.plain.clone()).unwrap_or_default()
    }

    /// A file by its path under `/assets/`.
    pub(crate) fn get(&self, path: &str) -> Result<Reply, Failure> {
        let Some(file) = self.files.get(path) else {
            // Pages fall back to plain names (`main.css`) when there is no manifest.
            return Err(if self.is_built() { Failure::Missing } else { Failure::NotBuilt });
        };
        let body = Body::Ready { plain: file.plain.clone(), brotli: file.brotli.clone() };
        let reply = Reply::data(file.mime, Vec::new());
        Ok(Reply { body, keep: Keep::Forever, open: false, ..reply })
    }

    /// The logical names and addresses as one text that changes when any file does.
    pub(crate) fn version(&self) -> String {
        self.files.keys().map(String::as_str).collect::<Vec<_>>().join(" ")
    }

    fn is_built(&self) -> bool {
        self.urls.has("main.css")
    }

    fn add(&mut self, url: &str, text: &'static str) {
        let path = url.trim_start_matches("/assets/").to_owned();
        let brotli = Some(crate::seal::compress(text.as_bytes(), 11).into());
        self.files.insert(path.clone(), File { mime: mime(&path), plain: Bytes::from_static(text.as_bytes()), brotli });
    }
}

fn mime(path: &str) -> &'static str {
    match path.rsplit('.').next().unwrap_or_default() {
        "css" => "text/css; charset=utf-8",
        "js" | "mjs" => "text/javascript; charset=utf-8",
        "json" => "application/json",
        "geojson" => "application/geo+json",
        "svg" => "image/svg+xml",
        "png" => "image/png",
        "txt" => "text/plain; charset=utf-8",
        _ => "application/octet-stream",
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn assets(files: &[(&str, &str)]) -> Assets {
        Assets::new(files.iter().map(|(path, text)| ((*path).to_owned(), text.as_bytes().to_vec())))
    }

    #[test]
    fn the_manifest_names_files_and_compressed_forms_stand_beside_them() {
        let assets = assets(&[
            ("manifest.json", r#"{"main.css":"main-1.css"}"#),
            ("main-1.css", "a{}"),
            ("main-1.css.br", "br"),
        ]);
        assert_eq!(assets.urls().url("main.css"), "/assets/main-1.css");
        let reply = assets.get("main-1.css").unwrap_or_else(|_| panic!("it is there"));
        assert_eq!((reply.mime, reply.keep), ("text/css; charset=utf-8", Keep::Forever));
        assert!(matches!(reply.body, Body::Ready { brotli: Some(_), .. }));
        assert!(matches!(assets.get("main-1.css.br"), Err(Failure::Missing)));
        assert!(matches!(assets.get("manifest.json"), Err(Failure::Missing)));
    }

    #[test]
    fn without_a_build_the_sprite_is_served_and_the_rest_says_what_is_missing() {
        let assets = assets(&[]);
        assert!(assets.get(ui::SPRITE_URL.trim_start_matches("/assets/")).is_ok());
        assert!(matches!(assets.get("main.css"), Err(Failure::NotBuilt)));
    }
}

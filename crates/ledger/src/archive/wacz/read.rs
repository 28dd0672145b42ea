//! Reading a package that somebody else made: its files, each proven against the digests it states.

use std::collections::BTreeMap;
use std::io::{Cursor, Read};

use serde::Deserialize;
use zip::ZipArchive;

use crate::archive::Digest;
use crate::archive::warc::Limits;

/// Why a package is not taken.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum WaczError {
    /// It is no ZIP, or a cut one.
    #[error("this is no whole ZIP file ({0})")]
    Zip(String),
    /// A file that every package has is not in it.
    #[error("`{0}` is not in it")]
    Missing(String),
    /// A file's bytes are not what the package states of them.
    #[error("`{path}`: {what}")]
    File {
        /// Its path in the package.
        path: String,
        /// What is wrong with it.
        what: String,
    },
    /// It would take more than it may.
    #[error("`{0}` is larger than is taken")]
    TooLarge(String),
}

#[derive(Deserialize)]
struct Description {
    resources: Vec<Resource>,
}

#[derive(Deserialize)]
struct Resource {
    path: String,
    hash: Option<String>,
    bytes: Option<u64>,
    stats: Option<Stats>,
}

/// Version 1.0 kept them apart.
#[derive(Deserialize)]
struct Stats {
    hash: String,
    bytes: u64,
}

/// The files that the package describes, by path, proven. Names are only keys here: nothing is written under them.
pub fn files(bytes: &[u8], limits: Limits) -> Result<BTreeMap<String, Vec<u8>>, WaczError> {
    let mut zip = ZipArchive::new(Cursor::new(bytes)).map_err(|error| WaczError::Zip(error.to_string()))?;
    let mut left = limits.all;
    let text = take(&mut zip, "datapackage.json", limits, &mut left)?;
    let described: Description = serde_json::from_slice(&text).map_err(|error| WaczError::File {
        path: "datapackage.json".into(),
        what: format!("it can't be understood ({error})"),
    })?;
    let mut files = BTreeMap::new();
    for resource in described.resources {
        let bytes = take(&mut zip, &resource.path, limits, &mut left)?;
        prove(&resource, &bytes).map_err(|what| WaczError::File { path: resource.path.clone(), what })?;
        files.insert(resource.path, bytes);
    }
    match files.keys().any(|path| path.starts_with("archive/")) {
        true => Ok(files),
        false => Err(WaczError::Missing("archive/".into())),
    }
}

fn take(zip: &mut ZipArchive<Cursor<&[u8]>>, path: &str, limits: Limits, left: &mut u64) -> Result<Vec<u8>, WaczError> {
    let file = zip.by_name(path).map_err(|error| match error {
        zip::result::ZipError::FileNotFound => WaczError::Missing(path.to_owned()),
        other => WaczError::File { path: path.to_owned(), what: other.to_string() },
    })?;
    let most = limits.record.min(*left);
    let mut bytes = Vec::new();
    let read = file.take(most.saturating_add(1)).read_to_end(&mut bytes);
    read.map_err(|error| WaczError::File { path: path.to_owned(), what: error.to_string() })?;
    *left = left.saturating_sub(bytes.len() as u64);
    if bytes.len() as u64 > most { Err(WaczError::TooLarge(path.to_owned())) } else { Ok(bytes) }
}

fn prove(resource: &Resource, bytes: &[u8]) -> Result<(), String> {
    let stats = resource.stats.as_ref();
    let length = resource.bytes.or(stats.map(|stats| stats.bytes));
    if length.is_some_and(|length| length != bytes.len() as u64) {
        return Err("its length is not the stated one".into());
    }
    let hash = resource.hash.as_deref().or(stats.map(|stats| stats.hash.as_str())).ok_or("it has no stated digest")?;
    match hash.split_once(':') {
        Some(("sha256", digits)) => same(digits, bytes),
        Some((other, _)) => Err(format!("digests of the kind `{other}` are not known")),
        None => same(hash, bytes),
    }
}

fn same(digits: &str, bytes: &[u8]) -> Result<(), String> {
    match Digest::parse(&digits.to_ascii_lowercase()) {
        Some(stated) if stated == Digest::of(bytes) => Ok(()),
        Some(_) => Err("its bytes do not have the stated digest".into()),
        None => Err(format!("`{digits}` is no SHA-256 digest")),
    }
}

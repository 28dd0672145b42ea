//! Drafts to take home and back: a ZIP file with one folder of our own tables for each, and a list of what is in it.

use std::io::{Cursor, Read, Write};

use model::{Problem, Where};
use serde::{Deserialize, Serialize};
use sha2::{Digest, Sha256};
use zip::write::SimpleFileOptions;
use zip::{ZipArchive, ZipWriter};

use super::content::{Content, LARGEST};
use super::sheet::SHEETS;
use super::{Draft, LONGEST_TITLE};

/// What the list says that it is.
const FORMAT: &str = "counteratlas/drafts/1";

/// The list's name.
const MANIFEST: &str = "manifest.json";

/// So many drafts are taken at once.
pub(crate) const MOST: usize = 500;

/// The most bytes that a file may unpack to, all in all.
const LARGEST_UNPACKED: u64 = 64 << 20;

#[derive(Debug, Serialize, Deserialize)]
struct Manifest {
    format: String,
    drafts: Vec<Entry>,
}

#[derive(Debug, Serialize, Deserialize)]
struct Entry {
    /// The folder with its tables.
    folder: String,
    title: String,
    /// Where it stood, for whoever looks; it comes back as a draft.
    state: String,
    /// SHA-256 of its canonical text, in hexadecimal digits.
    sha256: String,
}

/// A draft as it came back.
#[derive(Debug, PartialEq, Eq)]
pub(crate) struct Returned {
    pub title: String,
    pub content: Content,
    /// Whether it was changed on the way.
    pub changed: bool,
}

/// The hash of a content, whatever draft it is in.
fn digest(content: &Content) -> String {
    crate::hash::hex(&Sha256::digest(content.text()))
}

/// Drafts as one file; the same drafts give the same bytes.
pub(crate) fn pack(drafts: &[Draft]) -> Vec<u8> {
    let mut archive = ZipWriter::new(Cursor::new(Vec::new()));
    let mut manifest = Manifest { format: FORMAT.into(), drafts: Vec::new() };
    for draft in drafts {
        let (content, folder) = (draft.content(), draft.id.to_string());
        for (sheet, table) in content.tables() {
            put(&mut archive, &format!("{folder}/{}", sheet.file()), table.as_bytes());
        }
        let (title, state, sha256) = (draft.title.clone(), draft.state.word().into(), digest(&content));
        manifest.drafts.push(Entry { folder, title, state, sha256 });
    }
    let list = serde_json::to_vec_pretty(&manifest).expect("invariant: words are JSON");
    put(&mut archive, MANIFEST, &list);
    archive.finish().expect("invariant: memory takes what is written").into_inner()
}

fn put(archive: &mut ZipWriter<Cursor<Vec<u8>>>, name: &str, bytes: &[u8]) {
    let options = SimpleFileOptions::default();
    let written = archive.start_file(name, options).and_then(|()| Ok(archive.write_all(bytes)?));
    written.expect("invariant: memory takes what is written, and names are short");
}

/// Reads drafts back.
///
/// # Errors
/// What is wrong with the file; then nothing is taken of it.
pub(crate) fn unpack(bytes: &[u8]) -> Result<Vec<Returned>, Problem> {
    let mut archive = ZipArchive::new(Cursor::new(bytes))
        .map_err(|_| fault("the file is no ZIP archive").hint("take the file as the desk gave it"))?;
    let mut left = LARGEST_UNPACKED;
    let list = read(&mut archive, MANIFEST, &mut left)?;
    let list = list.ok_or_else(|| fault(format!("`{MANIFEST}` is missing")))?;
    let manifest: Manifest =
        serde_json::from_str(&list).map_err(|error| fault(format!("`{MANIFEST}` can't be read: {error}")))?;
    if manifest.format != FORMAT {
        return Err(fault(format!("`{MANIFEST}` is of another format")).hint(format!("it has to say `{FORMAT}`")));
    }
    if manifest.drafts.len() > MOST {
        return Err(fault(format!("more than {MOST} drafts")).hint("take them in parts"));
    }
    manifest.drafts.iter().map(|entry| one(&mut archive, entry, &mut left)).collect()
}

fn one(archive: &mut ZipArchive<Cursor<&[u8]>>, entry: &Entry, left: &mut u64) -> Result<Returned, Problem> {
    let mut content = Content::default();
    for sheet in &SHEETS {
        let name = format!("{}/{}", entry.folder, sheet.file());
        if let Some(table) = read(archive, &name, left)? {
            content.fill(sheet, &name, &table)?;
        }
    }
    if content.text().len() > LARGEST {
        return Err(fault(format!("the draft in `{}` is larger than a draft may be", entry.folder)));
    }
    let title = entry.title.chars().take(LONGEST_TITLE).collect();
    let changed = digest(&content) != entry.sha256;
    Ok(Returned { title, content, changed })
}

/// A file of the archive as text; `None` if it is not there.
fn read(archive: &mut ZipArchive<Cursor<&[u8]>>, name: &str, left: &mut u64) -> Result<Option<String>, Problem> {
    let Ok(part) = archive.by_name(name) else { return Ok(None) };
    let mut bytes = Vec::new();
    // The sizes that the archive states are not believed.
    let read = part.take(*left + 1).read_to_end(&mut bytes).map_err(|_| fault(format!("`{name}` is damaged")))?;
    *left = left
        .checked_sub(read as u64)
        .ok_or_else(|| fault(format!("unpacks to more than {LARGEST_UNPACKED} bytes")).hint("take fewer drafts"))?;
    String::from_utf8(bytes).map(Some).map_err(|_| fault(format!("`{name}` is no UTF-8 text")))
}

fn fault(what: impl Into<String>) -> Problem {
    Problem::error(Where { file: "drafts".into(), line: 0, column: 0 }, what)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::drafts::state::State;

    fn draft(id: i64, tables: &[&str]) -> Draft {
        let mut content = Content::default();
        tables.iter().for_each(|table| assert!(content.paste(table.as_bytes()).is_ok()));
        // Two rows with one id are a fault that a draft may have; it must come home whole.
        content.put(&SHEETS[0], None, content.rows(&SHEETS[0])[0].clone());
        let (text, hash) = (content.text(), Vec::new());
        Draft {
            id,
            title: format!("No. {id}, “quoted”"),
            author: 1,
            author_name: "a".into(),
            state: State::Returned,
            version: 3,
            assigned: None,
            assigned_name: None,
            since: None,
            entry: None,
            text,
            hash,
        }
    }

    const SOURCES: &str = "id,title,kind,note\ns-1,\"A \"\"report\"\", with commas\",news,视频监控\n";
    const TERMS: &str = "term,definition,category\nSafe city,\"cameras, many\",x\n";

    #[test]
    fn what_is_taken_home_comes_back_with_the_same_hash() {
        let drafts = [draft(7, &[SOURCES, TERMS]), draft(12, &[SOURCES])];
        let packed = pack(&drafts);
        assert_eq!(packed, pack(&drafts));
        let back = unpack(&packed).unwrap();
        assert_eq!(back.len(), 2);
        for (returned, draft) in back.iter().zip(&drafts) {
            assert_eq!((&returned.title, returned.changed), (&draft.title, false));
            assert_eq!(returned.content.text(), draft.text);
        }
    }

    fn archive(files: &[(&str, &str)]) -> Vec<u8> {
        let mut archive = ZipWriter::new(Cursor::new(Vec::new()));
        files.iter().for_each(|(name, text)| put(&mut archive, name, text.as_bytes()));
        archive.finish().unwrap().into_inner()
    }

    fn list(format: &str) -> String {
        let draft = "{\"folder\":\"../1\",\"title\":\"t\",\"state\":\"draft\",\"sha256\":\"\"}";
        format!("{{\"format\":\"{format}\",\"drafts\":[{draft}]}}")
    }

    #[test]
    fn a_table_that_was_changed_at_home_is_taken_and_said_to_be() {
        let files = [("manifest.json", list(FORMAT)), ("../1/sources.csv", SOURCES.to_owned())];
        let back = unpack(&archive(&files.each_ref().map(|(name, text)| (*name, text.as_str())))).unwrap();
        assert!(back[0].changed && back[0].content.len() == 1);
    }

    #[test]
    fn a_file_that_is_none_of_ours_is_refused_with_the_reason() {
        let broken = "id,title,kind\nonly one cell\n";
        for (bytes, said) in [
            (b"PK nonsense".to_vec(), "no ZIP archive"),
            (archive(&[("other.txt", "x")]), "`manifest.json` is missing"),
            (archive(&[("manifest.json", "{}")]), "can't be read"),
            (archive(&[("manifest.json", &list("other"))]), "of another format"),
            (archive(&[("manifest.json", &list(FORMAT)), ("../1/sources.csv", broken)]), "the row has 1 cell"),
        ] {
            let problem = unpack(&bytes).unwrap_err().to_string();
            assert!(problem.contains(said), "{problem}");
        }
        let mut torn = pack(&[draft(7, &[SOURCES])]);
        torn.truncate(torn.len() / 2);
        assert!(unpack(&torn).is_err());
    }

    #[test]
    fn what_unpacks_to_more_than_is_allowed_is_refused_whatever_it_states() {
        let large = "x".repeat((LARGEST_UNPACKED + 1) as usize);
        let bytes = archive(&[("manifest.json", &list(FORMAT)), ("../1/sources.csv", &large)]);
        assert!(bytes.len() < 1 << 20);
        assert!(unpack(&bytes).unwrap_err().to_string().contains("unpacks to more than"));
    }
}

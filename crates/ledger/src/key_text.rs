//! How keys and signature lines are written (c2sp.org/signed-note), alike for logs and for their witnesses.

use base64::{Engine, engine::general_purpose::STANDARD};
use sha2::{Digest, Sha256};

use crate::error::LedgerError;

/// What a key signs, by the byte that precedes it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Sort {
    /// Notes: the key of a log.
    Note = 1,
    /// c2sp.org/tlog-cosignature, `cosignature/v1`: the key of a witness.
    Cosignature = 4,
}

const SIGNATURE: &str = "\u{2014} ";

/// The number that tells a signature line's key at a glance.
pub(crate) fn key_id(name: &str, sort: Sort, public: &[u8; 32]) -> [u8; 4] {
    let digest = Sha256::new().chain_update(name).chain_update([b'\n', sort as u8]).chain_update(public).finalize();
    [digest[0], digest[1], digest[2], digest[3]]
}

/// `name+id+base64`.
pub(crate) fn join_key(name: &str, sort: Sort, id: [u8; 4], bytes: [u8; 32]) -> String {
    let tagged = [&[sort as u8][..], &bytes].concat();
    format!("{name}+{:08x}+{}", u32::from_be_bytes(id), STANDARD.encode(tagged))
}

/// Name, id and key bytes; `None` if anything is not exactly as [`join_key`] writes it.
pub(crate) fn split_key(sort: Sort, text: &str) -> Option<(&str, [u8; 4], [u8; 32])> {
    let (name, rest) = text.split_once('+')?;
    let (id, base64) = rest.split_once('+')?;
    let id = u32::from_str_radix(id, 16).ok()?.to_be_bytes();
    let bytes: [u8; 33] = STANDARD.decode(base64).ok()?.try_into().ok()?;
    let key: [u8; 32] = bytes[1..].try_into().ok()?;
    (join_key(name, sort, id, key) == text).then_some((name, id, key))
}

pub(crate) fn check_name(name: &str) -> Result<(), LedgerError> {
    let wrong = name.is_empty() || name.contains(|c: char| c.is_whitespace() || c.is_control() || c == '+');
    if wrong {
        return Err(key_error("a key's name is not empty and has no white space, `+` or control characters"));
    }
    Ok(())
}

pub(crate) fn key_error(what: &str) -> LedgerError {
    LedgerError::Key { what: what.into() }
}

/// A signature line, its line end included.
pub(crate) fn signature_line(name: &str, id: [u8; 4], signature: &[u8]) -> String {
    format!("{SIGNATURE}{name} {}\n", STANDARD.encode([&id[..], signature].concat()))
}

/// One signature of a note, not checked yet.
pub(crate) struct SignatureLine<'a> {
    pub name: &'a str,
    pub id: [u8; 4],
    pub signature: Vec<u8>,
    /// As it stands in the note, without its line end.
    pub line: &'a str,
}

/// The signed text of a note, its last line end included, and its signatures.
pub(crate) fn split_note(note: &str) -> Result<(&str, Vec<SignatureLine<'_>>), &'static str> {
    if note.contains(|c: char| c < ' ' && c != '\n') {
        return Err("a note has no control characters");
    }
    let at = note.rfind("\n\n").ok_or("no empty line before the signatures")?;
    let (text, signatures) = (&note[..=at], &note[at + 2..]);
    let lines = signatures.strip_suffix('\n').ok_or("the last signature has no line end")?;
    Ok((text, lines.split('\n').map(read_line).collect::<Result<_, _>>()?))
}

fn read_line(line: &str) -> Result<SignatureLine<'_>, &'static str> {
    let parts = line.strip_prefix(SIGNATURE).and_then(|line| line.split_once(' '));
    let (name, base64) = parts.ok_or("a signature line is malformed")?;
    let bytes = STANDARD.decode(base64).map_err(|_| "a signature is not base64")?;
    let (id, signature) = bytes.split_first_chunk::<4>().ok_or("a signature is too short")?;
    Ok(SignatureLine { name, id: *id, signature: signature.to_vec(), line })
}

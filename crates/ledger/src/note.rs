//! Signed notes and their keys, as c2sp.org/signed-note says (Ed25519 only), so that foreign tools can check ours.

use base64::{Engine, engine::general_purpose::STANDARD};
use ed25519_dalek::Signer;
use sha2::{Digest, Sha256};
use std::fmt;

use crate::error::LedgerError;

/// The signature type of Ed25519, which also precedes key bytes.
const ED25519: u8 = 1;
const PRIVATE: &str = "PRIVATE+KEY+";
const SIGNATURE: &str = "\u{2014} ";

/// The key that signs checkpoints. It has no `Debug`: its text must not end in a log.
#[derive(Clone)]
pub struct SigningKey {
    name: String,
    key: ed25519_dalek::SigningKey,
}

impl SigningKey {
    /// The key of this name (a log's origin) made from 32 random bytes, which the caller then forgets.
    ///
    /// # Errors
    /// A name must not be empty nor contain white space, `+` or control characters.
    pub fn generate(name: &str, random: [u8; 32]) -> Result<Self, LedgerError> {
        check_name(name)?;
        Ok(Self { name: name.into(), key: ed25519_dalek::SigningKey::from_bytes(&random) })
    }

    /// Reads `PRIVATE+KEY+name+id+base64`; a line end behind it is allowed.
    ///
    /// # Errors
    /// [`LedgerError::Key`]; the message never shows the key.
    pub fn parse(text: &str) -> Result<Self, LedgerError> {
        let parts = text.trim_end().strip_prefix(PRIVATE).and_then(split_key);
        let (name, id, seed) = parts.ok_or_else(|| key_error("not a signing key"))?;
        let key = Self::generate(name, seed)?;
        let fits = key.verifying_key().id == id;
        fits.then_some(key).ok_or_else(|| key_error("the signing key's id does not fit"))
    }

    /// The secret text that [`SigningKey::parse`] reads. Keep it out of messages.
    pub fn to_secret_text(&self) -> String {
        format!("{PRIVATE}{}", join_key(&self.name, self.verifying_key().id, self.key.to_bytes()))
    }

    /// The key's name.
    pub fn name(&self) -> &str {
        &self.name
    }

    /// The public half.
    pub fn verifying_key(&self) -> VerifyingKey {
        VerifyingKey::new(&self.name, self.key.verifying_key())
    }

    /// The note: the text, an empty line and a signature line.
    pub(crate) fn sign(&self, text: &str) -> String {
        let signature = self.key.sign(text.as_bytes()).to_bytes();
        let signed = [&self.verifying_key().id[..], &signature].concat();
        format!("{text}\n{SIGNATURE}{} {}\n", self.name, STANDARD.encode(signed))
    }
}

/// The public key that checks checkpoints. Its text is `name+id+base64`.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct VerifyingKey {
    name: String,
    id: [u8; 4],
    key: ed25519_dalek::VerifyingKey,
}

impl VerifyingKey {
    fn new(name: &str, key: ed25519_dalek::VerifyingKey) -> Self {
        let digest = Sha256::new().chain_update(name).chain_update([b'\n', ED25519]).chain_update(key.as_bytes());
        let digest = digest.finalize();
        Self { name: name.into(), id: [digest[0], digest[1], digest[2], digest[3]], key }
    }

    /// Reads `name+id+base64`, and nothing around it.
    ///
    /// # Errors
    /// [`LedgerError::Key`]: not of this shape, not Ed25519, or an id that does not fit.
    pub fn parse(text: &str) -> Result<Self, LedgerError> {
        let (name, id, bytes) = split_key(text).ok_or_else(|| key_error("not a verifying key"))?;
        check_name(name)?;
        let key = ed25519_dalek::VerifyingKey::from_bytes(&bytes);
        let key = Self::new(name, key.map_err(|_| key_error("not a point of the curve"))?);
        (key.id == id).then_some(key).ok_or_else(|| key_error("the verifying key's id does not fit"))
    }

    /// The key's name, which is the log's origin.
    pub fn name(&self) -> &str {
        &self.name
    }

    /// The text of a note that this key signed, its last line end included; else the reason why not.
    /// Signatures by other keys are passed over, as the specification asks.
    pub(crate) fn open<'a>(&self, note: &'a str) -> Result<&'a str, &'static str> {
        if note.contains(|c: char| c < ' ' && c != '\n') {
            return Err("a note has no control characters");
        }
        let at = note.rfind("\n\n").ok_or("no empty line before the signatures")?;
        let (text, signatures) = (&note[..=at], &note[at + 2..]);
        let lines = signatures.strip_suffix('\n').ok_or("the last signature has no line end")?;
        let mut signed = false;
        for line in lines.split('\n') {
            signed |= self.check(text, line)?;
        }
        signed.then_some(text).ok_or("not signed by this key")
    }

    /// Whether the line is a good signature by this key; an error if it is a bad one.
    fn check(&self, text: &str, line: &str) -> Result<bool, &'static str> {
        let parts = line.strip_prefix(SIGNATURE).and_then(|line| line.split_once(' '));
        let (name, base64) = parts.ok_or("a signature line is malformed")?;
        let bytes = STANDARD.decode(base64).map_err(|_| "a signature is not base64")?;
        let (id, signature) = bytes.split_at_checked(4).ok_or("a signature is too short")?;
        if name != self.name || id != self.id {
            return Ok(false);
        }
        let signature = ed25519_dalek::Signature::from_slice(signature).map_err(|_| "a signature has not 64 bytes")?;
        let good = self.key.verify_strict(text.as_bytes(), &signature).is_ok();
        good.then_some(true).ok_or("the signature does not fit the text")
    }
}

impl fmt::Display for VerifyingKey {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&join_key(&self.name, self.id, self.key.to_bytes()))
    }
}

fn check_name(name: &str) -> Result<(), LedgerError> {
    let wrong = name.is_empty() || name.contains(|c: char| c.is_whitespace() || c.is_control() || c == '+');
    if wrong {
        return Err(key_error("a key's name is not empty and has no white space, `+` or control characters"));
    }
    Ok(())
}

fn join_key(name: &str, id: [u8; 4], bytes: [u8; 32]) -> String {
    let tagged = [&[ED25519][..], &bytes].concat();
    format!("{name}+{:08x}+{}", u32::from_be_bytes(id), STANDARD.encode(tagged))
}

/// Name, id and key bytes; `None` if anything is not exactly as [`join_key`] writes it.
fn split_key(text: &str) -> Option<(&str, [u8; 4], [u8; 32])> {
    let (name, rest) = text.split_once('+')?;
    let (id, base64) = rest.split_once('+')?;
    let id = u32::from_str_radix(id, 16).ok()?.to_be_bytes();
    let bytes: [u8; 33] = STANDARD.decode(base64).ok()?.try_into().ok()?;
    let key: [u8; 32] = bytes[1..].try_into().ok()?;
    (join_key(name, id, key) == text).then_some((name, id, key))
}

fn key_error(what: &str) -> LedgerError {
    LedgerError::Key { what: what.into() }
}

#[cfg(test)]
mod tests {
    use super::*;

    // The key and note that golang.org/x/mod/sumdb/note, where the format comes from, is tested with.
    const SECRET: &str = "PRIVATE+KEY+PeterNeumann+c74f20a3+AYEKFALVFGyNhPJEMzD1QIDr+Y7hfZx09iUvxdXHKDFz";
    const PUBLIC: &str = "PeterNeumann+c74f20a3+ARpc2QcUPDhMQegwxbzhKqiBfsVkmqq/LDE4izWy10TW";
    const TEXT: &str = "If you think cryptography is the answer to your problem,\n\
                        then you don't know what your problem is.\n";
    const LINE: &str = "— PeterNeumann x08go/ZJkuBS9UG/SffcvIAQxVBtiFupLLr8pAcElZInNIuGUgYN1FFYC2pZSNXgKvqfqdng\
                        otpRZb6KE6RyyBwJnAM=\n";

    #[test]
    fn the_known_key_signs_the_known_note() {
        let key = SigningKey::parse(SECRET).unwrap();
        assert_eq!(key.to_secret_text(), SECRET);
        assert_eq!(key.verifying_key().to_string(), PUBLIC);
        assert_eq!(key.sign(TEXT), format!("{TEXT}\n{LINE}"));
        assert_eq!(VerifyingKey::parse(PUBLIC).unwrap().open(&format!("{TEXT}\n{LINE}")), Ok(TEXT));
    }

    #[test]
    fn a_note_keeps_its_text_when_others_sign_too() {
        let key = SigningKey::parse(SECRET).unwrap();
        let witness = SigningKey::generate("witness.example/w", [9; 32]).unwrap().sign(TEXT);
        let both = key.sign(TEXT) + witness.strip_prefix(&format!("{TEXT}\n")).unwrap();
        assert_eq!(key.verifying_key().open(&both), Ok(TEXT));
        assert_eq!(key.verifying_key().open(&witness), Err("not signed by this key"));
    }

    #[test]
    fn no_changed_byte_of_a_note_or_key_passes() {
        let key = VerifyingKey::parse(PUBLIC).unwrap();
        let note = format!("{TEXT}\n{LINE}");
        for (original, opens) in [(note.as_str(), true), (PUBLIC, false)] {
            for at in 0..original.len() {
                let mut bytes = original.as_bytes().to_vec();
                bytes[at] ^= 1;
                let Ok(changed) = String::from_utf8(bytes) else { continue };
                let passes = if opens { key.open(&changed).is_ok() } else { VerifyingKey::parse(&changed).is_ok() };
                assert!(!passes, "byte {at} of {original}");
            }
        }
    }

    #[test]
    fn a_name_that_would_break_the_line_is_refused() {
        for wrong in ["", "a b", "a+b", "a\nb", "a\u{2003}b"] {
            assert!(SigningKey::generate(wrong, [1; 32]).is_err(), "{wrong:?}");
        }
    }
}

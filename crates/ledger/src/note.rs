//! Signed notes and their keys, as c2sp.org/signed-note says (Ed25519 only), so that foreign tools can check ours.

use ed25519_dalek::Signer;
use std::fmt;

use crate::error::LedgerError;
use crate::key_text::{
    SignatureLine, Sort, check_name, join_key, key_error, key_id, signature_line, split_key, split_note,
};

const PRIVATE: &str = "PRIVATE+KEY+";

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
        let parts = text.trim_end().strip_prefix(PRIVATE).and_then(|text| split_key(Sort::Note, text));
        let (name, id, seed) = parts.ok_or_else(|| key_error("not a signing key"))?;
        let key = Self::generate(name, seed)?;
        let fits = key.verifying_key().id == id;
        fits.then_some(key).ok_or_else(|| key_error("the signing key's id does not fit"))
    }

    /// The secret text that [`SigningKey::parse`] reads. Keep it out of messages.
    pub fn to_secret_text(&self) -> String {
        format!("{PRIVATE}{}", join_key(&self.name, Sort::Note, self.verifying_key().id, self.key.to_bytes()))
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
        format!("{text}\n{}", self.sign_line(text))
    }

    /// The signature line alone, its line end included.
    pub(crate) fn sign_line(&self, text: &str) -> String {
        signature_line(&self.name, self.verifying_key().id, &self.key.sign(text.as_bytes()).to_bytes())
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
        Self { name: name.into(), id: key_id(name, Sort::Note, key.as_bytes()), key }
    }

    /// Reads `name+id+base64`, and nothing around it.
    ///
    /// # Errors
    /// [`LedgerError::Key`]: not of this shape, not Ed25519, or an id that does not fit.
    pub fn parse(text: &str) -> Result<Self, LedgerError> {
        let (name, id, bytes) = split_key(Sort::Note, text).ok_or_else(|| key_error("not a verifying key"))?;
        check_name(name)?;
        let key = ed25519_dalek::VerifyingKey::from_bytes(&bytes);
        let key = Self::new(name, key.map_err(|_| key_error("not a point of the curve"))?);
        (key.id == id).then_some(key).ok_or_else(|| key_error("the verifying key's id does not fit"))
    }

    /// The key's name, which is the log's origin.
    pub fn name(&self) -> &str {
        &self.name
    }

    pub(crate) fn bytes(&self) -> &[u8; 32] {
        self.key.as_bytes()
    }

    /// The text of a note that this key signed, its last line end included; else the reason why not.
    /// Signatures by other keys are passed over, as the specification asks.
    pub(crate) fn open<'a>(&self, note: &'a str) -> Result<&'a str, &'static str> {
        let (text, lines) = split_note(note)?;
        self.signed(text, &lines)?.map(|_| text).ok_or("not signed by this key")
    }

    /// This key's signature among them, if there is one; an error if it is a bad one.
    pub(crate) fn signed<'l, 'a>(
        &self,
        text: &str,
        lines: &'l [SignatureLine<'a>],
    ) -> Result<Option<&'l SignatureLine<'a>>, &'static str> {
        let mut signed = None;
        for line in lines.iter().filter(|line| line.name == self.name && line.id == self.id) {
            self.check(text, &line.signature)?;
            signed = Some(line);
        }
        Ok(signed)
    }

    fn check(&self, text: &str, signature: &[u8]) -> Result<(), &'static str> {
        let signature = ed25519_dalek::Signature::from_slice(signature).map_err(|_| "a signature has not 64 bytes")?;
        self.key.verify_strict(text.as_bytes(), &signature).map_err(|_| "the signature does not fit the text")
    }
}

impl fmt::Display for VerifyingKey {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&join_key(&self.name, Sort::Note, self.id, self.key.to_bytes()))
    }
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

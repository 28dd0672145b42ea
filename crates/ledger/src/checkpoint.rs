//! Checkpoints: the signed size and root of the log (c2sp.org/tlog-checkpoint).

use base64::{Engine, engine::general_purpose::STANDARD};

use crate::merkle::Hash;
use crate::note::{SigningKey, VerifyingKey};

/// A signed size and root.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Checkpoint {
    /// The log's name, which is also its key's name.
    pub origin: String,
    /// The number of entries.
    pub size: u64,
    /// The RFC 6962 root over the entries.
    pub root: Hash,
    /// The whole note, signatures included, as it stands in `log/checkpoint`.
    pub note: String,
}

impl Checkpoint {
    /// Signs a size and root.
    pub(crate) fn sign(key: &SigningKey, size: u64, root: Hash) -> Self {
        let text = format!("{}\n{size}\n{}\n", key.name(), STANDARD.encode(root));
        Self { origin: key.name().into(), size, root, note: key.sign(&text) }
    }

    /// Reads a note and checks its signature; else the reason why not.
    ///
    /// # Errors
    /// What is wrong with the note, in words.
    pub fn open(note: &[u8], key: &VerifyingKey) -> Result<Self, &'static str> {
        let note = std::str::from_utf8(note).map_err(|_| "not UTF-8")?;
        let Body { origin, size, root, extended } = Body::read(key.open(note)?)?;
        if extended || origin != key.name() {
            return Err("not the three lines of this log's checkpoint");
        }
        Ok(Self { origin: origin.into(), size, root, note: note.into() })
    }

    /// What is signed: the lines before the signatures, their line ends included.
    pub fn text(&self) -> &str {
        let end = self.note.rfind("\n\n").map_or(self.note.len(), |at| at + 1);
        &self.note[..end]
    }

    /// Whether both say the same, whoever signed.
    pub fn agrees(&self, other: &Self) -> bool {
        (&self.origin, self.size, self.root) == (&other.origin, other.size, other.root)
    }
}

/// The signed text of any log's checkpoint.
pub(crate) struct Body<'a> {
    pub origin: &'a str,
    pub size: u64,
    pub root: Hash,
    /// Whether extension lines follow, which say nothing to us.
    pub extended: bool,
}

impl<'a> Body<'a> {
    pub fn read(text: &'a str) -> Result<Self, &'static str> {
        let mut lines = text.lines();
        let mut line = || lines.next().ok_or("fewer than three lines");
        let (origin, size, root) = (line()?, line()?, line()?);
        let extensions: Vec<&str> = lines.collect();
        let number: u64 = size.parse().map_err(|_| "the size is not a number")?;
        let root =
            STANDARD.decode(root).ok().and_then(|root| root.try_into().ok()).ok_or("the root is not 32 bytes")?;
        if origin.is_empty() || number.to_string() != size || extensions.contains(&"") {
            return Err("not the lines of a checkpoint");
        }
        Ok(Self { origin, size: number, root, extended: !extensions.is_empty() })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn key() -> SigningKey {
        SigningKey::generate("example.com/behind-the-sofa", [3; 32]).unwrap()
    }

    #[test]
    fn the_text_is_that_of_the_specification_s_example() {
        let root = STANDARD.decode("CsUYapGGPo4dkMgIAUqom/Xajj7h2fB2MPA3j2jxq2I=").unwrap();
        let checkpoint = Checkpoint::sign(&key(), 20852163, root.try_into().unwrap());
        let text = "example.com/behind-the-sofa\n20852163\nCsUYapGGPo4dkMgIAUqom/Xajj7h2fB2MPA3j2jxq2I=\n\n— ";
        assert!(checkpoint.note.starts_with(text), "{}", checkpoint.note);
        assert_eq!(Checkpoint::open(checkpoint.note.as_bytes(), &key().verifying_key()), Ok(checkpoint));
    }

    #[test]
    fn a_signed_text_that_is_no_checkpoint_of_this_log_is_refused() {
        let root = STANDARD.encode([0; 32]);
        for text in [
            format!("other.example\n1\n{root}\n"),
            format!("example.com/behind-the-sofa\n01\n{root}\n"),
            format!("example.com/behind-the-sofa\n-1\n{root}\n"),
            format!("example.com/behind-the-sofa\n1\n{root}\nextension\n"),
            "example.com/behind-the-sofa\n1\nAAAA\n".into(),
            "example.com/behind-the-sofa\n1\n".into(),
        ] {
            assert!(Checkpoint::open(key().sign(&text).as_bytes(), &key().verifying_key()).is_err(), "{text}");
        }
    }
}

//! Locks files away that only the holder of a key elsewhere can open: in the format of age, which other programs know too.

use std::io::Write;
use std::str::FromStr;

use age::x25519::Recipient;

/// Who can open what is sealed: at least one.
pub struct Recipients(Vec<Recipient>);

/// Why nothing was sealed.
#[derive(Debug, thiserror::Error)]
pub enum SealError {
    /// What was given is not the public half of a key.
    #[error("`{0}` is not an age recipient; hint: `age-keygen` prints one that begins with `age1`")]
    Recipient(String),
    /// There is nobody to seal for.
    #[error("nobody could open it")]
    Nobody,
    /// The system gives no random bytes.
    #[error("can't seal: {0}")]
    Sealing(String),
}

impl Recipients {
    /// Reads public keys (`age1…`).
    ///
    /// # Errors
    /// The first that is none, and an empty list.
    pub fn parse(texts: &[String]) -> Result<Self, SealError> {
        let one = |text: &String| Recipient::from_str(text).map_err(|_| SealError::Recipient(text.clone()));
        let all = texts.iter().map(one).collect::<Result<Vec<_>, _>>()?;
        if all.is_empty() { Err(SealError::Nobody) } else { Ok(Self(all)) }
    }
}

/// The bytes as <https://age-encryption.org/v1> writes them. They never come out the same twice.
///
/// # Errors
/// [`SealError::Sealing`].
pub fn seal(bytes: &[u8], recipients: &Recipients) -> Result<Vec<u8>, SealError> {
    let failed = |error: String| SealError::Sealing(error);
    let named = recipients.0.iter().map(|recipient| recipient as &dyn age::Recipient);
    let encryptor = age::Encryptor::with_recipients(named).map_err(|error| failed(error.to_string()))?;
    let mut sealed = Vec::with_capacity(bytes.len() + 512);
    let mut writer = encryptor.wrap_output(&mut sealed).map_err(|error| failed(error.to_string()))?;
    writer.write_all(bytes).map_err(|error| failed(error.to_string()))?;
    writer.finish().map_err(|error| failed(error.to_string()))?;
    Ok(sealed)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_sealed_is_opened_by_each_recipient_and_by_nobody_else() {
        let keys: Vec<age::x25519::Identity> = (0..3).map(|_| age::x25519::Identity::generate()).collect();
        let texts: Vec<String> = keys[..2].iter().map(|key| key.to_public().to_string()).collect();
        let recipients = Recipients::parse(&texts).expect("two recipients");
        let sealed = seal(b"A private file.", &recipients).expect("sealed");
        assert!(sealed.starts_with(b"age-encryption.org/v1\n") && !sealed.windows(7).any(|part| part == b"private"));
        assert_eq!(age::decrypt(&keys[0], &sealed).expect("opened"), b"A private file.");
        assert_eq!(age::decrypt(&keys[1], &sealed).expect("opened"), b"A private file.");
        assert!(age::decrypt(&keys[2], &sealed).is_err());
        assert_ne!(seal(b"A private file.", &recipients).expect("sealed"), sealed);
    }

    #[test]
    fn what_is_no_public_key_is_refused() {
        for wrong in ["", "age1", "AGE-SECRET-KEY-1", "ssh-ed25519 AAAA"] {
            assert!(matches!(Recipients::parse(&[wrong.into()]), Err(SealError::Recipient(text)) if text == wrong));
        }
        assert!(matches!(Recipients::parse(&[]), Err(SealError::Nobody)));
    }
}

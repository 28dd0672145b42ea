//! Short digests in ids of things that have no name of their own.

use model::Id;
use sha2::{Digest, Sha256};

/// `prefix-` and the first 16 hexadecimal digits of the text's SHA-256.
pub(crate) fn id(prefix: &str, text: &str) -> Id {
    let digest = Sha256::digest(text.as_bytes());
    crate::facts::fixed_id(&format!("{prefix}-{}", hex(&digest[..8])))
}

/// Bytes in hexadecimal digits.
pub(crate) fn hex(bytes: &[u8]) -> String {
    bytes.iter().map(|byte| format!("{byte:02x}")).collect()
}

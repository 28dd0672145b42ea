//! What we hold: an append-only, signed log of operations that anyone can verify and nobody can quietly rewrite.
//!
//! An *entry* says when and by whom, and commits to *operations* by a Merkle root; a signed *checkpoint* commits to all
//! entries. The ledger does not know what operations mean. Values can be destroyed (redacted) without touching a root,
//! because only salted commitments are hashed. The bytes are specified in `docs/ledger-format.md`.
//!
//! Read [`Ledger`] first, then [`Storage`], then [`verify`].

mod ledger;

mod append;
pub mod archive;
mod bundle;
mod checkpoint;
mod cosignature;
mod entry;
mod error;
mod head;
mod key_text;
mod layout;
mod log;
mod memory;
mod merkle;
mod note;
mod operation;
mod policy;
mod proof;
mod public;
mod read;
mod redact;
mod replicate;
mod seal;
mod segment;
mod storage;
mod tiles;
mod turns;
mod verify;
mod witness;

#[cfg(test)]
mod tests;

pub use checkpoint::Checkpoint;
pub use cosignature::{CosigningKey, WitnessKey};
pub use entry::{Draft, Entry, FORMAT_VERSION};
pub use error::LedgerError;
pub use ledger::Ledger;
pub use log::Entries;
pub use merkle::{Hash, Tree, leaf_hash, node_hash};
pub use note::{SigningKey, VerifyingKey};
pub use operation::{Operation, OperationId, Record, commitment};
pub use policy::{Policy, PolicyLog, PolicyWitness, Seen};
pub use proof::{ConsistencyProof, InclusionProof, Opening, OperationProof};
pub use public::{PublicFile, PublicKind, is_ledger_file};
pub use replicate::{repair, replicate};
pub use seal::{Unsealed, forget, keeps};
pub use storage::{DirStorage, MemStorage, Storage, StorageError, Transaction};
pub use turns::{Next, Turn, follow, is_own};
pub use verify::{Finding, Verdict, verify, verify_since};
pub use witness::{Answer, Witness};

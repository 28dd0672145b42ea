//! A proof of one operation as a file that stands alone: c2sp.org/tlog-proof, whose extra data leads from the entry,
//! which the log knows, to the operation inside it, which the log does not know.

use base64::{Engine, engine::general_purpose::STANDARD};
use model::{CanonicalError, Reader, Writer};

use crate::checkpoint::Checkpoint;
use crate::error::LedgerError;
use crate::merkle::Hash;
use crate::note::VerifyingKey;
use crate::operation::OperationId;
use crate::proof::{ConsistencyProof, InclusionProof, Opening, OperationProof};

const HEAD: &str = "c2sp.org/tlog-proof@v1";
const TAG: &str = "counteratlas/operation-proof";
const VERSION: u16 = 1;

impl OperationProof {
    /// The proof as the text of a `.tlog-proof` file that ends in the checkpoint it leads to.
    pub fn to_text(&self, checkpoint: &Checkpoint) -> String {
        let extra = STANDARD.encode(self.extra());
        let hashes = hash_lines(&self.in_log.hashes);
        format!("{HEAD}\nextra {extra}\nindex {}\n{hashes}\n{}", self.in_log.index, checkpoint.note)
    }

    /// Reads such a text and checks everything in it: the checkpoint's signature by this key, and every step from the
    /// operation to the checkpoint's root.
    ///
    /// # Errors
    /// [`LedgerError::Refused`] with what does not hold.
    pub fn open(text: &str, key: &VerifyingKey) -> Result<(Self, Checkpoint), LedgerError> {
        let refused = |what: &str| LedgerError::Refused { what: format!("the proof does not hold: {what}") };
        let (lines, note) = text.split_once("\n\n").ok_or_else(|| refused("no empty line before the checkpoint"))?;
        let checkpoint = Checkpoint::open(note.as_bytes(), key).map_err(refused)?;
        let proof = Self::parse(lines, checkpoint.size).ok_or_else(|| refused("it is malformed"))?;
        proof.check(checkpoint.root).ok_or_else(|| refused("the operation is not in the log of its checkpoint"))?;
        Ok((proof, checkpoint))
    }

    fn parse(text: &str, size: u64) -> Option<Self> {
        let mut lines = text.split('\n');
        (lines.next()? == HEAD).then_some(())?;
        let extra = STANDARD.decode(lines.next()?.strip_prefix("extra ")?).ok()?;
        let number = lines.next()?.strip_prefix("index ")?;
        let index: u64 = number.parse().ok().filter(|index: &u64| index.to_string() == number)?;
        let hash = |line: &str| STANDARD.decode(line).ok()?.try_into().ok();
        let hashes = lines.map(hash).collect::<Option<Vec<Hash>>>()?;
        read_extra(&extra, InclusionProof { index, size, hashes }).ok()
    }

    fn extra(&self) -> Vec<u8> {
        let operation = self.id().map_or(u32::MAX, |id| id.operation);
        let mut w = Writer::new();
        w.text(TAG).u16(VERSION).bytes(&self.entry).u32(operation).fixed(&self.commitment);
        w.list(&self.in_entry.hashes, |w, hash| {
            w.fixed(hash);
        });
        w.option(self.opening.as_ref(), |w, o| {
            w.u8(o.kind).fixed(&o.salt).bytes(&o.bytes);
        });
        w.into_bytes()
    }
}

impl ConsistencyProof {
    /// The proof as c2sp.org/tlog-witness writes it: a hash in base64 on each line.
    pub fn to_lines(&self) -> String {
        hash_lines(&self.hashes)
    }
}

fn hash_lines(hashes: &[Hash]) -> String {
    hashes.iter().map(|hash| STANDARD.encode(hash) + "\n").collect()
}

fn read_extra(bytes: &[u8], in_log: InclusionProof) -> Result<OperationProof, CanonicalError> {
    let mut r = Reader::new(bytes);
    if r.text()? != TAG || r.u16()? != VERSION {
        return Err(r.meaning("not the extra data of an operation's proof"));
    }
    let entry = r.bytes()?.to_vec();
    let operation: u32 = r.u32()?;
    let commitment = r.array()?;
    let hashes = r.list(Reader::array)?;
    let opening = r.option(|r| Ok(Opening { kind: r.u8()?, salt: r.array()?, bytes: r.bytes()?.to_vec() }))?;
    r.finish()?;
    // How many operations there are stands in the entry, which the log's root vouches for.
    let size = crate::entry::Entry::decode(in_log.index, &entry)?.operations.into();
    let in_entry = InclusionProof { index: operation.into(), size, hashes };
    Ok(OperationProof { opening, commitment, in_entry, entry, in_log })
}

impl OperationId {
    /// The name under which a proof of this operation is saved.
    pub fn proof_file(&self) -> String {
        format!("{self}.tlog-proof")
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::tests::{empty, key, put, salts};

    fn proof() -> (OperationProof, Checkpoint) {
        let (_, mut ledger) = empty();
        let mut salts = salts();
        put(&mut ledger, "import", &["one", "two", "three"], &mut salts);
        put(&mut ledger, "desk", &["four"], &mut salts);
        let proof = ledger.operation_proof(OperationId { entry: 0, operation: 1 }).unwrap();
        (proof, ledger.checkpoint().clone())
    }

    #[test]
    fn a_proof_s_text_has_the_lines_of_the_specification() {
        let (proof, checkpoint) = proof();
        let text = proof.to_text(&checkpoint);
        let lines: Vec<&str> = text.lines().collect();
        assert_eq!(lines[0], "c2sp.org/tlog-proof@v1");
        assert!(lines[1].starts_with("extra "));
        assert_eq!(lines[2], "index 0");
        // One entry stands beside it in a log of two.
        assert_eq!(lines[3], STANDARD.encode(proof.in_log.hashes[0]));
        assert_eq!(lines[4], "");
        assert!(text.ends_with(&checkpoint.note));
    }

    #[test]
    fn a_proof_is_read_back_with_or_without_its_value() {
        let (mut proof, checkpoint) = proof();
        for _ in 0..2 {
            let text = proof.to_text(&checkpoint);
            let opened = OperationProof::open(&text, &key().verifying_key()).unwrap();
            assert_eq!(opened, (proof.clone(), checkpoint.clone()));
            proof.opening = None;
        }
    }

    #[test]
    fn no_changed_character_of_a_proof_passes() {
        let (proof, checkpoint) = proof();
        let text = proof.to_text(&checkpoint);
        let key = key().verifying_key();
        for at in 0..text.len() {
            let mut bytes = text.clone().into_bytes();
            bytes[at] ^= 1;
            let Ok(changed) = String::from_utf8(bytes) else { continue };
            assert!(OperationProof::open(&changed, &key).is_err(), "byte {at}");
        }
        for wrong in [
            "",
            "\n\n",
            &text[..text.len() - 1],
            &text.replace("index 0", "index 1"),
            &text.replace("index 0", "index 00"),
        ] {
            assert!(OperationProof::open(wrong, &key).is_err(), "{wrong}");
        }
    }
}

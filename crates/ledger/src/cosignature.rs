//! Cosignatures (c2sp.org/tlog-cosignature, `cosignature/v1`): what a witness says of the newest checkpoint it has seen.

use ed25519_dalek::Signer;
use std::fmt;

use crate::checkpoint::Checkpoint;
use crate::error::LedgerError;
use crate::key_text::{
    SignatureLine, Sort, check_name, join_key, key_error, key_id, signature_line, split_key, split_note,
};

const PRIVATE: &str = "PRIVATE+KEY+";

/// The key with which a witness cosigns. It has no `Debug`: its text must not end in a log.
pub struct CosigningKey {
    name: String,
    key: ed25519_dalek::SigningKey,
}

impl CosigningKey {
    /// The key of this name made from 32 random bytes, which the caller then forgets. They must not be those of
    /// another key: what is signed does not name the witness.
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
        let parts = text.trim_end().strip_prefix(PRIVATE).and_then(|text| split_key(Sort::Cosignature, text));
        let (name, id, seed) = parts.ok_or_else(|| key_error("not a witness's secret key"))?;
        let key = Self::generate(name, seed)?;
        let fits = key.witness_key().id == id;
        fits.then_some(key).ok_or_else(|| key_error("the secret key's id does not fit"))
    }

    /// The secret text that [`CosigningKey::parse`] reads. Keep it out of messages.
    pub fn to_secret_text(&self) -> String {
        let id = self.witness_key().id;
        format!("{PRIVATE}{}", join_key(&self.name, Sort::Cosignature, id, self.key.to_bytes()))
    }

    /// The public half.
    pub fn witness_key(&self) -> WitnessKey {
        WitnessKey::new(&self.name, self.key.verifying_key())
    }

    /// The signature line over the text of a checkpoint, as of this POSIX time; its line end included.
    pub(crate) fn cosign(&self, text: &str, time: u64) -> String {
        let signature = self.key.sign(message(text, time).as_bytes()).to_bytes();
        signature_line(&self.name, self.witness_key().id, &[&time.to_be_bytes()[..], &signature].concat())
    }
}

/// The public key of a witness. Its text is `name+id+base64`.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct WitnessKey {
    name: String,
    id: [u8; 4],
    key: ed25519_dalek::VerifyingKey,
}

impl WitnessKey {
    fn new(name: &str, key: ed25519_dalek::VerifyingKey) -> Self {
        Self { name: name.into(), id: key_id(name, Sort::Cosignature, key.as_bytes()), key }
    }

    /// Reads `name+id+base64`, and nothing around it.
    ///
    /// # Errors
    /// [`LedgerError::Key`]: not of this shape, not for Ed25519 cosignatures, or an id that does not fit.
    pub fn parse(text: &str) -> Result<Self, LedgerError> {
        let parts = split_key(Sort::Cosignature, text);
        let (name, id, bytes) = parts.ok_or_else(|| key_error("not the key of an Ed25519 witness"))?;
        check_name(name)?;
        let key = ed25519_dalek::VerifyingKey::from_bytes(&bytes);
        let key = Self::new(name, key.map_err(|_| key_error("not a point of the curve"))?);
        (key.id == id).then_some(key).ok_or_else(|| key_error("the witness key's id does not fit"))
    }

    /// The witness's name.
    pub fn name(&self) -> &str {
        &self.name
    }

    /// Whether both wrap the same key, whatever their names.
    pub(crate) fn same_key(&self, other: &Self) -> bool {
        self.key == other.key
    }

    /// The POSIX time at which this witness cosigned the note, its latest if there are several; `None` if it did not.
    ///
    /// # Errors
    /// What is wrong with the note or with this witness's signature, in words.
    pub fn time_in(&self, note: &str) -> Result<Option<u64>, &'static str> {
        let (text, lines) = split_note(note)?;
        Ok(self.line_in(text, &lines)?.map(|(time, _)| time))
    }

    /// Time and line of its latest signature.
    pub(crate) fn line_in<'a>(
        &self,
        text: &str,
        lines: &[SignatureLine<'a>],
    ) -> Result<Option<(u64, &'a str)>, &'static str> {
        let mut latest = None;
        for line in lines.iter().filter(|line| line.name == self.name && line.id == self.id) {
            let time = self.check(text, &line.signature)?;
            latest = latest.max(Some((time, line.line)));
        }
        Ok(latest)
    }

    fn check(&self, text: &str, signature: &[u8]) -> Result<u64, &'static str> {
        let (time, signature) = signature.split_first_chunk::<8>().ok_or("a cosignature is too short")?;
        let time = u64::from_be_bytes(*time);
        // Zero is for statements about trees that are not the newest, which version 1 does not make.
        if time == 0 || i64::try_from(time).is_err() {
            return Err("a cosignature's time is none");
        }
        let signature =
            ed25519_dalek::Signature::from_slice(signature).map_err(|_| "a cosignature has not 64 bytes")?;
        let good = self.key.verify_strict(message(text, time).as_bytes(), &signature);
        good.map(|()| time).map_err(|_| "a cosignature does not fit the text")
    }
}

impl fmt::Display for WitnessKey {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&join_key(&self.name, Sort::Cosignature, self.id, self.key.to_bytes()))
    }
}

impl Checkpoint {
    /// The same checkpoint with these witnesses' signature lines, taken out of any text that holds them; others'
    /// lines are left out. A witness that has signed before is replaced if it now says a later time.
    ///
    /// # Errors
    /// What is wrong with a line of one of these witnesses.
    pub fn cosigned(&self, lines: &str, witnesses: &[&WitnessKey]) -> Result<Self, &'static str> {
        let note = format!("{}{lines}", self.note);
        let (text, all) = split_note(&note)?;
        let by_log = all.iter().filter(|line| line.name == self.origin).map(|line| line.line);
        let mut kept: Vec<&str> = by_log.collect();
        for witness in witnesses {
            kept.extend(witness.line_in(text, &all)?.map(|(_, line)| line));
        }
        let signatures: String = kept.iter().map(|line| format!("{line}\n")).collect();
        Ok(Self { note: format!("{text}\n{signatures}"), ..self.clone() })
    }
}

fn message(text: &str, time: u64) -> String {
    format!("cosignature/v1\ntime {time}\n{text}")
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::tests::{key, of_size};

    fn witness(seed: u8) -> CosigningKey {
        CosigningKey::generate(&format!("witness.example/w{seed}"), [seed; 32]).unwrap()
    }

    // The checkpoint and cosignature that the specification shows.
    const EXAMPLE: &str = "example.com/behind-the-sofa\n20852163\nCsUYapGGPo4dkMgIAUqom/Xajj7h2fB2MPA3j2jxq2I=\n\n\
        — example.com/behind-the-sofa Az3grlgtzPICa5OS8npVmf1Myq/5IZniMp+ZJurmRDeOoRDe4URYN7u5/Zhcyv2q1gGzGku9nTo+zyWE+xeMcTOAYQ8=\n\
        — witness.example.com/w1 jWbPPwAAAABkGFDLEZMHwSRaJNiIDoe9DYn/zXcrtPHeolMI5OWXEhZCB9dlrDJsX3b2oyin1nPZqhf5nNo0xUe+mbIUBkBIfZ+qnA==\n";

    #[test]
    fn the_specification_s_example_has_the_time_that_its_text_says() {
        let (_, lines) = split_note(EXAMPLE).unwrap();
        let signature = &lines[1].signature;
        assert_eq!(signature.len(), 72);
        // "time 1679315147", the specification says below it.
        assert_eq!(u64::from_be_bytes(signature[..8].try_into().unwrap()), 1_679_315_147);
    }

    #[test]
    fn what_is_signed_is_the_message_of_the_specification() {
        let text = "example.com/behind-the-sofa\n20852163\nCsUYapGGPo4dkMgIAUqom/Xajj7h2fB2MPA3j2jxq2I=\n";
        assert_eq!(message(text, 1_679_315_147), format!("cosignature/v1\ntime 1679315147\n{text}"));
    }

    #[test]
    fn a_key_is_read_back_and_is_no_log_s_key() {
        let secret = witness(7);
        let public = secret.witness_key();
        assert_eq!(WitnessKey::parse(&public.to_string()).unwrap(), public);
        assert_eq!(CosigningKey::parse(&secret.to_secret_text()).unwrap().witness_key(), public);
        assert!(crate::VerifyingKey::parse(&public.to_string()).is_err());
        assert!(WitnessKey::parse(&key().verifying_key().to_string()).is_err());
    }

    #[test]
    fn cosignatures_are_gathered_and_the_log_s_own_signature_still_holds() {
        let (_, ledger) = of_size(3);
        let (one, two) = (witness(1), witness(2));
        let checkpoint = ledger.checkpoint();
        let lines = one.cosign(checkpoint.text(), 100)
            + &two.cosign(checkpoint.text(), 50)
            + &one.cosign(checkpoint.text(), 99);
        let cosigned = checkpoint.cosigned(&lines, &[&one.witness_key(), &two.witness_key()]).unwrap();
        assert_eq!(cosigned.note.lines().count(), 3 + 1 + 3);
        assert_eq!(one.witness_key().time_in(&cosigned.note), Ok(Some(100)));
        assert_eq!(two.witness_key().time_in(&cosigned.note), Ok(Some(50)));
        assert_eq!(witness(3).witness_key().time_in(&cosigned.note), Ok(None));
        let read = Checkpoint::open(cosigned.note.as_bytes(), &key().verifying_key()).unwrap();
        assert!(read.agrees(checkpoint));
        let fewer = cosigned.cosigned("", &[&two.witness_key()]).unwrap();
        assert_eq!(one.witness_key().time_in(&fewer.note), Ok(None));
    }

    #[test]
    fn a_cosignature_of_another_checkpoint_or_without_a_time_is_refused() {
        let (_, ledger) = of_size(3);
        let (_, other) = of_size(2);
        let (secret, checkpoint) = (witness(1), ledger.checkpoint());
        for line in [secret.cosign(other.checkpoint().text(), 5), secret.cosign(checkpoint.text(), 0)] {
            assert!(checkpoint.cosigned(&line, &[&secret.witness_key()]).is_err());
            assert_eq!(checkpoint.cosigned(&line, &[]).as_ref(), Ok(checkpoint), "who does not know it passes over it");
        }
    }

    #[test]
    fn no_changed_byte_of_a_cosignature_passes() {
        let (_, ledger) = of_size(1);
        let secret = witness(1);
        let line = secret.cosign(ledger.checkpoint().text(), 1_700_000_000);
        for at in 0..line.len() {
            let mut bytes = line.clone().into_bytes();
            bytes[at] ^= 1;
            let Ok(changed) = String::from_utf8(bytes) else { continue };
            let time = secret.witness_key().time_in(&format!("{}{changed}", ledger.checkpoint().note));
            assert!(!matches!(time, Ok(Some(_))), "byte {at}");
        }
    }
}

//! Who has cosigned an atlas' newest checkpoint: the policy that its operator states, and the cosignatures beside the ledger.

use std::path::Path;

use anyhow::{Context, Result, bail};
use ledger::{Checkpoint, DirStorage, Ledger, Policy, PolicyWitness, Seen, Storage};

use ui::Witnesses;

use crate::http::{Client, base};
use crate::report::say;

/// The folder in an atlas.
const FOLDER: &str = "witness";
/// c2sp.org/tlog-policy, written by the operator.
pub const POLICY: &str = "witness/policy";
/// The newest checkpoint that was cosigned, with its cosignatures.
pub const COSIGNED: &str = "witness/cosigned";

/// In seconds: older words of witnesses are shown as such.
const A_DAY: i64 = 86_400;

/// A cosignature, or the size that the witness has seen.
const LONGEST_ANSWER: u64 = 64 << 10;
/// A witness may have seen more meanwhile; then it is asked again.
const TRIES: usize = 3;

/// What stands in an atlas folder about its witnesses.
pub struct Witnessing {
    storage: DirStorage,
    /// The policy's bytes; `None` if there is none.
    pub bytes: Option<Vec<u8>>,
    policy: Policy,
}

impl Witnessing {
    /// Reads the policy of an atlas folder; without one nobody is asked.
    pub fn of(folder: &Path) -> Result<Self> {
        let storage = DirStorage::new(folder);
        let bytes = storage.read(POLICY)?;
        let policy = Policy::parse(POLICY, bytes.as_deref().unwrap_or(b"quorum none\n"));
        let policy = policy.map_err(|problems| anyhow::anyhow!("{}", problems[0]))?;
        Ok(Self { storage, bytes, policy })
    }

    /// Whether there is anybody to ask.
    pub fn has_witnesses(&self) -> bool {
        !self.policy.witnesses.is_empty()
    }

    /// The checkpoint with the cosignatures that are stored for it.
    pub fn cosigned(&self, ledger: &Ledger, checkpoint: &Checkpoint) -> Result<Checkpoint> {
        let stored = self.storage.read(COSIGNED)?.and_then(|note| Checkpoint::open(&note, ledger.key()).ok());
        let lines = stored.filter(|stored| stored.agrees(checkpoint)).map(|stored| signatures(&stored.note));
        let cosigned = checkpoint.cosigned(&lines.unwrap_or_default(), &self.keys());
        cosigned.map_err(anyhow::Error::msg).with_context(|| format!("`{COSIGNED}` is damaged"))
    }

    /// Who has cosigned this checkpoint.
    pub fn seen(&self, checkpoint: &Checkpoint) -> Result<Seen> {
        self.policy.seen(&checkpoint.note).map_err(anyhow::Error::msg)
    }

    /// What pages say of this checkpoint's witnesses today.
    pub fn shown(&self, checkpoint: &Checkpoint) -> Witnesses {
        let seen = self.seen(checkpoint).unwrap_or_default();
        let now = jiff::Timestamp::now().as_second();
        let since = seen.since.and_then(|since| i64::try_from(since).ok());
        let day = since.and_then(|since| jiff::Timestamp::from_second(since).ok());
        let day = day.map(|day| day.to_zoned(jiff::tz::TimeZone::UTC).date().to_string()).unwrap_or_default();
        let stale = since.is_some_and(|since| now.saturating_sub(since) > A_DAY);
        Witnesses { have: seen.by.len() as u64, of: seen.of as u64, met: seen.met, stale, day }
    }

    /// Asks every witness that has an address, all at once, and keeps what holds. Gives who has cosigned by then.
    pub fn ask(&self, folder: &Path, ledger: &Ledger) -> Result<Seen> {
        let checkpoint = ledger.checkpoint();
        let known = self.storage.read(COSIGNED)?.and_then(|note| Checkpoint::open(&note, ledger.key()).ok());
        let addressed: Vec<&PolicyWitness> = self.policy.witnesses.iter().filter(|w| w.url.is_some()).collect();
        let known = known.as_ref();
        let answers: Vec<Result<Said>> = std::thread::scope(|scope| {
            let asked: Vec<_> =
                addressed.iter().map(|witness| scope.spawn(move || ask_one(witness, ledger, known))).collect();
            let join = |thread: std::thread::ScopedJoinHandle<'_, Result<Said>>| thread.join();
            asked.into_iter().map(|t| join(t).unwrap_or_else(|_| bail!("asking it failed"))).collect()
        });
        let (mut lines, mut contradicted) = (String::new(), false);
        for (witness, answer) in addressed.iter().zip(answers) {
            match answer {
                Ok(Said::Cosigned(line)) => lines += &line,
                Ok(Said::Contradicts(what)) => {
                    contradicted = true;
                    say(&format!("error: witness `{}`: {what}: this ledger was set back, or forked", witness.name));
                }
                Err(error) => say(&format!("warning: witness `{}`: {error:#}", witness.name)),
            }
        }
        let cosigned = self.cosigned(ledger, checkpoint)?;
        let cosigned = cosigned.cosigned(&lines, &self.keys()).map_err(anyhow::Error::msg)?;
        if !lines.is_empty() {
            self.keep(folder, &cosigned)?;
        }
        if contradicted {
            bail!(
                "a witness remembers another history; hint: compare with a mirror or backup before anything is written"
            );
        }
        self.seen(&cosigned)
    }

    /// Keeps a cosigned note of this log that came from elsewhere. Lines are counted only when they are looked at, by
    /// whatever policy there is then; a note that says nothing of witnesses is not kept.
    pub fn adopt(&self, folder: &Path, ledger: &Ledger, note: &[u8]) -> Result<()> {
        let served = Checkpoint::open(note, ledger.key()).map_err(anyhow::Error::msg)?;
        let more = signatures(&served.note).lines().count() > 1;
        if more && served.agrees(ledger.checkpoint()) { self.keep(folder, &served) } else { Ok(()) }
    }

    fn keep(&self, folder: &Path, cosigned: &Checkpoint) -> Result<()> {
        let storage = DirStorage::new(folder.join(FOLDER));
        let mut tx = storage.begin()?;
        let name = COSIGNED.trim_start_matches("witness/");
        let before = storage.read(name)?;
        tx.swap(name, before.as_deref(), cosigned.note.as_bytes())?;
        Ok(())
    }

    fn keys(&self) -> Vec<&ledger::WitnessKey> {
        self.policy.witnesses.iter().map(|witness| &witness.key).collect()
    }
}

/// Asks for cosignatures after an entry was appended. The entry stands whatever comes of it: failing is a warning.
pub fn after_append(folder: &Path, ledger: &Ledger) {
    let asked = Witnessing::of(folder).and_then(|witnessing| {
        let mut ledger = ledger.clone();
        ledger.refresh()?;
        Ok(if witnessing.has_witnesses() { Some(witnessing.ask(folder, &ledger)?) } else { None })
    });
    match asked {
        Ok(None) => {}
        Ok(Some(seen)) => tell(&seen),
        Err(error) => say(&format!("warning: UNWITNESSED: {error:#}")),
    }
}

/// Says who has cosigned.
pub fn tell(seen: &Seen) {
    let (have, of) = (seen.by.len(), seen.of);
    if seen.met {
        say(&format!("witnessed by {have} of {of}"));
    } else {
        let hint = "hint: try `counteratlas log cosign ATLAS` later";
        say(&format!(
            "warning: UNWITNESSED: {have} of {of} witnesses have cosigned, fewer than the policy wants; {hint}"
        ));
    }
}

/// What a witness says of the newest checkpoint.
enum Said {
    /// Its signature line.
    Cosigned(String),
    /// It has seen what does not fit, in words.
    Contradicts(String),
}

fn ask_one(witness: &PolicyWitness, ledger: &Ledger, known: Option<&Checkpoint>) -> Result<Said> {
    let (client, checkpoint) = (Client::new(), ledger.checkpoint());
    let url = format!("{}/add-checkpoint", base(witness.url.as_deref().unwrap_or_default())?);
    let cosigned = known.filter(|note| matches!(witness.key.time_in(&note.note), Ok(Some(_))));
    let mut old = cosigned.map_or(0, |note| note.size.min(checkpoint.size));
    for _ in 0..TRIES {
        let reply = client.post(&url, &request(ledger, old)?, LONGEST_ANSWER)?;
        match reply.status {
            200 => return checked(witness, checkpoint, reply.text()?).map(Said::Cosigned),
            409 => old = reply.text()?.trim_end().parse().context("it says no size")?,
            422 => return Ok(Said::Contradicts("it answers 422, what it saw is no beginning of this".into())),
            status => bail!("it answers {status}: {}", reply.text().unwrap_or_default().trim().escape_debug()),
        }
        if old > checkpoint.size {
            let size = checkpoint.size;
            return Ok(Said::Contradicts(format!("it has seen {old} entries of this log and here are {size}")));
        }
    }
    bail!("it keeps moving on; hint: does another program write to this log?")
}

fn request(ledger: &Ledger, old: u64) -> Result<String> {
    let proof = ledger.consistency_proof(old, ledger.checkpoint().size)?;
    Ok(format!("old {old}\n{}\n{}", proof.to_lines(), ledger.checkpoint().note))
}

fn checked(witness: &PolicyWitness, checkpoint: &Checkpoint, lines: &str) -> Result<String> {
    let cosigned = checkpoint.cosigned(lines, &[&witness.key]).map_err(anyhow::Error::msg)?;
    let time = witness.key.time_in(&cosigned.note).map_err(anyhow::Error::msg)?;
    time.context("its answer holds no signature by its key")?;
    Ok(lines.to_owned())
}

/// The signature lines of a note.
fn signatures(note: &str) -> String {
    note.rsplit_once("\n\n").map_or_else(String::new, |(_, lines)| lines.to_owned())
}

//! A bundle of plain files that a stranger reads in a browser and checks with `sha256sum` and Python alone.

use std::collections::{BTreeMap, BTreeSet};
use std::path::Path;

use anyhow::{Context, Result, bail};
use edition::{CaptureRecord, Edition};
use ledger::archive::{Blobs, Digest, zipped};
use ledger::{Checkpoint, Ledger, OperationId};
use model::{Form, OperationNumber, Piece, StampKind};
use ui::Lang;
use web::{Cover, Packed, STYLE, bundle_pages};

use super::chosen::quoting;
use super::{SOFTWARE, write_new};
use crate::args::Evidence;
use crate::atlas::{Atlas, now};
use crate::report::{out, say};
use crate::witnessing::Witnessing;

/// Our own two verifiers, which share no code with this program.
const VERIFY: &str = include_str!("../../../../../tools/verify/verify.py");
const CHECK: &str = include_str!("../../../../../tools/verify/bundle.py");
const README: &str = include_str!("readme.txt");

/// The files of a bundle by their paths.
type Files = BTreeMap<String, Vec<u8>>;

/// Makes the bundle.
pub fn pack(args: &Evidence, atlas: &Atlas, edition: &Edition, chosen: &[&CaptureRecord]) -> Result<bool> {
    if args.target.exists() {
        bail!("can't make `{}`: it is there already", args.target.display());
    }
    let mut bundle = Bundle { archive: atlas.archive(), files: Files::new(), proved: BTreeSet::new(), missing: 0 };
    let mut packed = Vec::new();
    let mut proofs: BTreeSet<OperationNumber> = BTreeSet::new();
    for record in chosen {
        packed.push(bundle.capture(record)?);
        proofs.insert(record.number);
        proofs.extend(record.stamps.iter().map(|(number, _)| *number));
        proofs.extend(quoting(edition, record.capture.source.as_ref()));
    }
    if packed.is_empty() {
        bail!("nothing was captured of these sources");
    }
    let ledger = atlas.ledger()?;
    let checkpoint = Witnessing::of(atlas.folder())?.cosigned(&ledger, ledger.checkpoint())?;
    bundle.proofs(&ledger, &checkpoint, &proofs)?;
    let lang = if args.lang == "en" { Lang::En } else { Lang::ZhHans };
    let (log, made) = (checkpoint.origin.clone(), now());
    let cover = Cover { lang, atlas: &atlas.settings.name, log: &log, made: &made };
    let pages = bundle_pages(edition, &cover, &packed, &atlas.texts());
    bundle.files.extend(pages.into_iter().map(|(path, text)| (path, text.into_bytes())));
    bundle.told(&ledger, &log, &made)?;
    let sums = bundle.sums();
    written(&args.target, &bundle.files)?;
    let (count, missing) = (packed.len(), bundle.missing);
    say(&format!("packed {count} captures into `{}`; {missing} pieces are not held here", args.target.display()));
    out(&sums.to_string());
    Ok(missing == 0)
}

struct Bundle {
    archive: Blobs,
    files: Files,
    /// Which file the value of which operation names by its digest.
    proved: BTreeSet<(String, OperationNumber)>,
    missing: usize,
}

impl Bundle {
    /// Adds what anyone may have of a capture.
    fn capture(&mut self, record: &CaptureRecord) -> Result<Packed> {
        let (capture, number) = (&record.capture, record.number);
        let mut packed = Packed { capture: number, files: Vec::new(), picture: None };
        let kept = match capture.form {
            Form::Fetched => Some(("archive-kept-file", "fetched", "warc.gz")),
            Form::Open => Some(("archive-kept-file", "originals", "original")),
            Form::File | Form::Archive | Form::Withheld | Form::Sealed | Form::Spent => None,
        };
        let kept = kept.map(|(key, folder, ending)| (key, folder, ending, capture.kept, number));
        let text = capture.text.map(|piece| ("archive-text-file", "texts", "text", piece, number));
        let picture = capture
            .picture
            .map(|picture| ("archive-picture-file", "pictures", picture.paint.word(), picture.piece, number));
        let stamps = record.stamps.iter().map(|(number, stamp)| {
            let ending = if stamp.scheme == StampKind::Rfc3161 { "tsr" } else { "ots" };
            ("archive-stamp-file", "stamps", ending, stamp.piece, *number)
        });
        for (key, folder, ending, piece, by) in kept.into_iter().chain(text).chain(picture).chain(stamps) {
            let path = format!("{folder}/{}.{ending}", piece.hex());
            if self.piece(&path, piece, by)? {
                packed.picture = if folder == "pictures" { Some(path.clone()) } else { packed.picture };
                packed.files.push((key, path));
            }
        }
        packed.files.push(("packet-proof", format!("proofs/{number}.tlog-proof")));
        Ok(packed)
    }

    /// Adds a piece; false if its bytes are not here.
    fn piece(&mut self, path: &str, piece: Piece, by: OperationNumber) -> Result<bool> {
        let Some(bytes) = self.archive.get(&Digest(piece.digest))? else {
            self.missing += 1;
            return Ok(false);
        };
        self.files.insert(path.to_owned(), bytes);
        self.proved.insert((path.to_owned(), by));
        Ok(true)
    }

    fn proofs(&mut self, ledger: &Ledger, checkpoint: &Checkpoint, all: &BTreeSet<OperationNumber>) -> Result<()> {
        for number in all {
            let id = OperationId { entry: number.entry.into(), operation: number.operation };
            let text = ledger.operation_proof(id)?.to_text(checkpoint);
            self.files.insert(format!("proofs/{}", id.proof_file()), text.into_bytes());
        }
        Ok(())
    }

    /// Adds what says how all this is checked.
    fn told(&mut self, ledger: &Ledger, log: &str, made: &str) -> Result<()> {
        let line = |(path, by): &(String, OperationNumber)| format!("{path}\tproofs/{by}.tlog-proof\n");
        let proved: String = self.proved.iter().map(line).collect();
        let readme = README.replace("{log}", log).replace("{made}", made).replace("{software}", SOFTWARE);
        let turns: Vec<String> = ledger.turns()?.into_iter().map(|turn| turn.note).collect();
        let texts = [("PROVED.tsv", proved.as_str()), ("README.txt", &readme), ("style.css", STYLE)];
        let scripts = [("verify.py", VERIFY), ("check.py", CHECK)];
        for (path, text) in texts.into_iter().chain(scripts) {
            self.files.insert(path.into(), text.as_bytes().to_vec());
        }
        self.files.insert("key.pub".into(), format!("{}\n", ledger.key()).into_bytes());
        if !turns.is_empty() {
            self.files.insert("turns".into(), turns.join("\n").into_bytes());
        }
        Ok(())
    }

    /// Adds the digests of all files, as `sha256sum -c` reads them, and gives the digest of that list.
    fn sums(&mut self) -> Digest {
        let line = |(path, bytes): (&String, &Vec<u8>)| format!("{}  {path}\n", Digest::of(bytes));
        let sums: String = self.files.iter().map(line).collect();
        let digest = Digest::of(sums.as_bytes());
        self.files.insert("SHA256SUMS".into(), sums.into_bytes());
        digest
    }
}

fn written(target: &Path, files: &Files) -> Result<()> {
    if target.extension().is_some_and(|ending| ending.eq_ignore_ascii_case("zip")) {
        return write_new(target, &zipped(files));
    }
    for (path, bytes) in files {
        let place = target.join(path);
        let folder = place.parent().context("invariant: every file lies in the bundle")?;
        std::fs::create_dir_all(folder).with_context(|| format!("can't make `{}`", folder.display()))?;
        write_new(&place, bytes)?;
    }
    Ok(())
}

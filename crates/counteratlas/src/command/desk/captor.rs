//! The desk's captures: asked for as `capture` does, and made part of the record once two persons have accepted them.

use anyhow::{Context, Result, bail};
use desk::Taken;
use desk::accounts::Role;
use desk::capture::PUBLIC_MESSAGE;
use edition::State;
use ledger::archive::Blobs;
use model::{CaptureText, Id, Operation, OperationNumber};

use super::writer::AtlasWriter;
use crate::command::capture::{Came, Crew, Wanted, anchors, taken, test_web};
use crate::report::say;

/// Asks for an address. Why nothing came is told to the operator alone.
pub fn take(writer: &AtlasWriter, url: &str) -> Result<Taken> {
    let manners = &writer.manners;
    let mut crew = Crew::new(manners, test_web(manners, &writer.atlas)?)?;
    let wanted = [Wanted { url: url.to_owned(), source: None }];
    let mut came = None;
    crew.work(&wanted, |_, what| {
        came = Some(what);
        Ok(())
    })?;
    let (fetched, document) = match came {
        Some(Came::Received(fetched, document)) => (fetched, document),
        Some(Came::Nothing(why)) => {
            say(&format!("{url}: {why}"));
            bail!(PUBLIC_MESSAGE)
        }
        None => bail!(PUBLIC_MESSAGE),
    };
    let taken = taken(&wanted[0], *fetched, document, manners);
    let text = taken.words.as_ref().map(CaptureText::to_bytes).unwrap_or_default();
    let operation = Operation::Capture(Box::new(taken.capture)).to_bytes();
    Ok(Taken { operation, text, bytes: taken.bytes, note: taken.note })
}

/// Bytes first, then the operations that name them; nothing if the same bytes are the source's already.
pub fn keep(writer: &AtlasWriter, source: &Id, taken: &Taken) -> Result<()> {
    let kind = Operation::CAPTURE;
    let Operation::Capture(mut capture) = Operation::from_bytes(kind, &taken.operation)? else {
        bail!("what is held is no capture");
    };
    capture.source = Some(source.clone());
    let words = CaptureText::from_bytes(&taken.text);
    let archive = writer.atlas.archive();
    put(&archive, taken)?;
    let work = |state: &State| {
        if state.captures_of(source.as_str()).any(|known| known.capture.kept == capture.kept) {
            return Vec::new();
        }
        let quotes = state.quotes().filter(|(of, ..)| *of == source);
        let quotes: Vec<(OperationNumber, &str)> =
            quotes.map(|(_, evidence, quote)| (evidence, quote.text())).collect();
        let quoted = words.iter().flat_map(|words| anchors(words, quotes.iter().copied(), 0));
        std::iter::once(Operation::Capture(capture.clone())).chain(quoted).collect()
    };
    writer.write(Role::Approver.word(), &[], &work)?;
    // Another process may have destroyed a capture of the same bytes between the two.
    put(&archive, taken)
}

fn put(archive: &Blobs, taken: &Taken) -> Result<()> {
    let bytes: Vec<&[u8]> = taken.bytes.iter().map(Vec::as_slice).collect();
    archive.put(&bytes).map(drop).context("the archive can't be written")
}

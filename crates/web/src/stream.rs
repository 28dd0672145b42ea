//! Bodies that are written while they are sent: a thread writes, a small queue holds it back, the client reads.

use std::io::{self, Write};
use std::pin::Pin;
use std::sync::LazyLock;
use std::task::{Context, Poll};
use std::time::Duration;

use axum::body::{Body, Bytes};
use futures_core::Stream;
use tokio::runtime::Handle;
use tokio::sync::mpsc::{Receiver, Sender, channel};

use crate::picture::Gate;

/// What writes a body.
pub(crate) type Writer = Box<dyn FnOnce(&mut (dyn Write + Send)) -> io::Result<()> + Send>;

/// Bytes that travel together.
const PIECE: usize = 64 << 10;

/// The base-2 logarithm of the brotli window: 256 KiB, which is many rows of any table.
const WINDOW: u32 = 18;

/// Pieces that wait for a slow client.
const QUEUE: usize = 4;

/// A client that takes nothing for so long is given up.
const PATIENCE: Duration = Duration::from_secs(30);

/// Bodies written at once, and how many more may wait to begin.
static GATE: LazyLock<Gate> = LazyLock::new(|| Gate::new(16, 64));

/// A body that `write` writes, in brotli of this quality if one is given. Needs a running runtime.
pub(crate) fn body(write: Writer, brotli: Option<u32>) -> Body {
    let (send, pieces) = channel(QUEUE);
    let handle = Handle::current();
    tokio::task::spawn_blocking(move || {
        let mut sink = Sink { send, handle, piece: Vec::with_capacity(PIECE) };
        let done = match GATE.enter() {
            Some(_pass) => run(write, &mut sink, brotli),
            None => Err(io::Error::other("too many large answers at once")),
        };
        // Without its last word a client can tell a torn body from a whole one: the connection breaks.
        let last = done.and_then(|()| sink.flush()).map(|()| Piece::End).unwrap_or_else(Piece::Torn);
        let _ = sink.push(last);
    });
    Body::from_stream(Pieces { pieces, ended: false })
}

fn run(write: Writer, sink: &mut Sink, brotli: Option<u32>) -> io::Result<()> {
    let Some(quality) = brotli else { return write(sink) };
    let mut packed = brotli::CompressorWriter::new(sink, PIECE, quality, WINDOW);
    write(&mut packed)?;
    packed.flush()?;
    drop(packed);
    Ok(())
}

enum Piece {
    Some(Bytes),
    End,
    Torn(io::Error),
}

/// Where a body is written to.
struct Sink {
    send: Sender<Piece>,
    handle: Handle,
    piece: Vec<u8>,
}

impl Sink {
    fn push(&self, piece: Piece) -> io::Result<()> {
        let sent = self.handle.block_on(async { tokio::time::timeout(PATIENCE, self.send.send(piece)).await });
        sent.map_err(|_| io::Error::from(io::ErrorKind::TimedOut))?.map_err(|_| io::ErrorKind::BrokenPipe.into())
    }
}

impl Write for Sink {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        self.piece.extend_from_slice(bytes);
        if self.piece.len() >= PIECE {
            self.flush()?;
        }
        Ok(bytes.len())
    }

    fn flush(&mut self) -> io::Result<()> {
        if self.piece.is_empty() {
            return Ok(());
        }
        let piece = std::mem::replace(&mut self.piece, Vec::with_capacity(PIECE));
        self.push(Piece::Some(piece.into()))
    }
}

/// What the client reads.
struct Pieces {
    pieces: Receiver<Piece>,
    ended: bool,
}

impl Stream for Pieces {
    type Item = io::Result<Bytes>;

    fn poll_next(mut self: Pin<&mut Self>, context: &mut Context<'_>) -> Poll<Option<Self::Item>> {
        if self.ended {
            return Poll::Ready(None);
        }
        self.pieces.poll_recv(context).map(|piece| match piece {
            Some(Piece::Some(bytes)) => Some(Ok(bytes)),
            Some(Piece::End) => {
                self.ended = true;
                None
            }
            torn => {
                self.ended = true;
                let why = if let Some(Piece::Torn(error)) = torn { error } else { io::ErrorKind::UnexpectedEof.into() };
                Some(Err(why))
            }
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use axum::body::to_bytes;

    fn read(write: Writer, brotli: Option<u32>) -> Result<Bytes, axum::Error> {
        let runtime = tokio::runtime::Builder::new_current_thread().enable_time().build().expect("a runtime");
        runtime.block_on(async { to_bytes(body(write, brotli), usize::MAX).await })
    }

    fn many(out: &mut (dyn Write + Send)) -> io::Result<()> {
        (0..40_000).try_for_each(|n| writeln!(out, "line {n}"))
    }

    #[test]
    fn every_byte_arrives_plain_and_packed() {
        let mut wanted = Vec::new();
        many(&mut wanted).expect("memory takes every byte");
        assert_eq!(read(Box::new(many), None).expect("whole"), wanted);
        let (packed, mut back) = (read(Box::new(many), Some(4)).expect("whole"), Vec::new());
        brotli::BrotliDecompress(&mut &packed[..], &mut back).expect("our own bytes");
        assert!(back == wanted && packed.len() * 5 < wanted.len());
    }

    #[test]
    fn a_body_that_could_not_be_written_whole_is_no_body() {
        let torn = |out: &mut (dyn Write + Send)| {
            many(out)?;
            Err(io::Error::other("the disk is gone"))
        };
        assert!(read(Box::new(torn), None).is_err());
        assert!(read(Box::new(|_| panic!("a defect")), None).is_err());
    }
}

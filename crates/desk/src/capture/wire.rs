//! How a job goes to the fetcher's process, and what it hands back: bytes that cannot be misread, for the one who reads
//! them does not trust the one who wrote them.

use std::net::SocketAddr;
use std::time::Duration;

use ledger::archive::Digest;
use model::{CanonicalError, Grade, Reader, Robots, Writer};

use super::exchange::Limits;
use super::fetch::{Fetched, Job};

/// A job and the addresses that the guard lets through beside the public ones.
pub fn write_job(job: &Job, exceptions: &[SocketAddr]) -> Vec<u8> {
    let mut w = Writer::new();
    w.text(&job.url).text(&job.vantage).u32(number(job.requisites)).u32(number(job.redirects)).u64(job.decoded);
    w.u32(number(job.limits.bytes)).u32(millis(job.limits.connect)).u32(millis(job.limits.total));
    w.list(exceptions, |w, address| {
        w.text(&address.to_string());
    });
    w.list(&job.own, |w, word| {
        w.text(word);
    });
    w.into_bytes()
}

/// Reads what [`write_job`] wrote.
pub fn read_job(bytes: &[u8]) -> Result<(Job, Vec<SocketAddr>), CanonicalError> {
    let mut r = Reader::new(bytes);
    let job = Job {
        url: r.text()?.into(),
        vantage: r.text()?.into(),
        requisites: r.u32()? as usize,
        redirects: r.u32()? as usize,
        decoded: r.u64()?,
        limits: Limits {
            bytes: r.u32()? as usize,
            connect: Duration::from_millis(r.u32()?.into()),
            total: Duration::from_millis(r.u32()?.into()),
        },
        own: Vec::new(),
    };
    let exceptions = r.list(|r| r.text()?.parse().map_err(|_| r.meaning("an address")))?;
    let job = Job { own: r.list(|r| Ok(r.text()?.into()))?, ..job };
    r.finish()?;
    Ok((job, exceptions))
}

/// What came of a job, without its text: that is read by another process.
pub fn write_fetched(fetched: &Fetched) -> Vec<u8> {
    let mut w = Writer::new();
    w.bytes(&fetched.warc).text(&fetched.at).u8(fetched.grade as u8).text(&fetched.reason).text(&fetched.final_url);
    w.u16(fetched.status).text(&fetched.media_type).text(&fetched.charset).text(&fetched.address);
    w.option(fetched.certificates.as_ref(), |w, digest| {
        w.fixed(&digest.0);
    });
    w.bytes(&fetched.body).u8(fetched.robots as u8).u32(number(fetched.asked)).u32(number(fetched.missing));
    w.text(&fetched.trouble).u8(fetched.shows_us.into());
    w.into_bytes()
}

/// Reads what [`write_fetched`] wrote.
pub fn read_fetched(bytes: &[u8]) -> Result<Fetched, CanonicalError> {
    let mut r = Reader::new(bytes);
    let fetched = Fetched {
        warc: r.bytes()?.to_vec(),
        at: short(&mut r, 20)?,
        grade: word(&mut r, Grade::ALL)?,
        reason: short(&mut r, 40)?,
        final_url: short(&mut r, LONGEST_URL)?,
        status: r.u16()?,
        media_type: short(&mut r, 200)?,
        charset: short(&mut r, 100)?,
        address: short(&mut r, 60)?,
        certificates: r.option(|r| r.array().map(Digest))?,
        body: r.bytes()?.to_vec(),
        robots: word(&mut r, Robots::ALL)?,
        asked: r.u32()? as usize,
        missing: r.u32()? as usize,
        trouble: short(&mut r, 1000)?,
        shows_us: word(&mut r, &[false, true])?,
    };
    r.finish()?;
    Ok(fetched)
}

/// The longest address that is kept.
pub const LONGEST_URL: usize = 8000;

fn word<T: Copy>(r: &mut Reader<'_>, all: &[T]) -> Result<T, CanonicalError> {
    let number = r.u8()?;
    all.get(usize::from(number)).copied().ok_or_else(|| r.meaning("a word"))
}

/// A text without control characters, cut to a length: it goes into the ledger and to a terminal.
fn short(r: &mut Reader<'_>, most: usize) -> Result<String, CanonicalError> {
    let plain = r.text()?.chars().filter(|c| !c.is_control());
    let mut length = 0;
    let kept = plain.take_while(|c| {
        length += c.len_utf8();
        length <= most
    });
    Ok(kept.collect())
}

fn number(count: usize) -> u32 {
    u32::try_from(count).unwrap_or(u32::MAX)
}

fn millis(time: Duration) -> u32 {
    u32::try_from(time.as_millis()).unwrap_or(u32::MAX)
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    #[test]
    fn a_job_and_what_came_of_it_read_back() {
        let own = vec!["203.0.113.9".into()];
        let job = Job { vantage: "IE".into(), requisites: 7, own, ..Job::new("https://example.org/a?b") };
        let exceptions = vec!["127.0.0.1:8000".parse().unwrap(), "[::1]:9".parse().unwrap()];
        let (read, around) = read_job(&write_job(&job, &exceptions)).unwrap();
        assert_eq!((format!("{read:?}"), around), (format!("{job:?}"), exceptions));
        let fetched = Fetched {
            warc: vec![1, 2],
            at: "2026-11-22T03:00:00Z".into(),
            grade: Grade::Wall,
            reason: "bot".into(),
            final_url: "https://example.org/x".into(),
            status: 403,
            media_type: "text/html".into(),
            charset: "gbk".into(),
            address: "192.0.2.1".into(),
            certificates: Some(Digest([7; 32])),
            body: b"no".to_vec(),
            robots: Robots::Disallowed,
            asked: 3,
            missing: 1,
            trouble: String::new(),
            shows_us: true,
        };
        assert_eq!(read_fetched(&write_fetched(&fetched)).unwrap(), fetched);
        let loud = Fetched { trouble: format!("\u{1b}[31m{}", "é".repeat(900)), ..fetched.clone() };
        let read = read_fetched(&write_fetched(&loud)).unwrap();
        assert_eq!(read.trouble, format!("[31m{}", "é".repeat(498)));
        assert!(read_fetched(&[write_fetched(&fetched), vec![0]].concat()).is_err());
    }

    proptest! {
        #[test]
        fn no_bytes_panic(bytes in prop::collection::vec(any::<u8>(), 0..300)) {
            let _ = read_fetched(&bytes);
            let _ = read_job(&bytes);
        }
    }
}

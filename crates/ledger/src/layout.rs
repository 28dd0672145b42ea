//! Where every file of a ledger lies: the C2SP tlog-tiles paths under `log/`, the segments under `segments/`.

use std::fmt;

/// The folder of the checkpoint, the key and the tiles.
pub(crate) const LOG: &str = "log/";
/// The folder of the operations.
pub(crate) const SEGMENTS: &str = "segments/";

/// The most entries that are appended under one checkpoint: so many may lie beyond it if their writer died.
pub(crate) const GROUP: u64 = 256;

/// A file of a ledger, by what it holds.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) enum File {
    Checkpoint,
    Key,
    /// Entries `256 * index ..` of the log.
    Bundle {
        index: u64,
        width: u16,
    },
    /// Hashes of the log's tree at height `8 * level`.
    Tile {
        level: u8,
        index: u64,
        width: u16,
    },
    /// Operations of an entry from number `first` on.
    Segment {
        entry: u64,
        first: u32,
    },
}

impl File {
    /// What lies at this path; `None` for any path that no ledger has.
    pub(crate) fn parse(path: &str) -> Option<Self> {
        let file = Self::guess(path)?;
        (file.to_string() == path).then_some(file)
    }

    /// How many hashes or entries a tile or bundle has.
    pub fn width(self) -> Option<u16> {
        match self {
            Self::Bundle { width, .. } | Self::Tile { width, .. } => Some(width),
            Self::Checkpoint | Self::Key | Self::Segment { .. } => None,
        }
    }

    /// The full form of a tile or bundle.
    pub fn full(self) -> Self {
        match self {
            Self::Bundle { index, .. } => Self::Bundle { index, width: 256 },
            Self::Tile { level, index, .. } => Self::Tile { level, index, width: 256 },
            other => other,
        }
    }

    fn guess(path: &str) -> Option<Self> {
        if let Some(path) = path.strip_prefix("segments/") {
            let (number, first) = path.strip_suffix(".seg")?.rsplit_once('-')?;
            return Some(Self::Segment { entry: parse_number(number)?, first: first.parse().ok()? });
        }
        let Some(path) = path.strip_prefix("log/tile/") else {
            return [Self::Checkpoint, Self::Key].into_iter().find(|file| file.to_string() == path);
        };
        let (kind, path) = path.split_once('/')?;
        let (number, width) = match path.split_once(".p/") {
            Some((number, width)) => (number, width.parse().ok().filter(|width| (1..256).contains(width))?),
            None => (path, 256),
        };
        let index = parse_number(number)?;
        match kind {
            "entries" => Some(Self::Bundle { index, width }),
            level => Some(Self::Tile { level: level.parse().ok()?, index, width }),
        }
    }
}

impl fmt::Display for File {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match *self {
            Self::Checkpoint => f.write_str("log/checkpoint"),
            Self::Key => f.write_str("log/key.pub"),
            Self::Bundle { index, width } => write!(f, "log/tile/entries/{}{}", number(index), part(width)),
            Self::Tile { level, index, width } => {
                write!(f, "log/tile/{level}/{}{}", number(index), part(width))
            }
            Self::Segment { entry, first } => write!(f, "segments/{}-{first:010}.seg", number(entry)),
        }
    }
}

/// How many hashes (or entries, at level 0) the tile of this index has in a log of `size` entries; at most 256.
pub(crate) fn width(size: u64, level: u8, index: u64) -> u16 {
    let hashes = size.checked_shr(8 * u32::from(level)).unwrap_or(0);
    hashes.saturating_sub(index * 256).min(256) as u16
}

/// A number in groups of three digits, all but the last marked with an `x`: 1234067 is `x001/x234/067`.
fn number(n: u64) -> String {
    let mut text = format!("{:03}", n % 1000);
    let mut rest = n / 1000;
    while rest > 0 {
        text = format!("x{:03}/{text}", rest % 1000);
        rest /= 1000;
    }
    text
}

fn parse_number(text: &str) -> Option<u64> {
    let groups = text.split('/').map(|group| group.strip_prefix('x').unwrap_or(group));
    groups
        .map(|group| group.parse::<u64>().ok().filter(|n| *n < 1000))
        .try_fold(0u64, |sum, group| sum.checked_mul(1000)?.checked_add(group?))
}

fn part(width: u16) -> String {
    if width == 256 { String::new() } else { format!(".p/{width}") }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn paths_are_those_of_the_specification() {
        assert_eq!(number(1234067), "x001/x234/067");
        let of = |file: File| file.to_string();
        assert_eq!(of(File::Tile { level: 0, index: 273, width: 112 }), "log/tile/0/273.p/112");
        assert_eq!(of(File::Tile { level: 1, index: 0, width: 256 }), "log/tile/1/000");
        assert_eq!(of(File::Bundle { index: 1000, width: 1 }), "log/tile/entries/x001/000.p/1");
        assert_eq!(of(File::Segment { entry: 1234067, first: 99 }), "segments/x001/x234/067-0000000099.seg");
    }

    #[test]
    fn every_path_is_read_back_and_no_other_spelling_is() {
        for n in [0, 7, 999, 1000, 999_999, 1_000_000, 1_234_067_890, u64::MAX] {
            for file in [
                File::Checkpoint,
                File::Key,
                File::Bundle { index: n, width: 256 },
                File::Tile { level: 3, index: n, width: 255 },
                File::Segment { entry: n, first: 4_000_000_000 },
            ] {
                assert_eq!(File::parse(&file.to_string()), Some(file));
            }
        }
        for path in [
            "log/checkpoint.tmp",
            "log/tile/0/000.p/256",
            "log/tile/0/000.p/0",
            "log/tile/00/000",
            "log/tile/0/1",
            "log/tile/0/001/000",
            "log/tile/0/x000/001",
            "log/tile/other/000",
            "segments/000-1.seg",
            "segments/000-0000000000",
        ] {
            assert_eq!(File::parse(path), None, "{path}");
        }
    }

    #[test]
    fn widths_are_those_of_the_specification_s_log_of_70000_entries() {
        assert_eq!([width(70_000, 0, 272), width(70_000, 0, 273), width(70_000, 0, 274)], [256, 112, 0]);
        assert_eq!([width(70_000, 1, 0), width(70_000, 1, 1), width(70_000, 2, 0)], [256, 17, 1]);
        assert_eq!([width(256, 0, 0), width(256, 1, 0), width(u64::MAX, 8, 0)], [256, 1, 0]);
    }
}

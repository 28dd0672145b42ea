//! Pictures that were drawn lately, so that each is drawn once: they follow from edition, filter and look alone.

use std::collections::VecDeque;
use std::sync::{Mutex, PoisonError};

use axum::body::Bytes;

/// So many bytes of pictures are kept; then the oldest go.
const ROOM: usize = 24 << 20;

/// The pictures of one edition.
#[derive(Debug, Default)]
pub(crate) struct Store {
    kept: Mutex<VecDeque<(String, Bytes)>>,
}

impl Store {
    /// The picture of this name, if it is kept.
    pub fn get(&self, name: &str) -> Option<Bytes> {
        let kept = self.kept.lock().unwrap_or_else(PoisonError::into_inner);
        kept.iter().find(|(other, _)| other == name).map(|(_, bytes)| bytes.clone())
    }

    /// Keeps a picture.
    pub fn put(&self, name: String, bytes: Bytes) {
        let mut kept = self.kept.lock().unwrap_or_else(PoisonError::into_inner);
        kept.push_back((name, bytes));
        let mut size: usize = kept.iter().map(|(name, bytes)| name.len() + bytes.len()).sum();
        while size > ROOM {
            let Some((name, bytes)) = kept.pop_front() else { break };
            size -= name.len() + bytes.len();
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_oldest_go_when_there_is_no_room() {
        let store = Store::default();
        for name in ["a", "b", "c"] {
            store.put(name.into(), vec![0; ROOM / 2 - 100].into());
        }
        assert!(store.get("a").is_none() && store.get("b").is_some() && store.get("c").is_some());
    }
}

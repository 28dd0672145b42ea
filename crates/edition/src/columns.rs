//! The columns file: every link of an edition as bytes that a browser fetches once and then
//! filters, counts and clusters without asking anyone.
//!
//! Three kinds of file belong together and share one content name: the columns, the names that
//! their indices refer to, and the link ids in chunks. `docs/columns-format.md` is their contract
//! with `browser/src/decode.ts` and with anyone else's program.

mod decode;
mod encode;
mod layout;
mod names;

pub use decode::{ColumnsError, decode};
pub use encode::encode;
pub use names::{Choice, Country, Dictionaries, ItemName, names};

use crate::rows::Rows;
use sha2::{Digest, Sha256};

/// Rows in one chunk of link ids.
pub const CHUNK: usize = 4096;

/// What an edition publishes of its rows; the same rows and names give the same bytes.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Published {
    /// Content name of all the parts: 32 hexadecimal digits.
    pub name: String,
    /// `/columns/{name}.bin`, not compressed.
    pub columns: Vec<u8>,
    /// `/columns/{name}/names.json`.
    pub names: Vec<u8>,
    /// `/columns/{name}/ids/{chunk}.json`: chunk k holds the ids of rows k·4096 and following.
    pub ids: Vec<Vec<u8>>,
}

/// Lays out all parts. `items` stands in the order of record numbers, `id` gives a link's id by
/// its record number.
pub fn publish<'a>(
    rows: &Rows,
    dictionaries: &Dictionaries,
    items: &[ItemName<'a>],
    id: impl Fn(u32) -> &'a str,
) -> Published {
    let (columns, names) = (encode(rows), names(rows, dictionaries, items));
    let ids: Vec<Vec<u8>> = rows.link.chunks(CHUNK).map(|links| id_chunk(links, &id)).collect();
    let parts = [&columns, &names].into_iter().chain(&ids);
    Published { name: content_name(parts), columns, names, ids }
}

fn id_chunk<'a>(links: &[u32], id: impl Fn(u32) -> &'a str) -> Vec<u8> {
    let ids: Vec<&str> = links.iter().map(|link| id(*link)).collect();
    serde_json::to_vec(&ids).expect("texts are always JSON")
}

fn content_name<'a>(parts: impl Iterator<Item = &'a Vec<u8>>) -> String {
    let mut hash = Sha256::new();
    hash.update(b"counteratlas columns 1\n");
    for part in parts {
        hash.update((part.len() as u64).to_be_bytes());
        hash.update(part);
    }
    hash.finalize().iter().take(16).map(|byte| format!("{byte:02x}")).collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::rows::tests::{SIZES, link, links};
    use crate::rows::{ItemColumn, RowInput};
    use proptest::prelude::*;

    fn named(rows: &Rows) -> Published {
        let items = vec![ItemName { id: "i", en: "Item", zh: "" }; rows.items.len()];
        publish(rows, &Dictionaries::default(), &items, |_| "l")
    }

    #[test]
    fn ids_come_in_chunks_of_4096() {
        let many: Vec<_> = (0..4100).map(|n| RowInput { link: n, ..link("a") }).collect();
        let rows = Rows::build(&many, vec![ItemColumn::default(); 2], SIZES);
        let counts: Vec<usize> =
            named(&rows).ids.iter().map(|chunk| serde_json::from_slice::<Vec<String>>(chunk).unwrap().len()).collect();
        assert_eq!(counts, [4096, 4]);
    }

    #[test]
    fn the_name_changes_with_any_part() {
        let rows = Rows::build(&[link("a")], vec![ItemColumn::default(); 2], SIZES);
        let items = vec![ItemName { id: "i", en: "Item", zh: "" }; 2];
        let renamed = publish(&rows, &Dictionaries::default(), &items, |_| "other");
        assert_ne!(renamed.name, named(&rows).name);
        assert_eq!(renamed.columns, named(&rows).columns);
        assert_eq!(renamed.name.len(), 32);
    }

    proptest! {
        #[test]
        fn decoding_gives_back_every_column((links, items) in links()) {
            let numbered: Vec<_> = links.into_iter().zip(0..).map(|(l, n)| RowInput { link: n, ..l }).collect();
            let rows = Rows::build(&numbered, items, SIZES).marked(|link| link % 3 == 1, |item| item == 1);
            let decoded = decode(&encode(&rows)).unwrap();
            let order = rows.item_order();
            let named = |numbers: &[u32]| numbers.iter().map(|n| order[*n as usize]).collect::<Vec<_>>();
            prop_assert_eq!(named(&decoded.subject), rows.subject.clone());
            prop_assert_eq!(named(&decoded.object), rows.object.clone());
            let expected = Rows {
                link: (0..rows.len() as u32).collect(),
                subject: decoded.subject.clone(),
                object: decoded.object.clone(),
                items: vec![ItemColumn::default(); rows.items.len()],
                collective: Vec::new(),
                sizes: decoded.sizes,
                ..rows
            };
            prop_assert_eq!(decoded, expected);
        }

        #[test]
        fn damaged_bytes_are_refused_or_read_but_never_a_panic(
            (links, items) in links(), at in any::<proptest::sample::Index>(), bit in 0..8u8, cut in any::<proptest::sample::Index>()
        ) {
            let mut bytes = encode(&Rows::build(&links, items, SIZES));
            let flipped = at.index(bytes.len());
            bytes[flipped] ^= 1 << bit;
            let _ = decode(&bytes);
            prop_assert!(decode(&bytes[..cut.index(bytes.len())]).is_err());
        }
    }
}

//! The names file: what the indices of the columns are called, in both languages.

use crate::rows::Rows;
use model::FilterKey;
use serde::Serialize;

/// One choice of a dictionary.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize)]
pub struct Choice {
    /// Its id, as a filter names it.
    pub id: String,
    /// English label.
    pub en: String,
    /// Label in Simplified Chinese; empty if there is none.
    pub zh: String,
    /// Name of its icon in the sprite; empty if it has none.
    #[serde(skip_serializing_if = "String::is_empty")]
    pub icon: String,
    /// CSS colour; empty if it has none.
    #[serde(skip_serializing_if = "String::is_empty")]
    pub colour: String,
    /// The group it belongs to, which gives its shape on the map; empty if it has none.
    #[serde(skip_serializing_if = "String::is_empty")]
    pub group: String,
}

/// A country and where its badge stands, which is never where a fact is.
#[derive(Debug, Clone, PartialEq, Default, Serialize)]
pub struct Country {
    /// Its code.
    pub id: String,
    /// English name.
    pub en: String,
    /// Name in Simplified Chinese.
    pub zh: String,
    /// Longitude of the badge in degrees.
    pub lon: f64,
    /// Latitude of the badge in degrees.
    pub lat: f64,
}

/// The dictionaries, each in the order that its indices count.
#[derive(Debug, Clone, PartialEq, Default, Serialize)]
#[serde(rename_all = "kebab-case")]
pub struct Dictionaries {
    /// Item kinds.
    pub item_kind: Vec<Choice>,
    /// Link types; the label is the verb from subject to object.
    pub link: Vec<Choice>,
    /// Categories.
    pub category: Vec<Choice>,
    /// Topics.
    pub topic: Vec<Choice>,
    /// Lists, by their item ids.
    pub list: Vec<Choice>,
    /// Statuses.
    pub status: Vec<Choice>,
    /// Confidences.
    pub confidence: Vec<Choice>,
    /// Precisions.
    pub precision: Vec<Choice>,
    /// Countries.
    pub country: Vec<Country>,
}

impl Dictionaries {
    /// The index of a choice among those of its key; `None` also for keys without a dictionary.
    pub fn number(&self, key: FilterKey, id: &str) -> Option<u32> {
        if key == FilterKey::Country {
            return self.country.iter().position(|country| country.id == id).map(|index| index as u32);
        }
        self.choices(key).iter().position(|choice| choice.id == id).map(|index| index as u32)
    }

    /// The choices of a key; empty for `country` and for keys without a dictionary.
    pub fn choices(&self, key: FilterKey) -> &[Choice] {
        match key {
            FilterKey::ItemKind => &self.item_kind,
            FilterKey::Link => &self.link,
            FilterKey::Category => &self.category,
            FilterKey::Topic => &self.topic,
            FilterKey::List => &self.list,
            FilterKey::Status => &self.status,
            FilterKey::Confidence => &self.confidence,
            FilterKey::Precision => &self.precision,
            _ => &[],
        }
    }
}

/// What an item is called.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct ItemName<'a> {
    /// Its id.
    pub id: &'a str,
    /// The name for readers of English.
    pub en: &'a str,
    /// The name for readers of Chinese; empty if it is the English one.
    pub zh: &'a str,
}

/// The names file: JSON, items in the numbering of the columns file. `items` stands in the order
/// of record numbers and is as long as `rows.items`.
pub fn names(rows: &Rows, dictionaries: &Dictionaries, items: &[ItemName<'_>]) -> Vec<u8> {
    let order = rows.item_order();
    let name = |record: &u32| items[*record as usize];
    let collective = |record: &u32| rows.collective.binary_search(record).is_ok();
    let column = |record: &u32| rows.items[*record as usize];
    let file = NamesFile {
        version: 1,
        items: Items {
            id: order.iter().map(|item| name(item).id).collect(),
            en: order.iter().map(|item| name(item).en).collect(),
            zh: order.iter().map(|item| name(item).zh).collect(),
            kind: order.iter().map(|item| column(item).kind).collect(),
            lists: order.iter().map(|item| column(item).lists as u32).collect(),
            more_lists: more_lists(order.iter().map(|item| column(item).lists)),
            collective: (0..).zip(&order).filter(|(_, item)| collective(item)).map(|(number, _)| number).collect(),
        },
        dictionaries,
    };
    serde_json::to_vec(&file).expect("texts and numbers are always JSON")
}

/// The upper halves of masks, for readers that count in 32 bits; nothing if all are zero.
fn more_lists(masks: impl Iterator<Item = u64>) -> Vec<u32> {
    let halves: Vec<u32> = masks.map(|mask| (mask >> 32) as u32).collect();
    if halves.iter().all(|half| *half == 0) { Vec::new() } else { halves }
}

#[derive(Serialize)]
struct NamesFile<'a> {
    version: u8,
    items: Items<'a>,
    #[serde(flatten)]
    dictionaries: &'a Dictionaries,
}

#[derive(Serialize)]
struct Items<'a> {
    id: Vec<&'a str>,
    en: Vec<&'a str>,
    zh: Vec<&'a str>,
    kind: Vec<u8>,
    lists: Vec<u32>,
    /// Bits 32 and above; empty where no item needs them.
    #[serde(rename = "more-lists", skip_serializing_if = "Vec::is_empty")]
    more_lists: Vec<u32>,
    collective: Vec<u32>,
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::rows::tests::{SIZES, link};
    use crate::rows::{ItemColumn, RowInput};

    #[test]
    fn lists_beyond_the_32nd_stand_in_a_list_of_their_own() {
        assert!(more_lists([0, 5, 1 << 31].into_iter()).is_empty());
        assert_eq!(more_lists([0, 1 << 32, 5 | 3 << 40].into_iter()), [0, 1, 3 << 8]);
    }

    #[test]
    fn items_stand_in_the_order_of_first_mention_with_kind_and_lists() {
        let rows = Rows::build(
            &[RowInput { subject: 1, object: 0, ..link("a") }],
            vec![ItemColumn { kind: 2, lists: 0 }, ItemColumn { kind: 4, lists: 5 }],
            SIZES,
        )
        .marked(|_| false, |item| item == 0);
        let items = [ItemName { id: "a", en: "A", zh: "" }, ItemName { id: "b", en: "B", zh: "乙" }];
        let dictionaries = Dictionaries {
            topic: vec![Choice { id: "t".into(), en: "T".into(), ..Choice::default() }],
            ..Dictionaries::default()
        };
        assert_eq!(dictionaries.number(FilterKey::Topic, "t"), Some(0));
        assert_eq!(dictionaries.number(FilterKey::Link, "t"), None);
        let expected = concat!(
            r#"{"version":1,"items":{"id":["b","a"],"en":["B","A"],"zh":["乙",""],"kind":[4,2],"lists":[5,0],"collective":[1]},"#,
            r#""item-kind":[],"link":[],"category":[],"topic":[{"id":"t","en":"T","zh":""}],"list":[],"#,
            r#""status":[],"confidence":[],"precision":[],"country":[]}"#
        );
        assert_eq!(String::from_utf8(names(&rows, &dictionaries, &items)).unwrap(), expected);
    }
}

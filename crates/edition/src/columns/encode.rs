//! From rows to the bytes of a columns file.

use super::layout::{Coding, Column, ENTRY, Entry, HEADER, MAGIC, VERSION};
use crate::morton;
use crate::rows::Rows;
use std::collections::BTreeMap;

/// The columns file of these rows, not compressed. Equal rows give equal bytes.
pub fn encode(rows: &Rows) -> Vec<u8> {
    let (category_sets, categories) = sets(&rows.categories);
    let (topic_sets, topics) = sets(&rows.topics.iter().map(|mask| u64::from(*mask)).collect::<Vec<_>>());
    let (subjects, objects) = mentions(rows);
    let (base, first_years, spans) = years(rows);
    let mut file = File::default();
    file.steps(Column::Position, rows.x.iter().zip(&rows.y).map(|(x, y)| morton::code(*x, *y)));
    file.planes(Column::Precision, widened(&rows.precision));
    file.planes(Column::Country, rows.country.iter().map(|c| c.map_or(0, |c| u64::from(c) + 1)));
    file.planes(Column::Subject, subjects.into_iter());
    file.planes(Column::Object, objects.into_iter());
    file.planes(Column::LinkType, widened(&rows.link_type));
    file.planes(Column::Categories, categories.into_iter());
    file.planes(Column::Topics, topics.into_iter());
    file.planes(Column::Status, widened(&rows.status));
    file.planes(Column::Confidence, widened(&rows.confidence));
    file.planes(Column::FirstYear, first_years.into_iter());
    file.base(base);
    file.planes(Column::YearSpan, spans.into_iter());
    file.planes(Column::Poi, rows.poi.iter().map(|poi| u64::from(*poi)));
    file.planes(Column::Offered, rows.offered.iter().map(|offered| u64::from(*offered)));
    file.planes(Column::CategorySets, category_sets.into_iter());
    file.planes(Column::TopicSets, topic_sets.into_iter());
    file.finish(rows)
}

/// The columns written so far.
#[derive(Default)]
struct File {
    entries: Vec<Entry>,
    body: Vec<u8>,
}

impl File {
    fn planes(&mut self, column: Column, values: impl Iterator<Item = u64> + Clone) {
        let start = self.body.len();
        // At least a byte for each row, so that a reader can bound the counts by the file's length.
        let width = values.clone().map(byte_count).max().unwrap_or(0).max(1);
        for plane in 0..width {
            self.body.extend(values.clone().map(|value| value.to_le_bytes()[plane as usize]));
        }
        self.entry(column, Coding::Planes, width, start);
    }

    fn steps(&mut self, column: Column, values: impl Iterator<Item = u64> + Clone) {
        let start = self.body.len();
        let before = std::iter::once(0).chain(values.clone());
        let steps = values.zip(before).map(|(value, before)| value - before);
        self.body.extend(steps.clone().map(byte_count));
        for step in steps {
            self.body.extend(&step.to_le_bytes()[..byte_count(step) as usize]);
        }
        self.entry(column, Coding::Steps, 0, start);
    }

    fn entry(&mut self, column: Column, coding: Coding, width: u8, start: usize) {
        let entry = Entry {
            column: column as u8,
            coding: coding as u8,
            width,
            base: 0,
            offset: offset(start),
            length: offset(self.body.len() - start),
        };
        self.entries.push(entry);
    }

    /// Sets the base of the column written last.
    fn base(&mut self, base: i32) {
        if let Some(entry) = self.entries.last_mut() {
            entry.base = base;
        }
    }

    fn finish(self, rows: &Rows) -> Vec<u8> {
        let front = HEADER + ENTRY * self.entries.len();
        let mut bytes = Vec::with_capacity(front + self.body.len());
        bytes.extend(MAGIC);
        bytes.extend(VERSION.to_le_bytes());
        bytes.extend((self.entries.len() as u16).to_le_bytes());
        for number in [rows.len(), rows.located, rows.items.len()] {
            bytes.extend(offset(number).to_le_bytes());
        }
        for entry in self.entries {
            bytes.extend(Entry { offset: entry.offset + offset(front), ..entry }.to_bytes());
        }
        bytes.extend(self.body);
        bytes
    }
}

fn offset(number: usize) -> u32 {
    u32::try_from(number).expect("a columns file is shorter than 4 GiB")
}

fn byte_count(value: u64) -> u8 {
    (8 - value.leading_zeros() / 8) as u8
}

fn widened(values: &[u8]) -> impl Iterator<Item = u64> + Clone {
    values.iter().map(|value| u64::from(*value))
}

/// The distinct masks, the commonest first (then the smaller), and the index of each row's mask.
fn sets(masks: &[u64]) -> (Vec<u64>, Vec<u64>) {
    let mut counts: BTreeMap<u64, usize> = BTreeMap::new();
    masks.iter().for_each(|mask| *counts.entry(*mask).or_default() += 1);
    let mut distinct: Vec<u64> = counts.keys().copied().collect();
    distinct.sort_by_key(|mask| std::cmp::Reverse(counts[mask]));
    let index: BTreeMap<u64, u64> = distinct.iter().copied().zip(0..).collect();
    let indices = masks.iter().map(|mask| index[mask]).collect();
    (distinct, indices)
}

/// Subjects and objects in the numbering of first mention; 0 is the next item not yet mentioned.
fn mentions(rows: &Rows) -> (Vec<u64>, Vec<u64>) {
    let mut number = vec![0u64; rows.items.len()];
    let mut next = 1;
    let mut mention = |item: &u32| match &mut number[*item as usize] {
        unseen @ 0 => {
            *unseen = next;
            next += 1;
            0
        }
        seen => *seen,
    };
    rows.subject.iter().zip(&rows.object).map(|(subject, object)| (mention(subject), mention(object))).unzip()
}

/// The earliest year less one, then first years above that (0: undated) and how long each lasts.
fn years(rows: &Rows) -> (i32, Vec<u64>, Vec<u64>) {
    let base = rows.span().map_or(0, |(first, _)| i32::from(first));
    let above = |year: i16, base: i32| (i32::from(year) - base) as u64;
    let first = |years: &Option<(i16, i16)>| years.map_or(0, |(first, _)| above(first, base) + 1);
    let span = |years: &Option<(i16, i16)>| years.map_or(0, |(first, last)| above(last, first.into()));
    (base, rows.years.iter().map(first).collect(), rows.years.iter().map(span).collect())
}

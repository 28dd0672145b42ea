//! Records by number and by id; numbers are given once and never again.

use std::collections::HashMap;
use std::sync::Arc;

use model::Id;

/// Records in the order of their first mention. Cloning shares them.
#[derive(Debug)]
pub struct Table<T> {
    records: Vec<Arc<T>>,
    index: Arc<HashMap<Id, u32>>,
}

impl<T> Default for Table<T> {
    fn default() -> Self {
        Self { records: Vec::new(), index: Arc::default() }
    }
}

impl<T> Clone for Table<T> {
    fn clone(&self) -> Self {
        Self { records: self.records.clone(), index: self.index.clone() }
    }
}

impl<T: Clone> Table<T> {
    /// How many records there are, live or not.
    pub fn len(&self) -> usize {
        self.records.len()
    }

    /// True if there is no record.
    pub fn is_empty(&self) -> bool {
        self.records.is_empty()
    }

    /// The record with this number.
    pub fn at(&self, number: u32) -> &T {
        &self.records[number as usize]
    }

    /// The number of an id.
    pub fn number(&self, id: &str) -> Option<u32> {
        self.index.get(id).copied()
    }

    /// The record with this id.
    pub fn get(&self, id: &str) -> Option<&T> {
        self.number(id).map(|n| self.at(n))
    }

    /// All records with their numbers.
    pub fn iter(&self) -> impl Iterator<Item = (u32, &T)> {
        (0..).zip(self.records.iter().map(AsRef::as_ref))
    }

    /// Changes every record that no copy of this table shares.
    pub(super) fn each_unshared(&mut self, change: impl FnMut(&mut T)) {
        self.records.iter_mut().filter_map(Arc::get_mut).for_each(change);
    }

    pub(super) fn at_mut(&mut self, number: u32) -> &mut T {
        Arc::make_mut(&mut self.records[number as usize])
    }

    /// The number of an id, with a new record if it is new.
    pub(super) fn number_or(&mut self, id: &Id, new: impl FnOnce() -> T) -> u32 {
        if let Some(number) = self.index.get(id) {
            return *number;
        }
        let number = u32::try_from(self.records.len()).expect("invariant: fewer than 2^32 records");
        self.records.push(Arc::new(new()));
        Arc::make_mut(&mut self.index).insert(id.clone(), number);
        number
    }
}

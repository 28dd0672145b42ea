//! The indices of countries and of categories: each with how much there is, since when, and of what.

use std::collections::BTreeMap;

use model::FilterKey;
use serde::Serialize;

use crate::view::Maker;
use crate::view::terms::{CountryRef, Term};

/// A country in the index.
#[derive(Clone, Serialize)]
pub(crate) struct CountryEntry {
    pub country: CountryRef,
    #[serde(flatten)]
    pub sum: Sum,
    /// The category of most of its links.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub category: Option<Term>,
    /// How many items name it as their country.
    pub items: usize,
}

/// A category in the index.
#[derive(Serialize)]
pub(crate) struct CategoryEntry {
    pub category: Term,
    /// Its group.
    pub group: Term,
    /// What it means.
    pub definition: String,
    #[serde(flatten)]
    pub sum: Sum,
    /// In how many countries there are links of it.
    pub countries: usize,
    /// Its page.
    pub url: String,
}

/// What there is of one value.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize)]
pub(crate) struct Sum {
    /// Links.
    pub links: u64,
    /// Those with a position.
    pub located: u64,
    /// The first year of a dated link.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub first: Option<i16>,
    /// The last.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub last: Option<i16>,
}

impl Sum {
    fn add(&mut self, located: bool, years: Option<(i16, i16)>) {
        self.links += 1;
        self.located += u64::from(located);
        if let Some((first, last)) = years {
            self.first = Some(self.first.map_or(first, |known| known.min(first)));
            self.last = Some(self.last.map_or(last, |known| known.max(last)));
        }
    }
}

impl Maker<'_> {
    /// Every country of which something is known: facts in it, or an item that names it. By code.
    pub fn countries(&self) -> Vec<CountryEntry> {
        let rows = self.edition.rows();
        let (countries, categories) =
            (self.edition.choices(FilterKey::Country), self.edition.choices(FilterKey::Category));
        let mut sums: BTreeMap<&str, (Sum, BTreeMap<usize, u64>)> = BTreeMap::new();
        for row in 0..rows.len() {
            let Some(country) = rows.country[row] else { continue };
            let (sum, of) = sums.entry(countries[usize::from(country)]).or_default();
            sum.add(row < rows.located, rows.years[row]);
            bits(rows.categories[row]).for_each(|category| *of.entry(category).or_default() += 1);
        }
        let mut items: BTreeMap<&str, usize> = BTreeMap::new();
        for item in self.edition.items() {
            if let Some(country) = item.country() {
                *items.entry(country).or_default() += 1;
                sums.entry(country).or_default();
            }
        }
        let entry = |(code, (sum, of)): (&str, (Sum, BTreeMap<usize, u64>))| CountryEntry {
            country: self.country_ref(code, true),
            sum,
            category: commonest(&of).map(|category| self.category(categories[category])),
            items: items.get(code).copied().unwrap_or_default(),
        };
        sums.into_iter().map(entry).collect()
    }

    /// Every category of the vocabulary, in its order.
    pub fn categories(&self) -> Vec<CategoryEntry> {
        let (rows, ids) = (self.edition.rows(), self.edition.choices(FilterKey::Category));
        let mut sums = vec![(Sum::default(), std::collections::BTreeSet::new()); ids.len()];
        for row in 0..rows.len() {
            for category in bits(rows.categories[row]) {
                let (sum, countries) = &mut sums[category];
                sum.add(row < rows.located, rows.years[row]);
                countries.extend(rows.country[row]);
            }
        }
        let of = |id: &str| ids.iter().position(|known| *known == id).map(|at| sums[at].clone()).unwrap_or_default();
        let all = self.edition.vocabulary().categories.all().iter();
        all.map(|category| {
            let (sum, countries) = of(category.id.as_str());
            CategoryEntry {
                category: self.category(category.id.as_str()),
                group: self.choice("category-group", category.group.as_str()),
                definition: category.definition.get(self.lang.tag()).into(),
                sum,
                countries: countries.len(),
                url: self.urls().category(category.id.as_str()),
            }
        })
        .collect()
    }
}

/// Of equally common ones the first.
fn commonest(of: &BTreeMap<usize, u64>) -> Option<usize> {
    of.iter().max_by_key(|(at, count)| (**count, std::cmp::Reverse(**at))).map(|(at, _)| *at)
}

fn bits(mask: u64) -> impl Iterator<Item = usize> {
    (0..64).filter(move |at| mask >> at & 1 == 1)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_sum_spans_the_years_of_its_dated_links() {
        let mut sum = Sum::default();
        sum.add(true, Some((2014, 2015)));
        sum.add(false, None);
        sum.add(false, Some((2012, 2012)));
        assert_eq!(sum, Sum { links: 3, located: 1, first: Some(2012), last: Some(2015) });
    }

    #[test]
    fn of_equally_common_categories_the_first_is_named() {
        assert_eq!(commonest(&BTreeMap::from([(4, 2), (1, 2), (0, 1)])), Some(1));
        assert_eq!(commonest(&BTreeMap::new()), None);
        assert_eq!(bits(0b1001).collect::<Vec<_>>(), [0, 3]);
    }
}

//! How many pairs of names are compared in a second of one core's time, reasons included: analysed before, and analysed
//! with them. For profiling; `counteratlas names compare` tells the same of one pass.
//!
//!     cargo run --release -p names --example rates -- PAIRS.tsv [ROUNDS]

use std::fs;
use std::hint::black_box;

use names::{Name, Reader, compare};

fn main() {
    let mut arguments = std::env::args().skip(1);
    let path = arguments.next().expect("names a table of pairs");
    let rounds = arguments.next().and_then(|n| n.parse().ok()).unwrap_or(5);
    let text = fs::read_to_string(path).expect("a table can be read");
    let pairs = pairs(&text);
    let analysed: Vec<[Name; 2]> = pairs.iter().map(|pair| pair.map(Name::new)).collect();
    for _ in 0..rounds {
        let spent = spent(|| analysed.iter().map(|[left, right]| reasons(left, right)).sum::<usize>());
        println!("{:.0} pairs/s compared", pairs.len() as f64 / spent);
    }
    for _ in 0..rounds {
        let mut reader = Reader::new();
        let spent = spent(|| {
            let mut names = |pair: &[&str; 2]| pair.map(|text| reader.name(text));
            pairs.iter().map(|pair| names(pair)).map(|[left, right]| reasons(&left, &right)).sum::<usize>()
        });
        println!("{:.0} pairs/s analysed and compared", pairs.len() as f64 / spent);
    }
}

fn reasons(left: &Name, right: &Name) -> usize {
    compare(left, right).reasons(left, right).len()
}

/// The columns `name1` and `name2`.
fn pairs(text: &str) -> Vec<[&str; 2]> {
    let mut lines = text.lines();
    let header: Vec<&str> = lines.next().unwrap_or_default().split('\t').collect();
    let at = |name| header.iter().position(|cell| *cell == name).expect("the column is there");
    let (left, right) = (at("name1"), at("name2"));
    lines.map(|line| line.split('\t').collect::<Vec<_>>()).map(|cells| [cells[left], cells[right]]).collect()
}

/// Seconds of this thread's processor time, from Linux's own count.
fn spent<T>(work: impl FnOnce() -> T) -> f64 {
    let now = || -> f64 {
        let text = fs::read_to_string("/proc/thread-self/schedstat").expect("Linux counts");
        text.split(' ').next().and_then(|n| n.parse::<f64>().ok()).expect("a number") / 1e9
    };
    let begun = now();
    black_box(work());
    now() - begun
}

//! How many pairs a second one core compares, reasons included: a table's pairs each once, and 300 of them over and
//! over as peers' warm rates are taken. `cargo run --release -p names --example rates PAIRS.tsv`

use std::time::{Duration, Instant};

use names::{Name, Reader, compare};

#[global_allocator]
static ALLOCATOR: mimalloc::MiMalloc = mimalloc::MiMalloc;

const REPEATED: usize = 300;
const ROUNDS: usize = 200;

fn main() -> Result<(), Box<dyn std::error::Error>> {
    let path = std::env::args().nth(1).ok_or("which table of pairs (name1, name2)?")?;
    let table = std::fs::read_to_string(path)?;
    let mut lines = table.lines().map(|line| line.split('\t').collect::<Vec<_>>());
    let header = lines.next().unwrap_or_default();
    let column = |name| header.iter().position(|cell| *cell == name).ok_or("no column name1 or name2");
    let (first, second) = (column("name1")?, column("name2")?);
    let rows: Vec<[&str; 2]> = lines.filter_map(|cells| Some([*cells.get(first)?, *cells.get(second)?])).collect();
    let few = &rows[..rows.len().min(REPEATED)];
    for _ in 0..3 {
        say("each once", measure(&rows, 1));
        say("repeated", measure(few, ROUNDS));
    }
    Ok(())
}

/// Pairs a second: with analysis, and of names analysed before.
fn measure(rows: &[[&str; 2]], rounds: usize) -> [f64; 2] {
    let mut reader = Reader::new();
    let (mut whole, mut compared) = (Duration::ZERO, Duration::ZERO);
    for _ in 0..rounds {
        let begun = Instant::now();
        for row in rows {
            std::hint::black_box(answer(&row.map(|text| reader.name(text))));
        }
        whole += begun.elapsed();
    }
    let pairs: Vec<[Name; 2]> = rows.iter().map(|row| row.map(|text| reader.name(text))).collect();
    let begun = Instant::now();
    for _ in 0..rounds {
        pairs.iter().for_each(|pair| {
            std::hint::black_box(answer(pair));
        });
    }
    compared += begun.elapsed();
    [whole, compared].map(|time| (rows.len() * rounds) as f64 / time.as_secs_f64())
}

fn answer(pair: &[Name; 2]) -> (f32, usize) {
    let comparison = compare(&pair[0], &pair[1]);
    (comparison.score, comparison.reasons(&pair[0], &pair[1]).len())
}

fn say(which: &str, [whole, compared]: [f64; 2]) {
    println!("{which}: {whole:.0} pairs/s with analysis, {compared:.0} pairs/s of names analysed before");
}

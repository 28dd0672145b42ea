//! Writes the published files of N generated links, for the browser's benches and tests:
//! `cargo run --release -p edition --example columns -- N DIR [FILTERS]`.
//!
//! DIR receives `columns.bin`, `names.json` and `ids/{chunk}.json`, and with FILTERS also
//! `answers.jsonl`: that many random filters, one a line, as
//! `{"query", "matches": {key: [row…]}, "total", "located", "badges", "placeless", "poi", "undated",
//! "years": [[year, count]…], "counts": {key: [count…]}, "rows": [row…]}`.
//! The links are drawn as sourced facts fall: half of them on a site near a city and half on the
//! city itself, cities, companies and categories by Zipf's law, a new facility for six in ten, and
//! one link in twenty more without a position. Equal arguments write equal bytes.

mod columns {
    pub mod answers;
    pub mod world;
}

use columns::world::World;
use edition::columns::{ItemName, publish};
use edition::rows::Rows;
use edition::tiles::{TileAt, TileSource, tile};
use std::path::Path;
use std::{env, fs, io};

fn main() -> io::Result<()> {
    let arguments: Vec<String> = env::args().skip(1).collect();
    let (Some(count), Some(directory)) = (arguments.first().and_then(|n| n.parse().ok()), arguments.get(1)) else {
        eprintln!("usage: columns N DIR [FILTERS]");
        std::process::exit(2);
    };
    let filters = arguments.get(2).and_then(|n| n.parse().ok()).unwrap_or(0);
    write(count, filters, Path::new(directory))
}

fn write(count: usize, filters: usize, directory: &Path) -> io::Result<()> {
    let world = columns::world::generate(count);
    let items: Vec<ItemName<'_>> = world.names.iter().map(|(id, en, zh)| ItemName { id, en, zh }).collect();
    let rows = Rows::build(&world.inputs(), world.items.clone(), world.sizes())
        .marked(|link| link % 50 == 7, |item| item % 100 == 99);
    let ids = |link: u32| world.ids[link as usize].as_str();
    let published = publish(&rows, &world.dictionaries, &items, ids);
    fs::create_dir_all(directory.join("ids"))?;
    fs::write(directory.join("columns.bin"), &published.columns)?;
    fs::write(directory.join("names.json"), &published.names)?;
    for (chunk, bytes) in published.ids.iter().enumerate() {
        fs::write(directory.join(format!("ids/{chunk}.json")), bytes)?;
    }
    if filters > 0 {
        fs::write(directory.join("answers.jsonl"), columns::answers::answers(&world, &rows, filters))?;
        write_tiles(&world, &rows, &directory.join("tiles"))?;
    }
    println!("{} {} rows, {} located, {} bytes", published.name, rows.len(), rows.located, published.columns.len());
    Ok(())
}

fn write_tiles(world: &World, rows: &Rows, directory: &Path) -> io::Result<()> {
    fs::create_dir_all(directory)?;
    let id = |link: u32| world.ids[link as usize].as_str();
    let source =
        TileSource { rows, dictionaries: &world.dictionaries, selected: &|row| row % 3 == 0, id: &id, lines: &[] };
    for (x, y) in (0..4).flat_map(|x| (0..4).map(move |y| (x, y))) {
        let at = TileAt::new(2, x, y).expect("zoom 2 has four tiles a side");
        fs::write(directory.join(format!("{x}-{y}.mvt")), tile(&source, at))?;
    }
    Ok(())
}

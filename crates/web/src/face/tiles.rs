//! Vector tiles of a filter, for GIS programs: every selected point, and the cables among the selected links' ends.

use std::collections::BTreeSet;

use edition::Item;
use edition::tiles::{Line, TileAt, TileSource, tile as encode};

use crate::ask::Ask;
use crate::filtering::asked;
use crate::reply::{Failure, Reply};

pub(crate) fn tile(ask: &Ask<'_>) -> Result<Reply, Failure> {
    let at = address(ask.params).ok_or(Failure::Missing)?;
    let filter = asked(ask, false)?.filter;
    let edition = ask.edition();
    let selected = edition.sieve(&filter);
    let lines: Vec<Line<'_>> = cables(ask, filter.is_empty(), &selected).into_iter().filter_map(line).collect();
    let source = TileSource {
        rows: edition.rows(),
        dictionaries: edition.dictionaries(),
        selected: &selected,
        id: &|number| edition.link_at(number).id(),
        lines: &lines,
    };
    Ok(Reply::data("application/vnd.mapbox-vector-tile", encode(&source, at)))
}

fn address(params: &[&str]) -> Option<TileAt> {
    let [z, x, y] = params else { return None };
    TileAt::new(z.parse().ok()?, x.parse().ok()?, y.parse().ok()?)
}

/// All cables without a filter; else those that a selected link begins or ends at. Only links with such an end are asked
/// for, which are few.
pub(crate) fn cables<'a>(ask: &Ask<'a>, all: bool, selected: impl Fn(usize) -> bool) -> Vec<Item<'a>> {
    let rows = ask.edition().rows();
    let landing = ask.live.landings.iter().map(|row| *row as usize).filter(|row| selected(*row));
    let ends: BTreeSet<u32> = landing.flat_map(|row| [rows.subject[row], rows.object[row]]).collect();
    let mut cables = crate::face::lines::cables(ask);
    cables.retain(|cable| all || ends.contains(&cable.number()));
    cables
}

fn line(cable: Item<'_>) -> Option<Line<'_>> {
    let route = crate::face::lines::route(&cable);
    (route.len() > 1).then(|| Line {
        id: cable.id(),
        name: cable.name("en"),
        accuracy: cable.term("route-accuracy").unwrap_or("schematic"),
        status: cable.term("status").unwrap_or("unknown"),
        route,
    })
}

//! The map as a picture: for readers without script or WebGL, for print, and for previews elsewhere.
//!
//! A picture holds exactly the links of its filter: those with a position as marks, those known only to a country as
//! plates beside its name, those without a place as a number. Its legend ([`Legend`]) says each mark in words.

mod chart;
mod digits;
mod gate;
mod ground;
mod groups;
mod legend;
mod plates;
mod raster;
mod store;
mod studio;
mod svg;
mod theme;
mod window;

pub(crate) use chart::{Chart, drawn as bars_drawn, height as chart_height, svg as chart_svg};
pub(crate) use gate::Gate;
pub(crate) use legend::{Legend, legend};
pub(crate) use raster::png;
pub(crate) use store::Store;
pub(crate) use studio::Studio;
pub(crate) use svg::{Labels, Notes, svg};
pub(crate) use theme::Theme;

use edition::Edition;
use edition::rows::Rows;

use crate::view::list::Selected;
use groups::{Group, groups, middle};
use plates::{Plate, plates};
use window::Window;

/// Pixels between the middles of two marks.
const APART: f64 = 30.0;

/// How a picture is wanted.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub(crate) struct Look {
    /// Pixels across.
    pub width: u16,
    /// Pixels down.
    pub height: u16,
    /// Light or dark.
    pub theme: Theme,
    /// What numbers say.
    pub numbers: Numbers,
}

/// What the numbers on marks say.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub(crate) enum Numbers {
    /// How many links a mark holds.
    Counts,
    /// The mark's number in the legend.
    Keys,
}

/// A picture before it is drawn: what it shows, and where.
pub(crate) struct Picture {
    /// The part of the world.
    window: Window,
    /// Points and groups of points, the largest first.
    marks: Vec<Group>,
    /// Links known only to a country.
    plates: Vec<Plate>,
    /// Links without a place.
    pub placeless: u32,
    /// The cables whose ends are among the links, each a projected line.
    cables: Vec<Cable>,
}

/// A cable in a picture.
struct Cable {
    route: Vec<(f64, f64)>,
    surveyed: bool,
}

impl Numbers {
    /// As an address says it.
    pub fn parse(name: &str) -> Option<Self> {
        match name {
            "counts" => Some(Self::Counts),
            "keys" => Some(Self::Keys),
            _ => None,
        }
    }
}

impl Look {
    /// The picture on pages: about as wide as the map's column, for a reader with the map loads it too.
    pub const PAGE: Self = Self { width: 720, height: 405, theme: Theme::Light, numbers: Numbers::Counts };

    /// Previews elsewhere: the size that other sites ask for.
    pub const PREVIEW: Self = Self { width: 1200, height: 630, ..Self::PAGE };
}

impl Picture {
    /// Lays a selection out in a picture of this size. Linear in the selection.
    pub fn of(edition: &Edition, selected: &Selected<'_>, cables: &[edition::Item<'_>], look: Look) -> Self {
        let rows = edition.rows();
        let (width, height) = (f64::from(look.width), f64::from(look.height));
        let countries = plates::of(&selected.counts.badges, &edition.dictionaries().country);
        let cables: Vec<Cable> = cables.iter().map(cable).filter(|cable| cable.route.len() > 1).collect();
        let mut places = extent(rows, selected.rows());
        places.extend(countries.iter().map(|plate| plate.at));
        if places.is_empty() {
            places.extend(cables.iter().flat_map(|cable| cable.route.iter().copied()));
        }
        let window = Window::around(&places, width, height);
        let marks = groups(rows, selected.rows().iter().copied(), window.scale, APART);
        let taken: Vec<(f64, f64)> = marks.iter().map(|mark| window.place(mark.x, mark.y)).collect();
        let plates = plates(countries, &taken, &window);
        Self { window, marks, plates, placeless: selected.counts.placeless, cables }
    }
}

fn cable(item: &edition::Item<'_>) -> Cable {
    let route = crate::face::lines::route(item);
    Cable { route: ground::projected(&route), surveyed: item.term("route-accuracy") == Some("surveyed") }
}

/// A few places with the same bounds as all located rows, so that a window can be laid around them.
fn extent(rows: &Rows, selected: &[usize]) -> Vec<(f64, f64)> {
    const BINS: usize = 4096;
    let mut bins = vec![None::<(u32, u32)>; BINS];
    let (mut north, mut south) = (u32::MAX, 0);
    for (x, y) in selected.iter().map_while(|row| rows.cell(*row)) {
        let bin = &mut bins[(x >> 8) as usize % BINS];
        *bin = Some(bin.map_or((x, x), |(west, east)| (west.min(x), east.max(x))));
        (north, south) = (north.min(y), south.max(y));
    }
    let ends = bins.into_iter().flatten().flat_map(|(west, east)| [(west, north), (east, south)]);
    ends.map(|(x, y)| (middle(x), middle(y))).collect()
}

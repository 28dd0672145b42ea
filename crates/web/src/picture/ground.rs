//! The ground under the marks: land, coast, borders, dashed disputed borders and countries' names, from the very
//! files that the map in the browser draws (`browser/build/basemap.mjs`), so that both show the same borders.

use edition::mercator;
use serde::Deserialize;

use super::window::Window;

/// From this scale on, in pixels for the world's width, the finer shapes are worth drawing.
const FINER: f64 = 4000.0;

/// Points nearer than this many pixels to the one before are left out.
const VISIBLE: f64 = 0.4;

/// So far beyond the edge, in pixels, shapes are kept, so that no cut shows.
const BEYOND: f64 = 8.0;

/// The ground in two resolutions.
#[derive(Debug, Default)]
pub(crate) struct Ground {
    coarse: Shapes,
    fine: Shapes,
    /// Names of countries.
    pub labels: Vec<Label>,
}

/// A country's name and where it stands.
#[derive(Debug, Clone, PartialEq)]
pub(crate) struct Label {
    /// In English and Chinese.
    pub names: [String; 2],
    /// Fractions of the world's square.
    pub at: (f64, f64),
    /// The country's height in degrees.
    pub size: f64,
}

/// Path data (SVG) of everything in a window.
#[derive(Debug, Default, PartialEq)]
pub(crate) struct Paths {
    /// Areas.
    pub land: String,
    /// Lines where land meets sea.
    pub coast: String,
    /// Borders that nobody disputes.
    pub borders: String,
    /// Borders that states dispute.
    pub disputed: String,
}

type Line = Vec<(f64, f64)>;

/// Shapes in fractions of the world's square; no step of a line is longer than half the world.
#[derive(Debug, Default)]
struct Shapes {
    land: Vec<Line>,
    coast: Vec<Line>,
    borders: Vec<Line>,
    disputed: Vec<Line>,
}

/// A country's code, English and Chinese name, height in degrees, longitudes and latitudes of points on its land (the
/// roomiest first), and bounds, if it is large enough to be drawn.
type Named = (String, String, String, f64, Vec<f64>, Option<[f64; 4]>);

#[derive(Deserialize)]
struct File {
    scale: [f64; 2],
    translate: [f64; 2],
    arcs: Vec<Vec<i32>>,
    land: Vec<Vec<Vec<i32>>>,
    coast: Vec<usize>,
    borders: Vec<usize>,
    disputed: Vec<usize>,
    #[serde(default)]
    labels: Vec<Named>,
}

impl Ground {
    /// From the two files; what can't be read leaves its part of the ground empty.
    pub fn read(coarse: &[u8], fine: &[u8]) -> Self {
        let file = |bytes: &[u8]| serde_json::from_slice::<File>(bytes).ok();
        let (coarse, fine) = (file(coarse), file(fine));
        let shapes = |file: &Option<File>| file.as_ref().map(Shapes::of).unwrap_or_default();
        let labels = coarse.as_ref().map(|file| file.labels.iter().filter_map(label).collect()).unwrap_or_default();
        Self { coarse: shapes(&coarse), fine: shapes(&fine), labels }
    }

    /// What of it is seen in a window.
    pub fn paths(&self, window: &Window) -> Paths {
        let finer = window.scale >= FINER && !self.fine.land.is_empty();
        let shapes = if finer { &self.fine } else { &self.coarse };
        Paths {
            land: areas(&shapes.land, window),
            coast: lines(&shapes.coast, window),
            borders: lines(&shapes.borders, window),
            disputed: lines(&shapes.disputed, window),
        }
    }
}

fn label((_, en, zh, size, spots, _): &Named) -> Option<Label> {
    let [lon, lat, ..] = spots[..] else { return None };
    Some(Label { names: [en.clone(), zh.clone()], at: fractions((lon, lat)), size: *size })
}

/// A position in degrees as fractions of the world's square.
pub(crate) fn fractions((lon, lat): (f64, f64)) -> (f64, f64) {
    ((lon + 180.0) / 360.0, mercator(lat))
}

impl Shapes {
    fn of(file: &File) -> Self {
        let arcs: Vec<Line> = file.arcs.iter().map(|arc| unfolded(arc, file)).collect();
        let chosen = |numbers: &[usize]| numbers.iter().filter_map(|arc| arcs.get(*arc)).cloned().collect::<Vec<_>>();
        let unwind = |lines: Vec<Line>| lines.into_iter().map(|line| unwound(&line)).collect();
        let rings = file.land.iter().flatten().map(|ring| joined(ring, &arcs));
        Self {
            land: rings.map(|ring| closed(unwound(&ring))).collect(),
            coast: unwind(chosen(&file.coast).iter().flat_map(|line| without_seams(line)).collect()),
            borders: unwind(chosen(&file.borders)),
            disputed: unwind(chosen(&file.disputed)),
        }
    }
}

/// An arc's points in degrees: the first, and then the differences from point to point.
fn unfolded(arc: &[i32], file: &File) -> Line {
    let steps = arc.chunks_exact(2).scan((0, 0), |at, step| {
        *at = (at.0 + step[0], at.1 + step[1]);
        Some(*at)
    });
    let degrees = |at: i32, axis: usize| f64::from(at) * file.scale[axis] + file.translate[axis];
    steps.map(|(x, y)| (degrees(x, 0), degrees(y, 1))).collect()
}

/// Arcs one behind the other; `!n` is arc n backwards.
fn joined(ring: &[i32], arcs: &[Line]) -> Line {
    let mut all = Line::new();
    for number in ring {
        let index = if *number < 0 { !*number } else { *number };
        let Some(arc) = arcs.get(index as usize) else { continue };
        let skip = usize::from(!all.is_empty());
        if *number < 0 { all.extend(arc.iter().rev().skip(skip)) } else { all.extend(arc.iter().skip(skip)) }
    }
    all
}

/// A line given in degrees, as a picture draws it.
pub(crate) fn projected(line: &[(f64, f64)]) -> Vec<(f64, f64)> {
    unwound(line)
}

/// Projected, with positions beyond the square where the line crosses the antimeridian.
fn unwound(line: &[(f64, f64)]) -> Line {
    let mut turn = 0.0;
    let mut before = line.first().map_or(0.0, |point| point.0);
    let step = |&(lon, lat): &(f64, f64)| {
        turn += if lon - before > 180.0 {
            -1.0
        } else if lon - before < -180.0 {
            1.0
        } else {
            0.0
        };
        before = lon;
        let (x, y) = fractions((lon, lat));
        (x + turn, y)
    };
    line.iter().map(step).collect()
}

/// A ring round the South Pole ends a world away from its start: it is closed below the map.
fn closed(mut ring: Line) -> Line {
    if let (Some(first), Some(last)) = (ring.first().copied(), ring.last().copied())
        && (first.0 - last.0).abs() > 0.5
    {
        ring.extend([(last.0, 1.1), (first.0, 1.1)]);
    }
    ring
}

/// A coast without the edges along the antimeridian and the pole, where the map is cut and no sea begins.
fn without_seams(line: &[(f64, f64)]) -> Vec<Line> {
    let on_seam = |point: &(f64, f64)| point.0.abs() > 179.99 || point.1 < -89.9;
    let mut parts = vec![Line::new()];
    for (at, point) in line.iter().enumerate() {
        if at > 0 && on_seam(point) && on_seam(&line[at - 1]) {
            parts.push(Line::new());
        }
        parts.last_mut().expect("invariant: never empty").push(*point);
    }
    parts.retain(|part| part.len() > 1);
    parts
}

/// The window's edges in fractions, with what is kept beyond them: west, east, north, south.
fn edges(window: &Window) -> [f64; 4] {
    let beyond = BEYOND / window.scale;
    let (east, south) = (window.west + window.width / window.scale, window.north + window.height / window.scale);
    [window.west - beyond, east + beyond, window.north - beyond, south + beyond]
}

fn moved(line: &[(f64, f64)], by: f64) -> Line {
    line.iter().map(|(x, y)| (x + by, *y)).collect()
}

fn areas(rings: &[Line], window: &Window) -> String {
    let edges = edges(window);
    let mut path = String::new();
    for by in window.copies() {
        for ring in rings.iter().filter(|ring| touches(ring, by, edges)) {
            let seen = clipped(moved(ring, by), edges);
            if seen.len() > 2 {
                draw(&seen, window, &mut path);
                path.push('Z');
            }
        }
    }
    path
}

/// Path data of what is seen of projected lines in a window.
pub(crate) fn lines(all: &[Line], window: &Window) -> String {
    let edges = edges(window);
    let mut path = String::new();
    for by in window.copies() {
        for line in all.iter().filter(|line| touches(line, by, edges)) {
            let line = moved(line, by);
            // Long lines are cut into runs of segments that come near the window.
            for run in line.windows(2).map(|pair| touches(pair, 0.0, edges)).enumerate().fold(Vec::new(), runs) {
                draw(&line[run.0..=run.1], window, &mut path);
            }
        }
    }
    path
}

/// Collects runs of segments that are seen: the numbers of each run's first and last point.
fn runs(mut runs: Vec<(usize, usize)>, (at, seen): (usize, bool)) -> Vec<(usize, usize)> {
    match runs.last_mut() {
        Some(run) if seen && run.1 == at => run.1 = at + 1,
        _ if seen => runs.push((at, at + 1)),
        _ => {}
    }
    runs
}

fn touches(line: &[(f64, f64)], by: f64, [west, east, north, south]: [f64; 4]) -> bool {
    let bounds = line.iter().fold([f64::MAX, f64::MIN, f64::MAX, f64::MIN], |b, (x, y)| {
        [b[0].min(x + by), b[1].max(x + by), b[2].min(*y), b[3].max(*y)]
    });
    bounds[0] <= east && bounds[1] >= west && bounds[2] <= south && bounds[3] >= north
}

/// The part of an area inside the edges (Sutherland and Hodgman, one edge after the other).
fn clipped(ring: Line, [west, east, north, south]: [f64; 4]) -> Line {
    let upright = |x: f64| move |a: (f64, f64), b: (f64, f64)| (x, a.1 + (b.1 - a.1) * (x - a.0) / (b.0 - a.0));
    let level = |y: f64| move |a: (f64, f64), b: (f64, f64)| (a.0 + (b.0 - a.0) * (y - a.1) / (b.1 - a.1), y);
    let ring = cut(&ring, |p| p.0 >= west, upright(west));
    let ring = cut(&ring, |p| p.0 <= east, upright(east));
    let ring = cut(&ring, |p| p.1 >= north, level(north));
    cut(&ring, |p| p.1 <= south, level(south))
}

fn cut(
    ring: &[(f64, f64)],
    inside: impl Fn((f64, f64)) -> bool,
    crossing: impl Fn((f64, f64), (f64, f64)) -> (f64, f64),
) -> Line {
    let mut kept = Line::new();
    for (at, point) in ring.iter().enumerate() {
        let before = ring[(at + ring.len() - 1) % ring.len()];
        if inside(*point) != inside(before) {
            kept.push(crossing(before, *point));
        }
        if inside(*point) {
            kept.push(*point);
        }
    }
    kept
}

fn draw(line: &[(f64, f64)], window: &Window, path: &mut String) {
    let mut last: Option<(f64, f64)> = None;
    for (at, point) in line.iter().enumerate() {
        let (x, y) = window.line(point.0, point.1);
        let near = last.is_some_and(|(a, b)| (x - a).hypot(y - b) < VISIBLE);
        if near && at + 1 < line.len() {
            continue;
        }
        path.push(if last.is_none() { 'M' } else { 'L' });
        path.push_str(&format!("{} {}", tenths(x), tenths(y)));
        last = Some((x, y));
    }
}

/// A number with at most one decimal.
pub(crate) fn tenths(value: f64) -> String {
    let text = format!("{value:.1}");
    let short = text.strip_suffix(".0").unwrap_or(&text);
    if short == "-0" { "0".into() } else { short.into() }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// A square island round 0°, 0° of 20 degrees a side, with one border and one disputed border.
    const FILE: &str = r#"{"scale":[1,1],"translate":[0,0],
        "arcs":[[-10,-10,20,0,0,20,-20,0,0,-20],[-10,0,20,0],[0,-10,0,20]],
        "land":[[[0]]],"coast":[0],"borders":[1],"disputed":[2],
        "labels":[["XX","Island","岛",20,[0,0,1,1],[-10,-10,10,10]],["YY","Rock","礁",0.1,[5,5],null]]}"#;

    fn world() -> Window {
        Window { west: 0.0, north: 0.0, scale: 360.0, width: 360.0, height: 360.0 }
    }

    #[test]
    fn land_and_lines_fall_where_the_projection_puts_them() {
        let ground = Ground::read(FILE.as_bytes(), b"");
        let paths = ground.paths(&world());
        // ten degrees north lie 10.05 of 360 pixels above the equator in Web Mercator
        assert_eq!(paths.land, "M170 190.1L190 190.1L190 169.9L170 169.9L170 190.1Z");
        assert_eq!(paths.borders, "M170 180L190 180");
        assert_eq!(paths.disputed, "M180 190.1L180 169.9");
        assert_eq!(ground.labels[0].names, ["Island", "岛"]);
    }

    #[test]
    fn what_lies_outside_the_window_is_cut_away() {
        let ground = Ground::read(FILE.as_bytes(), b"");
        let window = Window { west: 0.5, north: 0.5, scale: 3600.0, width: 50.0, height: 50.0 };
        let paths = ground.paths(&window);
        for number in paths.land.split(['M', 'L', 'Z', ' ']).filter_map(|n| n.parse::<f64>().ok()) {
            assert!((-BEYOND - 0.1..=50.0 + BEYOND + 0.1).contains(&number), "{}", paths.land);
        }
        let elsewhere = Window { west: 0.7, ..window };
        assert_eq!(ground.paths(&elsewhere), Paths::default());
    }

    #[test]
    fn a_window_over_the_antimeridian_shows_both_sides() {
        let file = FILE.replace("[-10,-10,20,0,0,20,-20,0,0,-20]", "[170,-10,10,0,0,20,-10,0,0,-20]");
        let window = Window { west: 0.9, north: 0.4, scale: 360.0, width: 72.0, height: 72.0 };
        let paths = Ground::read(file.as_bytes(), b"").paths(&window);
        assert!(paths.land.starts_with("M26 "), "{}", paths.land);
    }

    #[test]
    fn the_ground_that_was_built_for_the_map_is_the_one_of_pictures() {
        let assets = crate::Assets::built();
        let [coarse, fine] = ["basemap.json", "basemap-detail.json"].map(|name| assets.bytes(name));
        if coarse.is_empty() {
            println!("skipped: the browser part was not built");
            return;
        }
        let ground = Ground::read(&coarse, &fine);
        assert!(ground.labels.len() > 150, "{} names", ground.labels.len());
        for scale in [1000.0, 8000.0] {
            let paths = ground.paths(&Window { west: 0.0, north: 0.0, scale, width: scale, height: scale });
            for path in [paths.land, paths.coast, paths.borders, paths.disputed] {
                assert!(path.len() > 1000, "{scale}: {}", path.len());
            }
        }
    }

    #[test]
    fn files_that_are_none_leave_the_ground_empty() {
        assert!(Ground::read(b"", b"[]").paths(&world()).land.is_empty());
    }
}

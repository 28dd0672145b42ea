//! Writes a picture as SVG: ground, cables, names, plates and marks, in the shapes and colours of the map on pages.

use edition::Edition;
use ui::Lang;

use super::ground::{Ground, lines, tenths};
use super::groups::Group;
use super::theme::Colours;
use super::{Look, Numbers, Picture, digits};

/// What stands in and under a picture in words.
pub(crate) struct Notes {
    /// What it shows.
    pub title: String,
    /// How many of what.
    pub description: String,
    /// Atlas, edition, licence, ground.
    pub credit: String,
}

/// Whether countries' names are written.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Labels {
    /// In this language.
    In(Lang),
    /// No words at all: no font can draw them.
    None,
}

/// The SVG document.
pub(crate) fn svg(
    picture: &Picture,
    edition: &Edition,
    ground: &Ground,
    look: Look,
    labels: Labels,
    notes: &Notes,
) -> String {
    let colours = look.theme.colours();
    let (width, height) = (look.width, look.height);
    let mut out = format!(
        "<svg xmlns=\"http://www.w3.org/2000/svg\" width=\"{width}\" height=\"{height}\" viewBox=\"0 0 {width} {height}\" \
         role=\"img\" font-family=\"system-ui, 'Noto Sans', 'Noto Sans CJK SC', sans-serif\">\n\
         <title>{}</title>\n<desc>{}</desc>\n<metadata>{}</metadata>\n",
        escaped(&notes.title),
        escaped(&notes.description),
        escaped(&notes.credit)
    );
    let mut pen = Pen { picture, edition, look, colours, out: &mut out };
    pen.ground(ground);
    pen.cables();
    if let Labels::In(lang) = labels {
        pen.names(ground, lang);
    }
    pen.plates();
    pen.marks();
    if labels != Labels::None {
        pen.credit(&notes.credit);
    }
    out.push_str("</svg>\n");
    out
}

struct Pen<'a> {
    picture: &'a Picture,
    edition: &'a Edition,
    look: Look,
    colours: &'static Colours,
    out: &'a mut String,
}

impl Pen<'_> {
    fn ground(&mut self, ground: &Ground) {
        let Colours { water, land, border, disputed, .. } = self.colours;
        let paths = ground.paths(&self.picture.window);
        self.out.push_str(&format!(
            "<rect width=\"100%\" height=\"100%\" fill=\"{water}\"/>\n\
             <path class=\"land\" fill=\"{land}\" d=\"{}\"/>\n\
             <g fill=\"none\" stroke-linejoin=\"round\">\n<path stroke=\"{border}\" stroke-width=\".7\" d=\"{}\"/>\n\
             <path stroke=\"{border}\" stroke-width=\".8\" d=\"{}\"/>\n\
             <path class=\"disputed\" stroke=\"{disputed}\" stroke-dasharray=\"3 2.5\" d=\"{}\"/>\n</g>\n",
            paths.land, paths.coast, paths.borders, paths.disputed
        ));
    }

    fn cables(&mut self) {
        let accent = self.colours.accent;
        for (surveyed, dashes) in [(true, ""), (false, " stroke-dasharray=\"6 2.4\"")] {
            let routes: Vec<_> = self.picture.cables.iter().filter(|c| c.surveyed == surveyed).collect();
            let routes: Vec<_> = routes.iter().map(|cable| cable.route.clone()).collect();
            let path = lines(&routes, &self.picture.window);
            if !path.is_empty() {
                self.out.push_str(&format!(
                    "<path class=\"cables\" fill=\"none\" stroke=\"{accent}\" stroke-opacity=\".75\" stroke-width=\"1.5\"{dashes} d=\"{path}\"/>\n"
                ));
            }
        }
    }

    /// Names of those countries that are about as tall as the line of text, where nothing else stands.
    fn names(&mut self, ground: &Ground, lang: Lang) {
        let window = &self.picture.window;
        let mut taken: Vec<Box> =
            self.picture.marks.iter().map(|mark| Box::round(self.place(mark), radius(mark))).collect();
        taken.extend(self.picture.plates.iter().map(|plate| Box::around(plate.spot, 30.0, 18.0)));
        let mut labels: Vec<_> = ground.labels.iter().filter(|label| label.size * window.scale >= 17_000.0).collect();
        labels.sort_by(|a, b| b.size.total_cmp(&a.size));
        let mut words = String::new();
        for label in labels {
            let name = &label.names[usize::from(lang == Lang::ZhHans)];
            let (x, y) = window.place(label.at.0, label.at.1);
            let place = Box::around((x, y - 4.0), text_width(name), 13.0);
            if place.inside(self.look) && !taken.iter().any(|other| other.meets(&place)) {
                words.push_str(&format!("<text x=\"{}\" y=\"{}\">{}</text>", tenths(x), tenths(y), escaped(name)));
                taken.push(place);
            }
        }
        let Colours { soft, land, .. } = self.colours;
        self.out.push_str(&format!(
            "<g class=\"names\" font-size=\"11\" text-anchor=\"middle\" fill=\"{soft}\" stroke=\"{land}\" stroke-width=\"2.4\" \
             paint-order=\"stroke\" stroke-linejoin=\"round\">{words}</g>\n"
        ));
    }

    fn plates(&mut self) {
        let Colours { paper, ink, .. } = self.colours;
        for (at, plate) in self.picture.plates.iter().enumerate() {
            let number = self.number(plate.count() as usize, self.picture.marks.len() + at);
            let (x, y) = plate.spot;
            let width = digits::width(number, 8.0) + 8.0;
            let strokes = digits::number(number, (x, y), 8.0);
            self.out.push_str(&format!(
                "<g class=\"plate\" data-count=\"{}\"><rect x=\"{}\" y=\"{}\" width=\"{}\" height=\"14\" rx=\"2\" fill=\"{paper}\" \
                 stroke=\"{ink}\" stroke-dasharray=\"3 2\"/><path fill=\"none\" stroke=\"{ink}\" stroke-width=\"1.1\" \
                 stroke-linecap=\"round\" stroke-linejoin=\"round\" d=\"{strokes}\"/></g>\n",
                plate.count(),
                tenths(x - width / 2.0),
                tenths(y - 7.0),
                tenths(width)
            ));
        }
    }

    /// The smallest last, so that none is hidden under a larger one.
    fn marks(&mut self) {
        for (at, mark) in self.picture.marks.iter().enumerate() {
            let place = self.place(mark);
            self.out.push_str(&format!("<g class=\"mark\" data-count=\"{}\">", mark.count()));
            if mark.count() == 1 {
                self.single(mark, at, place)
            } else {
                self.group(mark, at, place)
            }
            self.out.push_str("</g>\n");
        }
    }

    fn group(&mut self, mark: &Group, at: usize, (x, y): (f64, f64)) {
        let Colours { accent, paper, on_accent, ink, .. } = self.colours;
        let number = self.number(mark.count(), at);
        let radius = radius(mark).max(digits::width(number, 8.6) / 2.0 + 3.5);
        let (cx, cy, r) = (tenths(x), tenths(y), tenths(radius));
        let strokes = digits::number(number, (x, y), 8.6);
        self.out.push_str(&format!(
            "<circle cx=\"{cx}\" cy=\"{cy}\" r=\"{r}\" fill=\"{accent}\" stroke=\"{paper}\" stroke-width=\"1.4\"/>\
             <path fill=\"none\" stroke=\"{on_accent}\" stroke-width=\"1.3\" stroke-linecap=\"round\" stroke-linejoin=\"round\" d=\"{strokes}\"/>"
        ));
        if mark.rows().any(|row| self.edition.rows().poi[row]) {
            let (x, y) = (x + radius * 0.8, y - radius * 0.8);
            self.out.push_str(&format!(
                "<path fill=\"{ink}\" stroke=\"{paper}\" stroke-width=\"1.2\" d=\"M{} {}l4.4 8h-8.8z\"/>",
                tenths(x),
                tenths(y - 5.0)
            ));
        }
    }

    /// The shape of the category's group in its colour, with the category's icon, as on the map itself.
    fn single(&mut self, mark: &Group, at: usize, (x, y): (f64, f64)) {
        let row = mark.rows().next().unwrap_or_default();
        let rows = self.edition.rows();
        let category = &self.edition.dictionaries().category;
        let choice = category.get(rows.categories[row].trailing_zeros() as usize);
        let colour = choice.map_or(self.colours.soft, |choice| choice.colour.as_str());
        let group = choice.map_or("", |choice| choice.group.as_str());
        let mut order: Vec<&str> = Vec::new();
        category.iter().for_each(|c| {
            if !order.contains(&c.group.as_str()) {
                order.push(&c.group);
            }
        });
        let shape = order.iter().position(|other| *other == group).unwrap_or(1) % SHAPES.len();
        let shape = if rows.poi[row] { TRIANGLE } else { SHAPES[shape] };
        let paper = self.colours.paper;
        self.out.push_str(&format!(
            "<g transform=\"translate({} {})\"><path fill=\"{colour}\" stroke=\"{paper}\" stroke-width=\"1.2\" d=\"{shape}\"/>",
            tenths(x),
            tenths(y)
        ));
        if self.look.numbers == Numbers::Keys {
            let strokes = digits::number(at + 1, (0.0, if rows.poi[row] { 2.0 } else { 0.0 }), 7.0);
            self.out.push_str(&format!(
                "<path fill=\"none\" stroke=\"#fff\" stroke-width=\"1.2\" stroke-linecap=\"round\" stroke-linejoin=\"round\" d=\"{strokes}\"/>"
            ));
        } else if let Some(icon) = choice.and_then(|choice| icon(&choice.icon)) {
            let (scale, down) = if rows.poi[row] { (0.42, 2.0) } else { (0.52, 0.0) };
            self.out.push_str(&format!(
                "<g fill=\"none\" stroke=\"#fff\" stroke-width=\"2\" stroke-linecap=\"round\" stroke-linejoin=\"round\" \
                 transform=\"translate(0 {down}) scale({scale}) translate(-12 -12)\">{icon}</g>"
            ));
        }
        self.out.push_str("</g>");
    }

    fn credit(&mut self, credit: &str) {
        let Colours { paper, soft, .. } = self.colours;
        let (width, height) = (f64::from(self.look.width), f64::from(self.look.height));
        let size = 10.0f64.min(10.0 * (width - 12.0) / text_width(credit).max(1.0));
        let words = text_width(credit) * size / 11.0 + 10.0;
        self.out.push_str(&format!(
            "<g class=\"credit\"><rect x=\"{}\" y=\"{}\" width=\"{}\" height=\"15\" fill=\"{paper}\" fill-opacity=\".85\"/>\
             <text x=\"{}\" y=\"{}\" font-size=\"{}\" text-anchor=\"end\" fill=\"{soft}\">{}</text></g>\n",
            tenths(width - words),
            tenths(height - 15.0),
            tenths(words),
            tenths(width - 5.0),
            tenths(height - 4.2),
            tenths(size),
            escaped(credit)
        ));
    }

    fn place(&self, mark: &Group) -> (f64, f64) {
        self.picture.window.place(mark.x, mark.y)
    }

    /// What a mark's number says: its count, or its number in the legend.
    fn number(&self, count: usize, at: usize) -> usize {
        match self.look.numbers {
            Numbers::Counts => count,
            Numbers::Keys => at + 1,
        }
    }
}

/// The radius of a group grows with the digits of its count.
fn radius(mark: &Group) -> f64 {
    8.5 + 2.9 * (mark.count() as f64).log10()
}

/// The shapes of the groups of categories in the order in which the dictionary brings them up; the same as in
/// `browser/src/marks.ts`: square, circle, hexagon, diamond, pentagon, octagon, triangle on its point.
const SHAPES: [&str; 7] = [
    "M-8 -8h16v16h-16z",
    "M-9 0a9 9 0 1 0 18 0a9 9 0 1 0 -18 0",
    "M9.4 0L4.7 8.1L-4.7 8.1L-9.4 0L-4.7 -8.1L4.7 -8.1Z",
    "M10 0L0 10L-10 0L0 -10Z",
    "M0 -9.4L8.9 -2.9L5.5 7.6L-5.5 7.6L-8.9 -2.9Z",
    "M8.7 3.6L3.6 8.7L-3.6 8.7L-8.7 3.6L-8.7 -3.6L-3.6 -8.7L3.6 -8.7L8.7 -3.6Z",
    "M0 9.6L-8.3 -4.8L8.3 -4.8Z",
];

/// A point of particular interest.
const TRIANGLE: &str = "M0 -9.6L10.2 8.1L-10.2 8.1Z";

/// The lines of an icon on its grid of 24.
fn icon(name: &str) -> Option<&'static str> {
    let start = format!("<symbol id=\"{name}\" viewBox=\"0 0 24 24\">");
    let (_, rest) = ui::SPRITE.split_once(&start)?;
    rest.split_once("</symbol>").map(|(lines, _)| lines)
}

/// About how wide a text is at 11 pixels.
pub(super) fn text_width(text: &str) -> f64 {
    text.chars().map(|letter| if letter > '\u{2e80}' { 11.0 } else { 5.9 }).sum()
}

/// A rectangle that is taken.
struct Box {
    left: f64,
    right: f64,
    top: f64,
    bottom: f64,
}

impl Box {
    fn around((x, y): (f64, f64), width: f64, height: f64) -> Self {
        Self { left: x - width / 2.0, right: x + width / 2.0, top: y - height / 2.0, bottom: y + height / 2.0 }
    }

    fn round(middle: (f64, f64), radius: f64) -> Self {
        Self::around(middle, 2.0 * radius, 2.0 * radius)
    }

    fn meets(&self, other: &Self) -> bool {
        self.left < other.right && other.left < self.right && self.top < other.bottom && other.top < self.bottom
    }

    fn inside(&self, look: Look) -> bool {
        self.left > 2.0
            && self.right < f64::from(look.width) - 2.0
            && self.top > 2.0
            && self.bottom < f64::from(look.height) - 16.0
    }
}

/// A text inside XML. Control characters have no place there.
pub(super) fn escaped(text: &str) -> String {
    let clean: String = text.chars().filter(|letter| !letter.is_control()).collect();
    clean.replace('&', "&amp;").replace('<', "&lt;").replace('>', "&gt;")
}

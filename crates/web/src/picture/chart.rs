//! Counts as a picture: lying bars, or upright ones for years, for whoever puts a figure into a text of their own.

use super::digits;
use super::ground::tenths;
use super::svg::{Labels, Notes, escaped, text_width};
use super::theme::{Colours, Theme};

/// So many lying bars are drawn; the rest is in the table.
const MOST: usize = 30;

/// The height of a lying bar with the space around it.
const STEP: f64 = 26.0;

/// Free space at the edges.
const EDGE: f64 = 20.0;

/// What stands above the bars, and below them.
const HEAD: f64 = 66.0;
const FOOT: f64 = 30.0;

/// The height of upright bars.
const TALL: f64 = 260.0;

/// Counts by label, in their order.
pub(crate) struct Chart<'c> {
    /// The bars.
    pub bars: &'c [(String, u64)],
    /// Whether the labels are years, drawn side by side.
    pub years: bool,
    /// Said below the bars: how many are left out, or have no year.
    pub remark: String,
}

/// How many of the bars are drawn.
pub(crate) fn drawn(chart: &Chart<'_>) -> usize {
    if chart.years { chart.bars.len() } else { chart.bars.len().min(MOST) }
}

/// How high the picture is, in pixels.
pub(crate) fn height(chart: &Chart<'_>) -> f64 {
    let tall = if chart.years { TALL + 24.0 } else { STEP * drawn(chart) as f64 + 8.0 };
    HEAD + tall + FOOT
}

/// The SVG document, so many pixels wide. Without labels bars carry their place in the table instead of words.
pub(crate) fn svg(chart: &Chart<'_>, width: u16, theme: Theme, labels: Labels, notes: &Notes) -> String {
    let (colours, across) = (theme.colours(), f64::from(width));
    let bars = &chart.bars[..drawn(chart)];
    let height = height(chart);
    let mut out = format!(
        "<svg xmlns=\"http://www.w3.org/2000/svg\" width=\"{width}\" height=\"{height}\" viewBox=\"0 0 {width} {height}\" \
         role=\"img\" font-family=\"system-ui, 'Noto Sans', 'Noto Sans CJK SC', sans-serif\">\n\
         <title>{}</title>\n<desc>{}</desc>\n<metadata>{}</metadata>\n<rect width=\"100%\" height=\"100%\" fill=\"{}\"/>\n",
        escaped(&notes.title),
        escaped(&notes.description),
        escaped(&notes.credit),
        colours.paper
    );
    let mut pen = Pen { colours, words: labels != Labels::None, across, out: &mut out };
    pen.head(notes);
    if chart.years {
        pen.upright(bars)
    } else {
        pen.lying(bars)
    }
    pen.foot(height, &chart.remark, &notes.credit);
    out.push_str("</svg>\n");
    out
}

struct Pen<'a> {
    colours: &'static Colours,
    words: bool,
    across: f64,
    out: &'a mut String,
}

impl Pen<'_> {
    fn head(&mut self, notes: &Notes) {
        let Colours { ink, soft, .. } = self.colours;
        let wide = self.across - 2.0 * EDGE;
        self.text((EDGE, 30.0), 18.0, "start", ink, &fitting(&notes.title, wide, 18.0));
        self.text((EDGE, 50.0), 12.0, "start", soft, &fitting(&notes.description, wide, 12.0));
    }

    fn lying(&mut self, bars: &[(String, u64)]) {
        let Colours { ink, accent, .. } = self.colours;
        let most = bars.iter().map(|bar| bar.1).max().unwrap_or(1).max(1) as f64;
        let left = EDGE + (self.across - 2.0 * EDGE) * 0.38;
        let room = self.across - EDGE - left - 56.0;
        for (at, (label, count)) in bars.iter().enumerate() {
            let middle = HEAD + STEP * (at as f64 + 0.5);
            let wide = (*count as f64 / most * room).max(1.0);
            if self.words {
                let label = fitting(label, left - EDGE - 10.0, 13.0);
                self.text((left - 10.0, middle + 4.5), 13.0, "end", ink, &label);
            } else {
                self.number(at + 1, (left - 22.0, middle));
            }
            self.out.push_str(&format!(
                "<rect class=\"bar\" data-count=\"{count}\" x=\"{}\" y=\"{}\" width=\"{}\" height=\"15\" fill=\"{accent}\"/>\n",
                tenths(left),
                tenths(middle - 7.5),
                tenths(wide)
            ));
            self.number(*count as usize, (left + wide + 8.0 + digits::width(*count as usize, 9.0) / 2.0, middle));
        }
    }

    fn upright(&mut self, bars: &[(String, u64)]) {
        let Colours { accent, soft, .. } = self.colours;
        let most = bars.iter().map(|bar| bar.1).max().unwrap_or(1).max(1) as f64;
        let step = (self.across - 2.0 * EDGE) / bars.len().max(1) as f64;
        let floor = HEAD + TALL;
        let every = (44.0 / step).ceil().max(1.0) as usize;
        for (at, (label, count)) in bars.iter().enumerate() {
            let (middle, tall) = (EDGE + step * (at as f64 + 0.5), *count as f64 / most * (TALL - 16.0));
            let wide = (step * 0.76).min(48.0);
            self.out.push_str(&format!(
                "<rect class=\"bar\" data-count=\"{count}\" x=\"{}\" y=\"{}\" width=\"{}\" height=\"{}\" fill=\"{accent}\"/>\n",
                tenths(middle - wide / 2.0),
                tenths(floor - tall),
                tenths(wide),
                tenths(tall)
            ));
            if *count > 0 && digits::width(*count as usize, 8.0) < step - 2.0 {
                self.number(*count as usize, (middle, floor - tall - 9.0));
            }
            if let Some(year) = label.parse().ok().filter(|_| at % every == 0) {
                self.number(year, (middle, floor + 13.0));
            }
        }
        self.out.push_str(&format!(
            "<path stroke=\"{soft}\" d=\"M{} {}H{}\"/>\n",
            tenths(EDGE),
            tenths(floor),
            tenths(self.across - EDGE)
        ));
    }

    fn foot(&mut self, height: f64, remark: &str, credit: &str) {
        let soft = self.colours.soft;
        let (half, y) = (self.across / 2.0 - EDGE - 8.0, height - 12.0);
        self.text((EDGE, y), 11.0, "start", soft, &fitting(remark, half, 11.0));
        let room = if remark.is_empty() { 2.0 * half } else { half };
        self.text((self.across - EDGE, y), 10.0, "end", soft, &fitting(credit, room, 10.0));
    }

    fn text(&mut self, (x, y): (f64, f64), size: f64, anchor: &str, colour: &str, text: &str) {
        if self.words && !text.is_empty() {
            self.out.push_str(&format!(
                "<text x=\"{}\" y=\"{}\" font-size=\"{size}\" text-anchor=\"{anchor}\" fill=\"{colour}\">{}</text>\n",
                tenths(x),
                tenths(y),
                escaped(text)
            ));
        }
    }

    /// A number around a point, in strokes that need no font.
    fn number(&mut self, number: usize, at: (f64, f64)) {
        let ink = self.colours.ink;
        self.out.push_str(&format!(
            "<path fill=\"none\" stroke=\"{ink}\" stroke-width=\"1.15\" stroke-linecap=\"round\" stroke-linejoin=\"round\" d=\"{}\"/>\n",
            digits::number(number, at, 9.0)
        ));
    }
}

/// A text cut, with a sign that it was, to a width in pixels at a size.
fn fitting(text: &str, width: f64, size: f64) -> String {
    let width = width * 11.0 / size;
    if text_width(text) <= width {
        return text.to_owned();
    }
    let mut cut = String::new();
    for letter in text.chars() {
        cut.push(letter);
        if text_width(&cut) > width - 11.0 {
            cut.pop();
            break;
        }
    }
    format!("{}…", cut.trim_end())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn notes() -> Notes {
        Notes { title: "By <country>".into(), description: "53 links".into(), credit: "An atlas".into() }
    }

    #[test]
    fn every_bar_is_as_long_as_its_count_and_says_it() {
        let bars = [("Kenya".to_owned(), 40), ("Chad".to_owned(), 10)];
        let chart = Chart { bars: &bars, years: false, remark: String::new() };
        let svg = svg(&chart, 960, Theme::Light, Labels::In(ui::Lang::En), &notes());
        // 960 − 2·20 = 920; bars begin at 20 + 0.38·920 = 369.6, so the longest is 960 − 20 − 369.6 − 56 = 514.4
        assert!(svg.contains("data-count=\"40\" x=\"369.6\" y=\"71.5\" width=\"514.4\""), "{svg}");
        assert!(svg.contains("data-count=\"10\" x=\"369.6\" y=\"97.5\" width=\"128.6\""), "{svg}");
        assert!(svg.contains("By &lt;country&gt;") && svg.contains(">Kenya</text>"), "{svg}");
    }

    #[test]
    fn without_a_font_bars_have_numbers_and_no_words() {
        let bars = [("肯尼亚".to_owned(), 4)];
        let chart = Chart { bars: &bars, years: false, remark: "x".into() };
        let svg = svg(&chart, 600, Theme::Dark, Labels::None, &notes());
        assert!(!svg.contains("<text") && svg.matches("<path").count() == 2, "{svg}");
    }

    #[test]
    fn years_stand_side_by_side_and_many_labels_are_cut_to_fit() {
        let bars: Vec<_> = (2000..2012).map(|year| (year.to_string(), u64::from(year % 3 == 0) * 5)).collect();
        let chart = Chart { bars: &bars, years: true, remark: String::new() };
        let svg = svg(&chart, 960, Theme::Light, Labels::In(ui::Lang::En), &notes());
        assert_eq!(svg.matches("class=\"bar\"").count(), 12);
        assert_eq!(fitting("Ministry of the Interior", 70.0, 11.0), "Ministry o…");
        assert_eq!(fitting("Chad", 70.0, 11.0), "Chad");
    }
}

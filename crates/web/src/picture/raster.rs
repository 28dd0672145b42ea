//! From an SVG picture to a PNG of few colours, with the fonts of this machine.

use std::path::PathBuf;
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};

use resvg::tiny_skia::{Pixmap, Transform};
use resvg::usvg::{FontResolver, Options, Tree, fontdb};

/// Colours in a picture's palette: the most that PNG has.
const PALETTE: usize = 256;

/// Colours nearer than this to a commoner one (in steps of 255) are drawn in it: soft edges are most of a picture's bytes.
const ALIKE: i32 = 20;

/// The fonts that words in pictures are drawn with.
#[derive(Debug, Default)]
pub(crate) struct Fonts {
    known: Arc<fontdb::Database>,
}

/// Words that no font of this machine can draw.
#[derive(Debug, PartialEq, Eq)]
pub(crate) struct NoFont;

impl Fonts {
    /// These files first; then whatever the system has. A file that is no font is passed over.
    pub fn load(files: &[PathBuf]) -> Self {
        let mut known = fontdb::Database::new();
        for file in files {
            // Without it the picture has numbers and no names, which its legend makes up for.
            let _ = known.load_font_file(file);
        }
        let own = known.faces().next().and_then(|face| face.families.first()).map(|family| family.0.clone());
        known.load_system_fonts();
        let family = own.or_else(|| FAMILIES.iter().find(|name| has(&known, name)).map(|name| (*name).to_owned()));
        if let Some(family) = family.or_else(|| any_family(&known)) {
            known.set_sans_serif_family(family);
        }
        Self { known: Arc::new(known) }
    }
}

/// Plain faces, the first of which that is there draws words.
const FAMILIES: [&str; 5] = ["Noto Sans", "DejaVu Sans", "Liberation Sans", "Arial", "Noto Sans CJK SC"];

/// Faces for Chinese, in the same way.
const CHINESE: [&str; 7] = [
    "Noto Sans CJK SC",
    "Source Han Sans SC",
    "Noto Sans SC",
    "WenQuanYi Micro Hei",
    "WenQuanYi Zen Hei",
    "Droid Sans Fallback",
    "Noto Serif CJK SC",
];

fn has(fonts: &fontdb::Database, family: &str) -> bool {
    fonts.faces().any(|face| face.families.iter().any(|(name, _)| name == family))
}

fn any_family(fonts: &fontdb::Database) -> Option<String> {
    fonts.faces().find_map(|face| face.families.first()).map(|family| family.0.clone())
}

/// Draws a picture. Fails where a letter in it has no font.
pub(crate) fn png(svg: &str, fonts: &Fonts, notes: &[(&str, String)]) -> Result<Vec<u8>, NoFont> {
    let missing = Arc::new(AtomicBool::new(fonts.known.is_empty() && svg.contains("<text")));
    let tree = {
        let chinese = CHINESE.iter().find_map(|family| plain_face(&fonts.known, family));
        let otherwise = FontResolver::default_fallback_selector();
        let told = missing.clone();
        let fallback = move |letter: char, used: &[fontdb::ID], fonts: &mut Arc<fontdb::Database>| {
            let wanted = chinese.filter(|id| is_han(letter) && !used.contains(id));
            let found = wanted.or_else(|| otherwise(letter, used, fonts));
            told.fetch_or(found.is_none(), Ordering::Relaxed);
            found
        };
        let resolver =
            FontResolver { select_font: FontResolver::default_font_selector(), select_fallback: Box::new(fallback) };
        let options = Options { fontdb: fonts.known.clone(), font_resolver: resolver, ..Options::default() };
        Tree::from_str(svg, &options).expect("invariant: our own pictures are SVG")
    };
    if missing.load(Ordering::Relaxed) {
        return Err(NoFont);
    }
    let size = tree.size().to_int_size();
    let mut pixels = Pixmap::new(size.width(), size.height()).expect("invariant: pictures have a size");
    resvg::render(&tree, Transform::identity(), &mut pixels.as_mut());
    Ok(encode(&pixels, notes))
}

fn plain_face(fonts: &fontdb::Database, family: &str) -> Option<fontdb::ID> {
    fonts.query(&fontdb::Query { families: &[fontdb::Family::Name(family)], ..Default::default() })
}

fn is_han(letter: char) -> bool {
    matches!(letter, '\u{2e80}'..='\u{9fff}' | '\u{f900}'..='\u{faff}' | '\u{ff00}'..='\u{ffef}' | '\u{20000}'..='\u{3ffff}')
}

/// A PNG with a palette and notes (title, licence …) as text chunks. Pictures have no transparent parts.
fn encode(pixels: &Pixmap, notes: &[(&str, String)]) -> Vec<u8> {
    let (palette, indices) = reduced(pixels);
    let mut bytes = Vec::new();
    let mut encoder = png::Encoder::new(&mut bytes, pixels.width(), pixels.height());
    encoder.set_color(png::ColorType::Indexed);
    encoder.set_depth(png::BitDepth::Eight);
    encoder.set_palette(palette.concat());
    encoder.set_compression(png::Compression::High);
    encoder.set_filter(png::Filter::NoFilter);
    for (key, text) in notes {
        encoder.add_itxt_chunk((*key).to_owned(), text.clone()).expect("invariant: our own keywords are short Latin");
    }
    let mut writer = encoder.write_header().expect("invariant: memory takes every byte");
    writer.write_image_data(&indices).expect("invariant: memory takes every byte");
    writer.finish().expect("invariant: memory takes every byte");
    bytes
}

/// The commonest colours, and for each pixel the nearest of them. Colours are told apart by their upper five bits.
fn reduced(pixels: &Pixmap) -> (Vec<[u8; 3]>, Vec<u8>) {
    let bin =
        |pixel: &[u8]| usize::from(pixel[0] >> 3) << 10 | usize::from(pixel[1] >> 3) << 5 | usize::from(pixel[2] >> 3);
    let mut bins = vec![([0u64; 3], 0u64); 1 << 15];
    for pixel in pixels.data().chunks_exact(4) {
        let (sum, count) = &mut bins[bin(pixel)];
        *count += 1;
        sum.iter_mut().zip(pixel).for_each(|(sum, part)| *sum += u64::from(*part));
    }
    let mut used: Vec<usize> = (0..bins.len()).filter(|at| bins[*at].1 > 0).collect();
    used.sort_by_key(|at| std::cmp::Reverse(bins[*at].1));
    let mean = |at: &usize| bins[*at].0.map(|sum| (sum / bins[*at].1) as u8);
    let mut palette: Vec<[u8; 3]> = Vec::new();
    for colour in used.iter().map(mean) {
        let new = palette.iter().all(|other| distance(other, colour) >= ALIKE * ALIKE);
        if new && palette.len() < PALETTE {
            palette.push(colour);
        }
    }
    let mut nearest = vec![0u8; bins.len()];
    for at in &used {
        nearest[*at] = nearest_of(&palette, mean(at));
    }
    let indices = pixels.data().chunks_exact(4).map(|pixel| nearest[bin(pixel)]).collect();
    (palette, indices)
}

fn nearest_of(palette: &[[u8; 3]], colour: [u8; 3]) -> u8 {
    let distance =
        |other: &[u8; 3]| other.iter().zip(colour).map(|(a, b)| i32::from(a.abs_diff(b)).pow(2)).sum::<i32>();
    let found = palette.iter().enumerate().min_by_key(|(_, other)| distance(other));
    found.map_or(0, |(at, _)| at as u8)
}

fn distance(one: &[u8; 3], other: [u8; 3]) -> i32 {
    one.iter().zip(other).map(|(a, b)| i32::from(a.abs_diff(b)).pow(2)).sum()
}

#[cfg(test)]
mod tests {
    use super::*;

    const RED_IN_BLUE: &str = "<svg xmlns=\"http://www.w3.org/2000/svg\" width=\"20\" height=\"10\">\
        <rect width=\"20\" height=\"10\" fill=\"#0000ff\"/><rect x=\"5\" width=\"10\" height=\"10\" fill=\"#ff0000\"/></svg>";

    fn pixels(png: &[u8]) -> (png::OutputInfo, Vec<u8>) {
        let mut decoder = png::Decoder::new(std::io::Cursor::new(png));
        decoder.set_transformations(png::Transformations::EXPAND);
        let mut reader = decoder.read_info().expect("a PNG");
        let mut bytes = vec![0; reader.output_buffer_size().expect("a size")];
        let info = reader.next_frame(&mut bytes).expect("a picture");
        bytes.truncate(info.buffer_size());
        (info, bytes)
    }

    #[test]
    fn a_picture_has_its_colours_where_they_were_drawn() {
        let png = png(RED_IN_BLUE, &Fonts::default(), &[("Title", "红".into())]).expect("it has no words");
        let (info, rgb) = pixels(&png);
        assert_eq!((info.width, info.height), (20, 10));
        let at = |x: usize, y: usize| &rgb[(y * 20 + x) * 3..][..3];
        assert_eq!((at(2, 5), at(10, 5), at(19, 9)), (&[0, 0, 255][..], &[255, 0, 0][..], &[0, 0, 255][..]));
        assert!(png.windows(5).any(|part| part == b"Title"));
    }

    #[test]
    fn words_without_a_font_are_refused_and_never_boxes() {
        let svg = RED_IN_BLUE.replace("</svg>", "<text x=\"1\" y=\"9\" font-family=\"sans-serif\">a</text></svg>");
        assert_eq!(png(&svg, &Fonts::default(), &[]), Err(NoFont));
        // a letter of no script that any font draws
        let svg =
            RED_IN_BLUE.replace("</svg>", "<text x=\"1\" y=\"9\" font-family=\"sans-serif\">\u{10fff0}</text></svg>");
        assert_eq!(png(&svg, &Fonts::load(&[]), &[]), Err(NoFont));
    }

    #[test]
    fn what_is_painted_flat_keeps_its_colour_among_more_colours_than_a_palette_holds() {
        let mut pixmap = Pixmap::new(64, 64).expect("a size");
        for (at, pixel) in pixmap.data_mut().chunks_exact_mut(4).enumerate() {
            let gradient = [(at % 64) as u8 * 4, (at / 64 % 32) as u8 * 8, 128, 255];
            pixel.copy_from_slice(if at < 2048 { &gradient } else { &[216, 227, 230, 255] });
        }
        let (palette, indices) = reduced(&pixmap);
        assert!((20..=PALETTE).contains(&palette.len()), "{}", palette.len());
        assert!(indices[2048..].iter().all(|index| palette[usize::from(*index)] == [216, 227, 230]));
    }
}

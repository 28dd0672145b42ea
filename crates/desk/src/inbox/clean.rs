//! What is left of a stranger's file: a picture's dots, painted anew, or a document's words.
//!
//! [`clean`] reads bytes from strangers with other people's parsers. It is meant to run in a process that has nothing,
//! may do nothing, and is thrown away; [`answer`] and [`read_answer`] are what goes between it and us. Nothing but the
//! bytes is looked at: no name, no stated type.

use std::io::Cursor;

use image::codecs::jpeg::JpegEncoder;
use image::{DynamicImage, ImageDecoder, ImageFormat, ImageReader, Limits};
use model::{Cleaned, Reader, Refused, Writer};

use crate::capture::read::{Hint, Unread, read};

/// A picture's longest side, in dots.
const LONGEST_SIDE: u32 = 12_000;
/// A picture's most dots: what fits into the memory of the process that reads it, twice.
const MOST_DOTS: u64 = 24_000_000;
/// The most bytes of words.
const MOST_WORDS: usize = 1 << 20;
/// The most bytes of a picture that was painted anew.
const MOST_BYTES: usize = 24 << 20;
/// How well photographs are kept, of 100.
const QUALITY: u8 = 90;

/// Documents whose words are taken. Archives of the web hold whole sessions, cookies included, and are not.
const DOCUMENTS: [&str; 5] =
    ["text/", "application/vnd.openxmlformats", "application/vnd.oasis", "application/xhtml", "application/pdf"];

/// What is left of a file.
///
/// # Errors
/// [`Refused::Kind`] if it is of a kind that is not taken, [`Refused::Damaged`] if it can't be read or unfolds to more
/// than is taken, [`Refused::Size`] if there is nothing in it.
pub fn clean(bytes: &[u8]) -> Result<Cleaned, Refused> {
    if bytes.is_empty() {
        return Err(Refused::Size);
    }
    match image::guess_format(bytes) {
        Ok(format @ (ImageFormat::Jpeg | ImageFormat::Png | ImageFormat::WebP | ImageFormat::Gif)) => {
            picture(bytes, format)
        }
        Ok(format) => Err(Refused::Kind(format.to_mime_type().into())),
        Err(_) => words(bytes),
    }
}

fn picture(bytes: &[u8], format: ImageFormat) -> Result<Cleaned, Refused> {
    let mut reader = ImageReader::with_format(Cursor::new(bytes), format);
    let mut limits = Limits::default();
    (limits.max_image_width, limits.max_image_height) = (Some(LONGEST_SIDE), Some(LONGEST_SIDE));
    limits.max_alloc = Some(4 * MOST_DOTS);
    reader.limits(limits);
    let mut decoder = reader.into_decoder().map_err(|_| Refused::Damaged)?;
    let (width, height) = decoder.dimensions();
    if u64::from(width) * u64::from(height) > MOST_DOTS {
        return Err(Refused::Damaged);
    }
    // How the camera was held is the one thing that the dots need and that is stored beside them.
    let orientation = decoder.orientation().map_err(|_| Refused::Damaged)?;
    let mut picture = DynamicImage::from_decoder(decoder).map_err(|_| Refused::Damaged)?;
    picture.apply_orientation(orientation);
    painted(picture, format)
}

/// The dots in a file that holds nothing else: no place, no device, no profile, no thumbnail.
fn painted(picture: DynamicImage, format: ImageFormat) -> Result<Cleaned, Refused> {
    let mut bytes = Vec::new();
    let size = (picture.width(), picture.height());
    let (media_type, done) = if format == ImageFormat::Jpeg {
        let encoder = JpegEncoder::new_with_quality(&mut bytes, QUALITY);
        ("image/jpeg", picture.into_rgb8().write_with_encoder(encoder))
    } else {
        let plain = if picture.color().has_alpha() {
            DynamicImage::ImageRgba8(picture.into_rgba8())
        } else {
            DynamicImage::ImageRgb8(picture.into_rgb8())
        };
        ("image/png", plain.write_to(&mut Cursor::new(&mut bytes), ImageFormat::Png))
    };
    if done.is_err() || bytes.len() > MOST_BYTES {
        return Err(Refused::Damaged);
    }
    Ok(Cleaned::Picture { media_type: media_type.into(), size, bytes })
}

fn words(bytes: &[u8]) -> Result<Cleaned, Refused> {
    let document = match read(bytes, &Hint::default()) {
        Ok(document) => document,
        Err(Unread::Kind(kind)) => return Err(Refused::Kind(kind)),
        Err(Unread::Damaged(_) | Unread::TooLarge(_)) => return Err(Refused::Damaged),
    };
    if !DOCUMENTS.iter().any(|kind| document.media_type.starts_with(kind)) {
        return Err(Refused::Kind(document.media_type));
    }
    let words = document.text.body().trim().to_owned();
    match words.len() {
        0 if document.media_type == "text/plain" => Err(Refused::Size),
        // Pages that were scanned are pictures; their words have to come some other way.
        0 => Err(Refused::Kind(document.media_type)),
        1..=MOST_WORDS => Ok(Cleaned::Words(words)),
        _ => Err(Refused::Damaged),
    }
}

/// Cleans a file and gives what [`read_answer`] reads.
pub fn answer(bytes: &[u8]) -> Vec<u8> {
    let mut w = Writer::new();
    match clean(bytes) {
        Ok(Cleaned::Picture { media_type, size: (width, height), bytes }) => {
            w.u8(0).text(&media_type).u32(width).u32(height).bytes(&bytes);
        }
        Ok(Cleaned::Words(words)) => drop(w.u8(1).text(&words)),
        Err(Refused::Kind(kind)) => drop(w.u8(2).text(&kind)),
        Err(Refused::Size) => drop(w.u8(3)),
        Err(_) => drop(w.u8(4)),
    }
    w.into_bytes()
}

/// What the other process says. An answer that it can't have given is a damaged file: it may be the file that speaks.
pub fn read_answer(bytes: &[u8]) -> Result<Cleaned, Refused> {
    told(bytes).unwrap_or(Err(Refused::Damaged))
}

fn told(bytes: &[u8]) -> Option<Result<Cleaned, Refused>> {
    let mut r = Reader::new(bytes);
    let told = match r.u8().ok()? {
        0 => {
            let media_type = r.text().ok().filter(|kind| ["image/png", "image/jpeg"].contains(kind))?;
            let size = (r.u32().ok()?, r.u32().ok()?);
            let bytes = r.bytes().ok().filter(|bytes| bytes.len() <= MOST_BYTES && begins_as(bytes, media_type))?;
            Ok(Cleaned::Picture { media_type: media_type.into(), size, bytes: bytes.to_vec() })
        }
        1 => Ok(Cleaned::Words(r.text().ok().filter(|words| words.len() <= MOST_WORDS)?.into())),
        2 => Err(Refused::Kind(r.text().ok()?.chars().filter(|c| !c.is_control()).take(100).collect())),
        3 => Err(Refused::Size),
        4 => Err(Refused::Damaged),
        _ => return None,
    };
    r.finish().ok()?;
    Some(told)
}

fn begins_as(bytes: &[u8], media_type: &str) -> bool {
    let magic: &[u8] = if media_type == "image/png" { b"\x89PNG\r\n\x1a\n" } else { b"\xff\xd8\xff" };
    bytes.starts_with(magic)
}

#[cfg(test)]
mod tests {
    use super::*;
    use image::{GenericImageView, Rgb, RgbImage};

    /// A red and a blue half, 40 × 20.
    fn flag() -> RgbImage {
        RgbImage::from_fn(40, 20, |x, _| if x < 20 { Rgb([200, 0, 0]) } else { Rgb([0, 0, 200]) })
    }

    fn encoded(format: ImageFormat) -> Vec<u8> {
        let mut bytes = Vec::new();
        DynamicImage::ImageRgb8(flag()).write_to(&mut Cursor::new(&mut bytes), format).expect("it can be written");
        bytes
    }

    /// An Exif block that says the camera was turned (orientation 6: to be shown a quarter to the right), where it was and
    /// whose it is (TIFF 6.0, Exif 2.3).
    fn with_exif(jpeg: &[u8]) -> Vec<u8> {
        let mut tiff: Vec<u8> = b"MM\0*\0\0\0\x08\0\x02".to_vec();
        tiff.extend([1, 18, 0, 3, 0, 0, 0, 1, 0, 6, 0, 0]);
        tiff.extend([1, 59, 0, 2, 0, 0, 0, 13, 0, 0, 0, 38]);
        tiff.extend([0; 4]);
        tiff.extend(b"CANARY-OWNER\0");
        let length = u16::try_from(tiff.len() + 8).expect("short").to_be_bytes();
        let mut whole = jpeg[..2].to_vec();
        whole.extend([0xff, 0xe1, length[0], length[1]]);
        whole.extend(b"Exif\0\0");
        whole.extend(&tiff);
        whole.extend(&jpeg[2..]);
        whole
    }

    #[test]
    fn a_picture_keeps_its_dots_and_nothing_else() {
        let turned = with_exif(&encoded(ImageFormat::Jpeg));
        assert!(turned.windows(6).any(|part| part == b"CANARY"));
        let Ok(Cleaned::Picture { media_type, size, bytes }) = clean(&turned) else { panic!("a picture") };
        assert_eq!((media_type.as_str(), size), ("image/jpeg", (20, 40)), "it stands upright");
        assert!(!bytes.windows(6).any(|part| part == b"CANARY" || part == b"Exif\0\0"));
        let seen = image::load_from_memory(&bytes).expect("a picture");
        let (top, bottom) = (seen.get_pixel(10, 5), seen.get_pixel(10, 35));
        assert!(top[0] > 150 && top[2] < 60 && bottom[2] > 150 && bottom[0] < 60, "{top:?} {bottom:?}");
    }

    #[test]
    fn png_and_webp_become_plain_png_without_loss() {
        for format in [ImageFormat::Png, ImageFormat::WebP] {
            let Ok(Cleaned::Picture { media_type, bytes, .. }) = clean(&encoded(format)) else { panic!("a picture") };
            assert_eq!(media_type, "image/png");
            assert_eq!(image::load_from_memory(&bytes).expect("a picture").to_rgb8(), flag());
            let text = [b"tEXt".as_slice(), b"iTXt", b"zTXt", b"eXIf", b"iCCP", b"tIME"];
            assert!(text.iter().all(|chunk| !bytes.windows(4).any(|part| part == *chunk)));
        }
    }

    #[test]
    fn documents_become_words_and_the_rest_is_refused_by_its_kind() {
        let page = b"<!doctype html><html><head><meta name=author content=CANARY><title>t</title></head><body><!-- CANARY --><p>Sold 40 cameras.</p></body></html>";
        assert_eq!(clean(page), Ok(Cleaned::Words("Sold 40 cameras.".into())));
        assert_eq!(clean("海康\r\n\r\nzwei".as_bytes()), Ok(Cleaned::Words("海康\nzwei".into())));
        assert_eq!(clean(b""), Err(Refused::Size));
        assert_eq!(clean(b" \n "), Err(Refused::Size));
        assert_eq!(clean(b"BM\x01\0\x01\0\0\0\0"), Err(Refused::Kind("image/bmp".into())));
        assert!(matches!(clean(b"\x7fELF\0\0\0\0\0"), Err(Refused::Kind(_))));
        assert!(matches!(clean(b"WARC/1.1\r\n\r\n"), Err(Refused::Kind(_) | Refused::Damaged)));
        let jpeg = encoded(ImageFormat::Jpeg);
        assert_eq!(clean(&jpeg[..jpeg.len() / 3]), Err(Refused::Damaged));
    }

    #[test]
    fn a_flood_of_dots_is_refused_before_it_is_unpacked() {
        let mut png = encoded(ImageFormat::Png);
        png[16..24].copy_from_slice(&[0, 0, 0x80, 0, 0, 0, 0x80, 0]);
        assert_eq!(clean(&png), Err(Refused::Damaged));
    }

    #[test]
    fn what_goes_between_two_processes_comes_back_as_it_was() {
        for bytes in [encoded(ImageFormat::Png), b"words".to_vec(), b"BM".to_vec(), Vec::new(), vec![0; 9]] {
            assert_eq!(read_answer(&answer(&bytes)), clean(&bytes));
        }
        for forged in [&b""[..], b"\x07", b"\x01", &[1, 0, 0, 0, 9]] {
            assert_eq!(read_answer(forged), Err(Refused::Damaged));
        }
    }
}

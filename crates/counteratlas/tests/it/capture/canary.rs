//! Who handed something over, and who captured it, stands in nothing that is published: not their name, place, device, path,
//! cookie or address, whatever they put it into.

use std::io::{Cursor, Read, Write};
use std::process::Command;

use image::{DynamicImage, ImageFormat, Rgb, RgbImage};
use ledger::archive::warc::{Sheet, write};
use zip::ZipArchive;
use zip::write::{SimpleFileOptions, ZipWriter};

use super::run;
use super::shown::facts_at;
use super::web::{OWN, Web};
use crate::atlas::{Atlas, read_below};
use crate::site::Site;
use crate::suggest::canary::unpacked;

/// What every seeded trace begins with.
const CANARY: &str = "Zq7canary";
/// What may be read of every file.
const WORDS: &str = "The council bought cameras";

fn zipped(files: &[(&str, String)]) -> Vec<u8> {
    let mut zip = ZipWriter::new(Cursor::new(Vec::new()));
    for (name, text) in files {
        zip.start_file(*name, SimpleFileOptions::default()).expect("memory takes it");
        zip.write_all(text.as_bytes()).expect("memory takes it");
    }
    zip.finish().expect("memory takes it").into_inner()
}

fn segment(marker: u8, bytes: &[u8]) -> Vec<u8> {
    let length = u16::try_from(bytes.len() + 2).expect("short").to_be_bytes();
    [&[0xff, marker], &length[..], bytes].concat()
}

/// A small picture in this format.
fn picture(format: ImageFormat) -> Vec<u8> {
    let dots = RgbImage::from_fn(8, 8, |x, y| Rgb([x as u8 * 30, y as u8 * 30, 90]));
    let mut bytes = Vec::new();
    DynamicImage::ImageRgb8(dots).write_to(&mut Cursor::new(&mut bytes), format).expect("memory takes it");
    bytes
}

fn xmp() -> String {
    format!(
        "<x:xmpmeta xmlns:x='adobe:ns:meta/'><rdf:RDF xmlns:rdf='http://www.w3.org/1999/02/22-rdf-syntax-ns#'>\
         <rdf:Description rdf:about='' xmlns:dc='http://purl.org/dc/elements/1.1/' xmlns:exif='http://ns.adobe.com/exif/1.0/' \
         dc:source='C:/{CANARY}-path' exif:GPSLatitude='{CANARY}-gps'/></rdf:RDF></x:xmpmeta>"
    )
}

/// One field of text, 0x013b Artist, at offset 26 (TIFF 6.0).
fn exif() -> Vec<u8> {
    let artist = format!("{CANARY}-artist\0");
    let mut exif = b"II*\0\x08\0\0\0\x01\0\x3b\x01\x02\0".to_vec();
    exif.extend(u32::try_from(artist.len()).expect("short").to_le_bytes());
    exif.extend(b"\x1a\0\0\0\0\0\0\0");
    exif.extend(artist.as_bytes());
    exif
}

/// A picture with every kind of note that cameras and programs leave in one.
fn jpeg() -> Vec<u8> {
    let plain = picture(ImageFormat::Jpeg);
    let parts = [
        plain[..2].to_vec(),
        segment(0xe1, &[b"Exif\0\0", &exif()[..]].concat()),
        segment(0xe1, format!("http://ns.adobe.com/xap/1.0/\0{}", xmp()).as_bytes()),
        segment(0xed, format!("Photoshop 3.0\0{CANARY}-iptc").as_bytes()),
        segment(0xfe, format!("{CANARY}-device").as_bytes()),
        plain[2..].to_vec(),
        // Behind the end lies what some programs hide there.
        format!("{CANARY}-behind").into_bytes(),
    ];
    parts.concat()
}

fn png() -> Vec<u8> {
    let chunk = |kind: &str, bytes: &[u8]| {
        let body = [kind.as_bytes(), bytes].concat();
        let length = u32::try_from(bytes.len()).expect("short").to_be_bytes();
        [&length[..], &body, &crc32fast::hash(&body).to_be_bytes()].concat()
    };
    let plain = picture(ImageFormat::Png);
    // The signature, and the header's chunk (PNG, 5.2 and 11.2.1).
    let parts = [
        plain[..33].to_vec(),
        chunk("tEXt", format!("Author\0{CANARY}").as_bytes()),
        chunk("iTXt", format!("XML:com.adobe.xmp\0\0\0\0\0{}", xmp()).as_bytes()),
        chunk("eXIf", &exif()),
        plain[33..].to_vec(),
    ];
    parts.concat()
}

/// An extended WebP file (RFC 9649, 2.7) around a simple one.
fn webp() -> Vec<u8> {
    let plain = picture(ImageFormat::WebP);
    let chunk = |kind: &[u8], bytes: &[u8]| {
        let length = u32::try_from(bytes.len()).expect("short").to_le_bytes();
        [kind, &length, bytes, &[0][..bytes.len() % 2]].concat()
    };
    let head = chunk(b"VP8X", &[0x0c, 0, 0, 0, 7, 0, 0, 7, 0, 0]);
    let body = [b"WEBP", &head[..], &plain[12..], &chunk(b"EXIF", &exif()), &chunk(b"XMP ", xmp().as_bytes())].concat();
    chunk(b"RIFF", &body)
}

fn pdf() -> Vec<u8> {
    let stream = format!("BT /F 12 Tf 72 720 Td ({WORDS}) Tj ET");
    let xmp = format!("<x:xmpmeta><dc:creator>{CANARY}-xmp</dc:creator></x:xmpmeta>");
    format!(
        "%PDF-1.4\n1 0 obj\n<</Type/Catalog/Pages 2 0 R/Metadata 7 0 R>>\nendobj\n2 0 obj\n<</Type/Pages/Count 1/Kids[4 0 R]>>\nendobj\n\
         3 0 obj\n<</Type/Font/Subtype/Type1/BaseFont/Helvetica/Encoding/WinAnsiEncoding>>\nendobj\n\
         4 0 obj\n<</Type/Page/Parent 2 0 R/MediaBox[0 0 9 9]/Resources<</Font<</F 3 0 R>>>>/Contents 5 0 R/Annots[8 0 R]>>\nendobj\n\
         5 0 obj\n<</Length {}>>stream\n{stream}\nendstream\nendobj\n6 0 obj\n<</Author({CANARY})/Producer({CANARY}-device)>>\nendobj\n\
         7 0 obj\n<</Type/Metadata/Subtype/XML/Length {}>>stream\n{xmp}\nendstream\nendobj\n\
         8 0 obj\n<</Type/Annot/Subtype/Text/T({CANARY}-remark)/Contents({CANARY})/Rect[0 0 1 1]>>\nendobj\n\
         trailer<</Size 9/Root 1 0 R/Info 6 0 R>>\n%%EOF\n",
        stream.len(),
        xmp.len()
    )
    .into_bytes()
}

fn office() -> Vec<(String, Vec<u8>)> {
    let core = format!("<cp><dc:creator>{CANARY}</dc:creator><cp:lastModifiedBy>{CANARY}-2</cp:lastModifiedBy></cp>");
    let docx = zipped(&[
        (
            "word/document.xml",
            format!(
                "<d><w:p w:rsidR='{CANARY}'><w:r><w:t>{WORDS}</w:t></w:r><w:ins w:author='{CANARY}'/><w:del><w:r><w:delText>{CANARY}-struck</w:delText></w:r></w:del><w:instrText>LINK C:\\{CANARY}</w:instrText></w:p></d>"
            ),
        ),
        ("word/comments.xml", format!("<c><w:p><w:t>{CANARY}-remark</w:t></w:p></c>")),
        ("docProps/core.xml", core.clone()),
        ("docProps/app.xml", format!("<p><Company>{CANARY}</Company></p>")),
    ]);
    let xlsx = zipped(&[
        ("xl/workbook.xml", format!("<w><x15ac:absPath url='C:\\{CANARY}'/></w>")),
        ("xl/worksheets/sheet1.xml", format!("<s><row><c t='inlineStr'><is><t>{WORDS}</t></is></c></row></s>")),
        ("xl/comments1.xml", format!("<c><authors><author>{CANARY}</author></authors></c>")),
        ("docProps/core.xml", core),
    ]);
    let odt = zipped(&[
        (
            "content.xml",
            format!(
                "<o><text:tracked-changes><text:p>{CANARY}</text:p></text:tracked-changes><text:p>{WORDS}<office:annotation><dc:creator>{CANARY}</dc:creator></office:annotation></text:p></o>"
            ),
        ),
        ("meta.xml", format!("<m><meta:initial-creator>{CANARY}</meta:initial-creator></m>")),
    ]);
    let named = |ending: &str, bytes| (format!("{CANARY}-name.{ending}"), bytes);
    vec![named("docx", docx), named("xlsx", xlsx), named("odt", odt)]
}

fn pages() -> Vec<(String, Vec<u8>)> {
    let html = format!(
        "<!-- saved from url=(0042)file:///C:/Users/{CANARY}/ --><html><meta name=author content={CANARY}><p>{WORDS}</p>\
         <input type=hidden value={CANARY}><script>var user = '{CANARY}'</script><img src=x alt=y data-x={CANARY}>"
    );
    let mail = format!(
        "From: {CANARY}\r\nMIME-Version: 1.0\r\nContent-Type: multipart/related; boundary=b\r\nX-Path: C:\\{CANARY}\r\n\r\n\
         --b\r\nContent-Type: text/html\r\nContent-Location: file:///srv/{CANARY}/x.html\r\n\r\n{html}\r\n--b--\r\n"
    );
    let sheet = Sheet { date: "2026-11-22T03:00:00Z".into(), warcinfo: String::new() };
    let answer = format!("HTTP/1.1 200 OK\r\nContent-Type: text/html\r\nSet-Cookie: id={CANARY}\r\n\r\n{html}");
    let response = sheet.response("https://example.org/", "192.0.2.1", answer.into_bytes());
    let asked =
        format!("GET / HTTP/1.1\r\nHost: example.org\r\nCookie: id={CANARY}\r\nAuthorization: Basic {CANARY}\r\n\r\n");
    let request = sheet.request("https://example.org/", &response, asked.into_bytes());
    let info = sheet.warcinfo(&[("operator", CANARY), ("hostname", CANARY), ("ip", CANARY)]);
    let warc = [write(&info), write(&response), write(&request)].concat();
    let bundle = zipped(&[(&format!("{CANARY}/{CANARY}.html"), html.clone())]);
    let named = |ending: &str, bytes| (format!("{CANARY}-name.{ending}"), bytes);
    vec![
        named("html", html.into_bytes()),
        named("mhtml", mail.into_bytes()),
        named("warc.gz", warc),
        named("zip", bundle),
    ]
}

/// A text as it may lie in bytes: plain, wide, in hexadecimal, and the three ways of base64, by the letters that do not
/// depend on what is beside it.
fn forms(text: &str) -> Vec<Vec<u8>> {
    let wide = |order: fn(u16) -> [u8; 2]| text.encode_utf16().flat_map(order).collect::<Vec<u8>>();
    let hex: String = text.bytes().map(|byte| format!("{byte:02x}")).collect();
    // `printf Zq7canary | base64`, behind one and behind two bytes as well, without the ends.
    let based = ["WnE3Y2FuYXJ5", "pxN2NhbmFye", "acTdjYW5hcn"].map(|form| form.as_bytes().to_vec());
    let plain = [
        text.as_bytes().to_vec(),
        text.to_lowercase().into_bytes(),
        wide(u16::to_le_bytes),
        wide(u16::to_be_bytes),
        hex.into_bytes(),
    ];
    plain.into_iter().chain(based).collect()
}

/// Whether some bytes hold a text in any of its forms, in files and codings within them too.
fn holds(bytes: &[u8], forms: &[Vec<u8>]) -> bool {
    let mut inner = unpacked(bytes);
    if let Ok(mut zip) = ZipArchive::new(Cursor::new(bytes)) {
        for at in 0..zip.len() {
            let mut file = Vec::new();
            zip.by_index(at).expect("a file").read_to_end(&mut file).expect("it is whole");
            inner.push(file);
        }
    }
    let here = forms.iter().any(|form| bytes.windows(form.len()).any(|window| window == form));
    here || inner.iter().any(|bytes| holds(bytes, forms))
}

/// Everything that others can have of this atlas: what it serves, packs, exports and is mirrored to.
fn published(atlas: &Atlas, ids: &[String]) -> Vec<(String, Vec<u8>)> {
    let site = Site::of(atlas);
    let originals = Site::run(atlas, &["serve", "atlas", "--evidence", "127.0.0.1:0"]);
    let captures = ids.iter().flat_map(|id| {
        let faces = ["", ".json"].map(|face| format!("/capture/{id}{face}"));
        faces.into_iter().chain(["png", "jpg"].map(|ending| format!("/picture/{id}.{ending}")))
    });
    let pages = captures.chain(
        [
            "/source/paper",
            "/source/paper.json",
            "/zh/source/paper",
            "/changes",
            "/search?q=cameras",
            "/items.csv",
            "/data",
        ]
        .map(String::from),
    );
    let mut all: Vec<(String, Vec<u8>)> = pages.map(|page| (page.clone(), site.get(&page).body)).collect();
    let mut pieces = Vec::new();
    read_below(&atlas.path("atlas/captures"), &mut pieces);
    for (path, _) in &pieces {
        let digits: String =
            path.strip_prefix(atlas.path("atlas/captures")).expect("below").to_string_lossy().replace('/', "");
        for ending in ["warc.gz", "text", "picture", "stamp", "original"] {
            all.push((format!("{digits}.{ending}"), originals.get(&format!("/{digits}.{ending}")).body));
        }
    }
    atlas.run(["evidence", "all.wacz"]).code(0);
    all.push(("all.wacz".into(), std::fs::read(atlas.path("all.wacz")).expect("it was packed")));
    all.push(("export".into(), atlas.run(["export"]).code(0).out().into_bytes()));
    atlas.run(["evidence", "bundle", "--plain"]).code(0);
    atlas.run(["evidence", "bundle.zip", "--plain", "--lang", "zh"]).code(0);
    all.push(("bundle.zip".into(), std::fs::read(atlas.path("bundle.zip")).expect("it was packed")));
    atlas.run(["build", "static"]);
    let (from, places) = (format!("http://{}", site.address()), format!("http://{}", originals.address()));
    atlas.program(["mirror", &from, "copy", "--captures", &places]).code(0);
    let mut copied = Vec::new();
    ["copy", "bundle", "static"].iter().for_each(|folder| read_below(&atlas.path(folder), &mut copied));
    all.extend(copied.into_iter().map(|(path, bytes)| (path.display().to_string(), bytes)));
    all
}

#[test]
fn nothing_that_tells_who_gave_or_captured_something_is_published() {
    let web = Web::new();
    let atlas = facts_at(&web, "/page");
    let mut files = [office(), pages()].concat();
    files.extend(
        [("jpg", jpeg()), ("png", png()), ("webp", webp()), ("pdf", pdf())]
            .map(|(ending, bytes)| (format!("{CANARY}-name.{ending}"), bytes)),
    );
    let mut words = vec!["capture".to_owned()];
    for (name, bytes) in &files {
        atlas.put(&format!("given/{CANARY}/{name}"), bytes);
        words.push(format!("given/{CANARY}/{name}"));
    }
    words.extend(["--source".into(), "paper".into()]);
    let given = atlas.run(words.iter().map(String::as_str)).code(0).out();
    let (page, shows) = (web.url("/page"), web.url("/shows-us"));
    let fetched = run(&atlas, &web, "capture", &[&page, &shows, "--own", OWN]);
    let fetched = fetched.stderr_has("the answer shows this machine's name or address").out();
    let id = |line: &str| line.split('\t').next().unwrap_or_default().to_owned();
    let ids: Vec<String> = given.lines().chain(fetched.lines()).map(id).collect();
    assert_eq!(ids.len(), files.len() + 2, "{given}{fetched}");
    let (traces, own) = (forms(CANARY), forms(OWN));
    // It is there to be found: every file was kept as it was given.
    let mut kept = Vec::new();
    read_below(&atlas.path("atlas/captures"), &mut kept);
    assert_eq!(kept.iter().filter(|(_, bytes)| holds(bytes, &traces)).count(), files.len());
    assert!(kept.iter().any(|(_, bytes)| holds(bytes, &own)));
    let all = published(&atlas, &ids);
    for (place, bytes) in &all {
        assert!(!holds(bytes, &traces), "{place} tells who gave something");
        assert!(!holds(bytes, &own), "{place} tells who captured something");
    }
    // What may be read is there.
    let words = all.iter().filter(|(_, bytes)| holds(bytes, &[WORDS.as_bytes().to_vec()])).count();
    assert!(words > files.len(), "{words}");
    let pictures: Vec<&[u8]> =
        all.iter().filter(|(place, _)| place.contains("/pictures/")).map(|(_, b)| &b[..]).collect();
    assert_eq!(pictures.len(), 2, "the photograph, and the one PNG of two files with the same dots");
    assert!(pictures.iter().all(|bytes| image::load_from_memory(bytes).is_ok_and(|seen| seen.width() == 8)));
    judged(&atlas, "exiftool", &["-a", "-u", "-G1", "-ee"], |said| !said.contains(CANARY));
    judged(&atlas, "mat2", &["--show"], |said| !said.contains(CANARY) && said.contains("No metadata found"));
    println!("metadata canaries: {} files, {} published answers and files searched, 0 found", files.len(), all.len());
}

/// Has somebody else's program look at the pictures that readers get; at those that were given, it finds the traces.
fn judged(atlas: &Atlas, program: &str, words: &[&str], clean: impl Fn(&str) -> bool) {
    let look = |path: &std::path::Path| {
        let output = Command::new(program).args(words).arg(path).output().ok()?;
        Some(String::from_utf8_lossy(&output.stdout).into_owned() + &String::from_utf8_lossy(&output.stderr))
    };
    let given = |ending: &str| atlas.path(&format!("given/{CANARY}/{CANARY}-name.{ending}"));
    let Some(said) = look(&given("jpg")) else {
        println!("SKIPPED: `{program}` is not on this machine, so it judged no picture");
        return;
    };
    assert!(said.contains("-artist"), "{program} finds what is there: {said}");
    let mut pictures = Vec::new();
    read_below(&atlas.path("bundle/pictures"), &mut pictures);
    for (path, _) in &pictures {
        let said = look(path).expect("it ran before");
        assert!(clean(&said), "{program}: {said}");
    }
    println!("{program} found nothing in {} pictures", pictures.len());
}

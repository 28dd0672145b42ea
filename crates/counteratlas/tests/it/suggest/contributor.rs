//! Somebody who sends a suggestion: what a browser of theirs, a proxy in between and their files would give away.

use std::io::{Cursor, Read, Write};
use std::net::TcpStream;

use image::{DynamicImage, ImageFormat, Rgb, RgbImage};
use zip::write::SimpleFileOptions;

/// A contributor; everything that would give them away holds `CANARY-` and their number.
pub struct Contributor(usize);

/// The multipart boundary, too, is a browser's own and could be known again.
const MIME: &str = "multipart/form-data; boundary=----CANARY-boundary";

impl Contributor {
    /// The contributor of a number.
    pub fn new(number: usize) -> Self {
        Self(number)
    }

    fn canary(&self, of: &str) -> String {
        format!("CANARY-{of}-{:04}", self.0)
    }

    /// Sends a suggestion with a file, over the three pages; gives the code.
    pub fn send(&self, address: &str) -> String {
        let page = self.last_page(address);
        assert!(page.starts_with("HTTP/1.1 200"), "{page}");
        let code = page.split("translate=\"no\">").nth(1).and_then(|rest| rest.split('<').next());
        code.unwrap_or_else(|| panic!("no code: {page}")).to_owned()
    }

    /// The same, whatever the last page says.
    pub fn last_page(&self, address: &str) -> String {
        self.ask(address, "GET", "/suggestion?about=item/maker", "", b"");
        let second = self.ask(address, "POST", "/suggestion", MIME, &self.form());
        assert!(second.starts_with("HTTP/1.1 200") && !second.contains("CANARY"), "{second}");
        let held = value(&second, "name=\"held\" value=\"");
        let fields = [
            ("about", "item/maker".to_owned()),
            ("what", self.typed()),
            ("note", "for the editors".into()),
            ("held", held),
            ("question", value(&second, "name=\"question\" value=\"")),
            ("answer", right(&second)),
            ("step", "send".into()),
        ];
        let encoded = fields.map(|(name, value)| format!("{name}={}", value.replace(' ', "+")));
        self.ask(address, "POST", "/suggestion", "application/x-www-form-urlencoded", encoded.join("&").as_bytes())
    }

    /// Asks for how it stands.
    pub fn come_back(&self, address: &str, code: &str) -> String {
        let form = format!("code={}", code.replace(' ', "+"));
        self.ask(address, "POST", "/suggestion/status", "application/x-www-form-urlencoded", form.as_bytes())
    }

    /// The one thing that is meant to be kept.
    fn typed(&self) -> String {
        format!("TYPED-{:04}", self.0)
    }

    fn ask(&self, address: &str, method: &str, path: &str, mime: &str, body: &[u8]) -> String {
        let canary = self.canary("head");
        let mut stream = TcpStream::connect(address).expect("it listens");
        let head = format!(
            "{method} {path} HTTP/1.1\r\nHost: {address}\r\nConnection: close\r\nUser-Agent: {canary}\r\n\
             X-Forwarded-For: {canary}\r\nForwarded: for={canary}\r\nReferer: https://{canary}/\r\n\
             Cookie: id={canary}\r\nAccept-Language: {canary}\r\nTime-Zone: {canary}\r\nContent-Type: {mime}\r\n\
             Content-Length: {}\r\n\r\n",
            body.len()
        );
        stream.write_all(head.as_bytes()).and_then(|()| stream.write_all(body)).expect("it reads");
        let mut answer = Vec::new();
        stream.read_to_end(&mut answer).expect("it answers");
        String::from_utf8_lossy(&answer).into_owned()
    }

    fn form(&self) -> Vec<u8> {
        let mut form = Vec::new();
        let mut part = |head: &str, bytes: &[u8]| {
            form.extend(b"------CANARY-boundary\r\nContent-Disposition: form-data; ");
            form.extend(head.as_bytes());
            form.extend(b"\r\n\r\n");
            form.extend(bytes);
            form.extend(b"\r\n");
        };
        part("name=\"about\"", b"item/maker");
        part("name=\"what\"", self.typed().as_bytes());
        part("name=\"step\"", b"check");
        let name = self.canary("name");
        part(&format!("name=\"file\"; filename=\"{name}.doc\"\r\nContent-Type: text/{name}"), &self.file());
        form.extend(b"------CANARY-boundary--\r\n");
        form
    }

    /// A file of one of five kinds, each with more in it than can be seen.
    fn file(&self) -> Vec<u8> {
        match self.0 % 5 {
            0 => self.jpeg(),
            1 => self.png(),
            2 => self.document(),
            3 => self.page(),
            _ => self.pdf(),
        }
    }

    fn painted(&self, format: ImageFormat) -> Vec<u8> {
        let shade = u8::try_from(self.0 % 251).unwrap();
        let dots =
            RgbImage::from_fn(24, 16, |x, y| Rgb([shade, u8::try_from(x * 9).unwrap(), u8::try_from(y).unwrap()]));
        let mut bytes = Vec::new();
        DynamicImage::ImageRgb8(dots).write_to(&mut Cursor::new(&mut bytes), format).expect("it can be written");
        bytes
    }

    /// Exif with artist, device, time with its zone, and a place (Exif 2.3); a comment; a second picture behind the first.
    fn jpeg(&self) -> Vec<u8> {
        let texts = [(0x013b, "artist"), (0x010f, "device"), (0x9011, "zone"), (0x0132, "time")];
        let mut tiff: Vec<u8> = b"MM\0*\0\0\0\x08".to_vec();
        tiff.extend(u16::try_from(texts.len()).unwrap().to_be_bytes());
        let mut at = 8 + 2 + 12 * texts.len() + 4;
        let mut behind = Vec::new();
        for (tag, of) in texts {
            let text = self.canary(of) + "\0";
            tiff.extend(u16::to_be_bytes(tag));
            tiff.extend([0, 2]);
            tiff.extend(u32::try_from(text.len()).unwrap().to_be_bytes());
            tiff.extend(u32::try_from(at).unwrap().to_be_bytes());
            at += text.len();
            behind.extend(text.bytes());
        }
        tiff.extend([0; 4]);
        tiff.extend(behind);
        let plain = self.painted(ImageFormat::Jpeg);
        let segment = |marker: u8, bytes: &[u8]| {
            let length = u16::try_from(bytes.len() + 2).unwrap().to_be_bytes();
            [&[0xff, marker], &length[..], bytes].concat()
        };
        let exif = [&b"Exif\0\0"[..], &tiff].concat();
        let place = self.canary("GPS 1.2833 S 36.8167 E");
        let whole = [&plain[..2], &segment(0xe1, &exif), &segment(0xfe, place.as_bytes()), &plain[2..]].concat();
        [whole, self.canary("trailer").into_bytes()].concat()
    }

    /// Texts and a time beside the dots (PNG, 11.3): each chunk with its length and CRC-32.
    fn png(&self) -> Vec<u8> {
        let plain = self.painted(ImageFormat::Png);
        let chunk = |kind: &[u8; 4], bytes: &[u8]| {
            let named = [&kind[..], bytes].concat();
            let mut crc = flate2::Crc::new();
            crc.update(&named);
            [&u32::try_from(bytes.len()).unwrap().to_be_bytes()[..], &named, &crc.sum().to_be_bytes()].concat()
        };
        let author = format!("Author\0{}", self.canary("author"));
        let mut packed = flate2::write::ZlibEncoder::new(Vec::new(), flate2::Compression::best());
        packed.write_all(self.canary("packed").repeat(9).as_bytes()).unwrap();
        let packed = [&b"Comment\0\0"[..], &packed.finish().unwrap()].concat();
        let head = 8 + 25;
        [&plain[..head], &chunk(b"tEXt", author.as_bytes()), &chunk(b"zTXt", &packed), &plain[head..]].concat()
    }

    /// A document of Word with its author, company, a comment's author and a template's path.
    fn document(&self) -> Vec<u8> {
        let mut zip = zip::ZipWriter::new(Cursor::new(Vec::new()));
        let canary = self.canary("author");
        let word = "xmlns:w=\"http://schemas.openxmlformats.org/wordprocessingml/2006/main\"";
        let parts = [
            ("[Content_Types].xml", "<Types/>".to_owned()),
            (
                "word/document.xml",
                format!(
                    "<w:document {word}><w:body><w:p w:rsidR=\"{canary}\"><w:r><w:t>Forty cameras.</w:t></w:r></w:p></w:body></w:document>"
                ),
            ),
            ("word/comments.xml", format!("<w:comments {word}><w:comment w:author=\"{canary}\"/></w:comments>")),
            ("docProps/core.xml", format!("<cp:coreProperties><dc:creator>{canary}</dc:creator></cp:coreProperties>")),
            (
                "docProps/app.xml",
                format!("<Properties><Template>C:\\{canary}</Template><Company>{canary}</Company></Properties>"),
            ),
        ];
        for (name, text) in parts {
            zip.start_file(name, SimpleFileOptions::default()).unwrap();
            zip.write_all(text.as_bytes()).unwrap();
        }
        zip.set_comment(canary).unwrap();
        zip.finish().unwrap().into_inner()
    }

    /// A saved page with the name of whoever was logged in.
    fn page(&self) -> Vec<u8> {
        let canary = self.canary("session");
        format!(
            "<!doctype html><!-- saved by {canary} --><html><head><meta name=author content={canary}></head>\
             <body data-user={canary}><script>user='{canary}'</script><p title={canary}>Forty cameras.</p></body></html>"
        )
        .into_bytes()
    }

    /// A PDF with its author, and one page of words.
    fn pdf(&self) -> Vec<u8> {
        let words = "BT /F1 12 Tf 20 100 Td (Forty cameras.) Tj ET";
        let objects = [
            "<</Type/Catalog/Pages 2 0 R>>".to_owned(),
            "<</Type/Pages/Kids[3 0 R]/Count 1>>".into(),
            "<</Type/Page/Parent 2 0 R/MediaBox[0 0 200 200]/Contents 4 0 R/Resources<</Font<</F1 6 0 R>>>>>>".into(),
            format!("<</Length {}>>stream\n{words}\nendstream", words.len()),
            format!("<</Author({})/Producer({})>>", self.canary("author"), self.canary("device")),
            "<</Type/Font/Subtype/Type1/BaseFont/Helvetica>>".into(),
        ];
        let (mut pdf, mut places) = (String::from("%PDF-1.4\n"), String::new());
        for (number, object) in (1..).zip(&objects) {
            places += &format!("{:010} 00000 n \n", pdf.len());
            pdf += &format!("{number} 0 obj{object}endobj\n");
        }
        let start = pdf.len();
        pdf += &format!(
            "xref\n0 7\n0000000000 65535 f \n{places}trailer<</Size 7/Root 1 0 R/Info 5 0 R>>\nstartxref\n{start}\n%%EOF"
        );
        pdf.into_bytes()
    }
}

/// What stands behind some words up to the next quote.
fn value(page: &str, before: &str) -> String {
    let value = page.split(before).nth(1).and_then(|rest| rest.split('"').next());
    value.unwrap_or_else(|| panic!("no `{before}` in {page}")).to_owned()
}

/// The word that the page asks for.
fn right(page: &str) -> String {
    let place: usize =
        value(page, "Write word number ").split(' ').next().and_then(|n| n.parse().ok()).expect("a number");
    let list = page.split("<ol").nth(1).and_then(|rest| rest.split("</ol>").next()).expect("a list");
    list.split("<li>").nth(place).and_then(|rest| rest.split('<').next()).expect("a word").to_owned()
}

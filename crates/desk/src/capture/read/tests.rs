//! Files of every kind, made here, are read; damaged and swelling ones are refused with a reason.

use std::io::{Cursor, Write};

use ledger::archive::{wacz, warc};
use proptest::prelude::*;
use zip::write::{SimpleFileOptions, ZipWriter};

use super::*;

fn hint(name: &str, media_type: &str) -> Hint {
    Hint { name: name.into(), media_type: media_type.into(), charset: String::new() }
}

fn words(document: &Document) -> Vec<(u32, &str)> {
    document.text.paragraphs().map(|paragraph| (paragraph.page, paragraph.words)).collect()
}

/// A ZIP of these files.
fn zipped(files: &[(&str, &[u8])]) -> Vec<u8> {
    let mut zip = ZipWriter::new(Cursor::new(Vec::new()));
    for (name, bytes) in files {
        zip.start_file(*name, SimpleFileOptions::default()).unwrap();
        zip.write_all(bytes).unwrap();
    }
    zip.finish().unwrap().into_inner()
}

fn read_named(bytes: &[u8]) -> Result<Document, Unread> {
    read(bytes, &Hint::default())
}

#[test]
fn pages_and_plain_text_are_read_with_their_language() {
    let page = "<html lang=en><title>T</title><p>One<p>Two".as_bytes();
    let document = read(page, &hint("", "text/html")).unwrap();
    assert_eq!((document.text.language(), document.text.title()), ("en", "T"));
    assert_eq!(words(&document), [(1, "One"), (1, "Two")]);
    let text = read("第一段\n还是\n\n第二段\u{c}第二页".as_bytes(), &hint("a.txt", "")).unwrap();
    assert_eq!(words(&text), [(1, "第一段 还是"), (1, "第二段"), (2, "第二页")]);
    assert_eq!((text.text.language(), text.media_type.as_str()), ("zh", "text/plain"));
    assert_eq!(read(b"\0\x01\x02", &Hint::default()), Err(Unread::Kind(String::new())));
}

#[test]
fn office_files_are_read_in_order_with_a_sheet_as_a_page() {
    let docx = zipped(&[(
        "word/document.xml",
        "<w:document xmlns:w='x'><w:body><w:p><w:r><w:t>Caméras &amp; </w:t></w:r><w:r><w:t>serveurs</w:t></w:r></w:p>\
         <w:p><w:r><w:t>&#x4E2D;国</w:t></w:r></w:p></w:body></w:document>"
            .as_bytes(),
    )]);
    assert_eq!(words(&read_named(&docx).unwrap()), [(1, "Caméras & serveurs"), (1, "中国")]);
    let odt = zipped(&[("content.xml", b"<o><text:h>Title</text:h><text:p>a<text:tab/>b</text:p></o>")]);
    assert_eq!(words(&read_named(&odt).unwrap()), [(1, "Title"), (1, "a b")]);
    let xlsx = zipped(&[
        ("xl/workbook.xml", b"<workbook/>"),
        ("xl/sharedStrings.xml", b"<sst><si><t>Nairobi</t></si><si><r><t>Kam</t></r><r><t>pala</t></r></si></sst>"),
        ("xl/worksheets/sheet1.xml", b"<s><row><c t='s'><v>1</v></c><c><v>1800</v></c></row></s>"),
        ("xl/worksheets/sheet2.xml", b"<s><row r='1048576'><c r='XFD1048576' t='s'><v>0</v></c></row></s>"),
        ("xl/worksheets/sheet10.xml", b"<s><row><c t='inlineStr'><is><t>last</t></is></c></row></s>"),
    ]);
    assert_eq!(words(&read_named(&xlsx).unwrap()), [(1, "Kampala 1800"), (2, "Nairobi"), (3, "last")]);
}

/// A PDF of pages with a line each, its table of offsets counted here (ISO 32000-1, 7.5).
fn pdf(lines: &[&str]) -> Vec<u8> {
    let kids: String = (0..lines.len()).map(|n| format!("{} 0 R ", 4 + 2 * n)).collect();
    let mut objects = vec![
        "<</Type/Catalog/Pages 2 0 R>>".to_owned(),
        format!("<</Type/Pages/Count {}/Kids[{kids}]>>", lines.len()),
        "<</Type/Font/Subtype/Type1/BaseFont/Helvetica/Encoding/WinAnsiEncoding>>".into(),
    ];
    for (n, line) in lines.iter().enumerate() {
        let stream = format!("BT /F 12 Tf 72 720 Td ({line}) Tj ET");
        let resources = "/MediaBox[0 0 612 792]/Resources<</Font<</F 3 0 R>>>>";
        objects.push(format!("<</Type/Page/Parent 2 0 R{resources}/Contents {} 0 R>>", 5 + 2 * n));
        objects.push(format!("<</Length {}>>stream\n{stream}\nendstream", stream.len()));
    }
    objects.push("<</Author(canary-author)/Title(canary-title)>>".into());
    let (mut file, mut offsets) = ("%PDF-1.4\n".to_owned(), Vec::new());
    for (n, object) in objects.iter().enumerate() {
        offsets.push(file.len());
        file += &format!("{} 0 obj\n{object}\nendobj\n", n + 1);
    }
    let (count, at) = (objects.len() + 1, file.len());
    file += &format!("xref\n0 {count}\n0000000000 65535 f \n");
    file.extend(offsets.iter().map(|offset| format!("{offset:010} 00000 n \n")));
    file += &format!("trailer<</Size {count}/Root 1 0 R/Info {} 0 R>>\nstartxref\n{at}\n%%EOF\n", count - 1);
    file.into_bytes()
}

#[test]
fn the_words_of_a_pdf_are_read_page_by_page_and_nothing_that_it_says_of_itself() {
    let bytes = pdf(&["The city bought 1,800 cameras.", "\\334berwachung \\(Phase 2\\)"]);
    let document = read_named(&bytes).unwrap();
    assert_eq!(words(&document), [(1, "The city bought 1,800 cameras."), (2, "Überwachung (Phase 2)")]);
    assert_eq!((document.media_type.as_str(), document.text.title()), ("application/pdf", ""));
    for wrong in [&b"%PDF-1.4\n"[..], &bytes[..40]] {
        assert!(matches!(read_named(wrong), Err(Unread::Damaged(_))));
    }
}

#[test]
fn a_bundle_of_documents_is_read_in_order_and_archives_in_it_stay_closed() {
    let docx = zipped(&[("word/document.xml", b"<d><p>From Word</p></d>")]);
    let inner = zipped(&[("a.txt", b"Too deep")]);
    let bytes = zipped(&[
        ("canary-name/1.txt", b"First page\x0cSecond page"),
        ("2.docx", &docx),
        ("3.zip", &inner),
        ("4.pdf", &pdf(&["From a PDF"])),
        ("../../5.html", b"<p>From a page"),
        ("6.bin", b"\0\x01"),
    ]);
    let document = read_named(&bytes).unwrap();
    let expected = [(1, "First page"), (2, "Second page"), (3, "From Word"), (4, "From a PDF"), (5, "From a page")];
    assert_eq!(words(&document), expected);
    assert_eq!(document.media_type, "application/zip");
    assert_eq!(read_named(&zipped(&[("x.bin", b"\0")])), Err(Unread::Kind("application/zip".into())));
}

#[test]
fn what_was_struck_out_or_remarked_in_a_document_is_not_among_its_words() {
    let docx = zipped(&[(
        "word/document.xml",
        b"<d><p><r><t>Kept</t></r><del author='a'><r><delText>gone</delText></r></del><r><instrText>LINK C:\\me</instrText></r></p></d>",
    )]);
    assert_eq!(words(&read_named(&docx).unwrap()), [(1, "Kept")]);
    let odt = zipped(&[(
        "content.xml",
        b"<o><text:tracked-changes><text:p>gone</text:p></text:tracked-changes><text:p>Kept<office:annotation><dc:creator>\
          somebody</dc:creator><text:p>remark</text:p></office:annotation> too</text:p></o>",
    )]);
    assert_eq!(words(&read_named(&odt).unwrap()), [(1, "Kept too")]);
}

#[test]
fn a_page_saved_as_mail_is_read_from_its_first_page() {
    let mail = b"From: x\r\nMIME-Version: 1.0\r\nContent-Type: multipart/related;\r\n\tboundary=\"b\"\r\n\r\n--b\r\n\
        Content-Type: image/png\r\nContent-Transfer-Encoding: base64\r\n\r\nAAAA\r\n--b\r\n\
        Content-Type: text/html; charset=\"utf-8\"\r\nContent-Transfer-Encoding: quoted-printable\r\n\r\n\
        <p>=E4=B8=AD=E5=9B=BD one =\r\nline</p>\r\n--b--\r\n";
    let document = read_named(mail).unwrap();
    assert_eq!(words(&document), [(1, "中国 one line")]);
    let coded = String::from_utf8_lossy(mail).replace("quoted-printable", "base64");
    // `printf '<p>Hello' | base64`
    let coded = coded.replace("<p>=E4=B8=AD=E5=9B=BD one =\r\nline</p>", "PHA+SGVs\r\nbG8=");
    assert_eq!(words(&read_named(coded.as_bytes()).unwrap()), [(1, "Hello")]);
    assert!(matches!(read_named(b"MIME-Version: 1.0\nContent-Type: multipart/related\n\nx"), Err(Unread::Damaged(_))));
}

#[test]
fn pictures_tell_their_sides() {
    // The header of a PNG 3 wide and 2 high (PNG specification, IHDR).
    let mut png = b"\x89PNG\r\n\x1a\n\0\0\0\x0dIHDR\0\0\0\x03\0\0\0\x02\x08\x06\0\0\0".to_vec();
    png.extend([0; 8]);
    let document = read_named(&png).unwrap();
    assert_eq!((document.size, document.media_type.as_str()), ((3, 2), "image/png"));
    assert!(document.text.is_empty());
    assert!(matches!(read_named(b"\x89PNG\r\n\x1a\n"), Err(Unread::Damaged(_))));
}

fn web_archive() -> Vec<u8> {
    let sheet = warc::Sheet { date: "2026-11-22T03:00:00Z".into(), warcinfo: String::new() };
    let message = b"HTTP/1.1 200 OK\r\nContent-Type: text/html\r\n\r\n<title>A</title><p>Kept".to_vec();
    let moved = b"HTTP/1.1 301 Moved\r\nLocation: /b\r\n\r\n".to_vec();
    let records = [
        sheet.warcinfo(&[("software", "test")]),
        sheet.response("https://example.org/a", "192.0.2.7", moved),
        sheet.response("https://example.org/b", "192.0.2.7", message),
    ];
    records.iter().flat_map(warc::write).collect()
}

#[test]
fn web_archives_are_read_whole_and_give_their_first_page() {
    let file = web_archive();
    let document = read_named(&file).unwrap();
    assert_eq!(words(&document), [(1, "Kept")]);
    assert_eq!(document.page, Some(("https://example.org/b".into(), "2026-11-22T03:00:00Z".into())));
    let package = wacz::Package { warcs: vec![("a.warc.gz".into(), file)], ..wacz::Package::default() };
    let package = wacz::write(&package).unwrap();
    let packed = read_named(&package).unwrap();
    assert_eq!((words(&packed), packed.media_type.as_str()), (vec![(1, "Kept")], "application/wacz"));
}

#[test]
fn a_web_archive_that_is_cut_or_changed_is_refused_with_the_place() {
    let file = web_archive();
    let starts: Vec<usize> = {
        let records = warc::Records::new(&file, warc::Limits::default());
        records.map(|record| record.unwrap().offset as usize).collect()
    };
    let last = *starts.last().unwrap();
    let told = |bytes: &[u8]| read_named(bytes).unwrap_err().to_string();
    let cut = told(&file[..file.len() - 20]);
    assert!(cut.contains(&format!("at byte {last}:")) && cut.contains("cut or damaged"), "{cut}");
    let mut changed = file.clone();
    changed[last + 40] ^= 1;
    assert!(told(&changed).contains(&format!("at byte {last}:")), "{}", told(&changed));
    let package = wacz::Package { warcs: vec![("a.warc.gz".into(), file)], ..wacz::Package::default() };
    let mut package = wacz::write(&package).unwrap();
    package[60] ^= 1;
    assert!(told(&package).contains("can't be read"), "{}", told(&package));
    let cut = read(&package[..package.len() / 2], &hint("a.wacz", "")).unwrap_err().to_string();
    assert!(cut.contains("no whole ZIP file"), "{cut}");
}

#[test]
fn what_swells_is_refused() {
    let large = vec![b' '; MOST as usize + 1];
    let docx = zipped(&[("word/document.xml", &large)]);
    assert!(docx.len() < 1 << 20);
    assert_eq!(read_named(&docx), Err(Unread::TooLarge("`word/document.xml`".into())));
    let long = "x".repeat(100_000);
    let cells = "<c t='s'><v>0</v></c>".repeat(200);
    let xlsx = zipped(&[
        ("xl/workbook.xml", b"<workbook/>"),
        ("xl/sharedStrings.xml", format!("<sst><si><t>{long}</t></si></sst>").as_bytes()),
        ("xl/worksheets/sheet1.xml", format!("<s><row>{cells}</row></s>").as_bytes()),
    ]);
    assert_eq!(read_named(&xlsx), Err(Unread::TooLarge("its cells".into())));
    // Entities that a file defines itself are not unfolded: "billion laughs".
    let laughs = "<!DOCTYPE d [<!ENTITY a 'ha'><!ENTITY b '&a;&a;&a;&a;'>]><d><p>&b;&b;!</p></d>";
    let odt = zipped(&[("content.xml", laughs.as_bytes())]);
    assert_eq!(words(&read_named(&odt).unwrap()), [(1, "!")]);
}

#[test]
fn answers_read_back() {
    let task = write_task(b"<p>Hello", &hint("", "text/html"));
    let document = read_answer(&answer(&task)).unwrap().unwrap();
    assert_eq!(words(&document), [(1, "Hello")]);
    let refused = read_answer(&answer(&write_task(b"\0", &Hint::default()))).unwrap();
    assert_eq!(refused, Err(Unread::Kind(String::new())));
    for unread in [Unread::Damaged("x".into()), Unread::TooLarge("y".into())] {
        assert_eq!(read_answer(&write_answer(&Err(unread.clone()))).unwrap(), Err(unread));
    }
    assert!(read_answer(b"").is_err() && read_answer(&[9]).is_err());
}

proptest! {
    #[test]
    fn no_bytes_make_a_reader_panic(start in prop::sample::select(vec![
        &b""[..], b"WARC/1.0\r\n", b"\x1f\x8b\x08\0\0\0\0\0\0\xff", b"PK\x03\x04", b"GIF89a", b"MIME-Version: 1.0\nContent-Type: multipart/related; boundary=b\n\n--b\n", b"<html>",
    ]), bytes in prop::collection::vec(any::<u8>(), 0..200)) {
        let _ = read_named(&[start, &bytes[..]].concat());
    }
}

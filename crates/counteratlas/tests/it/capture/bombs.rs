//! Files that are made to break a reader: each costs its own process and no more, within bounds of memory and time.

use std::io::{Cursor, Write};
use std::process::Command;

use ledger::archive::warc::{Sheet, write};
use zip::write::{SimpleFileOptions, ZipWriter};

use crate::atlas::{Atlas, PROGRAM};

/// Runs the program and tells its exit code, and the most memory (in KiB) and time (in seconds) that any process took
/// of those that it started.
const MEASURE: &str = "\
import resource, subprocess, sys, time
begun = time.time()
code = subprocess.run(sys.argv[1:], stdout=open('out', 'w'), stderr=open('err', 'w')).returncode
print(code, resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss, round(time.time() - begun, 1))
";

type Files = Vec<(String, Vec<u8>)>;

#[test]
fn bombs_and_broken_files_cost_one_process_each_and_the_next_job_runs() {
    let mut files = [pages(), packed(), xml(), archives(), pictures(), mails(), writings(), papers()].concat();
    assert!(files.len() >= 60, "{}", files.len());
    files.push(("zz-last.txt".into(), b"The next job runs.".to_vec()));
    let atlas = Atlas::new();
    let mut words = vec![PROGRAM.to_owned(), "capture".into(), "atlas".into(), "--quiet".into()];
    for (name, bytes) in &files {
        atlas.put(&format!("bombs/{name}"), bytes);
        words.push(format!("bombs/{name}"));
    }
    let mut command = Command::new("python3");
    let output =
        command.args(["-B", "-c", MEASURE]).args(&words).current_dir(atlas.path("")).output().expect("it runs");
    let told = String::from_utf8_lossy(&output.stdout).into_owned();
    let read = |name: &str| std::fs::read_to_string(atlas.path(name)).expect("it was written");
    let (out, err) = (read("out"), read("err"));
    let [code, memory, seconds] = told.split_whitespace().collect::<Vec<_>>()[..] else { panic!("{told} {err}") };
    println!("{} files: at most {memory} KiB in a process, {seconds} s in all", files.len());
    assert_eq!(code, "1", "{err}");
    assert!(memory.parse::<u64>().expect("a number") <= 256 << 10, "{memory} KiB");
    // Every file was kept, or was a web archive and refused by name.
    let refused = err.lines().filter(|line| line.contains(" was not taken: ")).count();
    assert_eq!(out.lines().count() + refused, files.len(), "{out}\n{err}");
    assert!(refused >= 15, "{refused}\n{err}");
    assert!(!err.contains("panicked"), "{err}");
    let texts = super::texts(&atlas);
    assert!(texts.iter().any(|text| text.find("The next job runs.").is_some()));
    assert!(texts.iter().all(|text| !text.body().contains("root:")), "a file of this machine was read");
}

fn named(files: Vec<(&str, Vec<u8>)>) -> Files {
    files.into_iter().map(|(name, bytes)| (name.to_owned(), bytes)).collect()
}

fn pages() -> Files {
    let html = |inner: String| format!("<html>{inner}").into_bytes();
    named(vec![
        ("deep.html", html("<div>".repeat(300_000))),
        ("deep-inline.html", html("<b><i>".repeat(20_000))),
        ("tables.html", html("<table><tr><td>".repeat(30_000))),
        ("links.html", html("<a href=x><p>".repeat(10_000))),
        ("forms.html", html("<form><input type=password>".repeat(100_000))),
        ("selects.html", html("<select><option>".repeat(100_000))),
        ("svg.html", html("<svg><foreignObject><math><mi>".repeat(20_000))),
        ("brackets.html", html("<".repeat(4_000_000))),
        ("comment.html", html(format!("<!--{}", "-".repeat(4_000_000)))),
        ("attribute.html", html(format!("<p x='{}'>", "y".repeat(8_000_000)))),
        ("attributes.html", html(format!("<p {}>", (0..50_000).map(|n| format!("a{n}=1 ")).collect::<String>()))),
        ("references.html", html("&amp;&#x10ffff;&#0;&notin;".repeat(200_000))),
        ("pictures.html", html("<img src=a.png srcset='b 1x, c 2x'>".repeat(100_000))),
        ("styles.html", html(format!("<style>{}</style>", "@import url(".repeat(100_000)))),
        ("title.html", html(format!("<title>{}</title>", "t".repeat(4_000_000)))),
        ("nothing.html", html("\0".repeat(1_000_000))),
        ("templates.html", html("<template><tr>".repeat(30_000))),
    ])
}

/// A ZIP of these files.
fn zipped(files: &[(&str, &[u8])]) -> Vec<u8> {
    let mut zip = ZipWriter::new(Cursor::new(Vec::new()));
    for (name, bytes) in files {
        zip.start_file(*name, SimpleFileOptions::default()).expect("memory takes it");
        zip.write_all(bytes).expect("memory takes it");
    }
    zip.finish().expect("memory takes it").into_inner()
}

fn gzip(bytes: &[u8]) -> Vec<u8> {
    let mut encoder = flate2::write::GzEncoder::new(Vec::new(), flate2::Compression::best());
    encoder.write_all(bytes).expect("memory takes it");
    encoder.finish().expect("memory takes it")
}

fn packed() -> Files {
    let large = vec![b' '; 300 << 20];
    let docx = zipped(&[("word/document.xml", &large)]);
    let odt = zipped(&[("content.xml", &large)]);
    let tight = gzip(&large);
    drop(large);
    let strings = format!("<sst>{}</sst>", "<si><t>many</t></si>".repeat(1_000_000));
    let cells = |cell: &str, times| format!("<s><row>{}</row></s>", cell.repeat(times));
    let book = |shared: &str, sheet: &str| {
        zipped(&[
            ("xl/workbook.xml", b"<w/>"),
            ("xl/sharedStrings.xml", shared.as_bytes()),
            ("xl/worksheets/sheet1.xml", sheet.as_bytes()),
        ])
    };
    let inner = zipped(&[("word/document.xml", &zipped(&[("word/document.xml", &docx)]))]);
    let many: Vec<String> = (0..40_000).map(|number| format!("f{number}")).collect();
    let many: Vec<(&str, &[u8])> = many.iter().map(|name| (name.as_str(), &b""[..])).collect();
    let cut = docx[..docx.len() / 2].to_vec();
    let mut flipped = docx.clone();
    let middle = flipped.len() / 2;
    flipped[middle] ^= 0xff;
    let long = format!("<sst><si><t>{}</t></si></sst>", "x".repeat(1 << 20));
    named(vec![
        ("swelling.docx", docx),
        ("swelling.odt", odt),
        ("cut.docx", cut),
        ("flipped.docx", flipped),
        ("nested.docx", inner),
        ("strings.xlsx", book(&strings, "<s/>")),
        ("pointing.xlsx", book(&long, &cells("<c t='s'><v>0</v></c>", 10_000))),
        ("far.xlsx", book("<sst/>", "<s><row r='1048576'><c r='XFD1048576'><v>1</v></c></row></s>")),
        ("wrong-index.xlsx", book("<sst/>", &cells("<c t='s'><v>99999999999999999999</v></c>", 1000))),
        ("rows.xlsx", book("<sst/>", &format!("<s>{}</s>", "<row><c><v>1</v></c></row>".repeat(800_000)))),
        ("many.zip", zipped(&many)),
        ("outside.zip", zipped(&[("../../outside.txt", b"x"), ("/etc/outside", b"x"), ("word/document.xml", b"<p/>")])),
        ("swelling.gz", tight.clone()),
        ("nested.gz", gzip(&gzip(&tight))),
        ("cut.gz", tight[..tight.len() / 2].to_vec()),
        ("head.gz", b"\x1f\x8b\x08\0\0\0\0\0\0\xff".to_vec()),
    ])
}

fn xml() -> Files {
    let odt = |inner: &str| zipped(&[("content.xml", inner.as_bytes())]);
    let mut laughs = "<!DOCTYPE d [<!ENTITY a0 'ha'>".to_owned();
    for number in 1..12 {
        laughs += &format!("<!ENTITY a{number} '{}'>", format!("&a{};", number - 1).repeat(10));
    }
    laughs += "]><d><p>&a11;</p></d>";
    let quadratic =
        format!("<!DOCTYPE d [<!ENTITY a '{}'>]><d><p>{}</p></d>", "x".repeat(100_000), "&a;".repeat(100_000));
    let outside = "<!DOCTYPE d [<!ENTITY a SYSTEM 'file:///etc/passwd'>]><d><p>&a;</p></d>";
    let parameter = "<!DOCTYPE d [<!ENTITY % a SYSTEM 'http://127.0.0.1/x'>%a;]><d><p>x</p></d>";
    named(vec![
        ("laughs.odt", odt(&laughs)),
        ("quadratic.odt", odt(&quadratic)),
        ("outside.odt", odt(outside)),
        ("parameter.odt", odt(parameter)),
        ("deep.odt", odt(&"<p>".repeat(2_000_000))),
        ("deep-closed.odt", odt(&format!("{}x{}", "<p>".repeat(1_000_000), "</p>".repeat(1_000_000)))),
        ("attribute.odt", odt(&format!("<p a='{}'>x</p>", "y".repeat(20_000_000)))),
        ("wrong.odt", odt("<p>a</h></p></p><")),
    ])
}

fn archives() -> Files {
    let sheet = Sheet { date: "2026-11-22T03:00:00Z".into(), warcinfo: String::new() };
    let response = |body: &[u8], more: &str| {
        let head = format!("HTTP/1.1 200 OK\r\nContent-Type: text/html\r\n{more}\r\n");
        write(&sheet.response("https://example.org/", "192.0.2.1", [head.as_bytes(), body].concat()))
    };
    let plain = |fields: &str, block: &str| format!("WARC/1.0\r\n{fields}\r\n\r\n{block}\r\n\r\n").into_bytes();
    let good = response(b"<p>Kept", "");
    let package = |path: &str, hash: &str| {
        let description = format!(r#"{{"resources":[{{"path":"{path}","hash":"{hash}"}}]}}"#);
        zipped(&[("datapackage.json", description.as_bytes()), ("archive/a.warc.gz", &good)])
    };
    let deep = format!("{{\"resources\":{}", "[".repeat(1_000_000));
    named(vec![
        ("swelling-body.warc.gz", response(&gzip(&vec![0; 200 << 20]), "Content-Encoding: gzip\r\n")),
        ("swelling-record.warc.gz", gzip(&plain("Content-Length: 209715200", &" ".repeat(200 << 20)))),
        ("codings.warc.gz", response(&good, "Content-Encoding: br, zstd, gzip, deflate\r\n")),
        ("endless.warc", format!("WARC/1.1\r\n{}", "X: y\r\n".repeat(1_000_000)).into_bytes()),
        ("length.warc", plain("Content-Length: 18446744073709551615", "x")),
        ("negative.warc", plain("Content-Length: -1", "x")),
        ("no-length.warc", plain("WARC-Type: response", "x")),
        ("short.warc", plain("Content-Length: 999999", "x")),
        ("version.warc", b"WARC/1.9\r\n\r\n".to_vec()),
        ("empty-records.warc", plain("Content-Length: 0", "").repeat(300_000)),
        ("digest.warc", plain("Content-Length: 1\r\nWARC-Block-Digest: sha256:00", "x")),
        ("cut.warc.gz", good[..good.len() - 3].to_vec()),
        ("flipped.warc.gz", good.iter().enumerate().map(|(at, byte)| byte ^ u8::from(at == 60)).collect()),
        ("outside.wacz", package("../../../etc/passwd", "sha256:00")),
        ("digest.wacz", package("archive/a.warc.gz", &format!("sha256:{}", "0".repeat(64)))),
        ("kind.wacz", package("archive/a.warc.gz", "crc:1")),
        ("deep.wacz", zipped(&[("datapackage.json", deep.as_bytes())])),
        ("empty.wacz", zipped(&[("datapackage.json", b"{\"resources\":[]}")])),
    ])
}

fn pictures() -> Files {
    let mut flood = b"\x89PNG\r\n\x1a\n\0\0\0\x0dIHDR\x7f\xff\xff\xff\x7f\xff\xff\xff\x08\x06\0\0\0".to_vec();
    flood.extend([0; 20]);
    named(vec![
        ("flood.png", flood),
        ("head.png", b"\x89PNG\r\n\x1a\n".to_vec()),
        ("flood.gif", b"GIF89a\xff\xff\xff\xff\0\0\0".to_vec()),
        ("cut.jpg", b"\xff\xd8\xff\xc0\xff".to_vec()),
        ("segments.jpg", [&b"\xff\xd8"[..], &b"\xff\xe1\0\x02".repeat(500_000)].concat()),
        ("circle.tif", b"II*\0\x08\0\0\0\x01\0\0\x01\x03\0\x01\0\0\0\x01\0\0\0\x08\0\0\0".to_vec()),
        ("odd.webp", b"RIFF\xff\xff\xff\xffWEBPVP8X".to_vec()),
        ("odd.bmp", b"BM\xff\xff\xff\xff\0\0\0\0\xff\xff\xff\xff\xff\xff\xff\xff\xff\xff\xff\xff".to_vec()),
    ])
}

fn mails() -> Files {
    let mail = |boundary: &str, body: &str| {
        format!("MIME-Version: 1.0\r\nContent-Type: multipart/related; boundary={boundary}\r\n\r\n{body}").into_bytes()
    };
    let nested = "--b\r\nContent-Type: multipart/mixed; boundary=b\r\n\r\n".repeat(100_000);
    let coded = "--b\r\nContent-Type: text/html\r\nContent-Transfer-Encoding: base64\r\n\r\n";
    named(vec![
        ("nested.mhtml", mail("b", &nested)),
        ("no-boundary.mhtml", mail("", &"\r\n".repeat(1_000_000))),
        ("parts.mhtml", mail("b", &"--b\r\n\r\n".repeat(300_000))),
        ("head.mhtml", mail(&"b".repeat(10_000_000), "")),
        ("base64.mhtml", mail("b", &format!("{coded}{}\r\n--b--\r\n", "PGI+".repeat(3_000_000)))),
    ])
}

fn writings() -> Files {
    named(vec![
        ("deep.json", "[".repeat(5_000_000).into_bytes()),
        ("line.txt", "x".repeat(20_000_000).into_bytes()),
        ("lines.txt", "\n".repeat(20_000_000).into_bytes()),
        ("pages.txt", "\u{c}".repeat(5_000_000).into_bytes()),
        ("broken.txt", b"\xc3\x28\xf0\x9f".repeat(1_000_000)),
        ("half.txt", [&b"\xff\xfe"[..], &b"\0\xd8".repeat(1_000_000)].concat()),
        ("hostile.pdf", b"%PDF-1.7\n1 0 obj << /Length 99999999999 >> stream\n".to_vec()),
    ])
}

/// A PDF of these objects, numbered from 1; the first is the catalogue. Its table of offsets is left out: a reader that
/// is lenient looks for the objects itself.
fn paper(objects: &[Vec<u8>]) -> Vec<u8> {
    let mut file = b"%PDF-1.7\n".to_vec();
    for (number, object) in (1..).zip(objects) {
        file.extend(format!("{number} 0 obj\n").bytes().chain(object.iter().copied()).chain(*b"\nendobj\n"));
    }
    file.extend(format!("trailer<</Size {}/Root 1 0 R>>\n%%EOF\n", objects.len() + 1).bytes());
    file
}

/// A page whose content is this stream.
fn of_stream(dictionary: &str, stream: &[u8]) -> Vec<u8> {
    let head = format!("<<{dictionary}/Length {}>>stream\n", stream.len());
    paper(&[
        b"<</Type/Catalog/Pages 2 0 R>>".to_vec(),
        b"<</Type/Pages/Count 1/Kids[3 0 R]>>".to_vec(),
        b"<</Type/Page/Parent 2 0 R/MediaBox[0 0 9 9]/Resources<</Font<</F 4 0 R>>>>/Contents 5 0 R>>".to_vec(),
        b"<</Type/Font/Subtype/Type1/BaseFont/Helvetica/ToUnicode 5 0 R>>".to_vec(),
        [head.as_bytes(), stream, b"\nendstream"].concat(),
    ])
}

fn zlib(bytes: &[u8]) -> Vec<u8> {
    let mut encoder = flate2::write::ZlibEncoder::new(Vec::new(), flate2::Compression::best());
    encoder.write_all(bytes).expect("memory takes it");
    encoder.finish().expect("memory takes it")
}

fn papers() -> Files {
    let swelling = zlib(&vec![b' '; 300 << 20]);
    let shown = zlib(&b"BT /F 1 Tf (many words) Tj ET ".repeat(1_000_000));
    let twice = zlib(&zlib(&vec![b' '; 300 << 20]));
    let kids = |pages: &str| {
        let pages = format!("<</Type/Pages/Count 9/Kids[{pages}]>>").into_bytes();
        paper(&[b"<</Type/Catalog/Pages 2 0 R>>".to_vec(), pages])
    };
    let inner = of_stream("/Filter/FlateDecode", &swelling);
    let many: Vec<(String, Vec<u8>)> = (0..300).map(|number| (format!("{number}.pdf"), inner.clone())).collect();
    let many: Vec<(&str, &[u8])> = many.iter().map(|(name, bytes)| (name.as_str(), bytes.as_slice())).collect();
    named(vec![
        ("swelling.pdf", inner.clone()),
        ("swelling-twice.pdf", of_stream("/Filter[/FlateDecode/FlateDecode]", &twice)),
        ("shown.pdf", of_stream("/Filter/FlateDecode", &shown)),
        ("runs.pdf", of_stream("/Filter/RunLengthDecode", &b"\x81 ".repeat(2_000_000))),
        ("predictor.pdf", of_stream("/Filter/FlateDecode/DecodeParms<</Predictor 15/Columns 2147483647>>", &swelling)),
        ("circle.pdf", kids("2 0 R 2 0 R 2 0 R")),
        ("itself.pdf", paper(&[b"1 0 R".to_vec()])),
        ("arrays.pdf", paper(&["[".repeat(2_000_000).into_bytes()])),
        ("dictionaries.pdf", paper(&["<</A".repeat(500_000).into_bytes()])),
        ("strings.pdf", paper(&["(".repeat(3_000_000).into_bytes()])),
        ("objects.pdf", paper(&vec![b"<</Type/Page>>".to_vec(); 300_000])),
        ("table.pdf", b"%PDF-1.7\nxref\n0 4294967295\n0000000000 65535 f \ntrailer<</Size 4294967295/Root 1 0 R/Prev 9>>\nstartxref\n9\n%%EOF".to_vec()),
        ("locked.pdf", b"%PDF-1.7\n1 0 obj\n<</Type/Catalog>>\nendobj\ntrailer<</Root 1 0 R/Encrypt<</Filter/Standard/V 5/R 6/Length 2147483647/O()/U()>>>>\n%%EOF".to_vec()),
        ("papers.zip", zipped(&many)),
        ("pages.zip", zipped(&[("a.html", "<p>x".repeat(3_000_000).as_bytes()), ("b.txt", &vec![b' '; 100 << 20])])),
    ])
}

//! Files that somebody handed over: what readers see of them, and what becomes of the files themselves.

use std::io::Cursor;

use image::{DynamicImage, ImageFormat, Rgb, RgbImage};
use ledger::archive::Digest;

use super::blob;
use super::web::Web;
use crate::atlas::{Atlas, holds, read_below};
use crate::site::Site;

fn photograph() -> Vec<u8> {
    let dots = RgbImage::from_fn(40, 20, |x, _| if x < 20 { Rgb([200, 0, 0]) } else { Rgb([0, 0, 200]) });
    let mut bytes = Vec::new();
    DynamicImage::ImageRgb8(dots).write_to(&mut Cursor::new(&mut bytes), ImageFormat::Png).expect("memory takes it");
    [&bytes[..], b"PRIVATE-MARK"].concat()
}

/// Captures a file; gives its id and the digest of what is kept.
fn captured(atlas: &Atlas, words: &[&str]) -> (String, Digest) {
    let out = atlas.run(["capture"].into_iter().chain(words.iter().copied())).code(0).out();
    let cells: Vec<&str> = out.trim_end().split('\t').collect();
    (cells[0].to_owned(), Digest::parse(cells[3]).expect("a digest"))
}

fn pieces(atlas: &Atlas) -> Vec<Vec<u8>> {
    let mut all = Vec::new();
    read_below(&atlas.path("atlas/captures"), &mut all);
    all.into_iter().filter(|(path, _)| !path.ends_with("last")).map(|(_, bytes)| bytes).collect()
}

/// An atlas with the invented facts and two files.
fn atlas() -> Atlas {
    let atlas = super::shown::facts_at(&Web::new(), "/page");
    atlas.put("photo.png", photograph());
    atlas.put("note.txt", "Forty cameras. PRIVATE-MARK");
    atlas
}

#[test]
fn a_picture_that_was_given_is_shown_painted_anew_and_the_file_stays_private_unless_it_is_said_to_be_open() {
    let atlas = atlas();
    let (private, kept) = captured(&atlas, &["photo.png", "--source", "paper"]);
    assert_eq!(kept, Digest::of(&photograph()));
    let site = Site::of(&atlas);
    let originals = Site::run(&atlas, &["serve", "atlas", "--evidence", "127.0.0.1:0"]);
    let page = site.get(&format!("/capture/{private}")).text();
    let address = format!("/picture/{private}.png");
    assert!(page.contains(&format!("<img src=\"{address}\" width=\"40\" height=\"20\"")), "{page}");
    assert!(page.contains("The file itself is given to nobody"));
    assert!(site.get("/source/paper").text().contains(&address));
    let picture = site.get(&address);
    assert_eq!((picture.status, picture.header("content-type")), (200, "image/png"));
    assert_eq!(picture.header("x-content-type-options"), "nosniff");
    assert!(!holds(&picture.body, b"PRIVATE-MARK"));
    let seen = image::load_from_memory(&picture.body).expect("a picture").to_rgb8();
    assert_eq!(
        (seen.dimensions(), seen.get_pixel(3, 3), seen.get_pixel(33, 3)),
        ((40, 20), &Rgb([200, 0, 0]), &Rgb([0, 0, 200]))
    );
    let twin = site.json(&format!("/capture/{private}.json"));
    assert_eq!(twin["picture"]["sha256"], Digest::of(&picture.body).to_string());
    for wrong in [format!("/picture/{private}.jpg"), "/picture/e0-0.png".into(), "/picture/x.png".into()] {
        assert_eq!(site.get(&wrong).status, 404, "{wrong}");
    }
    assert_eq!(originals.get(&format!("/{kept}.original")).status, 404);
    let (open, _) = captured(&atlas, &["photo.png", "--open"]);
    for _ in 0..200 {
        if originals.get(&format!("/{kept}.original")).status == 200 {
            break;
        }
        std::thread::sleep(std::time::Duration::from_millis(50));
    }
    let original = originals.get(&format!("/{kept}.original"));
    assert_eq!((original.status, &original.body), (200, &photograph()));
    assert!(original.header("content-disposition").starts_with("attachment"));
    assert_eq!(originals.get(&format!("/{}.picture", Digest::of(&picture.body))).body, picture.body);
    assert!(site.until(&format!("/capture/{open}"), "can be had as it was given").status == 200);
    // Destroyed, neither the file nor the picture is left.
    atlas.run(["redact", &private, &open, "--reason", "safety", "--notice", "notice-1"]).code(0);
    assert!(pieces(&atlas).is_empty());
    site.until(&format!("/capture/{private}"), "notice-1");
    assert_eq!(site.get(&address).status, 410);
    atlas.run(["verify"]).code(0);
}

#[test]
fn a_file_that_is_sealed_or_destroyed_leaves_neither_its_bytes_nor_its_digest() {
    let key = age::x25519::Identity::generate();
    let recipient = key.to_public().to_string();
    for words in [&["--seal", &recipient][..], &["--destroy"]] {
        let atlas = atlas();
        let (id, kept) = captured(&atlas, &[&["photo.png"][..], words].concat());
        captured(&atlas, &[&["note.txt"][..], words].concat());
        let original = Digest::of(&photograph());
        let mut files = atlas.bytes();
        files.retain(|(path, _)| !path.ends_with("last"));
        for needle in [&original.0[..], original.to_string().as_bytes()] {
            assert!(!files.iter().any(|(_, bytes)| holds(bytes, needle)), "{words:?}: its digest is written");
        }
        let sealed = words.len() == 2;
        // The words of a note are for readers; what stands beside the dots of a picture is not.
        let holding = files.iter().filter(|(_, bytes)| holds(bytes, b"PRIVATE-MARK")).count();
        assert_eq!(holding, 1, "{words:?}: only the note's text");
        let piece = std::fs::read(blob(&atlas, &kept)).expect("it is kept");
        assert_eq!(piece.starts_with(b"age-encryption.org/v1\n-> X25519 "), sealed);
        assert!(!sealed || age::decrypt(&key, &piece).expect("the key opens it") == photograph());
        assert_eq!(pieces(&atlas).len(), if sealed { 4 } else { 2 });
        let site = Site::of(&atlas);
        let page = site.get(&format!("/capture/{id}")).text();
        assert!(page.contains(if sealed { "locked away" } else { "was destroyed when it came" }), "{page}");
        assert_eq!(site.get(&format!("/picture/{id}.png")).status, 200);
        let originals = Site::run(&atlas, &["serve", "atlas", "--evidence", "127.0.0.1:0"]);
        assert_eq!(originals.get(&format!("/{kept}.original")).status, 404);
        assert_eq!(originals.get(&format!("/{kept}.warc.gz")).status, 404);
        atlas.run(["verify"]).code(0).stderr_has("pieces of 2 captures");
        atlas.run(["backup", "copy.tar"]).code(0);
        atlas.program(["restore", "copy.tar", "again"]).code(0);
        atlas.program(["verify", "again"]).code(0).stderr_has("pieces of 2 captures");
    }
}

#[test]
fn nothing_is_destroyed_of_which_nothing_would_be_left_and_nothing_is_sealed_for_nobody() {
    let atlas = atlas().file("odd.bin", b"\0\x01\x02");
    atlas.run(["capture", "odd.bin", "--destroy"]).code(1).stdout("").stderr_has("nothing would be left");
    atlas.run(["capture", "note.txt", "--seal", "age1nobody"]).code(2).stderr_has("is not an age recipient");
    atlas.run(["capture", "note.txt", "--destroy", "--open"]).code(2).stderr_has("cannot be used with");
    assert!(!atlas.path("atlas/captures").exists());
}

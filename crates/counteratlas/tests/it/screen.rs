//! A list of one's own against the sample: what is told, what is new the second time, and that no trace stays.

use std::fs::File;
use std::io::{Read, Write};
use std::net::TcpStream;
use std::path::Path;
use std::process::{Child, Command};
use std::time::{Duration, Instant};

use crate::atlas::{Atlas, PROGRAM, holds, read_below};
use crate::site::get;

/// Words that stand nowhere else in the world.
const CANARY: &str = "Xyloquent Brandywhistle 7319";

/// A supplier list: one that the atlas knows by its Chinese name, one by its English one, one it does not know, one person.
fn list() -> String {
    format!(
        "Supplier,Country,Type\n杭州海康威视数字技术股份有限公司,CN,\nHUAWEI TECHNOLOGIES CO LTD,China,\n{CANARY} GmbH,DE,\nJane Roe,,person\n"
    )
}

fn rows(csv: &str) -> Vec<Vec<String>> {
    csv::Reader::from_reader(csv.as_bytes())
        .records()
        .map(|row| row.unwrap().iter().map(str::to_owned).collect())
        .collect()
}

#[test]
fn a_list_is_answered_with_verdict_lists_and_exposure_and_the_second_time_with_what_is_new() {
    let atlas = Atlas::sample();
    let folder = tempfile::tempdir().unwrap();
    let path = |name: &str| folder.path().join(name).display().to_string();
    std::fs::write(path("list.csv"), list()).unwrap();
    let ran = atlas.run(["screen", &path("list.csv")]).code(1).stderr_has("3 rows").stderr_has("refused 1 rows");
    let told = rows(&ran.out());
    let short: Vec<[&str; 3]> = told.iter().map(|row| [row[0].as_str(), &row[2], &row[4]]).collect();
    assert_eq!(short, [["2", "match", "hikvision"], ["3", "match", "huawei"], ["4", "none", ""]]);
    assert!(told[0][10].contains("us-entity-list"), "{:?}", told[0]);
    assert!(!ran.out().contains("Jane Roe"), "a person is not repeated");
    for first in ["first.xlsx", "first.json"] {
        atlas.run(["screen", &path("list.csv"), "--out", &path(first)]).code(1);
        let again = rows(&atlas.run(["screen", &path(first)]).code(1).out());
        assert!(again.len() == 3 && again.iter().all(|row| row[19].is_empty()), "nothing is new: {again:?}");
    }
    let older = ran.out().replace("|us-entity-list", "").replace(",match,", ",none,");
    std::fs::write(path("older.csv"), older).unwrap();
    let news = rows(&atlas.run(["screen", &path("older.csv")]).code(1).out());
    assert!(
        news[0][19].contains("verdict-was:none") && news[0][19].contains("new-list:us-entity-list"),
        "{:?}",
        news[0]
    );
    for ending in ["json", "html"] {
        atlas.run(["screen", &path("list.csv"), "--out", &path(&format!("r.{ending}"))]).code(1);
        assert!(std::fs::read_to_string(path(&format!("r.{ending}"))).unwrap().contains("Hikvision"));
    }
}

#[test]
fn another_country_in_the_list_makes_a_match_no_more_than_possible() {
    let folder = tempfile::tempdir().unwrap();
    let list = folder.path().join("list.csv");
    std::fs::write(&list, "Company,Country\nDahua Technology,US\nDahua Technology,CN\n").unwrap();
    let told = rows(&Atlas::sample().run(["screen", &list.display().to_string()]).code(1).out());
    assert_eq!((told[0][2].as_str(), told[1][2].as_str()), ("possible", "match"), "{told:?}");
    assert!(told[0][9].contains("other country"), "{:?}", told[0]);
}

#[test]
fn a_list_is_told_as_of_a_day() {
    let atlas = Atlas::sample();
    let folder = tempfile::tempdir().unwrap();
    let list = folder.path().join("list.txt");
    std::fs::write(&list, "Hikvision\n").unwrap();
    let list = list.display().to_string();
    // The Entity List has had Hikvision since 9 October 2019 (84 FR 54002).
    let before = rows(&atlas.run(["screen", &list, "--as-of", "2018"]).code(1).out());
    let after = rows(&atlas.run(["screen", &list, "--as-of", "2020-01"]).code(1).out());
    assert!(
        !before[0][10].contains("us-entity-list") && after[0][10].contains("us-entity-list"),
        "{before:?} {after:?}"
    );
    atlas.run(["screen", &list, "--as-of", "soon"]).code(2).stderr_has("no date");
    atlas.run(["screen", &list, "--out", "result.doc"]).code(2).stderr_has(".xlsx");
}

/// A server of the sample with its own folder for temporary files, everything it says in files.
struct Server {
    child: Child,
    address: String,
}

impl Server {
    fn start(atlas: &Atlas, folder: &Path) -> Self {
        std::fs::create_dir(folder.join("tmp")).unwrap();
        let file = |name: &str| File::create(folder.join(name)).unwrap();
        let child = Command::new(PROGRAM)
            .args(["serve", "--listen", "127.0.0.1:0"])
            .arg(atlas.path("atlas"))
            .env("TMPDIR", folder.join("tmp"))
            .current_dir(folder)
            .stdout(file("stdout"))
            .stderr(file("stderr"))
            .spawn()
            .expect("it runs");
        let mut server = Self { child, address: String::new() };
        server.address = wait(|| {
            let said = std::fs::read_to_string(folder.join("stderr")).unwrap();
            let rest = said.split_once("http://")?.1.split_once(' ')?.0.to_owned();
            Some(rest)
        });
        server
    }

    fn post(&self, path: &str, mime: &str, body: &str) -> String {
        let mut stream = TcpStream::connect(&self.address).unwrap();
        let length = body.len();
        let head = format!(
            "POST {path} HTTP/1.1\r\nHost: x\r\nContent-Type: {mime}\r\nContent-Length: {length}\r\nConnection: close\r\n\r\n"
        );
        stream.write_all(head.as_bytes()).unwrap();
        stream.write_all(body.as_bytes()).unwrap();
        let mut answer = String::new();
        stream.read_to_string(&mut answer).unwrap();
        let location = answer.lines().find_map(|line| line.strip_prefix("location: "));
        location.unwrap_or_else(|| panic!("no way on: {answer}")).to_owned()
    }
}

impl Drop for Server {
    fn drop(&mut self) {
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}

/// Looks again until there is something.
fn wait<T>(look: impl Fn() -> Option<T>) -> T {
    let begun = Instant::now();
    loop {
        if let Some(found) = look() {
            return found;
        }
        assert!(begun.elapsed() < Duration::from_secs(120), "it never comes");
        std::thread::sleep(Duration::from_millis(20));
    }
}

/// The files below a folder in which a text stands, as bytes or packed into UTF-16.
fn traces(folder: &Path, text: &str) -> Vec<std::path::PathBuf> {
    let wide: Vec<u8> = text.encode_utf16().flat_map(u16::to_le_bytes).collect();
    let mut all = Vec::new();
    read_below(folder, &mut all);
    all.retain(|(_, bytes)| holds(bytes, text.as_bytes()) || holds(bytes, &wide));
    all.into_iter().map(|(path, _)| path).collect()
}

#[test]
fn a_list_that_was_checked_on_the_site_leaves_no_trace() {
    let atlas = Atlas::sample();
    let folder = tempfile::tempdir().unwrap();
    let before = atlas.bytes();
    let server = Server::start(atlas, folder.path());
    let body = format!(
        "--b\r\nContent-Disposition: form-data; name=\"file\"; filename=\"{CANARY}.csv\"\r\n\r\n{}\r\n--b--\r\n",
        list()
    );
    let address = server.post("/screen", "multipart/form-data; boundary=b", &body);
    assert!(get(&server.address, &address).text().contains(CANARY), "the preview shows the list");
    server.post(&address, "application/x-www-form-urlencoded", "action=start&name=0&country=1&heading=1");
    let page = wait(|| Some(get(&server.address, &address)).filter(|page| page.header("refresh").is_empty()));
    assert!(page.text().contains(CANARY) && page.text().contains("/item/hikvision"), "{}", page.text());
    for ending in [".csv", ".xlsx", ".json"] {
        assert_eq!(get(&server.address, &format!("{address}{ending}")).status, 200);
    }
    let limits = std::fs::read_to_string(format!("/proc/{}/limits", server.child.id())).unwrap_or_default();
    let core = limits.lines().find(|line| line.starts_with("Max core file size"));
    assert!(core.is_none_or(|line| line.split_whitespace().nth(4) == Some("0")), "{core:?}");
    let look = || {
        let token = address.rsplit('/').next().unwrap();
        let secrets = [CANARY, token].into_iter().flat_map(|secret| traces(folder.path(), secret));
        assert_eq!(secrets.collect::<Vec<_>>(), Vec::<std::path::PathBuf>::new());
        assert!(atlas.bytes() == before, "the atlas is as it was");
    };
    look();
    server.post(&address, "application/x-www-form-urlencoded", "action=forget");
    assert_eq!(get(&server.address, &address).status, 404);
    drop(server);
    look();
}

//! A served atlas shows what is imported while it is served.

use std::time::{Duration, Instant};

use crate::atlas::Atlas;
use crate::site::Site;

fn sources() -> String {
    "id,title,publisher,published_on,language,kind,reports_on,url,note\ns,A report,A paper,2020,en,news,,,\n".to_owned()
}

/// Ten items that are in nobody's way.
fn entities() -> String {
    let rows = (0..10).map(|n| format!("new-company-{n},company,New Company {n},,,KE,,,,s,,\n"));
    let header = "id,kind,name,name_zh,aliases,country,city,parent,description,sources,collective,identifiers\n";
    rows.fold(header.to_owned(), |text, row| text + &row)
}

#[test]
fn ten_rows_imported_into_a_served_atlas_show_without_a_restart() {
    let folders =
        crate::atlas::SAMPLE.map(|folder| crate::tidy::root().join("sample").join(folder).display().to_string());
    let atlas = Atlas::new().file("new/sources.csv", sources()).file("new/entities.csv", entities());
    atlas.run(["import"].into_iter().chain(folders.iter().map(String::as_str))).code(0);
    let site = Site::of(&atlas);
    assert_eq!(site.get("/item/new-company-9").status, 404);
    atlas.run(["import", "new"]).code(0);
    let begun = Instant::now();
    while site.get("/item/new-company-9").status != 200 {
        assert!(begun.elapsed() < Duration::from_secs(20), "the new rows never showed");
        std::thread::sleep(Duration::from_millis(10));
    }
    println!("ten rows showed {:.2} s after the import had ended", begun.elapsed().as_secs_f32());
}

//! A walk over the table of routes: every face of every route, in every language, and every kind of failure,
//! carries every header; pages load nothing from elsewhere and hold nothing inline.

use super::{Answer, ask, state};
use crate::routes::{Kind, Route, routes};
use crate::seal::ALWAYS;

/// An address that the invented atlas answers, for each pattern of the table.
fn example(route: &Route, columns: &str) -> String {
    let filled = match route.path {
        "/item/{id}" => "/item/example-vision",
        "/item/{id}/connections" => "/item/example-vision/connections",
        "/link/{id}" => "/link/vision-supplies-police",
        "/capture/{id}" => return format!("/capture/{}", super::atlas::a_capture()),
        "/capture/{id}/difference" => return format!("/capture/{}/difference", super::atlas::a_capture()),
        "/source/{id}" => "/source/report-2019",
        "/verify/{number}" => "/verify/e0-6",
        "/verify/{what}/{id}" => "/verify/item/example-vision",
        "/country/{code}" => "/country/ZW",
        "/category/{id}" => "/category/surveillance",
        "/figures/{table}" => "/figures/category",
        "/story/{id}" => "/story/a-story",
        "/list/{id}" => "/list/control-list",
        "/changes/{edition}" => "/changes/1",
        "/quality/{check}" => "/quality/single-source",
        "/cite/{what}/{id}" => "/cite/item/example-vision",
        "/data/{edition}/{file}" => "/data/7-abababababab/SHA256SUMS",
        "/columns/{name}.bin" => "/columns/{columns}.bin",
        "/columns/{name}/names.json" => "/columns/{columns}/names.json",
        "/columns/{name}/ids/{chunk}.json" => "/columns/{columns}/ids/0.json",
        "/columns/{name}/texts/{lang}/{chunk}.json" => "/columns/{columns}/texts/zh-Hans/0.json",
        "/columns/{name}/matches" => "/columns/{columns}/matches?q=vision",
        "/search" => "/search?q=vision",
        "/suggest" => "/suggest?q=vis",
        "/reconcile/preview" => "/reconcile/preview?id=example-vision",
        "/reconcile/flyout/entity" => "/reconcile/flyout/entity?id=example-vision",
        "/reconcile/flyout/property" => "/reconcile/flyout/property?id=name",
        "/reconcile/flyout/type" => "/reconcile/flyout/type?id=company",
        "/reconcile/draft/preview" => "/reconcile/draft/preview?id=example-vision",
        "/tiles/{z}/{x}/{y}.mvt" => "/tiles/0/0/0.mvt",
        "/assets/{*file}" => return ui::SPRITE_URL.to_string(),
        plain => plain,
    };
    assert!(!filled.contains("{id}") && !filled.contains("{code}"), "`{}` has no example here", route.path);
    filled.replace("{columns}", columns)
}

/// What is only posted to; see the tests of each.
const POSTED_TO: [&str; 3] = ["/reconcile/draft/match", "/reconcile/draft/extend", "/match/{dataset}"];

/// A picture is of bytes, which the invented atlas lacks; these have a test of their own below.
const PAINTED: [&str; 2] = ["/picture/{id}.png", "/picture/{id}.jpg"];

/// Every address of the site, once per language and face.
fn addresses(columns: &str) -> Vec<(String, bool)> {
    let mut all = Vec::new();
    // A list is at an address that only its reader has; `screen.rs` walks it.
    let asked =
        |route: &&Route| route.path != "/screen/{run}" && ![&POSTED_TO[..], &PAINTED].concat().contains(&route.path);
    for route in routes().iter().filter(asked) {
        let plain = example(route, columns);
        if route.kind != Kind::Page {
            all.push((plain, route.kind == Kind::Data));
            continue;
        }
        for lang in ui::Lang::ALL {
            for face in route.faces {
                let path = if plain == "/" && face.is_data() { "/index" } else { &plain };
                let (path, query) = path.split_once('?').map_or((path, String::new()), |(p, q)| (p, format!("?{q}")));
                all.push((format!("{}{path}{}{query}", lang.prefix(), face.ending()), face.is_data()));
            }
        }
    }
    all
}

fn check_headers(address: &str, answer: &Answer, open: bool) {
    // What other sites may show in a frame says so in its policy.
    let framed = address.strip_prefix("/zh").unwrap_or(address) == "/embed" || address.contains("/preview");
    for (name, value) in ALWAYS.into_iter().filter(|(name, _)| !framed || *name != "content-security-policy") {
        assert_eq!(answer.headers.get(name).and_then(|v| v.to_str().ok()), Some(value), "{address}: {name}");
    }
    if framed {
        let policy = answer.headers["content-security-policy"].to_str().expect("a text");
        assert!(policy.contains("frame-ancestors *") && policy.contains("form-action 'none'"), "{policy}");
    }
    let policy = if open { "cross-origin" } else { "same-origin" };
    assert_eq!(answer.headers["cross-origin-resource-policy"], policy, "{address}");
    assert_eq!(answer.headers.get("access-control-allow-origin").is_some(), open, "{address}");
    for name in ["set-cookie", "server", "x-powered-by", "date", "etag-for"] {
        assert!(answer.headers.get(name).is_none(), "{address}: {name}");
    }
}

#[test]
fn a_picture_of_a_capture_answers_with_every_header_at_its_own_address_alone() {
    for (paint, other) in [(model::Paint::Png, "jpg"), (model::Paint::Jpeg, "png")] {
        let (edition, id) = super::atlas::painted(paint);
        let state = crate::WebState::new(std::sync::Arc::new(edition), crate::Assets::new(std::iter::empty()));
        let state = std::sync::Arc::new(state.with_texts(std::sync::Arc::new(super::atlas::Held(String::new()))));
        let address = format!("/picture/{id}.{}", paint.word());
        let answer = ask(&state, "GET", &address, &[]);
        assert_eq!((answer.status.as_u16(), answer.raw.as_slice()), (200, &b"dots"[..]), "{address}");
        assert_eq!(answer.headers["content-type"], paint.media_type());
        check_headers(&address, &answer, true);
        assert_eq!(ask(&state, "GET", &format!("/picture/{id}.{other}"), &[]).status, 404);
        assert!(ask(&state, "GET", "/source/news-2019", &[]).body.contains(&format!("<img src=\"{address}\"")));
    }
}

#[test]
fn every_route_answers_with_every_header_and_a_body_that_head_leaves_out() {
    let state = state();
    let columns = state.live().columns.name.clone();
    let all = addresses(&columns);
    assert!(all.len() > 40, "{}", all.len());
    for (address, open) in all {
        let answer = ask(&state, "GET", &address, &[]);
        assert_eq!(answer.status, 200, "{address}: {}", answer.body);
        check_headers(&address, &answer, open);
        let head = ask(&state, "HEAD", &address, &[]);
        assert!(head.raw.is_empty(), "{address}");
        assert_eq!(head.headers, answer.headers, "{address}");
    }
}

#[test]
fn every_answer_of_an_edition_is_asked_for_again_by_etag_alone() {
    let state = state();
    let columns = state.live().columns.name.clone();
    for (address, open) in addresses(&columns) {
        let answer = ask(&state, "GET", &address, &[]);
        let Some(etag) = answer.headers.get("etag").and_then(|v| v.to_str().ok()) else {
            let keep = answer.headers["cache-control"].to_str().expect("text");
            assert!(keep.contains("immutable") || keep == "no-store", "{address}");
            continue;
        };
        let again = ask(&state, "GET", &address, &[("if-none-match", etag)]);
        assert_eq!((again.status.as_u16(), again.raw.len()), (304, 0), "{address}");
        check_headers(&address, &again, open);
    }
}

#[test]
fn failures_carry_every_header_too() {
    let state = state();
    let columns = state.live().columns.name.clone();
    let stale = "/columns/00000000000000000000000000000000/matches?q=x";
    let failures = [
        ("GET", "/nowhere", 404, false),
        ("GET", "/zh/item/nobody", 404, false),
        ("GET", "/item/nobody.json", 404, true),
        ("GET", "/item/withdrawn-item", 410, false),
        ("GET", "/zh/item/withdrawn-item.json", 410, true),
        ("POST", "/", 405, false),
        ("DELETE", "/links.json", 405, true),
        ("OPTIONS", "/links.csv", 405, true),
        ("GET", "/?category=nothing", 400, false),
        ("GET", "/links.csv?colour=red", 400, true),
        ("GET", "/links?page=0", 400, false),
        ("GET", "/links?page=9", 400, false),
        ("GET", "/?q=%ff", 400, false),
        ("GET", "/assets/main.css", 503, false),
        ("GET", stale, 409, true),
        ("GET", &format!("/columns/{columns}/ids/7.json"), 404, true),
        ("GET", &format!("/columns/{columns}/matches"), 400, true),
        ("GET", "/match/default", 405, true),
        ("PUT", "/reconcile", 405, true),
        ("GET", "/reconcile?queries=nonsense", 400, true),
        ("GET", "/suggest?lang=fr", 400, true),
        ("GET", "/search?group=people", 400, false),
    ];
    for (method, address, status, open) in failures {
        let answer = ask(&state, method, address, &[]);
        assert_eq!(answer.status, status, "{method} {address}: {}", answer.body);
        check_headers(address, &answer, open);
        assert_eq!(answer.headers["cache-control"], "no-store", "{address}");
        let mime = if open { "application/problem+json" } else { "text/html; charset=utf-8" };
        assert_eq!(answer.headers["content-type"], mime, "{address}");
    }
}

#[test]
fn pages_hold_nothing_inline_and_load_nothing_from_elsewhere() {
    let state = state();
    let columns = state.live().columns.name.clone();
    for (address, _) in addresses(&columns).iter().filter(|(address, open)| !open && !address.starts_with("/assets")) {
        let page = ask(&state, "GET", address, &[]).body;
        for inline in [
            "<style",
            " style=\"",
            "<script>",
            "javascript:alert(1)\"",
            " onload=",
            " onclick=",
            "<iframe",
            "<object",
            "<base",
        ] {
            // A page in a frame opens its links outside of it.
            let page = page.replace("<base target=\"_blank\">", "");
            assert!(!page.contains(inline), "{address}: {inline}");
        }
        for part in page.split(" src=\"").skip(1) {
            assert!(part.starts_with('/') && !part.starts_with("//"), "{address}: {part:.60}");
        }
        for link in page.split("<link ").skip(1).filter(|link| link.contains("stylesheet") || link.contains("icon")) {
            assert!(link.contains("href=\"/assets/"), "{address}: {link:.80}");
        }
    }
}

#[test]
fn every_link_inside_the_site_leads_somewhere() {
    let state = state();
    let columns = state.live().columns.name.clone();
    let mut seen = std::collections::BTreeSet::new();
    let pages: Vec<String> =
        addresses(&columns).into_iter().filter(|(_, open)| !open).map(|(address, _)| address).collect();
    for address in pages.iter().filter(|address| !address.contains("patterns") && !address.starts_with("/assets")) {
        let page = ask(&state, "GET", address, &[]).body;
        for target in page.split(" href=\"").skip(1).filter_map(|part| part.split('"').next()) {
            let target = target.replace("&amp;", "&");
            // The log is served beside this service, by the program.
            let elsewhere = target.starts_with("/assets/main") || target.starts_with("/log/");
            if !target.starts_with('/') || elsewhere || !seen.insert(target.clone()) {
                continue;
            }
            let answer = ask(&state, "GET", target.split('#').next().unwrap_or_default(), &[]);
            // The page of changes leads to what stands where a record was withdrawn.
            let gone = address.contains("/changes") && answer.status == 410;
            assert!(answer.status == 200 || gone, "{address} leads to {target}: {}", answer.status);
        }
    }
    assert!(seen.len() > 60, "{}", seen.len());
}

//! A small page about one item, for clients that show it in a frame beside a candidate.

use maud::{DOCTYPE, html};

use crate::ask::Ask;
use crate::page::live;
use crate::reply::{Failure, Reply};
use crate::view::Maker;
use crate::view::record::MOST;

pub(crate) fn preview(ask: &Ask<'_>) -> Result<Reply, Failure> {
    let id = ask.query.iter().find(|(key, _)| key == "id").map(|(_, value)| value.as_str()).unwrap_or_default();
    let item = live(ask, ask.edition().item(id))?;
    let (lang, maker) = (ask.lang, Maker::of(ask));
    let names = item.names();
    let links = item.links_out().len() + item.links_in().len();
    let page = html! {
        (DOCTYPE)
        html lang=(lang.tag()) {
            head {
                meta charset="utf-8";
                title { (item.name(lang.tag())) }
                link rel="stylesheet" href=(ask.site.assets.url("main.css"));
            }
            body {
                main {
                    h1 { a href=(maker.urls().item(item.id())) target="_blank" rel="noopener" { bdi { (item.name(lang.tag())) } } }
                    p.names { @for name in names.iter().filter(|n| **n != item.name(lang.tag())).take(6) { bdi { (name) } " " } }
                    p { (maker.kind(item.kind()).label) " · " (lang.t_with("count-links", &[("n", ui::Arg::Count(links as u64))])) }
                    @for text in item.values("description").filter_map(text).take(1) {
                        p { (text.chars().take(4 * MOST).collect::<String>()) }
                    }
                    p.soft { (lang.t("notice")) }
                }
            }
        }
    };
    Ok(Reply { open: true, ..Reply::html(page) })
}

fn text(value: &model::Value) -> Option<&str> {
    match value {
        model::Value::Text(text) => Some(text.text()),
        _ => None,
    }
}

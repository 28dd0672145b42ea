//! A country's page: the facts that are there, and who is based there.

use maud::html;
use model::{Filter, FilterKey};

use crate::ask::Ask;
use crate::filtering::no_query;
use crate::page::overview::{Subject, overview};
use crate::page::said;
use crate::reply::{Failure, Reply};

pub(crate) fn country(ask: &Ask<'_>) -> Result<Reply, Failure> {
    no_query(ask)?;
    let lang = ask.lang;
    let country = ask.edition().vocabulary().country(ask.id()).ok_or(Failure::Missing)?;
    let note = html! {
        @if !country.note.is_empty() {
            p.soft lang="en" { (country.note) @if !said::is_readers(lang, "en") { " " (ui::untranslated(lang)) } }
        }
        p.soft { (lang.t("country-facts-only")) }
    };
    let based = ask.edition().items().iter().filter(|item| item.country() == Some(ask.id())).count() as u64;
    let also = html! {
        @if based > 0 {
            section aria-labelledby="based" {
                h2 #based { (lang.t("country-based")) }
                p {
                    a href=(ask.urls().items(&format!("country={}", ask.id()), 1)) {
                        (lang.t_with("country-based-all", &[("n", ui::Arg::Count(based))]))
                    }
                }
            }
        }
    };
    let subject = Subject {
        name: country.name(lang.tag()),
        filter: Filter::default().with(FilterKey::Country, ask.id()),
        by: &[FilterKey::Category, FilterKey::Topic, FilterKey::Link, FilterKey::List, FilterKey::Confidence],
        note,
        also,
    };
    Ok(overview(ask, subject))
}

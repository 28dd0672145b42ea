//! A category's page: what it means, who does it, where and since when.

use maud::html;
use model::{Filter, FilterKey};

use crate::ask::Ask;
use crate::filtering::no_query;
use crate::page::overview::{Subject, overview};
use crate::reply::{Failure, Reply};

pub(crate) fn category(ask: &Ask<'_>) -> Result<Reply, Failure> {
    no_query(ask)?;
    let category = ask.edition().vocabulary().categories.get(ask.id()).ok_or(Failure::Missing)?;
    let tag = ask.lang.tag();
    let name = ui::capitalised(category.label.get(tag));
    let subject = Subject {
        name: &name,
        filter: Filter::default().with(FilterKey::Category, ask.id()),
        by: &[FilterKey::Country, FilterKey::Topic, FilterKey::Link, FilterKey::List, FilterKey::Confidence],
        note: html! { p.lead { (ui::tinted(&category.icon, &category.colour)) " " (category.definition.get(tag)) } },
        also: html! {},
    };
    Ok(overview(ask, subject))
}

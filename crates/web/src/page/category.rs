//! A category's page: what it means, and its links by country and year.

use maud::html;
use model::{Filter, FilterKey};

use crate::ask::Ask;
use crate::filtering::no_query;
use crate::page::country::overview;
use crate::reply::{Failure, Reply};

pub(crate) fn category(ask: &Ask<'_>) -> Result<Reply, Failure> {
    no_query(ask)?;
    let category = ask.edition().vocabulary().categories.get(ask.id()).ok_or(Failure::Missing)?;
    let filter = Filter::default().with(FilterKey::Category, ask.id());
    let note = html! { p.lead { (ui::tinted(&category.icon, &category.colour)) " " (category.definition.get(ask.lang.tag())) } };
    let name = ui::capitalised(category.label.get(ask.lang.tag()));
    Ok(overview(ask, &name, &filter, FilterKey::Country, note))
}

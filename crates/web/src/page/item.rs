//! An item's page: its names, what it is, what is claimed of it and how we know, its links, lists and responses.

use maud::{Markup, html};
use model::{Filter, FilterKey};
use ui::{Layout, Name, Section};

use crate::ask::{Ask, Face};
use crate::filtering::no_query;
use crate::page::gloss::Gloss;
use crate::page::reply::replies;
use crate::page::{Frame, cite, framed, gaps, here, rows, said, small_map, verify};
use crate::reply::{Failure, Reply};
use crate::view::claim::{Claim, Said};
use crate::view::profile::Part;
use crate::view::record::{Group, ItemWhole, Listing, MOST};
use crate::view::{Maker, citable};

/// The properties that have places of their own on the page.
const APART: [&str; 5] = ["name", "description", "collective", "figure", "landing"];

pub(crate) fn item(ask: &Ask<'_>) -> Result<Reply, Failure> {
    no_query(ask)?;
    let item = crate::page::live(ask, ask.edition().item(ask.id()))?;
    let whole = Maker::of(ask).item_whole(item);
    if ask.face == Face::Json {
        return Ok(Reply::json(&citable(ask, here(ask), whole)));
    }
    let description = description(&whole)
        .unwrap_or_else(|| format!("{}{}{}", whole.name, ask.lang.t("list-colon"), whole.kind.label));
    let frame = Frame {
        description,
        scripts: crate::page::map_script(ask),
        ..Frame::new(&whole.name, Section::Items, Layout::Wide, body(ask, &whole))
    };
    Ok(framed(ask, frame))
}

fn description(whole: &ItemWhole) -> Option<String> {
    whole.claims.iter().filter(|claim| claim.property.id == "description").find_map(|claim| match &claim.value {
        Said::Text { text, .. } => Some(text.chars().take(200).collect()),
        _ => None,
    })
}

fn body(ask: &Ask<'_>, whole: &ItemWhole) -> Markup {
    let lang = ask.lang;
    let filter = Filter::default().with(FilterKey::Item, &whole.id);
    html! {
        (head(ask, whole))
        (jump(ask, whole))
        div.two {
            section aria-labelledby="overview" {
                h2.visually-hidden #overview { (lang.t("overview")) }
                (descriptions(ask, whole))
                (listings(ask, whole))
                (replies(ask, &whole.replies))
                (facts(ask, whole))
            }
            aside {
                @if has_links(whole) {
                    @if whole.located {
                        h2 { (lang.t("map")) } (small_map(ask, &filter))
                    } @else { h2 { (lang.t("links")) } }
                    p {
                        a href=(ask.urls().home(&filter)) { (lang.t("show-on-map")) }
                        " · " a href=(ask.urls().links(&filter, 1)) { (lang.t("show-in-list")) }
                    }
                    h2 { (lang.t("by-year")) }
                    (ui::timeline(lang, &lang.t("by-year-caption"), &years(ask, whole, &filter), whole.undated))
                }
                @if !whole.parts.is_empty() {
                    h2 { (lang.t("parts")) }
                    ul.columns-list { @for part in &whole.parts { li { (rows::end(part)) } } }
                }
            }
        }
        @if whole.sections.is_empty() {
            (groups(ask, whole))
            (responses(ask, whole))
        } @else {
            @for part in &whole.sections { (profile_part(ask, part, &whole.id)) }
        }
        (timeline(ask, whole))
        (verify(ask, "item", &whole.id))
        (cite(ask, &whole.name, ""))
    }
}

fn head(ask: &Ask<'_>, whole: &ItemWhole) -> Markup {
    let names = names(whole);
    let main = Name { text: whole.name.clone(), lang: lang_of(&names, &whole.name), role: String::new() };
    let others: Vec<Name> = names.into_iter().filter(|name| name.text != whole.name).collect();
    let items = ask.urls().items(&format!("kind={}", whole.kind.id), 1);
    html! {
        header.record-head {
            p.kicker { (ui::tag(&whole.kind.tag(items))) @if whole.collective { (ui::collective(ask.lang)) } }
            (ui::heading(&main, &others))
            @if whole.collective { p.warning-box { (ask.lang.t("collective-why")) } }
            p { a href=(ask.urls().connections(&whole.id)) { (ui::icon("network")) " " (ask.lang.t("connections-see")) } }
        }
    }
}

fn names(whole: &ItemWhole) -> Vec<Name> {
    let texts = whole.claims.iter().filter(|claim| claim.property.id == "name");
    texts
        .filter_map(|claim| match &claim.value {
            Said::Text { text, lang } => Some(Name { text: text.clone(), lang: lang.clone(), role: String::new() }),
            _ => None,
        })
        .collect()
}

fn lang_of(names: &[Name], text: &str) -> String {
    names.iter().find(|name| name.text == text).map(|name| name.lang.clone()).unwrap_or_default()
}

fn jump(ask: &Ask<'_>, whole: &ItemWhole) -> Markup {
    let lang = ask.lang;
    let out = whole.links_out.iter().map(|group| ("out", group));
    let into = whole.links_in.iter().map(|group| ("in", group));
    html! {
        nav aria-label=(lang.t("on-this-page")) {
            ul.jump {
                li { a href="#overview" { (lang.t("overview")) } }
                @if !whole.listings.is_empty() {
                    li { a href="#lists" { (lang.t("lists-it-is-on")) (count(lang, whole.listings.len())) } }
                }
                @for part in &whole.sections {
                    li { a href=(format!("#part-{}", part.id)) { (part.title) (count(lang, part.links.len())) } }
                }
                @if whole.sections.is_empty() {
                    @for (way, group) in out.chain(into) {
                        li {
                            a href=(format!("#{way}-{}", group.link_type.id)) {
                                (ui::capitalised(&group.link_type.label)) (count(lang, group.total))
                            }
                        }
                    }
                    @if !whole.responses.is_empty() {
                        li { a href="#responses" { (lang.t("responses")) (count(lang, whole.responses.len())) } }
                    }
                }
                @if !whole.timeline.is_empty() { li { a href="#timeline" { (lang.t("timeline")) } } }
            }
        }
    }
}

/// A number in brackets.
pub(crate) fn count(lang: ui::Lang, n: usize) -> String {
    lang.t_with("in-brackets", &[("what", ui::Arg::Text(&ui::grouped(n as u64)))])
}

fn descriptions(ask: &Ask<'_>, whole: &ItemWhole) -> Markup {
    html! { @for claim in readable(ask.lang, of(whole, "description").collect()) { (description_of(ask, claim)) } }
}

/// The texts in the reader's language; all of them where there is none.
pub(crate) fn readable(lang: ui::Lang, claims: Vec<&Claim>) -> Vec<&Claim> {
    let is_own = |claim: &&&Claim| matches!(&claim.value, Said::Text { lang: own, .. } if said::is_readers(lang, own));
    let own: Vec<&Claim> = claims.iter().filter(is_own).copied().collect();
    if own.is_empty() { claims } else { own }
}

/// An editor's text about a record, marked as such.
pub(crate) fn description_of(ask: &Ask<'_>, claim: &Claim) -> Markup {
    html! {
        @if let Said::Text { text, lang }
        = &claim.value {
            (ui::editors_text(ask.lang, &Gloss::of(ask).marked(text, lang, &claim.id), lang, &said::standing(ask.lang, claim)))
        }
    }
}

fn facts(ask: &Ask<'_>, whole: &ItemWhole) -> Markup {
    let plain: Vec<&Claim> = whole.claims.iter().filter(|claim| !APART.contains(&claim.property.id.as_str())).collect();
    let apart = |property: &str| of(whole, property).collect::<Vec<_>>();
    let names = apart("name");
    let (figures, landings) = (apart("figure"), apart("landing"));
    html! {
        section aria-labelledby="facts" {
            h2 #facts { (ask.lang.t("facts")) }
            (said::facts(ask.lang, &names.into_iter().chain(plain).collect::<Vec<_>>(), definition(ask)))
            (gaps(ask, "item", &whole.id, &whole.gaps))
        }
        @if !landings.is_empty() {
            section { h2 { (ask.lang.t("landings")) } (said::facts(ask.lang, &landings, definition(ask))) }
        }
        @if !figures.is_empty() {
            section { h2 { (ask.lang.t("figures")) } (said::facts(ask.lang, &figures, definition(ask))) }
        }
    }
}

/// What a property means, in the reader's language.
pub(crate) fn definition<'a>(ask: &Ask<'a>) -> impl Fn(&str) -> String + use<'a> {
    let (edition, lang) = (ask.edition(), ask.lang);
    move |id| {
        edition.vocabulary().properties.get(id).map(|p| p.definition.get(lang.tag()).to_owned()).unwrap_or_default()
    }
}

fn listings(ask: &Ask<'_>, whole: &ItemWhole) -> Markup {
    html! {
        @if !whole.listings.is_empty() {
            section aria-labelledby="lists" {
                h2 #lists { (ask.lang.t("lists-it-is-on")) }
                @for listing in &whole.listings { (listing_row(ask, listing)) }
            }
        }
    }
}

fn listing_row(ask: &Ask<'_>, listing: &Listing) -> Markup {
    let lang = ask.lang;
    html! {
        div.listing {
            p {
                strong { (rows::end(&listing.row.object)) } " "
                (ui::confidence(lang, listing.row.rated.0, listing.row.rated.1))
            }
            p {
                (rows::status(lang, &listing.row))
                @if listing.effective.is_empty() { " · " (rows::when(lang, &listing.row)) }
                @for date in &listing.effective { " · " (lang.t("listed-from")) " " (ui::date(lang, date)) }
            }
            @for citation in &listing.citations {
                p.soft { (lang.t("legal-citation")) " " span dir="auto" { (citation) } }
            }
            @if !listing.printed.is_empty() {
                div.soft { (lang.t("printed-as")) " " ul { @for name in &listing.printed { li { bdi { (name) } } } } }
            }
            p { a href=(listing.row.url) { (lang.t("record-and-evidence")) } }
        }
    }
}

fn groups(ask: &Ask<'_>, whole: &ItemWhole) -> Markup {
    html! {
        @if !whole.links_out.is_empty() {
            section aria-labelledby="out" {
                h2 #out { (ask.lang.t("links-out")) }
                @for group in &whole.links_out { (group_table(ask, "out", group, &whole.id)) }
            }
        }
        @if !whole.links_in.is_empty() {
            section aria-labelledby="in" {
                h2 #in { (ask.lang.t("links-in")) }
                @for group in &whole.links_in { (group_table(ask, "in", group, &whole.id)) }
            }
        }
    }
}

/// One part of a profile: its links by type, those from the item before those to it.
fn profile_part(ask: &Ask<'_>, part: &Part, id: &str) -> Markup {
    let heading = format!("part-{}", part.id);
    let (out, into) = (format!("{}-out", part.id), format!("{}-in", part.id));
    html! {
        section.profile-part aria-labelledby=(heading) {
            h2 #(heading) { (part.title) }
            p.soft { (part.definition) }
            @for group in &part.out { (group_table(ask, &out, group, id)) }
            @for group in &part.into { (group_table(ask, &into, group, id)) }
        }
    }
}

/// Every dated link in one line, year by year.
fn timeline(ask: &Ask<'_>, whole: &ItemWhole) -> Markup {
    let lang = ask.lang;
    html! {
        @if !whole.timeline.is_empty() {
            section aria-labelledby="timeline" {
                h2 #timeline { (lang.t("timeline")) }
                ol.years {
                    @for row in &whole.timeline {
                        li {
                            span.year { (rows::when(lang, row)) }
                            span { a href=(row.url) { (rows::sentence_plain(lang, row)) } " " (rows::flags(lang, row)) (ui::confidence(lang, row.rated.0, row.rated.1)) }
                        }
                    }
                }
            }
        }
    }
}

fn group_table(ask: &Ask<'_>, way: &str, group: &Group, of: &str) -> Markup {
    let count = ask.lang.t_with("count-links", &[("n", ui::Arg::Count(group.total as u64))]);
    html! {
        div.link-group {
            h3 id=(format!("{way}-{}", group.link_type.id)) {
                (ui::icon(&group.link_type.icon)) (ui::capitalised(&group.link_type.label))
            }
            (rows::table(ask.lang, &count, &group.links, of))
            @if group.total > MOST { p { a href=(group.url) { (ask.lang.t("results-all")) } } }
        }
    }
}

fn responses(ask: &Ask<'_>, whole: &ItemWhole) -> Markup {
    html! {
        @if !whole.responses.is_empty() {
            section aria-labelledby="responses" {
                h2 #responses { (ask.lang.t("responses")) }
                p.soft { (ask.lang.t("responses-why")) }
                (rows::list(ask.lang, &whole.responses))
            }
        }
    }
}

fn years(ask: &Ask<'_>, whole: &ItemWhole, filter: &Filter) -> Vec<ui::Bar> {
    let bar = |year: &crate::view::record::YearCount| {
        let label = year.year.to_string();
        let filter = filter.with(FilterKey::From, &label).with(FilterKey::To, &label);
        ui::Bar { href: ask.urls().links(&filter, 1), label, count: year.count }
    };
    whole.years.iter().map(bar).collect()
}

fn has_links(whole: &ItemWhole) -> bool {
    !whole.years.is_empty() || whole.undated > 0
}

fn of<'w>(whole: &'w ItemWhole, property: &str) -> impl Iterator<Item = &'w Claim> {
    whole.claims.iter().filter(move |claim| claim.property.id == property)
}

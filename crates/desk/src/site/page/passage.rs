//! The words of a source's capture beside a claim: choose paragraphs, trim them to the quote, and they are its evidence.

use axum::http::StatusCode;
use edition::{CaptureRecord, Edition};
use maud::{Markup, html};
use model::{CaptureText, OperationNumber, Paragraph};
use ui::Arg;

use super::super::ask::Ask;
use super::super::frame;
use super::super::reply::{Failure, Reply};
use super::row;
use crate::drafts::Draft;
use crate::drafts::content::Cells;
use crate::drafts::sheet::Sheet;

/// So many paragraphs are shown at once.
const SHOWN: usize = 200;

/// A capture whose text is held.
struct Held<'e> {
    record: &'e CaptureRecord,
    text: CaptureText,
}

/// The captures of a source whose text is held, the latest first.
fn held<'e>(ask: &Ask<'_>, edition: &'e Edition, source: &str) -> Vec<Held<'e>> {
    let Some(texts) = &ask.desk.texts else { return Vec::new() };
    let text = |record: &'e CaptureRecord| {
        let text = texts.text(&record.capture.text?.digest)?;
        (!text.is_empty()).then_some(Held { record, text })
    };
    edition.state().captures_of(source).rev().filter_map(text).collect()
}

fn claims() -> &'static Sheet {
    Sheet::find("claims").expect("invariant: the sheets have this word")
}

fn cell<'c>(cells: &'c [String], column: &str) -> &'c str {
    claims().column(column).and_then(|at| cells.get(at)).map_or("", String::as_str)
}

/// Beside the form of a claim: whether its quote stands in the capture, and the capture's words to choose from.
pub(super) fn beside(ask: &Ask<'_>, edition: &Edition, draft: &Draft, place: Option<usize>, cells: &Cells) -> Markup {
    let source = cell(cells, "source");
    let all = held(ask, edition, source);
    if source.is_empty() || all.is_empty() {
        return html! {};
    }
    let asked = OperationNumber::parse(ask.asked("capture"));
    let chosen = all.iter().find(|one| Some(one.record.number) == asked).unwrap_or(&all[0]);
    html! {
        section.desk-passages {
            h2 { (ask.t_with("passage-words", &[("date", Arg::Text(&chosen.record.capture.at))])) }
            (stands(ask, &all, cell(cells, "quote")))
            @if let Some(place) = place {
                (others(ask, draft, place, &all, chosen))
                (choose(ask, draft, place, chosen))
            } @else { p.help { (ask.t("passage-save-first")) } }
        }
    }
}

/// Where the quote stands: as written, by its letters alone, in an earlier capture, or nowhere.
fn stands(ask: &Ask<'_>, all: &[Held<'_>], quote: &str) -> Markup {
    let quote = quote.trim();
    if quote.is_empty() {
        return html! {};
    }
    let found = all.iter().position(|one| one.text.find(quote).is_some());
    html! {
        @match found {
            Some(0) if all[0].text.body().contains(quote) => p.notice-box { (ask.t("passage-exact")) },
            Some(0) => p.notice-box { (ask.t("passage-letters")) },
            Some(earlier) => p.warning-box {
                (ask.t_with("passage-earlier", &[("date", Arg::Text(&all[earlier].record.capture.at))]))
            },
            None => p.warning-box { (ask.t("passage-gone")) },
        }
    }
}

/// The way to the other captures.
fn others(ask: &Ask<'_>, draft: &Draft, place: usize, all: &[Held<'_>], chosen: &Held<'_>) -> Markup {
    html! {
        @if all.len() > 1 {
            ul.desk-values {
                @for one in all.iter().filter(|one| one.record.number != chosen.record.number) {
                    li {
                        a href=(ask.to(format!("/draft/{}/row/claims/{place}?capture={}", draft.id, one.record.number))) {
                            (ask.t_with("passage-other", &[("date", Arg::Text(&one.record.capture.at))]))
                        }
                    }
                }
            }
        }
    }
}

/// The paragraphs with a box before each, those with the words that are looked for.
fn choose(ask: &Ask<'_>, draft: &Draft, place: usize, held: &Held<'_>) -> Markup {
    let (words, from) = (ask.asked("words").trim(), ask.asked("from").parse().unwrap_or(0usize));
    let folded = names::fold(words);
    let wanted = |paragraph: &Paragraph<'_>| words.is_empty() || names::fold(paragraph.words).contains(&folded);
    let all: Vec<Paragraph<'_>> = held.text.paragraphs().filter(wanted).collect();
    let capture = held.record.number.to_string();
    let here = ask.to(format!("/draft/{}/row/claims/{place}", draft.id));
    let lang = held.text.language();
    html! {
        form.desk-filter method="get" action=(here) {
            input type="hidden" name="capture" value=(capture);
            p { label for="words" { (ask.t("passage-look")) } input #words name="words" type="text" value=(words) maxlength="200" autocomplete="off"; }
            button type="submit" { (ask.t("passage-look-do")) }
        }
        p role="status" { (ask.t_with("passage-count", &[("n", Arg::Count(all.len() as u64))])) }
        form method="get" action=(ask.to(format!("/draft/{}/passage/{place}", draft.id))) data-passages="" {
            input type="hidden" name="capture" value=(capture);
            div.desk-paragraphs tabindex="0" role="group" aria-label=(ask.t("passage-paragraphs")) {
                @for paragraph in all.iter().skip(from).take(SHOWN) {
                    label.choice data-anchor=(anchor(&held.text, paragraph)) {
                        input type="checkbox" name="p" value=(paragraph.start);
                        span.choice-label lang=[(!lang.is_empty()).then_some(lang)] { (paragraph.words) }
                    }
                }
            }
            @if from + SHOWN < all.len() {
                p { a href=(format!("{here}?capture={capture}&from={}", from + SHOWN)) { (ask.t("passage-more")) } }
            }
            p.desk-buttons {
                button type="submit" { (ask.t("passage-take")) }
                button #take-selection type="button" hidden { (ask.t("passage-selection")) }
            }
        }
    }
}

/// Where a paragraph stands: by page where there are pages, else by its number.
fn anchor(text: &CaptureText, paragraph: &Paragraph<'_>) -> String {
    match text.body().contains('\u{c}') {
        true => format!("p. {}", paragraph.page),
        false => format!("¶ {}", text.paragraphs().take_while(|one| one.start <= paragraph.start).count()),
    }
}

/// What the address and the draft agree on: the draft, the row's place and cells, the capture's text.
struct Chosen {
    draft: Draft,
    place: usize,
    cells: Cells,
    capture: OperationNumber,
    text: CaptureText,
}

fn chosen(ask: &Ask<'_>, capture: &str) -> Result<Chosen, Failure> {
    let draft = ask.draft()?;
    let place = usize::try_from(ask.number(1)?).map_err(|_| Failure::Missing)?;
    let edition = ask.desk.writer.edition().map_err(|_| Failure::Broken)?;
    let cells = draft.content().rows(claims()).get(place).cloned().ok_or(Failure::Missing)?;
    let number = OperationNumber::parse(capture).ok_or(Failure::Query)?;
    let all = held(ask, &edition, cell(&cells, "source"));
    let text = all.into_iter().find(|one| one.record.number == number).ok_or(Failure::Missing)?.text;
    Ok(Chosen { draft, place, cells, capture: number, text })
}

/// The chosen paragraphs in a box, to be trimmed.
pub(crate) fn form(ask: &Ask<'_>) -> Result<Reply, Failure> {
    let chosen = chosen(ask, ask.asked("capture"))?;
    let starts: Vec<u32> =
        ask.query.iter().filter(|(name, _)| name == "p").filter_map(|(_, start)| start.parse().ok()).collect();
    Ok(show(ask, &chosen, &joined(&chosen.text, &starts), false))
}

/// Paragraphs as one quote; an ellipsis stands for those between them.
fn joined(text: &CaptureText, starts: &[u32]) -> String {
    let mut words = String::new();
    let mut last: Option<usize> = None;
    for (number, paragraph) in text.paragraphs().enumerate().filter(|(_, one)| starts.contains(&one.start)) {
        match last {
            None => {}
            Some(before) if before + 1 == number => words.push(' '),
            Some(_) => words.push_str(" […] "),
        }
        words.push_str(paragraph.words);
        last = Some(number);
    }
    words
}

fn show(ask: &Ask<'_>, chosen: &Chosen, quote: &str, gone: bool) -> Reply {
    let title = ask.t("passage");
    let (id, place) = (chosen.draft.id, chosen.place);
    let body = html! {
        h1 { (title) }
        p { a href=(ask.to(format!("/draft/{id}/row/claims/{place}?capture={}", chosen.capture))) { (ask.t("passage-back")) } }
        @if gone { p.warning-box role="alert" { (ask.t("passage-refused")) } }
        form.desk-form method="post" action=(ask.to(format!("/draft/{id}/passage/{place}"))) {
            input type="hidden" name="base" value=(chosen.draft.version);
            input type="hidden" name="capture" value=(chosen.capture);
            p {
                label for="quote" { (ask.t("desk-field-quote")) }
                textarea #quote name="quote" rows="10" required aria-describedby="quote-help" { (quote) }
            }
            p.help #quote-help { (ask.t("passage-help")) }
            button type="submit" { (ask.t("passage-do")) }
        }
    };
    frame::page(ask, &title, body)
}

/// Puts the quote with its place and language into the claim, if the capture says so.
pub(crate) fn put(ask: &Ask<'_>) -> Result<Reply, Failure> {
    let chosen = chosen(ask, ask.field("capture"))?;
    let quote = ask.field("quote").split_whitespace().collect::<Vec<_>>().join(" ");
    let Some(found) = chosen.text.find(&quote) else {
        return Ok(show(ask, &chosen, ask.field("quote"), true).with_status(StatusCode::UNPROCESSABLE_ENTITY));
    };
    let holding = chosen.text.paragraphs().take_while(|paragraph| paragraph.start <= found.start).last();
    let anchor = holding.map(|paragraph| anchor(&chosen.text, &paragraph)).unwrap_or_default();
    let mut cells = chosen.cells.clone();
    let mut set = |column: &str, words: &str| {
        if let Some(at) = claims().column(column) {
            words.clone_into(&mut cells[at]);
        }
    };
    set("quote", &quote);
    set("anchor", &anchor);
    set("quote_language", chosen.text.language());
    row::store(ask, &chosen.draft, "saved", |content| content.put(claims(), Some(chosen.place), cells))
}

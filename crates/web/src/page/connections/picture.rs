//! The picture of an item's connections: owners above, what it owns below, others beside it, drawn from numbers alone.
//!
//! Everything in it also stands in the tables behind it, so that it may be left out: for readers who hear the page, and
//! where SVG is switched off.

use maud::{Markup, html};
use ui::Lang;

use crate::view::connections::{Circle, Connections, Kin};
use crate::view::terms::ItemRef;
use crate::view::tie::Tie;

const WIDTH: usize = 960;
const BOX: usize = 224;
const HEIGHT: usize = 34;
const ROW: usize = 54;
/// So many owners, or owned, stand side by side.
const ACROSS: usize = 4;
/// So many neighbours stand beneath each other on one side.
const BESIDE: usize = 9;

/// A box with a name, and how it hangs together with another.
struct Node<'v> {
    item: &'v ItemRef,
    x: usize,
    y: usize,
    verb: String,
    tie: Option<&'v Tie>,
    to: (usize, usize),
}

/// The picture.
pub(super) fn picture(lang: Lang, view: &Connections) -> Markup {
    let (above, below) = (levels(&view.owners), levels(&view.owned));
    let (left, right) = (beside(&view.groups, "in"), beside(&view.groups, "out"));
    let middle = left.len().max(right.len()).max(1) * ROW;
    let top = above.len() * (ROW + 30);
    let height = top + middle + below.len() * (ROW + 30) + 16;
    let centre = (WIDTH / 2, top + middle / 2);
    let mut nodes = side(&left, 0, top + 16, centre, middle);
    nodes.extend(side(&right, WIDTH - BOX, top + 16, centre, middle));
    nodes.extend(kin(lang, &above, centre, |level| top - (level + 1) * (ROW + 30) + 20));
    nodes.extend(kin(lang, &below, centre, |level| top + middle + level * (ROW + 30) + 44));
    html! {
        figure.connections-picture {
            figcaption { (lang.t("connections-picture")) }
            div.scroll-x {
                svg viewBox=(format!("0 0 {WIDTH} {height}")) width=(WIDTH) height=(height) aria-hidden="true" {
                    @for node in &nodes { (line(node)) }
                    @for node in &nodes { (name_box(node.item, node.x, node.y, "node", &node.verb)) }
                    (name_box(&view.item, centre.0 - BOX / 2, centre.1 - HEIGHT / 2, "node node-own", ""))
                }
            }
            (rest(lang, view, left.len() + right.len()))
        }
    }
}

/// What is not drawn is said.
fn rest(lang: Lang, view: &Connections, drawn: usize) -> Markup {
    let all: usize = view.groups.iter().map(|circle| circle.total).sum();
    let kin = [&view.owners, &view.owned].map(|kin| kin.len() - levels(kin).iter().map(Vec::len).sum::<usize>());
    let more = all - drawn + kin[0] + kin[1];
    html! {
        @if more > 0 { p.soft { (lang.t_with("connections-more", &[("n", ui::Arg::Count(more as u64))])) } }
    }
}

/// Relatives level by level, as many as fit side by side: first those through whom others are related. Nobody is drawn
/// without the one in between.
fn levels(kin: &[Kin]) -> Vec<Vec<&Kin>> {
    let mut levels: Vec<Vec<&Kin>> = Vec::new();
    for number in 1..=3 {
        let drawn = |one: &&Kin| levels.last().is_none_or(|near| near.iter().any(|n| n.item.id == one.next_to));
        let mut level: Vec<&Kin> = kin.iter().filter(|one| one.level == number).filter(drawn).collect();
        level.sort_by_key(|one| !kin.iter().any(|other| other.next_to == one.item.id));
        level.truncate(ACROSS);
        if level.is_empty() {
            break;
        }
        levels.push(level);
    }
    levels
}

/// Neighbours of one direction: from every group some, so that none is left out for a large one.
fn beside<'v>(groups: &'v [Circle], way: &str) -> Vec<(&'v Circle, usize)> {
    let groups: Vec<&Circle> = groups.iter().filter(|circle| circle.way == way).collect();
    let mut shares = vec![0; groups.len()];
    let all: usize = groups.iter().map(|circle| circle.others.len()).sum();
    for turn in 0..BESIDE {
        let open = (0..groups.len()).filter(|n| shares[*n] < groups[*n].others.len());
        if let Some(next) = open.min_by_key(|n| (shares[*n], *n)).filter(|_| turn < all) {
            shares[next] += 1;
        }
    }
    let each = groups.into_iter().zip(shares);
    each.flat_map(|(circle, share)| (0..share).map(move |n| (circle, n))).collect()
}

fn side<'v>(
    nodes: &[(&'v Circle, usize)],
    x: usize,
    top: usize,
    centre: (usize, usize),
    middle: usize,
) -> Vec<Node<'v>> {
    let from = top + (middle - nodes.len() * ROW) / 2;
    let end = (if x == 0 { centre.0 - BOX / 2 } else { centre.0 + BOX / 2 }, centre.1);
    let node = |(row, (circle, n)): (usize, &(&'v Circle, usize))| {
        let other = &circle.others[*n];
        let verb = if *n == 0 { circle.link_type.label.clone() } else { String::new() };
        Node { item: &other.item, x, y: from + row * ROW, verb, tie: Some(&other.tie), to: end }
    };
    nodes.iter().enumerate().map(node).collect()
}

fn kin<'v>(lang: Lang, levels: &[Vec<&'v Kin>], centre: (usize, usize), y: impl Fn(usize) -> usize) -> Vec<Node<'v>> {
    let mut nodes: Vec<Node<'v>> = Vec::new();
    for (level, kin) in levels.iter().enumerate() {
        let start = (WIDTH - kin.len() * (BOX + 16)) / 2 + 8;
        for (n, one) in kin.iter().enumerate() {
            let near = nodes.iter().find(|node| node.item.id == one.next_to);
            let to = near.map_or(centre, |node| (node.x + BOX / 2, node.y + HEIGHT / 2));
            let verb = if one.ties.len() > 1 { lang.t("connections-several") } else { String::new() };
            nodes.push(Node {
                item: &one.item,
                x: start + n * (BOX + 16),
                y: y(level),
                verb,
                tie: one.ties.first(),
                to,
            });
        }
    }
    nodes
}

fn line(node: &Node<'_>) -> Markup {
    let confidence = node.tie.map_or("reported", |tie| tie.confidence);
    let beside = node.x == 0 || node.x == WIDTH - BOX;
    let from = match (beside, node.x == 0) {
        (true, true) => (node.x + BOX, node.y + HEIGHT / 2),
        (true, false) => (node.x, node.y + HEIGHT / 2),
        (false, _) => (node.x + BOX / 2, node.y + HEIGHT / 2),
    };
    html! {
        line.edge.(format!("edge-{confidence}")) x1=(from.0) y1=(from.1) x2=(node.to.0) y2=(node.to.1) {}
    }
}

fn name_box(item: &ItemRef, x: usize, y: usize, class: &str, verb: &str) -> Markup {
    html! {
        a href=(item.url) tabindex="-1" {
            rect class=(class) x=(x) y=(y) width=(BOX) height=(HEIGHT) rx="3" {}
            text x=(x + 10) y=(y + 22) { (shortened(&item.name)) @if item.collective { "*" } }
            title { (item.name) }
        }
        @if !verb.is_empty() { text.edge-verb x=(x + 2) y=(y.saturating_sub(4)) { (verb) } }
    }
}

/// As much of a name as fits a box: a Han character is about as wide as two Latin ones.
fn shortened(name: &str) -> String {
    let width = |c: char| if (c as u32) < 0x1100 { 1 } else { 2 };
    if name.chars().map(width).sum::<usize>() <= 28 {
        return name.to_owned();
    }
    let mut used = 0;
    let kept: String = name
        .chars()
        .take_while(|c| {
            used += width(*c);
            used <= 26
        })
        .collect();
    format!("{}…", kept.trim_end())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn long_names_are_cut_to_the_width_of_their_letters() {
        assert_eq!(shortened("Hikvision"), "Hikvision");
        assert_eq!(shortened("杭州海康威视数字技术股份有限公司"), "杭州海康威视数字技术股份有…");
        assert_eq!(shortened("Ministry of Public Security of a State"), "Ministry of Public Securit…");
    }
}

//! Walks against hand-made cases, and against petgraph on random graphs.

use petgraph::algo::{all_simple_paths, dijkstra};
use petgraph::graph::{DiGraph, NodeIndex};
use proptest::prelude::*;

use super::*;

pub(crate) fn link(number: u32, subject: u32, object: u32) -> LinkInput {
    LinkInput {
        via: Via::Link(number),
        subject,
        object,
        link_type: 0,
        confidence: 0,
        from: None,
        until: None,
        offered: false,
    }
}

fn graph(links: &[LinkInput]) -> Graph {
    Graph::new(10, links, |item| item == 9)
}

fn chain(links: &[LinkInput], from: u32, to: u32, conditions: &Conditions) -> Option<Vec<u32>> {
    graph(links).shortest(from, to, conditions, 4, &mut Scratch::default())
}

fn along() -> Conditions {
    Conditions { way: Way::Along, ..Conditions::default() }
}

#[test]
fn a_path_has_at_most_so_many_steps() {
    let links = [link(0, 0, 1), link(1, 1, 2), link(2, 2, 3), link(3, 3, 4), link(4, 4, 5)];
    assert_eq!(chain(&links, 0, 4, &along()), Some(vec![0, 1, 2, 3, 4]));
    assert_eq!(chain(&links, 0, 5, &along()), None);
    assert_eq!(chain(&links, 4, 0, &along()), None, "links are not walked against their way");
    assert_eq!(chain(&links, 4, 0, &Conditions::default()), Some(vec![4, 3, 2, 1, 0]));
    assert_eq!(chain(&links, 3, 3, &along()), Some(vec![3]));
    assert_eq!(chain(&links, 0, 77, &along()), None);
}

#[test]
fn no_path_leads_through_a_list_but_one_may_end_there() {
    let links = [link(0, 0, 9), link(1, 1, 9)];
    assert_eq!(chain(&links, 0, 1, &Conditions::default()), None);
    assert_eq!(chain(&links, 0, 9, &Conditions::default()), Some(vec![0, 9]));
    let mut scratch = Scratch::default();
    assert!(graph(&links).all(0, 1, &Conditions::default(), 4, 9, &mut scratch).paths.is_empty());
    assert_eq!(graph(&links).components(&Conditions::default())[..2], [0, 1]);
}

#[test]
fn every_step_must_meet_the_conditions() {
    let held = |from, until| LinkInput { from, until, ..link(1, 1, 2) };
    let passes =
        |second: LinkInput, conditions: Conditions| chain(&[link(0, 0, 1), second], 0, 2, &conditions).is_some();
    let all = Conditions::default();
    let since = Conditions { since: Some(20180000), ..all };
    let until = Conditions { until: Some(20181231), ..all };
    assert!(!passes(held(Some(20140101), Some(20161231)), since));
    assert!(passes(held(Some(20140101), Some(20161231)), until));
    assert!(passes(held(Some(20140101), None), since), "an unknown end is open");
    assert!(!passes(held(Some(20190101), None), until));
    assert!(passes(held(None, Some(20190101)), until), "an unknown beginning is open");
    assert!(!passes(held(None, None), Conditions { undated: false, ..all }));
    let typed = LinkInput { link_type: 5, ..link(1, 1, 2) };
    assert!(!passes(typed, Conditions { types: 1, ..all }) && passes(typed, Conditions { types: 0b10_0001, ..all }));
    let disputed = LinkInput { confidence: 3, ..link(1, 1, 2) };
    assert!(!passes(disputed, Conditions { confidences: 0b0111, ..all }) && passes(disputed, all));
    let offered = LinkInput { offered: true, ..link(1, 1, 2) };
    assert!(!passes(offered, all) && passes(offered, Conditions { offered: true, ..all }));
}

#[test]
fn a_hop_is_as_sure_as_its_surest_link_and_a_path_as_its_weakest_hop() {
    let rated = |number, subject, object, confidence| LinkInput { confidence, ..link(number, subject, object) };
    let links = [rated(0, 0, 1, 3), rated(1, 1, 0, 1), rated(2, 1, 2, 2)];
    let path = graph(&links).path(vec![0, 1, 2], &Conditions::default()).expect("connected");
    assert_eq!((path.hops[0].surest().via, path.hops[0].surest().against), (Via::Link(1), true));
    assert_eq!((path.hops[0].steps.len(), path.weakest(), path.cost), (2, Some(1), 4));
}

#[test]
fn a_way_through_a_hub_ranks_behind_a_longer_one_around_it() {
    let mut links = vec![link(0, 0, 1), link(1, 1, 2), link(2, 0, 3), link(3, 3, 4), link(4, 4, 2)];
    links.extend((0..62).map(|n| link(10 + n, 1, 5 + n % 4)));
    let graph = graph(&links);
    assert_eq!(graph.damping(1), 4, "64 links are three doublings of 8, and one more for the 8th");
    let found = graph.all(0, 2, &Conditions::default(), 4, 99, &mut Scratch::default());
    assert_eq!(found.paths[0].items, [0, 3, 4, 2]);
    assert_eq!(found.paths[1].items, [0, 1, 2]);
    let around = Conditions { hub: 63, ..Conditions::default() };
    assert_eq!(graph.all(0, 2, &around, 4, 99, &mut Scratch::default()).paths.len(), 1);
}

#[test]
fn too_many_paths_are_cut_and_said_so() {
    let links: Vec<LinkInput> = (0..6).flat_map(|n| [link(n * 2, 0, n + 1), link(n * 2 + 1, n + 1, 8)]).collect();
    let found = graph(&links).all(0, 8, &Conditions::default(), 2, 4, &mut Scratch::default());
    assert_eq!((found.paths.len(), found.more), (4, true));
    assert!(!graph(&links).all(0, 8, &Conditions::default(), 2, 6, &mut Scratch::default()).more);
}

#[test]
fn what_is_reached_comes_by_a_shortest_way_that_costs_least() {
    let mut links = vec![link(0, 0, 1), link(1, 0, 2), link(2, 1, 3), link(3, 2, 3), link(4, 3, 9)];
    links.extend((0..20).map(|n| link(10 + n, 1, 5 + n % 3)));
    let reached =
        graph(&links).reach(0, &Conditions::default(), 4, &mut Scratch::default(), |item| item == 3 || item == 9);
    let ways: Vec<&[u32]> = reached.iter().map(|r| r.path.items.as_slice()).collect();
    assert_eq!(ways, [&[0, 2, 3][..], &[0, 2, 3, 9]]);
}

/// Eight items and links between them, of two types.
fn links() -> impl Strategy<Value = Vec<LinkInput>> {
    let one = (0..8u32, 0..8u32, 0..2u8, 0..4u8);
    proptest::collection::vec(one, 0..24).prop_map(|all| {
        let input = |(number, (subject, object, link_type, confidence))| LinkInput {
            link_type,
            confidence,
            ..link(number, subject, object)
        };
        (0..).zip(all).map(input).collect()
    })
}

/// The same for petgraph, without what the conditions keep out, each pair once.
fn oracle(links: &[LinkInput], conditions: &Conditions) -> DiGraph<(), ()> {
    let mut oracle = DiGraph::new();
    let nodes: Vec<NodeIndex> = (0..8).map(|_| oracle.add_node(())).collect();
    let passes =
        |l: &&LinkInput| conditions.types >> l.link_type & 1 != 0 && conditions.confidences >> l.confidence & 1 != 0;
    for link in links.iter().filter(passes).filter(|l| l.subject != l.object) {
        oracle.update_edge(nodes[link.subject as usize], nodes[link.object as usize], ());
        if conditions.way == Way::Either {
            oracle.update_edge(nodes[link.object as usize], nodes[link.subject as usize], ());
        }
    }
    oracle
}

proptest! {
    #[test]
    fn walks_agree_with_petgraph(links in links(), types in 1..4u64, confidences in 1..16u8, either: bool, to in 1..8u32) {
        let way = if either { Way::Either } else { Way::Along };
        let conditions = Conditions { types, confidences, way, ..Conditions::default() };
        let (graph, oracle) = (Graph::new(8, &links, |_| false), oracle(&links, &conditions));
        let (start, goal) = (NodeIndex::new(0), NodeIndex::new(to as usize));
        let mut scratch = Scratch::default();
        let steps = dijkstra(&oracle, start, Some(goal), |_| 1).get(&goal).copied().filter(|steps| *steps <= 4);
        let shortest = graph.shortest(0, to, &conditions, 4, &mut scratch);
        prop_assert_eq!(shortest.as_ref().map(|items| items.len() - 1), steps);
        prop_assert!(shortest.is_none_or(|items| graph.path(items, &conditions).is_some()));
        let mut expected: Vec<Vec<u32>> = all_simple_paths::<Vec<_>, _, std::hash::RandomState>(&oracle, start, goal, 0, Some(3))
            .map(|path| path.into_iter().map(|node| node.index() as u32).collect()).collect();
        let mut found: Vec<Vec<u32>> =
            graph.all(0, to, &conditions, 4, usize::MAX, &mut scratch).paths.into_iter().map(|path| path.items).collect();
        expected.sort();
        found.sort();
        prop_assert_eq!(found, expected);
        let reached = graph.reach(0, &conditions, 4, &mut scratch, |item| item == to);
        prop_assert_eq!(reached.first().map(|r| r.path.items.len() - 1), steps);
    }

    #[test]
    fn components_agree_with_petgraph(links in links()) {
        let conditions = Conditions::default();
        let graph = Graph::new(8, &links, |_| false);
        let components: std::collections::BTreeSet<u32> = graph.components(&conditions).into_iter().collect();
        prop_assert_eq!(components.len(), petgraph::algo::connected_components(&oracle(&links, &conditions)));
    }

    #[test]
    fn the_order_of_links_does_not_matter(links in links(), by in 0..24usize) {
        let mut turned = links.clone();
        turned.rotate_left(by.min(links.len()));
        let ask = |links: &[LinkInput]| {
            Graph::new(8, links, |_| false).shortest(0, 7, &Conditions::default(), 4, &mut Scratch::default())
        };
        prop_assert_eq!(ask(&links), ask(&turned));
    }
}

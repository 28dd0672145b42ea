# Who is connected to whom: connections, paths, comparisons, screening.

# conditions of a walk
walk-conditions = Which links count
walk-types = Kinds of link (none chosen: all)
walk-evidence = How sure (none chosen: all)
walk-time = When
walk-dated = dated links only
walk-offered = offers without a proven sale too
walk-open-dates = A link whose end is not known counts as still holding; one whose beginning is not known, as holding before.

# connections
connections-title = { $item }: connections
connections-profile = To the profile
connections-to-path = How is it connected with somebody else?
connections-to-compare = Compare it with others
connections-see = Who is it connected with?
connections-summary = Owners: { $owners }. Owned: { $owned }. Others, directly: { $others }. In any number of steps it hangs together with a network of { $network } items.
connections-picture = Owners above, what it owns below, links that come to it on the left, links that go from it on the right. The tables below say the same and more.
connections-more = { $n } more are not drawn; they stand in the tables.
connections-none = No link meets these conditions.
connections-several = several
connections-owners = Owners above it
connections-owned = Below it: what it owns
connections-who = Who or what
connections-through = Directly connected with
connections-ties = Links
connections-open = Open the connections of
connections-close = Close the connections of
connections-failed = The connections could not be loaded.

# paths
path-ask = How are two items connected?
path-intro = Up to four steps over owners, suppliers, partners and every other kind of link. The weakest evidence on each path is named: a path is no surer than that.
path-title = From { $from } to { $to }
path-from = From
path-to = To
path-show = Show paths
path-none = No path
path-none-why = With up to four steps under these conditions nothing connects the two. That the atlas knows no path does not mean that there is none.
path-count = { $n ->
    [one] { $n } path
   *[other] { $n } paths
}
path-count-more = more than { $n } paths
path-shown = The first { $n } are shown. Narrow the conditions to see others.
path-ranking = Short paths come first; passing through an item with very many links counts like extra steps. Lists, laws and places are never passed through, and reviews and bans count only if you choose them: being on the same list, or reviewed by the same authority, connects nobody.
path-steps = { $n ->
    [one] { $n } step
   *[other] { $n } steps
}
path-then = then
path-weakest = weakest evidence: { $what } { $how }
path-weakest-mark = weakest evidence
path-others = { $n ->
    [one] { $n } more link between the two:
   *[other] { $n } more links between the two:
}
picked-which = Which of these is meant?
picked-nothing = The atlas knows nothing by this name.

# comparisons
compare-ask = Compare two or three
compare-intro = Side by side: kinds of link, categories, countries, years and lists. More links mean more records, not more wrongdoing.
compare-title = { $items } compared
compare-item = Item { $n }
compare-show = Compare
compare-kind = What it is
compare-countries = Countries with facts
compare-caption = What is compared
compare-list = List
compare-lists-caption = Entries on lists, now or in the past
compare-no-lists = None of them is known to be or to have been on a list.
compare-not-listed = not known

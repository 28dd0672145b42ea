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

# screening
screen-title = Check a list of your own
screen-intro = Suppliers, holdings, customers or addressees: which of them does the atlas know, which lists are they on, what are they documented to have done, and with whom on a list are they connected?
screen-forgotten = The list has been forgotten.
screen-unreadable = The list could not be read.
screen-closed = This site takes no lists. With the program on your own machine you can check them there.
screen-privacy = What happens with your list
screen-privacy-memory = It is held in memory only: never written to a disk, never logged, never sent elsewhere.
screen-privacy-address = The result stands at an address that nobody can guess. It is forgotten after 30 minutes, when you say so, and when the program ends.
screen-privacy-people = Only organisations are looked for. Rows that look like people are refused and counted.
screen-command = A list that must not leave your machine can be checked there:
screen-paste = Paste names, one a line, or a table
screen-file = or choose a file
screen-formats = CSV, XLSX, plain lines, or the SEC’s forms 13F and N-PORT as XML; up to 200,000 rows. Upload an earlier result again to learn what is new.
screen-next = Look at it first
screen-running = Checking your list
screen-progress = { $done } of { $rows } rows
screen-refresh = This page loads itself again every two seconds.
screen-look = Look again now
screen-forget = Forget this list now
screen-kept = Otherwise it is forgotten 30 minutes after it came.
screen-preview = Is this your list?
screen-understood = { $kind }, { $n ->
    [one] { $n } row
   *[other] { $n } rows
}.
screen-kind-lines = One name a line
screen-kind-table = A table
screen-kind-workbook = A workbook
screen-kind-13f = SEC form 13F
screen-kind-nport = SEC form N-PORT
screen-earlier = This is an earlier result. What is new since then will be shown.
screen-column-name = Name of the organisation
screen-column-country = Country
screen-column = Column { $n }
screen-no-column = none
screen-as-of = As of
screen-heading = the first row names the columns
screen-identifiers = Identifiers are used where their check digits hold:
screen-start = Check the list
screen-first-rows = The first rows as they were understood
screen-results = What the atlas knows of your list
screen-summary = { $n ->
    [one] { $n } row
   *[other] { $n } rows
}, as of { $day }.
screen-refused-rows = { $n ->
    [one] { $n } row was refused because it is about a person
   *[other] { $n } rows were refused because they are about people
}; the atlas documents organisations only.
screen-empty-rows = { $n ->
    [one] { $n } row has no name
   *[other] { $n } rows have no name
}.
screen-problems = { $n ->
    [one] { $n } remark on cells
   *[other] { $n } remarks on cells
}
screen-scores = A score of 0.90 means that about nine in ten pairs with this score are the same organisation. Whether yours is, you decide; the reasons are given. Inclusion in the atlas does not imply wrongdoing.
screen-show = Which rows
screen-all = all
screen-new = what is new
screen-match = match
screen-possible = possible
screen-none = none
screen-refused = refused
screen-no-rows = No rows.
screen-download = Take the result home:
screen-report = Report for printing
screen-report-cut = Only the first { $n } rows are printed; the CSV has all.
screen-unnamed = A name that may be a person’s
screen-line = line { $n }
screen-refused-why = The name has the shape of a person’s. It was not looked for and is not kept. If it is an organisation, add a column “type” with “company”, or an identifier.
screen-by-identifier = same identifier
screen-score = score { $score }
screen-known-as = Known as { $name }
screen-but-country = the list gives another country
screen-but-identifier = the list gives another identifier of the same kind
screen-but-rival = another item is just as likely
screen-rule-same = same word
screen-rule-translated = same meaning
screen-rule-read = same reading
screen-rule-consonants = same consonants
screen-rule-near = near spelling
screen-rule-shortened = shortened
screen-rule-joined = written together
screen-rule-initials = initials
screen-rule-other-character = mostly the same characters
screen-rule-clash = exclude each other
screen-rule-alone = only on one side
screen-others = Other possibilities:
screen-acts = What it is documented to have done ({ $n })
screen-profile = All of it on its profile
screen-exposures = Connected with organisations on lists ({ $n })
screen-exposures-why = Through ownership, investment and supply, in up to four steps; organisations with more than 256 links are not passed through.
screen-current = current
screen-past = past
screen-later = later
screen-news-verdict = new: it was “{ $what }” before
screen-news-row = new: it was not in the earlier result
screen-news-item = new: before, { $what } was found
screen-news-listed = new: on the list { $what }
screen-news-unlisted = no longer known: on the list { $what }
screen-news-links = { $n ->
    [one] new: { $n } more link
   *[other] new: { $n } more links
}
screen-news-exposed = new: connected with { $what }

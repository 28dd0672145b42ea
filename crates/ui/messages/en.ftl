# Messages of the interface in English. One key a line; zh-Hans.ftl holds the same keys with the same arguments.

# frame
site-name = Counteratlas
site-tagline = An evidence-first atlas of the surveillance-technology industry
skip = Skip to the content
nav = Main pages
nav-map = Map
nav-links = Links
nav-items = Items
nav-glossary = Glossary
nav-about = About
notice = Inclusion in this atlas does not imply wrongdoing. Read each statement with its sources and its date.
footer-privacy = No tracking: this site sets no cookie, stores nothing on your device, loads nothing from elsewhere and writes down no address of its readers.
footer-licence = The data of this atlas may be used under CC BY 4.0; name the atlas and the edition.
footer-edition = Edition { $number }
footer-no-edition = No edition is loaded yet.
footer-root = root
footer-faces = This page as data:
cite = Cite as
citation = Counteratlas, { $title }, edition { $number }, { $date }, root { $root }, { $address }
citation-no-edition = Counteratlas, { $title }, { $address }

# small words
unknown = unknown
none = none
undated = undated
list-comma = ,{" "}
bracket-open = (
bracket-close = )
year = Year
links = Links
latitude = latitude
longitude = longitude
location-unknown = location unknown
country-of-party = country of a party
share-at-least = at least { $n }%
share-at-most = at most { $n }%
untranslated = untranslated
untranslated-why = This text is not available in the language of this page.

# dates
date-year = { $year }
date-decade = { $decade }s
date-between-years = between { $from } and { $to }
date-month = { $month } { $year }
date-season = { $season } { $year }
date-day = { $day } { $date }
date-month-unknown = { $year }, month unknown
date-day-unknown = { $date }, day unknown
date-about = about { $date }
date-uncertain = { $date } (uncertain)
date-about-uncertain = about { $date } (uncertain)
date-range = { $from } to { $to }
date-since = since { $from }
date-since-end-unknown = from { $from }, end unknown
date-until = until { $to }
date-until-start-unknown = until { $to }, start unknown
month-1 = January
month-2 = February
month-3 = March
month-4 = April
month-5 = May
month-6 = June
month-7 = July
month-8 = August
month-9 = September
month-10 = October
month-11 = November
month-12 = December
season-spring = spring
season-summer = summer
season-autumn = autumn
season-winter = winter

# languages
language-en = English
language-zh = Chinese
language-zh-hant = Chinese (traditional)
language-ug = Uyghur
language-bo = Tibetan
language-ru = Russian
language-ar = Arabic
language-fa = Persian
language-ur = Urdu
language-he = Hebrew
language-fr = French
language-de = German
language-es = Spanish
language-pt = Portuguese
language-it = Italian
language-pl = Polish
language-sr = Serbian
language-hu = Hungarian
language-el = Greek
language-tr = Turkish
language-ja = Japanese
language-ko = Korean
language-th = Thai
language-vi = Vietnamese
language-id = Indonesian
language-nl = Dutch
language-uk = Ukrainian

# evidence
how-do-we-know = How do we know?
evidence-sentence = According to { $publisher }, { $source } ({ $date })
evidence-sentence-plain = According to { $source } ({ $date })
evidence-anchor = at “{ $anchor }”
evidence-relays = relays { $source }: both are one piece of evidence
evidence-relays-more = { $n ->
    [one] relays { $n } other source
   *[other] relays { $n } other sources
}
stance-supports = supports
stance-contradicts = contradicts
stance-context = gives context
tally-supports = { $n ->
    [one] { $n } source supports
   *[other] { $n } sources support
}
tally-contradicts = { $n ->
    [one] { $n } contradicts
   *[other] { $n } contradict
}
confidence-confirmed = confirmed
confidence-probable = probable
confidence-reported = reported
confidence-disputed = disputed
confidence-stated = The file itself says: { $stated }. The atlas shows what its rule gives.
reason-independent = { $n } groups of sources support it, independent of each other
reason-official = a government source supports it
reason-against-interest = a party says so against its own interest
reason-contradicted = at least one source contradicts it
reason-leak-alone = only leaked material supports it
reason-one-group = all its sources go back to one
reason-editors-only = only the editors’ general knowledge supports it
reason-unsupported = no source supports it
status-as-of = { $status }, as of { $date }
status-undated = { $status }, date unknown
offered-only = offered only
offered-only-why = An offer or advertisement; no sale is proven, and it is not counted as one.
collective = collective
collective-why = A group that the sources do not break down; not an organisation.
highlight = point of particular interest
highlight-why = The editors draw attention to this link.
editors-text = Written by the editors from the sources below

# filter
filter = Filter
filter-active = Active filters
filter-reset = Clear all filters
filter-remove = Remove the filter { $filter }
filter-q = Name or text
filter-apply = Show
filter-years = Years and highlights
filter-from = from
filter-to = to
filter-years-undated = Links without a date ({ $n }) are left out as soon as a year is set.
filter-poi = points of particular interest only
count-links = { $n ->
    [one] { $n } link
   *[other] { $n } links
}
pager = Pages
pager-previous = Previous
pager-next = Next
pager-page = page { $n }
chart-as-table = The same as a table
chart-undated = { $n ->
    [one] { $n } link has no date
   *[other] { $n } links have no date
}

# patterns
patterns-title = Patterns
patterns-intro = Every component of this site with invented contents.
patterns-example = An invented example

# the first page and lists
home-intro = Which company or state body built, sold, financed, operates or was compelled to open which system, where, when and for whom, and how we know.
home-more = What this is and how to read it
map = Map
map-note = The map needs JavaScript and WebGL. Everything on it stands in the list of results as well.
results = Results
results-count = { $total } links, { $located } of them on the map
results-empty = No link passes this filter. Take a filter away to see more.
results-all = All of them, page by page
results-map = The same on the map
download = Take exactly these links home:
ignored-keys = These parts of the address have no meaning here and were ignored:
ignored-keys-canonical = The address without them
link-sentence = { $subject } { $verb } { $object }
when-between = { $from } to { $to }
when-until = until { $to }
count-items = { $n ->
    [one] { $n } item
   *[other] { $n } items
}
to-filter = To the filter
status-unknown = status unknown
all-kinds = all kinds

# filter keys
key-item = Item
key-item-kind = Kind of item
key-link = Kind of link
key-category = Category
key-topic = Topic
key-list = On a list
key-source = Source
key-country = Country or region
key-status = Status
key-confidence = Confidence
key-precision = Precision of place
key-from = From year
key-to = To year
key-poi = Highlights
key-bbox = Part of the map
key-q = Text

# records
facts = Facts
figures = Figures from sources
landings = Landing points
lists-it-is-on = Lists it is on
listed-from = effective
legal-citation = Legal citation:
printed-as = Printed on the list as:
links-out = What it does
links-in = What others do with it
responses = Statements it made
responses-why = What is rated here is only that the statement was made.
parts = Belonging to it
by-year = By year
by-year-caption = Links by year
links-by = Links by { $key }
show-on-map = Show on the map
show-in-list = Show as a list
on-this-page = On this page
record-and-evidence = Record and evidence
a-link = a link of two items
a-source = source
table-other = With whom or what
table-where = Where
table-when = When
table-category = Category
table-status = Status
table-confidence = How do we know?
yes = yes
no = no
qualifier-from = from { $date }
qualifier-to = to { $date }
qualifier-first-cited = first cited { $date }
qualifier-last-cited = last cited { $date }
qualifier-original = in the source: “{ $text }”
publisher-unknown = publisher unknown
published-at = Published at
address-unknown = No web address is known.
note = Note:
relays = It relays
relays-why = A source and what it relays are one piece of evidence.
relayed-by = Relayed by
source-supports = It supports
source-contradicts = It contradicts
source-context = It gives context to
source-unused = Nothing rests on this source.
country-facts-only = Counted is what happened here. The country of an investor or of a list’s keeper is not counted.

# glossary
glossary-intro = The words of this atlas and what they mean in it.
glossary-terms = Terms
glossary-source-kinds = Kinds of sources

# errors
error-home = To the first page
error-missing = There is nothing here
error-missing-detail = No record has this address. It may be mistyped; search for the name instead.
error-gone = This record was withdrawn
error-gone-detail = It stays in the history of the atlas. The reason given: { $reason }
error-method = This address can only be read
error-method-detail = Use GET or HEAD.
error-query = The address asks for something that has no meaning
error-filter-detail = Parts of the filter are unknown:
error-parameter-detail = A part of the address has not the shape it needs:
error-query-detail = The part behind the question mark is too long or not readable text.
error-value = { $value } is no value of { $key }
error-parameter = { $key } can’t be this
error-allowed = Allowed:
error-stale = A newer edition has been published
error-stale-detail = Load the page again.
error-not-built = The browser part was not built
error-not-built-detail = Run “make browser” in the source folder and start again. All pages can be read without it.
error-broken = Something broke on our side
error-broken-detail = The fault is ours. Other pages still work.

# about
about-what = What this is
about-what-1 = Counteratlas is a public, evidence-first atlas of the surveillance-technology industry of any country: organisations, products, programmes, facilities, laws, lists, and the deals and other links between them.
about-what-2 = Every single value carries its own evidence, for and against. Every sentence is either built from fields or marked as a text of the editors with its sources.
about-never = What it never does
about-never-1 = It has no record of private individuals, no search for faces, plates, telephones or persons, and no scoring of people. Such records are refused when data is brought in.
about-never-2 = Inclusion does not imply wrongdoing. Much of what is recorded here is lawful business.
about-confidence = How sure it is
about-confidence-1 = Confidence follows one rule and is never typed in. Only support counts. Sources are one group if one relays the other, if both relay the same original, or if they share a publisher.
about-confidence-2 = Two independent groups, a government source, or a party’s own statement against its interest make a claim confirmed. Any contradiction makes it disputed. A leak alone makes it probable. Everything else is reported.
about-confidence-3 = A status is always as of the date of its latest source. An offer that is no proven sale is marked and never counted as a sale.
about-places = What is on the map
about-places-1 = A point is drawn only where a source names a site, city or region. What is known only to country level gets a badge beside the country’s name, never a point; what has no known place is listed in the tray.
about-places-2 = The country of an investor or of a list’s keeper is the country of a party and not the place of a fact; it is shown apart and not counted.
about-boundaries = Boundaries
about-boundaries-1 = The map’s land and borders come from Natural Earth, which is in the public domain. Borders that states dispute are drawn dashed. Drawing a line is no statement about who is right.
about-boundaries-2 = Names of countries and regions come from our own table and are kept short. A code stands for a place in the data, not for a judgement on its status.
about-history = How its history is kept
about-history-1 = Everything enters through a ledger that only grows. A correction, a retraction or a redaction is a new entry; nothing is changed in silence.
about-history-2 = The root below names this edition’s whole content. Whoever holds the ledger can compute it again.
about-readers = Readers
about-readers-1 = The site sets no cookie, stores nothing on your device, loads nothing from other sites and writes down no address or browser name. Once the map’s data is loaded, what you filter by category, place or year stays on your device.
about-readers-2 = Every page works without JavaScript, and has a twin as JSON at the same address with .json behind it.
about-licence = Use of the data
about-licence-1 = The data may be used by anyone for any purpose under CC BY 4.0, with the name of the atlas and the edition.
about-licence-2 = In CSV files, a cell that a spreadsheet program might take for a formula begins with one apostrophe; take one leading apostrophe away to get the original.
about-edition = This edition
about-edition-counts = It holds { $items } items, { $links } links and { $sources } sources.
about-origin = Ledger
about-number = Entries
about-day = Day of the last entry
about-root = Root

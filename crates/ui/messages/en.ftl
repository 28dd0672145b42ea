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
filter-years-undated = Links without a date are left out as soon as a year is set.
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

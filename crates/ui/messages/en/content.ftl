# Stories, sections of profiles, indices, figures, changes, quality.

# navigation
nav-stories = Stories
nav-figures = Figures

# stories
story = Story
stories-intro = Case studies by the editors. Every sentence has its source, and every record is pinned: if one were withdrawn, its story would say so.
stories-none = No story is published in this edition.
story-references = What stands behind the sentences
story-references-why = A record carries its own sources; what contradicts it is named too.
story-reference = reference { $n }
story-record = A record of this atlas
story-record-gone = This record is no longer published.
story-map-list = The latest of these links

# profiles
overview = Overview
timeline = Timeline

# figures
figures-intro = How much of what this edition holds. Every number leads to the list of what was counted; a filter in the address narrows all of them.
figures-csv = All tables as CSV
figures-organisations = The { $n } organisations with the most links
figures-source-kinds = Links by kind of supporting source
figures-quoted = Figures from sources
figures-quoted-why = Numbers that publications state, quoted with their source; the atlas did not count these.

# one figure
figure-by-country = Links by country
figure-by-category = Links by category
figure-by-link = Links by kind of link
figure-by-topic = Links by topic
figure-by-list = Links by list that a party is on
figure-by-status = Links by status
figure-by-confidence = Links by confidence
figure-by-precision = Links by precision of place
figure-alone = By itself
figure-more = Picture and table
figure-rest = { $n } more
figure-all = All figures of this filter
figure-caption = The picture may be used under the licence that it names.
figure-table = The same as a table
figure-left-out = { $n ->
    [one] { $n } more in the table
   *[other] { $n } more in the table
}

# countries and categories
overview-doers = Who supplies, builds and runs
overview-receivers = For whom and with whom
overview-systems = Systems, products and facilities
overview-latest = The latest links
overview-sources = What most of it rests on
overview-acts = What
overview-parties = { $n ->
    [one] { $n } in all; its links are counted at either end
   *[other] { $n } in all, those with the most first; links are counted at either end
}
overview-more = The others are in the list of all links
overview-empty = This edition holds no link here.
overview-figures = All figures
country-based = Who is based there
country-based-all = { $n ->
    [one] { $n } item names it as its country
   *[other] { $n } items name it as their country
}
countries = Countries
countries-intro = Every country and territory where something of this atlas happened, or that an item names as its own. Facts are counted where they are; a party’s country is no place of a fact.
countries-caption = { $n } countries and territories
categories = Categories
categories-intro = What links are about. A link may be of several categories; a colour stands for a group, an icon for a category.
categories-meaning = What it means
index-located = On the map
index-years = Years
index-most = Most of it
index-items = Items based there

# indices
all-of-them = all
sort-by = Order:
sort-name = name
sort-pinyin = pinyin
sort-strokes = strokes
sort-links = number of links
sort-kind = kind
sort-country = country
sort-date = date
sort-title = title
sort-uses = use
items-letters = Letters
items-all-letters = All letters
items-name = Name
items-caption = Items with kind, country of the seat and number of links
sources = Sources
sources-intro = Every publication on which this edition rests, what it supports and what it contradicts.
sources-language = Languages of sources
sources-publisher = Publisher
sources-uses = Records that cite it
sources-caption = Sources with publisher, date, kind and number of records
count-sources = { $n ->
    [one] { $n } source
   *[other] { $n } sources
}
lists = Lists
lists-intro = Control, sanctions and procurement lists and indices, with who stands on them in this atlas. The original list is the authority; this is what this edition holds of it.
lists-caption = Lists with keeper and number of entries
lists-keeper = Kept by
lists-entries = Entries in this edition
lists-listed = Listed
lists-record = The record of the list itself
lists-elsewhere = What those listed do elsewhere, on the map
lists-count = { $n ->
    [one] { $n } entry
   *[other] { $n } entries
}
lists-empty = No entry of this list is in this edition.
legal-citation-head = Legal citation

# changes
nav-changes = Changes
changes-intro = What every edition added, changed and took back, and why. Nothing is changed in silence.
changes-feeds = The feed of exactly this filter
changes-editions = Editions
changes-latest = The latest changes of records
changes-none = Nothing has changed here.
changes-nothing = no change of records
changes-added = added { $what }
changes-touched = { $n ->
    [one] { $n } older record changed or withdrawn
   *[other] { $n } older records changed or withdrawn
}
changes-author = written by { $author }
changes-datasets = Datasets:
changes-more = { $n ->
    [one] { $n } more record is not listed here; the JSON Lines export has all.
   *[other] { $n } more records are not listed here; the JSON Lines export has all.
}
changes-reason = Reason:
changes-before = before:
changes-after = now:
changes-evidence = { $n ->
    [one] { $n } piece of evidence added or withdrawn
   *[other] { $n } pieces of evidence added or withdrawn
}
list-semicolon = ;{" "}
count-terms = { $n ->
    [one] { $n } glossary term
   *[other] { $n } glossary terms
}
count-stories = { $n ->
    [one] { $n } text of a story
   *[other] { $n } texts of stories
}
act-added = added
act-changed = changed
act-corrected = corrected
act-withdrawn = withdrawn
act-redacted = redacted
record-item = item
record-link = link
record-term = glossary term
feed-title = { $act }: { $title }

# quality
nav-quality = Quality
quality-intro = What this edition lacks. Every number leads to the records behind it; whoever can mend one is welcome.
quality-question = What to look at
quality-count = Records
quality-of = Of
quality-share = Share
quality-none = None.
quality-found = { $n ->
    [one] { $n } record
   *[other] { $n } records
}
quality-single-source = rest on a single source or group of sources
quality-disputed = are disputed by a source
quality-offered = are offers without a proven sale
quality-undated = have no date
quality-unplaced = have no place at all
quality-country-only = are placed no closer than to a country
quality-stale = have a lasting status, but no source of the last five years
quality-undated-evidence = have no dated source
quality-untranslated = have a description, but none in English
quality-no-name = have no name in Latin letters
quality-no-country = have no country
quality-unlinked = have no link
quality-no-address = have no web address
quality-undated-source = have no date of publication
quality-unused = are cited by no record
quality-evidence-gone = rest on a page that is gone from the web
quality-untranslated-term = are not explained in English

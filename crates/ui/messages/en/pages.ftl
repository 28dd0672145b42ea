# The first page, lists, glossary, patterns, about.

# patterns
patterns-title = Patterns
patterns-intro = Every component of this site with invented contents.
patterns-example = An invented example

# the first page and lists
home-intro = Which company or state body built, sold, financed, operates or was compelled to open which system, where, when and for whom, and how we know.
home-more = What this is and how to read it
map = Map
map-note = This is a picture of the map; with JavaScript and WebGL it can be moved and filtered. Everything on it stands in the list as well.
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

# glossary
glossary-intro = The words of this atlas and what they mean in it.
glossary-terms = Terms
glossary-source-kinds = Kinds of sources

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
about-licence-1 = The data may be used by anyone for any purpose under { $licence }, with the name of the atlas and the edition.
about-licence-2 = In CSV files, a cell that a spreadsheet program might take for a formula begins with one apostrophe; take one leading apostrophe away to get the original.
about-edition = This edition
about-edition-counts = It holds { $items } items, { $links } links and { $sources } sources.
about-origin = Ledger
about-number = Entries
about-day = Day of the last entry
about-root = Root

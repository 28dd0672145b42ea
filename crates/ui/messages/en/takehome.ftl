# The map as a picture, exports, citations, embedding, taking the data home.

# the picture
map-page = The map as a picture
map-note-legend = The picture with a numbered legend
map-picture-alt = Map of the links. The same links stand in the list, and each mark in the legend of the picture.
map-described = { $total } links: { $located } at their places, { $country } known only to a country, { $placeless } without a place.
map-numbers = The numbers on the marks are those of the legend below; a larger circle holds more links. Plates with a dashed edge count links that are known only to a country.
map-files = This picture with the numbers of links, for print and publication:
map-legend-marks = Marks
map-legend-countries = Known only to a country
map-placeless = Without a place:
map-unnamed = A place without a name
map-credit = Made with Natural Earth
map-count = { $n ->
    [one] { $n } link
   *[other] { $n } links
}

# exports
attribution = { $name }, record { $title }, edition { $number }
xlsx-about = About this file
xlsx-name = Atlas
xlsx-address = Address
xlsx-licence = Licence
xlsx-edition = Edition
xlsx-day = Day of the edition
xlsx-root = Root
xlsx-notice = Please note

# citations
cite-more = Cite this
cite-title = Cite: { $title }
cite-why = Each format names the edition with its day and root, so that anyone can find exactly what you saw, also when the atlas has changed since.
cite-plain = Plain text
cite-file = As a file
cite-back = Back to what is cited
cite-edition = The whole edition
cite-links = Links with { $filter }
cite-line = { $atlas }, “{ $title }”, edition { $number }, { $date }, root { $root }. { $address }. { $licence }.

# passing on
share-title = Share and embed
share-address = Address
share-address-why = The address holds the whole filter. What the map shows is kept behind the number sign while you move it.
share-cite = Citation
share-cite-formats = Plain text, BibTeX, RIS and CSL-JSON
share-embed = Embed on another site
share-embed-why = The frame shows exactly these links in this language. It sets no cookie, stores nothing and tells nobody who reads it. Without JavaScript it is a picture.
share-embed-look = See how it looks
share-files = Take it home
share-data = The whole edition as files
embed-open = Open in the atlas
embed-newest = The newest of these links

# the whole edition
data-title = The data
data-intro = Everything that this edition publishes, as files. Each says inside which edition it is.
data-licence = Licence: { $licence }. Name the atlas and the edition.
data-caption = The files of this edition
data-file = File
data-what = What it holds
data-size = Bytes
data-items = Organisations, products, facilities and all other items, a row each
data-links = Links between items, a row each
data-claims = Every single statement with its sources, a row each
data-sources = Sources, a row each
data-geojson = Links for geographic programs; those without a point have no geometry
data-jsonl = Every record with all its claims and their evidence, a JSON object a line
data-sqlite = All of it as a SQLite database
data-sums = Digests of the files
data-check = How to check them
data-check-digest = A download that was interrupted can be continued. Then compare the digests:
data-check-root = The files follow from the ledger whose root stands below. The root is signed: the checkpoint holds the signature, and the program makes the same files from the same ledger again.
data-signed = Signed checkpoint
data-formulas = Cells that look like formulas
data-formulas-1 = In CSV files, a cell that a spreadsheet program might run as a formula begins with one apostrophe, and so does a cell that begins with an apostrophe anyway. To get the original, take one leading apostrophe away.
data-formulas-2 = In XLSX files nothing is changed: every text is a cell of the type text.
data-part = Only a part
data-part-1 = Every list of links can be taken home under its filter as CSV, XLSX, GeoJSON and JSON Lines.
data-part-list = To the list of links

# a copy without a server
static-note = This is a copy of edition { $number } without a server: filters run in your browser and need JavaScript.
static-note-more = What else needs a server
static-title = The atlas without a server
static-intro = The whole site can be written as plain files, to be shown by any web server, a mirror or from a memory stick.
static-can = What a copy can do
static-can-1 = Every record, list and text of the edition in both languages, each with its JSON twin.
static-can-2 = The map with all filters by category, country, kind, year, place and source, in your browser, without asking anyone.
static-can-3 = All downloads of the whole edition with their digests, and the signed log.
static-can-4 = Searching the names of items from the filter’s text field.
static-cannot = What needs a server
static-cannot-1 = Searching the full text: a copy knows only names.
static-cannot-2 = Lists, downloads, pictures and citations of a filter, and every filter where JavaScript is off.
static-cannot-3 = Vector tiles for geographic programs.
static-cannot-4 = News of a newer edition: a copy stays what it was when it was made.
static-served = The atlas with a server:
static-make = How to make one
static-make-1 = The program writes the copy, and any program that serves files shows it, for example:

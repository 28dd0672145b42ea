# Methodology, how to use, boundaries, the first visit.

# navigation
nav-more = More pages
nav-how-to = How to use
nav-method = Methodology
nav-boundaries = Boundaries
guide-see-also = See also:

# the first visit
welcome-title = New here? What this is, how to read it, what is new
welcome-what = An atlas of who built, sold, paid for, runs or was made to open which surveillance technology, where and when. It maps organisations and deals, never persons. To appear in it does not mean to have done wrong.
welcome-read = How to read it
welcome-read-1 = Every record is a sentence: who does what to whom. Behind every single value stands “How do we know?” with its sources, for and against, and one word for how sure that makes it.
welcome-new = What is new

# how to use
how-intro = From the first look to a citation, in six short parts.
how-map = The map
how-map-1 = A point is one link between two items at a place that a source names. A circle with a number stands for several links close together; open it to list them.
how-map-2 = A number beside a country’s name counts what is known no closer than that country. What has no known place lies in the tray. Neither is ever drawn as a point.
how-map-3 = Lines are cables. Pick one, and the others fade. Routes run straight between landing points unless the record says that they were surveyed.
how-filter = Filters
how-filter-1 = Choices under one heading widen the result, headings narrow it. The number beside a choice says how many links it would give together with all other choices.
how-filter-2 = Map, list, numbers and address always show the same links. The address holds the whole filter: keep it, send it, or come back to it.
how-filter-3 = The text search looks for names and words in all scripts that the records hold. Undated links pass no filter by year; the page says how many those are.
how-record = A record
how-record-1 = The profile of an organisation gathers its links under headings: business abroad, activities with the state, activities in Xinjiang, privacy and data access, responses. A heading without content is left out.
how-record-2 = “How do we know?” opens the sources of one value: what supports it, what contradicts it, and what a source only relays.
how-record-3 = A status is as of the date of its latest source. “Offered only” marks what was promoted and never shown to be sold. An asterisk marks a group that sources do not break down.
how-confidence = Four words for how sure
how-confidence-1 = Confirmed: two independent groups of sources, a government source, or a statement against the party’s own interest. Probable: a leak alone. Reported: one source. Disputed: at least one source says otherwise.
how-confidence-2 = The words are worked out by one rule from the sources and never typed in. You can apply the rule yourself and come to another judgement.
how-take = Taking it with you
how-take-1 = Every list can be taken home exactly as filtered. Every page has a twin as data at the same address with .json behind it. Feeds tell what changes under a filter.
how-take-2 = Each page ends with a citation that names the edition, its date and the start of its root hash, so that others can find what you saw.
how-without = Without script, mouse or sight
how-without-1 = Every page can be read and every filter used without JavaScript. The list beside the map holds everything that the map shows.
how-without-2 = Everything can be reached by keyboard. Symbols have words, charts have tables, and colours never stand alone.

# methodology
method-intro = What counts as evidence, what is taken in, what is taken out, and what this atlas does not show.
method-evidence = What counts as evidence
method-evidence-1 = A source is a publication: a report, a news item, a company’s or an authority’s own document, a contract, a register, a leak, a research database. Each is named with publisher, date, language and kind.
method-evidence-2 = Evidence ties one statement to one source and says whether the source supports it, contradicts it or only helps to understand it. Statements without any evidence are not published.
method-evidence-3 = A report that repeats another is not a second source: the two are one piece of evidence. So are two texts of one publisher. Originals that were not read themselves are recorded as such.
method-confidence-3 = What no publication states, such as the coordinates of a city, cites the editors’ general knowledge and never makes anything surer.
method-inclusion = What is taken in
method-inclusion-1 = Organisations, products, programmes, facilities, cables, laws and lists that have to do with surveillance technology and the networks it runs on, and dated links between them, of any country’s industry.
method-inclusion-2 = A link needs a source that names both ends and what happened. Plans, offers and contracts are marked as such and counted apart from what is shown to be in place.
method-inclusion-3 = No natural person is an item. Rows that look like records of persons are refused when data is brought in; officials appear by their office alone.
method-removal = What is taken out
method-removal-1 = An error is corrected by a new entry: the old value stays in the history with the reason, and the page of changes shows both.
method-removal-2 = A record is withdrawn when its source is withdrawn or was misread, when two records prove to be one, or when it should not have been taken in. Its address then says so and why.
method-removal-3 = A value is destroyed only where the law or the safety of people demands it. What remains is a mark that something stood there, the class of the reason, and the reference of the notice.
method-dates = Dates
method-dates-1 = Dates keep the precision of their source: a year, a month, a day, about, uncertain, a span. “First cited” is not “started”.
method-dates-2 = In charts by year a link counts in every year of its span. What has no date is counted and said in words.
method-not-mapped = What is not mapped
method-not-mapped-1 = What nobody has published. Sales that both sides keep secret leave no trace here, so an empty country is no proof of anything.
method-not-mapped-2 = The sources of this edition are mostly in English and mostly about companies of a few countries. The page on quality counts such gaps, and each number leads to the records behind it.
method-languages = Languages
method-languages-1 = The interface is in English and Simplified Chinese. Descriptions are shown in the reader’s language where one exists, else in the language they have, with a visible mark.
method-languages-2 = Names are kept in the script of their source beside the reader’s. A name in Latin letters is never made up from a reading.

# boundaries
boundaries-intro = Maps can’t avoid borders. These are the rules by which this one draws, names and counts.
boundaries-drawing = Drawing
boundaries-drawing-1 = Land and borders come from Natural Earth, which is in the public domain and draws what is held on the ground, not what is claimed. A border that states dispute is drawn dashed on both themes and in print.
boundaries-drawing-2 = The same map is shown to every reader in every country. Drawing a line is no statement about who is right.
boundaries-names = Names and codes
boundaries-names-1 = Places carry the codes of ISO 3166-1, and XK for Kosovo, because data needs a code. A code says nothing on status.
boundaries-names-2 = Names are the short names in common use in each language, from the Unicode project; “country” stands for countries and territories alike.
boundaries-counting = Counting
boundaries-counting-1 = A fact counts for the code of the place where it is. Hong Kong, Macao and Taiwan have codes of their own and are counted under them.
boundaries-counting-2 = The country of an investor, owner or list-keeper is a party’s country. It is named and not counted.
boundaries-dashed = Borders drawn dashed
boundaries-caption = Pairs whose common border is disputed, with a neutral note
boundaries-between = Between
boundaries-note = Note

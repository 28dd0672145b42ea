# The tools that editors work with: research tasks, tables, checks at the form, passages, drafts to take home, notes.

# research tasks
tasks = Tasks
tasks-intro = Small pieces of research, each about one record, for twenty to thirty minutes. Take one, work on it, and send the result in as a draft.
tasks-count = { $n ->
    [one] { $n } task
   *[other] { $n } tasks
}
tasks-kind = What is missing
tasks-record = Record
tasks-until = Until
tasks-words = Words in its names or texts
tasks-back = All tasks
tasks-pages = Pages of tasks
tasks-earlier = Earlier
tasks-later = Later
tasks-not-understood = Passed over, for it has no meaning here:
tasks-make = Make tasks
tasks-make-link = Quality, and making tasks
tasks-make-these = Make tasks of these
tasks-make-do = Make the tasks
tasks-most = How many, at most { $most }
tasks-found = { $n ->
    [one] { $n } record is found
   *[other] { $n } records are found
}; { $fresh } without a task yet.
tasks-no-filter = The filter says nothing about the words of the glossary.
tasks-preview = The first of them
tasks-quality = Quality
tasks-quality-intro = What this edition lacks, by the same questions as the public page on quality. Texts and names are counted for each language.
tasks-waiting = Tasks
task-state-open = open
task-state-taken = taken
task-state-submitted = in review
task-state-done = done
task-state-dropped = dropped
task-take = Take it, for { $n } days
task-begin = Begin the draft
task-draft = To its draft
task-give-back = Give it back
task-drop = Drop it
task-how = How to go about it
task-result = What a result looks like
task-time = Give it twenty to thirty minutes. If nothing is to be found, give it back and say so in a comment on its draft: that, too, is a result.
task-known = What the atlas says so far:
task-solved = The atlas lacks this no longer. Somebody was quicker.
task-of-draft = Begun from the task:
task-said-made = { $n ->
    [one] { $n } task was made.
   *[other] { $n } tasks were made.
}
task-said-taken = It is yours. It goes back if nothing is written for it in time.
task-said-back = It is open again. A draft that you had begun stays yours.
task-said-dropped = It was dropped.
task-refused-state = Somebody else has the task, or it is over.
task-refused-enough = You hold as many tasks as one may. Finish one, or give one back.
task-single-source = Links that rest on a single source
task-single-source-how = Look for a second publication that does not copy the first: another newspaper, a tender, a court, the other party's annual report. Search in the language of the country where it happened. A piece that only cites the one we have is no second source.
task-evidence-gone = Links whose page is gone from the web
task-evidence-gone-how = Search for the title and a sentence of the page: it may have moved, or a library may hold a copy. Else look for another publication that says the same.
task-undated-evidence = Links without a dated source
task-undated-evidence-how = Look for a source with a date of publication: the original behind an undated page, or a report that mentions it.
task-offered-only = Offers without a proven sale
task-offered-only-how = Look for what became of the offer: an award notice, a contract, an opening, a line in a budget. If a source says that nothing came of it, that is a result too: let it contradict.
task-evidence-result = The new source, and the claim that the link holds, with that source and the very words that show it.
task-stale = Statuses that may have changed
task-stale-how = Look for the latest word on it: is it in operation, suspended, taken down? Prefer the operator or an official body, of the last two years.
task-undated = Links without a date
task-undated-how = Look for when it began: the signing, the delivery, the opening. A year is enough; write how sure the date is.
task-unplaced = Links without a place
task-unplaced-how = Look for where it happened. Name the country first, and the city if a source says so. Do not take the seat of a company for the place of the deal.
task-country-only = Links known no closer than to a country
task-country-only-how = Look for the city or the site. Write the place as the source names it; a point only where a source shows it, with its precision.
task-no-country = Items without a country
task-no-country-how = Look for the seat in a public register, an annual report or the organisation's own imprint.
task-value-result = A claim with the value, the source, and the very words that say so.
task-no-description-en = Descriptions that are not in English
task-no-description-zh = Descriptions that are not in Chinese
task-translate-how = Write in one or two sentences of your own what the link is, from the sources that it cites. Do not translate word by word, and add nothing that no source says.
task-no-name-en = Names without Latin letters
task-no-name-zh = Names without Chinese characters
task-name-how = Look for the name that the organisation itself uses, in its reports, on its site, or in a public register. Do not make one up by sound.
task-words-result = A claim with the words in the language that is missing, and the source that they rest on.
task-unlinked = Items without a link
task-unlinked-how = Look for what the item has to do with others: who owns it, what it sold, where it runs. If nothing is to be found, it may not belong in the atlas.
task-link-result = A link from the item to another, with its source, its category and, if known, place and date.
task-glossary-zh = Words that are not explained in Chinese
task-glossary-how = Look for the word that writers of Chinese use, in laws, standards or the press, and explain it in one or two sentences.
task-term-result = The row of the glossary with the Chinese word and its explanation.
desk-one-term = word of the glossary
desk-field-term = Word in English
desk-help-term = A word that is there already is explained anew.
desk-field-term-zh = Word in Chinese
desk-field-definition = Explanation in English
desk-field-definition-zh = Explanation in Chinese
desk-route-quality = see what the edition lacks
desk-route-tasks = see the research tasks
desk-route-tasks-make = make research tasks
desk-route-task = see a research task
desk-route-task-take = take a research task
desk-route-task-back = give a research task back
desk-route-task-draft = begin the draft of one's own task
desk-route-task-drop = drop a research task

# tables of any shape
table-bring = Bring a table
table-bring-help = A table of any shape, as a file (CSV or .xlsx, up to 8 MiB) or pasted, with its columns named in the first row, of at most { $rows } rows. On the next page you say which column is what. Nothing is added before you have seen it.
table-file = File
table-or-paste = Or the table itself
table-next = On to its columns
table-columns = What the columns are
table-columns-help = Each field is filled from one column, with the same words in every row, or not at all. What was guessed by the headings is chosen already.
table-rows = { $n ->
    [one] { $n } row was brought.
   *[other] { $n } rows were brought.
}
table-brought = The first rows as they came
table-target = One row is one
table-from = Filled from
table-nothing = – nothing –
table-made = made from the row
table-same = the same words in every row
table-constant = The same words
table-look = Look at the result
table-add = Add the rows to the draft
table-becomes = What the first rows become
table-sound = Nothing stands against these rows.
table-found = { $n ->
    [one] { $n } finding
   *[other] { $n } findings
}
table-at = Row { $row }, { $cell }:
table-at-row = Row { $row }:
table-aspi = An export of ASPI’s map
table-aspi-help = { $n ->
    [one] { $n } row
   *[other] { $n } rows
} in the columns of ASPI’s export. Read as the importer reads them, they become { $rows } rows of this draft.
table-aspi-refused = { $n ->
    [one] { $n } row is about a person and is not taken.
   *[other] { $n } rows are about persons and are not taken.
}
table-aspi-left = { $n ->
    [one] { $n } value has no form in our tables and stays behind.
   *[other] { $n } values have no form in our tables and stay behind.
}
table-aspi-otherwise = Lay its columns by hand instead
desk-route-table = bring a table
desk-route-table-columns = say what a table's columns are

# at the form
hint = While you write
hint-check = Check
hint-none = Nothing to tell yet.
hint-understood = understood as:
hint-holds = – its check digits hold
hint-like = There is one of a like name:
hint-means = is
hint-taken = is in the atlas already
hint-nothing = is neither in the atlas nor in this draft
hint-uses = { $n ->
    [one] (in { $n } record)
   *[other] (in { $n } records)
}
hint-fill = Fill in
desk-route-hints = check a row while writing it

# passages
passage = The very words
passage-words = What the source says, as captured on { $date }
passage-exact = The quote stands in the latest capture, word for word.
passage-letters = The quote stands in the latest capture; only white space, quotation marks or dashes differ.
passage-earlier = The quote is not in the latest capture, but in the one of { $date }.
passage-gone = The quote is in no capture of this source.
passage-save-first = Save the row first; then choose the words here.
passage-other = As captured on { $date }
passage-look = Words to look for
passage-look-do = Look for them
passage-count = { $n ->
    [one] { $n } paragraph
   *[other] { $n } paragraphs
}
passage-paragraphs = Paragraphs of the capture
passage-more = Further paragraphs
passage-take = Take the chosen paragraphs
passage-selection = Take the selected words
passage-back = Back to the claim
passage-help = Leave only the words that show it. “[…]” stands for what you leave out. They are compared with the capture before they are taken.
passage-do = Put it into the claim
passage-refused = These words are not in the capture. Keep to what it says; nothing has been changed.
desk-route-passage = choose a quote from a capture

# drafts to take home
parcel = My drafts as a file
parcel-help = All your drafts in one ZIP file of tables that any spreadsheet opens, and back again. What comes back begins as new drafts; nothing that is here is changed.
parcel-take = Take my drafts home
parcel-file = A file of drafts
parcel-do = Bring them back
parcel-back = { $n ->
    [one] { $n } draft came back.
   *[other] { $n } drafts came back.
}
parcel-changed = (it was changed on the way)
desk-route-parcel = take one's drafts home
desk-route-parcel-back = bring drafts back

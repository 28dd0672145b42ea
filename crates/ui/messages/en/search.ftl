# Search and suggestions.

search = Search
search-title = Search: { $text }
search-label = Names, words or “phrases”, in English or Chinese
search-intro = One box over all items, links, sources, stories and words of the glossary. Simplified and traditional characters and Pinyin find the same.
search-filter-note = The filter speaks of links. An item or a source stays if a link that passes belongs to it; the numbers count links.
search-count = { $n ->
    [one] { $n } result
   *[other] { $n } results
}
search-groups = Kinds of results
search-all = All
search-sources = Sources
search-story = story
search-more = All { $n } results: { $group }
search-also = also called
search-read-as = Nothing is spelt { $typed }; shown is { $read }.
search-nothing = Nothing was found. Try fewer or other words, or remove a filter.
search-similar = Items with a like name
search-explain = Why in this order?
search-explain-less = Without the explanation
search-score = Score { $score }
search-by-typed = as typed
search-by-form = as another form of the word:
search-by-beginning = as the beginning of a word:
search-by-pinyin = as Pinyin:
search-by-spelling = as the nearest spelling:
search-known = for how much is known of it
search-whole-name = because this is its whole name
search-how = How to ask
search-how-phrase = exactly these words in this order
search-how-not = with the first word and without the second
search-how-field = in names alone; also text:, place:, source:, publisher:, id:
search-how-beginning = every word that begins so
search-how-pinyin = names in Chinese by their reading, without tones
search-suggestions = Suggestions

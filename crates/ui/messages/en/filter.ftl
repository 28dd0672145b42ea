# The filter and its keys.

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

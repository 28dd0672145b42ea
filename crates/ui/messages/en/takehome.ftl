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
